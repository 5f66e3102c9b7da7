"""What stands encoded inside JSON: documents in base64, in a string or in PEM, to be shown where they stand."""

import binascii
import json
import re
from collections.abc import Mapping
from typing import NamedTuple

from app.oci.document import InvalidDocument, Json, decode
from app.oci.value import value

DECODED_DEEP = 3
"""How often something encoded may stand in something encoded."""

_LEAST = 16
_LONGEST = 4 << 20

# RFC 4648 sections 4 and 5; an encoder may leave the padding out.
_BASE64 = re.compile(r"[A-Za-z0-9+/_\-\r\n]++={0,2}\s*+\Z")
# base64 of what JSON begins with: {" {} {\n {␣ [{ [" []
_JSON_AHEAD = ("eyJ", "e30", "ewo", "eyA", "ewA", "W3s", "WyJ", "W10", "Wwo", "eyI")
_PEM_AHEAD = "LS0tLS1CRUdJTi"

# Keys of base64 whatever it holds: OCI's embedded content, DSSE, JOSE, Rekor, Sigstore bundles.
_KEYS = frozenset(
    (
        "data",
        "payload",
        "protected",
        "body",
        "Body",
        "canonicalizedBody",
        "formatTail",
        "content",
        "rawBytes",
        "x5c",
        "publicKey",
        "verifier",
    )
)
_NAMES = {
    "data": "embedded content",
    "payload": "payload",
    "protected": "protected header",
    "body": "log entry",
    "Body": "log entry",
    "canonicalizedBody": "log entry",
    "formatTail": "end of the signed text",
    "v1Compatibility": "config of the layer",
    "rawBytes": "certificate",
    "x5c": "certificate",
    "dev.sigstore.cosign/bundle": "log entry",
}


@value
class Inside(NamedTuple):
    """Something encoded. `name`: what it is called; `encoding`: how it stands there; one of the others is set.

    `note`: how it compares with the digest beside it.
    """

    name: str
    encoding: str
    document: tuple[Json] | None
    text: str | None
    certificates: bytes | None
    data: bytes
    note: str = ""


def inside(key: str | None, text: str, beside: Mapping[str, Json] | None) -> Inside | None:
    """What a string holds, None for what is but a string. `key`: of the string, or of the array around it."""
    if not _LEAST <= len(text) <= _LONGEST and not (key == "data" and text):
        return None
    name = _NAMES.get(key or "", "document")
    head = text[:40].lstrip()
    if head.startswith("-----BEGIN CERTIFICATE-----"):
        pem = text.encode("utf-8", "replace")
        return Inside("certificate", "PEM", None, None, pem, pem)
    if head[:1] in ("{", "["):
        document = _document(text.encode("utf-8", "replace"))
        return None if document is None else Inside(name, "a string", document, None, None, text.encode())
    if text.count(".") == 2 and head.startswith("eyJ"):
        return _compact(text)
    if not head.startswith((*_JSON_AHEAD, _PEM_AHEAD)) and key not in _KEYS:
        return None
    data = _decoded(text)
    return None if data is None else _looked_into(key, name, data, _note(key, data, beside))


def _looked_into(key: str | None, name: str, data: bytes, note: str) -> Inside | None:
    document = _document(data) if data.lstrip()[:1] in (b"{", b"[") else None
    if document is not None:
        return Inside(name, "base64", document, None, None, data, note)
    if data.startswith(b"-----BEGIN CERTIFICATE-----") or (data[:1] == b"\x30" and _is_certificate(data)):
        return Inside("certificate", "base64", None, None, data, data, note)
    text = _printable(data)
    if text is not None and (key in _KEYS or data.startswith(b"-----BEGIN")):
        return Inside(name, "base64", None, text, None, data, note)
    return Inside(name, "base64", None, None, None, data, note) if key == "data" and note else None


def _is_certificate(data: bytes) -> bool:
    from app.layers.sniff import sniff

    return sniff(data).kind == "certificate"


def _decoded(text: str) -> bytes | None:
    if not _BASE64.match(text):
        return None
    bare = "".join(text.split()).rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return binascii.a2b_base64(bare + "=" * (-len(bare) % 4))
    except ValueError:
        return None


def _document(data: bytes) -> tuple[Json] | None:
    try:
        found = decode(data, "document")
    except InvalidDocument:
        return None
    return (found,) if isinstance(found, dict | list) and found else None


def _compact(text: str) -> Inside | None:
    # RFC 7515 section 3.1: BASE64URL(header) "." BASE64URL(payload) "." BASE64URL(signature)
    head, payload, _ = text.split(".")
    parts = [(_decoded(one) if one else None) for one in (head, payload)]
    if parts[0] is None:
        return None
    header = _document(parts[0])
    if header is None:
        return None
    inner = _document(parts[1]) if parts[1] is not None else None
    both: Json = {"header": header[0], "payload": inner[0] if inner is not None else payload}
    return Inside("JOSE object", "base64url", (both,), None, None, json.dumps(both).encode())


def _printable(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if text and all(one.isprintable() or one in "\t\n\r" for one in text[:4096]) else None


def _note(key: str | None, data: bytes, beside: Mapping[str, Json] | None) -> str:
    """image-spec descriptor.md, "Embedded Content": the content must be identical to what the digest names."""
    if key != "data" or beside is None or not isinstance(beside.get("digest"), str):
        return ""
    from app.oci.digest import DigestError, parse_digest, verify

    try:
        claimed = parse_digest(str(beside["digest"]))
    except DigestError:
        return ""
    if verify(claimed, data) and beside.get("size") == len(data):
        return "verified by its digest"
    return "not what the digest and the size beside it say"
