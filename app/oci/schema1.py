"""Docker's image manifest version 2, schema 1: deprecated, shown as such."""

import binascii
import re
from collections.abc import Mapping
from typing import NamedTuple

from app.oci.descriptor import digest_at
from app.oci.digest import Digest
from app.oci.document import (
    InvalidDocument,
    Json,
    as_object,
    at,
    decode,
    flag,
    items,
    member,
    optional_integer,
    optional_text,
    text,
    texts,
)
from app.oci.history import History
from app.oci.value import value

_BASE64URL = re.compile(r"[A-Za-z0-9_-]*+")


@value
class Schema1(NamedTuple):
    """distribution's spec/deprecated-schema-v1.md; layers and their history base first, one line for each layer."""

    name: str
    tag: str
    architecture: str
    layers: tuple[Digest, ...]
    history: tuple[History, ...]


def read_schema1(found: Mapping[str, Json]) -> Schema1:
    """Read a schema 1 manifest, signed or not, out of decoded JSON. Raises InvalidDocument."""
    layers = [digest_at(as_object(item, path), "blobSum", path) for item, path in items(found, "fsLayers", "")]
    history = [_history(as_object(item, path), path) for item, path in items(found, "history", "")]
    return Schema1(
        optional_text(found, "name", "") or "",
        optional_text(found, "tag", "") or "",
        optional_text(found, "architecture", "") or "",
        tuple(reversed(layers)),
        tuple(reversed(history)),
    )


def _history(entry: Mapping[str, Json], path: str) -> History:
    # A config of Docker's first registry, written as a string inside the manifest.
    place = at(path, "v1Compatibility")
    try:
        found = as_object(decode(text(entry, "v1Compatibility", path).encode(), "history"), "")
        command = member(found, "container_config", "") or {}
        words = command.get("Cmd")
        created_by = words if isinstance(words, str) else " ".join(texts(command, "Cmd", "container_config"))
        return History(
            optional_text(found, "created", ""),
            created_by or None,
            optional_text(found, "author", ""),
            optional_text(found, "comment", ""),
            flag(found, "throwaway", ""),
        )
    except InvalidDocument as error:
        inner = f": {error.path}" if error.path and not error.path.startswith(path) else ""
        raise InvalidDocument("manifest", place, f"is not usable{inner} {error.reason}") from None


def signed_payload(data: bytes) -> bytes:
    """The bytes that the digest of a schema 1 manifest is computed over: without its signatures.

    An unsigned manifest is its own payload. Raises InvalidDocument.
    """
    # distribution's spec/deprecated-schema-v1.md, "Signed Manifests": the protected header of a signature holds how
    # many bytes of the document stand before the signatures, and what closes it there.
    found = as_object(decode(data, "manifest"), "")
    for item, path in items(found, "signatures", ""):
        protected = as_object(decode(_base64url(as_object(item, path), "protected", path), "manifest"), path)
        length = optional_integer(protected, "formatLength", path)
        if length is None or length > len(data):
            raise InvalidDocument("manifest", at(path, "formatLength"), "is missing or beyond the end")
        return data[:length] + _base64url(protected, "formatTail", path)
    return data


def _base64url(parent: Mapping[str, Json], key: str, path: str) -> bytes:
    encoded = text(parent, key, path).rstrip("=")
    if not _BASE64URL.fullmatch(encoded):
        raise InvalidDocument("manifest", at(path, key), "is not base64url")
    try:
        return binascii.a2b_base64(encoded.replace("-", "+").replace("_", "/") + "=" * (-len(encoded) % 4))
    except ValueError:
        raise InvalidDocument("manifest", at(path, key), "is not base64url") from None
