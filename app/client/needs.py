"""What one has to be allowed to read, to read a registry: asked for together, where it is known beforehand."""

from app.auth.profiles import profile_of
from app.client.endpoints import api_origin
from app.client.permits import NotPermitted, covers
from app.client.storage import known_storage
from app.oci.origin import Origin, origin_of


def needed_for(error: NotPermitted, granted: tuple[str, ...]) -> tuple[str, ...]:
    """The origins to ask for, the one that stopped the request first; () when nobody knows them."""
    wanted = [] if error.origin is None else [str(error.origin)]
    if error.part != "token":
        wanted += _of(error.registry)
    return tuple(one for one in dict.fromkeys(wanted) if one not in granted and not _is_covered(one, granted))


def _of(registry: Origin) -> list[str]:
    profile = profile_of(registry)
    realm = [str(origin_of(profile.realm))] if profile is not None and profile.realm else []
    known = [*realm, *known_storage(registry)]
    return [str(api_origin(registry)), *known]


def _is_covered(pattern: str, granted: tuple[str, ...]) -> bool:
    return "*" not in pattern and covers(granted, origin_of(pattern))
