"""The host's configuration: the table `[portolan]` of pyscript.toml."""

import json
from typing import NamedTuple

from app.oci.origin import Origin, OriginError, parse_origin
from app.oci.value import value

_KEYS = frozenset({"title", "registries"})


@value
class HostRegistry(NamedTuple):
    """A registry that the host of this copy offers on the first page."""

    origin: Origin
    name: str


@value
class HostConfig(NamedTuple):
    """`warnings`: what in the table was not understood; it is said on the first page and is never fatal.

    `build`: the name of this copy, as the footer has it.
    """

    title: str
    registries: tuple[HostRegistry, ...]
    warnings: tuple[str, ...]
    build: str = ""


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
    return HostConfig(title.strip(), tuple(registries), tuple(warnings))


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
    warnings = [f"has no setting “{key}”." for key in entry if key not in {"url", "name"}]
    name = entry.get("name", origin.netloc)
    if not isinstance(name, str) or not name.strip():
        warnings.append("has a name that is not a text.")
        name = origin.netloc
    return HostRegistry(origin, name.strip()), warnings
