"""Indexes: a list of manifests, one for each platform or of any kind."""

from collections.abc import Mapping
from typing import NamedTuple

from app.oci.descriptor import Descriptor, optional_descriptor, parse_descriptor
from app.oci.document import Json, items, optional_text, text_map
from app.oci.value import value


@value
class Index(NamedTuple):
    """image-spec image-index.md, and Docker's manifest list."""

    media_type: str
    artifact_type: str | None
    manifests: tuple[Descriptor, ...]
    subject: Descriptor | None
    annotations: Mapping[str, str]


def read_index(found: Mapping[str, Json], media_type: str) -> Index:
    """Read an index out of decoded JSON. Raises InvalidDocument."""
    return Index(
        media_type,
        optional_text(found, "artifactType", "") or None,
        tuple(parse_descriptor(item, path) for item, path in items(found, "manifests", "")),
        optional_descriptor(found, "subject", ""),
        text_map(found, "annotations", ""),
    )
