"""Descriptors: what a manifest or an index says of a blob or manifest it refers to."""

import binascii
from collections.abc import Mapping
from typing import NamedTuple

from app.oci.digest import Digest, DigestError, parse_digest
from app.oci.document import (
    InvalidDocument,
    Json,
    as_object,
    at,
    member,
    optional_integer,
    optional_text,
    text,
    text_map,
    texts,
)
from app.oci.value import value


@value
class Platform(NamedTuple):
    """image-spec image-index.md, "platform"; empty strings where the index says nothing."""

    os: str
    architecture: str
    variant: str
    os_version: str
    os_features: tuple[str, ...]

    def __str__(self) -> str:
        """`linux/arm64/v8`, as `--platform` of the clients takes it."""
        parts = (self.os or "unknown", self.architecture or "unknown", self.variant)
        return "/".join(part for part in parts if part)


@value
class Descriptor(NamedTuple):
    """image-spec descriptor.md. `size` in bytes; `data` is the embedded content, not yet verified."""

    media_type: str
    digest: Digest
    size: int
    annotations: Mapping[str, str]
    platform: Platform | None
    artifact_type: str | None
    urls: tuple[str, ...]
    data: bytes | None


def parse_descriptor(json_value: Json, path: str) -> Descriptor:
    """Read a descriptor out of decoded JSON at `path`. Raises InvalidDocument."""
    found = as_object(json_value, path)
    size = optional_integer(found, "size", path)
    if size is None:
        raise InvalidDocument("document", at(path, "size"), "is missing")
    return Descriptor(
        text(found, "mediaType", path),
        digest_at(found, "digest", path),
        size,
        text_map(found, "annotations", path),
        _platform(found, path),
        optional_text(found, "artifactType", path) or None,
        texts(found, "urls", path),
        _data(found, path),
    )


def optional_descriptor(parent: Mapping[str, Json], key: str, path: str) -> Descriptor | None:
    """The descriptor under `key`, None where absent or null. Raises InvalidDocument."""
    found = parent.get(key)
    return None if found is None else parse_descriptor(found, at(path, key))


def digest_at(parent: Mapping[str, Json], key: str, path: str) -> Digest:
    """The digest under `key`. Raises InvalidDocument."""
    return digest_in(text(parent, key, path), at(path, key))


def digest_in(json_value: Json, path: str) -> Digest:
    """The digest that the string at `path` is. Raises InvalidDocument."""
    if not isinstance(json_value, str):
        raise InvalidDocument("document", path, "is not a string")
    try:
        return parse_digest(json_value)
    except DigestError as error:
        raise InvalidDocument("document", path, f"is no digest: {error.reason}") from None


def _platform(parent: Mapping[str, Json], path: str) -> Platform | None:
    found = member(parent, "platform", path)
    if found is None:
        return None
    path = at(path, "platform")
    return Platform(
        optional_text(found, "os", path) or "",
        optional_text(found, "architecture", path) or "",
        optional_text(found, "variant", path) or "",
        optional_text(found, "os.version", path) or "",
        texts(found, "os.features", path),
    )


def _data(parent: Mapping[str, Json], path: str) -> bytes | None:
    # descriptor.md, "Embedded Content": base64 of RFC 4648 section 4.
    encoded = optional_text(parent, "data", path)
    if encoded is None:
        return None
    try:
        return binascii.a2b_base64(encoded, strict_mode=True)
    except ValueError:
        raise InvalidDocument("document", at(path, "data"), "is not base64") from None
