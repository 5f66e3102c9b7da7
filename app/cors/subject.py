"""What the doctor examines: a registry, and what of it is known already."""

from typing import NamedTuple

from app.oci.digest import Digest
from app.oci.origin import Origin, parse_origin
from app.oci.value import value


@value
class Subject(NamedTuple):
    """`page`: the origin of this page, None for a file and for an extension, which have none to name.

    `secure`: whether the page is a secure context. `repository`, `reference` (a tag or digest), `blob`: what to read,
    else it is found by anonymous reading. `realm`: the token realm where it is known, else it is taken from the
    challenge. `authorization`, `realm_authorization`: the value of an Authorization field, given only after the person
    said yes; in no Finding and no repr. `userinfo`: a user name or password stood in the address that was given.
    `granted`: this is an extension that has the permission for this registry, so that CORS does not apply.
    """

    registry: Origin
    page: Origin | None
    secure: bool = False
    repository: str | None = None
    reference: str | None = None
    blob: Digest | None = None
    realm: str | None = None
    authorization: str | None = None
    userinfo: bool = False
    granted: bool = False
    realm_authorization: str | None = None

    def __repr__(self) -> str:
        fields = (
            f"{name}={'…' if name.endswith('authorization') and held is not None else repr(held)}"
            for name, held in zip(self._fields, self, strict=True)
        )
        return f"Subject({', '.join(fields)})"


def parse_address(text: str) -> tuple[Origin, bool]:
    """The origin of an address, and whether a user name or password stood in it (they are dropped). OriginError."""
    scheme, separator, rest = text.strip().partition("://")
    if not separator:
        scheme, rest = "", text.strip()
    end = min((at for at in (rest.find(mark) for mark in "/?#\\") if at >= 0), default=len(rest))
    user, at, host = rest[:end].rpartition("@")
    return parse_origin(f"{scheme}{separator}{host}"), bool(at) and bool(user or at)
