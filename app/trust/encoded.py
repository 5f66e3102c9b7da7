"""Bytes inside JSON: base64 of either alphabet, and documents in it."""

from base64 import b64decode, urlsafe_b64decode
from collections.abc import Mapping

from app.oci.document import InvalidDocument, Json, as_object, at, decode, text

LONGEST = 16 * 1024 * 1024
"""Bytes of one decoded document that are looked into."""


def bytes_at(parent: Mapping[str, Json], key: str, path: str) -> bytes:
    """The bytes under `key`, in base64 (RFC 4648 sections 4 and 5, padded or not). Raises InvalidDocument."""
    return from_base64(text(parent, key, path), at(path, key))


def from_base64(said: str, path: str) -> bytes:
    """Raises InvalidDocument."""
    bare = "".join(said.split()).rstrip("=")
    padded = bare + "=" * (-len(bare) % 4)
    try:
        if "-" in bare or "_" in bare:
            # urlsafe_b64decode drops what it does not know; nothing of the sort may be there.
            if not bare.replace("-", "").replace("_", "").isalnum():
                raise ValueError
            return urlsafe_b64decode(padded)
        return b64decode(padded, validate=True)
    except ValueError:
        raise InvalidDocument("document", path, "is not base64") from None


def object_in(data: bytes, what: str) -> Mapping[str, Json]:
    """The JSON object that these bytes are. Raises InvalidDocument."""
    return as_object(decode(data, what, LONGEST), "")
