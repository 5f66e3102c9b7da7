"""Members of JSON that clients fill in differently: what is of another shape is nothing said, and never an error."""

from collections.abc import Mapping

from app.oci.document import Json


def inside(found: Mapping[str, Json], key: str) -> Mapping[str, Json]:
    """The object under `key`, an empty one where there is none."""
    inner = found.get(key)
    return inner if isinstance(inner, dict) else {}


def listed(found: Mapping[str, Json], key: str) -> list[Json]:
    """The array under `key`, an empty one where there is none."""
    items = found.get(key)
    return items if isinstance(items, list) else []


def word(found: Mapping[str, Json], key: str) -> str:
    """The string under `key`, an empty one where there is none."""
    said = found.get(key)
    return said if isinstance(said, str) else ""
