"""Manifests: a config and layers, or an artifact."""

from collections.abc import Mapping
from typing import NamedTuple

from app.oci.descriptor import Descriptor, optional_descriptor, parse_descriptor
from app.oci.document import Json, items, optional_integer, optional_text, text_map
from app.oci.value import value


@value
class Manifest(NamedTuple):
    """image-spec manifest.md, and Docker's image manifest version 2, schema 2.

    `config` is None in the artifact manifests of ORAS and OCI 1.1 release candidates, whose `blobs` are `layers` here.
    """

    media_type: str
    schema_version: int
    artifact_type: str | None
    config: Descriptor | None
    layers: tuple[Descriptor, ...]
    subject: Descriptor | None
    annotations: Mapping[str, str]


@value
class Unknown(NamedTuple):
    """JSON of no known shape, to be shown raw; `reason` says what it lacks."""

    media_type: str
    reason: str


def read_manifest(found: Mapping[str, Json], media_type: str) -> Manifest:
    """Read a manifest out of decoded JSON. Raises InvalidDocument."""
    layers = "layers" if found.get("layers") is not None else "blobs"
    return Manifest(
        media_type,
        optional_integer(found, "schemaVersion", "") or 2,
        optional_text(found, "artifactType", "") or None,
        optional_descriptor(found, "config", ""),
        tuple(parse_descriptor(item, path) for item, path in items(found, layers, "")),
        optional_descriptor(found, "subject", ""),
        text_map(found, "annotations", ""),
    )
