"""Which kind of document the bytes of a manifest are: the body decides, whatever the header claims."""

from collections.abc import Mapping

from app.oci.document import InvalidDocument, Json, decode
from app.oci.index import Index, read_index
from app.oci.manifest import Manifest, Unknown, read_manifest
from app.oci.media_type import (
    DOCKER_LIST,
    DOCKER_MANIFEST,
    DOCKER_SCHEMA1,
    DOCKER_SCHEMA1_SIGNED,
    OCI_ARTIFACT_MANIFEST,
    OCI_INDEX,
    OCI_MANIFEST,
    ORAS_ARTIFACT_MANIFEST,
    essence,
)
from app.oci.schema1 import Schema1, read_schema1

__all__ = ["Index", "Manifest", "Schema1", "Unknown", "parse_manifest"]

_INDEXES = frozenset((OCI_INDEX, DOCKER_LIST))
_MANIFESTS = frozenset((OCI_MANIFEST, DOCKER_MANIFEST, OCI_ARTIFACT_MANIFEST, ORAS_ARTIFACT_MANIFEST))
_SCHEMA1 = frozenset((DOCKER_SCHEMA1, DOCKER_SCHEMA1_SIGNED))


def parse_manifest(data: bytes, media_type: str | None) -> Manifest | Index | Schema1 | Unknown:
    """Parse a manifest of any kind.

    `media_type` is the Content-Type, which may be missing, wrong or a plain `application/json`: it counts only where
    the body says nothing. Raises InvalidDocument for bytes that are no JSON and for a known shape with a broken
    member; JSON of another shape is Unknown, so that it can be shown raw.
    """
    try:
        return _read(decode(data, "manifest"), essence(media_type or ""))
    except InvalidDocument as error:
        raise InvalidDocument("manifest", error.path, error.reason) from None


def _read(found: Json, header: str) -> Manifest | Index | Schema1 | Unknown:
    if not isinstance(found, dict):
        return Unknown(header, "It is not a JSON object.")
    declared = found.get("mediaType")
    body = essence(declared) if isinstance(declared, str) else ""
    if found.get("schemaVersion") == 1 or body in _SCHEMA1:
        return read_schema1(found)
    lists = "manifests" in found
    holds = any(key in found for key in ("config", "layers", "blobs"))
    if lists and holds:
        # image-spec manifest.md, "mediaType": the ambiguity of GHSA-77vh-xpmg-72qh, where one digest was an image to
        # some clients and an index to others.
        return Unknown(body or header, "It has both manifests and layers, so that clients differ in what it is.")
    return _by_shape(found, body, header, lists, holds)


def _by_shape(
    found: Mapping[str, Json], body: str, header: str, lists: bool, holds: bool
) -> Manifest | Index | Schema1 | Unknown:
    if lists or (not holds and (body or header) in _INDEXES):
        if body in _MANIFESTS:
            return Unknown(body, "It calls itself a manifest and has the shape of an index.")
        return read_index(found, body or (header if header in _INDEXES else OCI_INDEX))
    if holds or (body or header) in _MANIFESTS:
        if body in _INDEXES:
            return Unknown(body, "It calls itself an index and has the shape of a manifest.")
        return read_manifest(found, body or (header if header in _MANIFESTS else OCI_MANIFEST))
    return Unknown(body or header, "It has neither layers nor manifests.")
