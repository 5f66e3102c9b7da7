"""Entries of the transparency log Rekor, as signatures carry them; none of its proofs is checked here.

cosign puts `{"SignedEntryTimestamp", "Payload": {"body", "integratedTime", "logIndex", "logID"}}` into an annotation;
Sigstore's bundles have the same in other words (sigstore/protobuf-specs, sigstore_rekor.proto).
"""

from collections.abc import Mapping
from typing import NamedTuple

from app.oci.document import InvalidDocument, Json, as_object, at, member, optional_integer, optional_text
from app.oci.value import value
from app.trust.encoded import bytes_at, object_in


@value
class LogEntry(NamedTuple):
    """`position`: in the log. `integrated`: when the log says that it took the entry in, seconds since 1970.

    `kind`: of the entry, with its version. `promise`, `proof`: whether an inclusion promise and proof stand beside it.
    `body`: its JSON.
    """

    position: int | None
    log: str
    integrated: int | None
    kind: str | None
    promise: bool
    proof: bool
    body: bytes


def parse_annotation(text: str) -> LogEntry:
    """The annotation `dev.sigstore.cosign/bundle`. Raises InvalidDocument."""
    found = object_in(text.encode("utf-8", "surrogatepass"), "Rekor bundle")
    payload = member(found, "Payload", "")
    if payload is None:
        raise InvalidDocument("Rekor bundle", "Payload", "is missing")
    body = bytes_at(payload, "body", "Payload")
    return LogEntry(
        optional_integer(payload, "logIndex", "Payload"),
        optional_text(payload, "logID", "Payload") or "",
        optional_integer(payload, "integratedTime", "Payload"),
        _kind(body),
        bool(found.get("SignedEntryTimestamp")),
        False,
        body,
    )


def read_entry(json_value: Json, path: str) -> LogEntry:
    """An entry of a bundle's `tlogEntries`; protobuf writes 64-bit numbers as texts. Raises InvalidDocument."""
    found = as_object(json_value, path)
    body = bytes_at(found, "canonicalizedBody", path) if found.get("canonicalizedBody") else b""
    version = member(found, "kindVersion", path) or {}
    named = (optional_text(version, name, at(path, "kindVersion")) or "" for name in ("kind", "version"))
    log = member(found, "logId", path) or {}
    return LogEntry(
        _number(found, "logIndex", path),
        bytes_at(log, "keyId", at(path, "logId")).hex() if log.get("keyId") else "",
        _number(found, "integratedTime", path),
        " ".join(named).strip() or None,
        found.get("inclusionPromise") is not None,
        found.get("inclusionProof") is not None,
        body,
    )


def _number(found: Mapping[str, Json], key: str, path: str) -> int | None:
    said = found.get(key)
    if isinstance(said, str):
        if not (said.isascii() and said.isdigit() and len(said) < 20):
            raise InvalidDocument("document", at(path, key), "is not a number")
        return int(said)
    return optional_integer(found, key, path)


def _kind(body: bytes) -> str | None:
    try:
        found = object_in(body, "Rekor entry")
    except InvalidDocument:
        return None
    kind, version = found.get("kind"), found.get("apiVersion")
    return f"{kind} {version}" if isinstance(kind, str) and isinstance(version, str) else None
