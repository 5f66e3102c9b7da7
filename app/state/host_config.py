"""The host's configuration: the table `[portolan]` of pyscript.toml."""

import json
from typing import NamedTuple

from app.oci.origin import Origin, OriginError, origin_of, parse_origin
from app.oci.value import value

_KEYS = frozenset({"title", "registries", "only", "playground"})


@value
class HostRegistry(NamedTuple):
    """A registry that the host of this copy offers on the first page.

    `realms`, `storage`: where its token services are, and what it keeps blobs in; only a copy that reads no others
    needs to know.
    """

    origin: Origin
    name: str
    realms: tuple[Origin, ...] = ()
    storage: tuple[Origin, ...] = ()


@value
class HostConfig(NamedTuple):
    """`warnings`: what in the table was not understood; it is said on the first page and is never fatal.

    `build`: the name of this copy, as the footer has it. `only`: it reads no registries but these.
    `playground`: where a sample registry plays the scenarios of the playground.
    """

    title: str
    registries: tuple[HostRegistry, ...]
    warnings: tuple[str, ...]
    build: str = ""
    only: bool = False
    playground: Origin | None = None


DEFAULT = HostConfig("Portolan", (), ())


def parse_host_config(text: str) -> HostConfig:
    """Read `[portolan]` from the text of pyscript.toml; what is wrong becomes a warning, never an exception."""
    import tomllib

    try:
        table = tomllib.loads(text).get("portolan", {})
    except tomllib.TOMLDecodeError as error:
        return DEFAULT._replace(warnings=(f"pyscript.toml cannot be read: {error}",))
    if not isinstance(table, dict):
        return DEFAULT._replace(warnings=("portolan in pyscript.toml is not a table.",))
    warnings = [f"pyscript.toml: [portolan] has no setting “{key}”." for key in table if key not in _KEYS]
    title = table.get("title", DEFAULT.title)
    if not isinstance(title, str) or not title.strip():
        warnings.append("pyscript.toml: the title in [portolan] is not a text.")
        title = DEFAULT.title
    registries: list[HostRegistry] = []
    entries = table.get("registries", [])
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
        place = f"pyscript.toml: entry {number} of registries in [portolan]"
        try:
            registry, lacking = _registry(entry)
        except (OriginError, TypeError) as error:
            warnings.append(f"{place}: {error}")
        else:
            registries.append(registry)
            warnings += [f"{place} {text}" for text in lacking]
    only = table.get("only", False)
    if not isinstance(only, bool):
        warnings.append("pyscript.toml: only in [portolan] is neither true nor false.")
    playground = table.get("playground")
    try:
        board = None if playground is None else parse_origin(playground if isinstance(playground, str) else "")
    except OriginError as error:
        warnings.append(f"pyscript.toml: playground in [portolan]: {error}")
        board = None
    # Whoever wrote something else there wanted it closed.
    return HostConfig(title.strip(), tuple(registries), tuple(warnings), only=only is not False, playground=board)


def offered_origins(config: HostConfig) -> tuple[str, ...]:
    """All that a copy for certain registries reads: these, and the token services and storages named with them."""
    from app.client.endpoints import api_origin

    found = [origin for one in config.registries for origin in (api_origin(one.origin), *one.realms, *one.storage)]
    return tuple(dict.fromkeys(str(origin) for origin in found))


def parse_build(text: str) -> str:
    """The name of a build, version and hash, from the build.json that the set-up wrote; "" when it says nothing."""
    try:
        said = json.loads(text)
        return f"{said['version']} · {said['build'][:12]}"
    except (ValueError, KeyError, TypeError):
        return ""


def _registry(entry: object) -> tuple[HostRegistry, list[str]]:
    """The registry, and what else was not understood. Raises OriginError, TypeError."""
    if not isinstance(entry, dict) or not isinstance(entry.get("url"), str):
        raise TypeError("it needs a url, and may have a name.")
    origin = parse_origin(entry["url"].removesuffix("/"))
    warnings = [f"has no setting “{key}”." for key in entry if key not in {"url", "name", "realms", "storage"}]
    name = entry.get("name", origin.netloc)
    if not isinstance(name, str) or not name.strip():
        warnings.append("has a name that is not a text.")
        name = origin.netloc
    realms, storage = (_origins(entry.get(key, []), key, warnings) for key in ("realms", "storage"))
    return HostRegistry(origin, name.strip(), realms, storage), warnings


def _origins(entry: object, key: str, warnings: list[str]) -> tuple[Origin, ...]:
    """Origins of a list of addresses, of which a token service's may be the whole realm."""
    found: list[Origin] = []
    for text in entry if isinstance(entry, list) else [entry]:
        try:
            found.append(origin_of(text if isinstance(text, str) else ""))
        except OriginError:
            warnings.append(f"has something in {key} that is no address such as https://auth.example.com.")
    return tuple(found)
