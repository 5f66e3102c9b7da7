"""JSON Web Tokens in their compact form, taken apart and believed in nothing.

RFC 7515 section 7.1:

    BASE64URL(UTF8(JWS Protected Header)) || '.' || BASE64URL(JWS Payload) || '.' || BASE64URL(JWS Signature)

What shows a token to a person uses PyJWT; this is for what cannot wait for its import (a third of a second in a
browser), and for the bytes that a signature covers.
"""

import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from typing import Literal, NamedTuple

from app.auth.scope import Scope
from app.oci.document import InvalidDocument, Json, decode
from app.oci.value import value

LONGEST = 128 * 1024
"""Characters of a token that are read; an answer of a token service may not be longer either."""

CompactReason = Literal["too-long", "segments", "base64", "header", "claims"]

_SEGMENT = re.compile(r"[A-Za-z0-9_-]*")


class NotCompact(ValueError):
    """A text that is no JWT: too-long, segments (not three), base64, header or claims (no JSON object)."""

    def __init__(self, reason: CompactReason) -> None:
        super().__init__(reason)
        self.reason: CompactReason = reason


@value
class Compact(NamedTuple):
    """A JWT in parts. `signed`: the bytes that the signature covers. Its repr shows nothing of it."""

    header: Mapping[str, Json]
    claims: Mapping[str, Json]
    signed: bytes
    signature: bytes

    def __repr__(self) -> str:
        return "Compact(…)"


def parse_compact(text: str) -> Compact:
    """Take `header.claims.signature` apart; nothing is verified. Raises NotCompact, which holds nothing of the text."""
    if len(text) > LONGEST:
        raise NotCompact("too-long")
    parts = text.split(".")
    if len(parts) != 3:
        raise NotCompact("segments")
    header = _object(_bytes(parts[0]), "header")
    claims = _object(_bytes(parts[1]), "claims")
    return Compact(header, claims, f"{parts[0]}.{parts[1]}".encode("ascii"), _bytes(parts[2]))


def granted_scopes(text: str) -> tuple[Scope, ...] | None:
    """What a token says that it grants (docs/spec/auth/jwt.md, `access`), unverified; None when it is opaque.

    Never raises. An entry without actions was asked for and not granted.
    """
    try:
        return access_of(parse_compact(text).claims.get("access"))
    except NotCompact:
        return None


def access_of(found: Json) -> tuple[Scope, ...]:
    """The entries of an `access` claim that have a type and a name; actions sorted, each once."""
    if not isinstance(found, list):
        return ()
    scopes = []
    for entry in found:
        if not isinstance(entry, dict):
            continue
        kind, name, listed = entry.get("type"), entry.get("name"), entry.get("actions")
        if isinstance(kind, str) and isinstance(name, str) and kind:
            actions = {each for each in listed if isinstance(each, str) and each} if isinstance(listed, list) else set()
            scopes.append(Scope(kind, name, tuple(sorted(actions))))
    return tuple(scopes)


def decode_base64url(text: str) -> bytes:
    """RFC 4648 section 5, without padding or with it. Raises ValueError, which holds nothing of the text."""
    bare = text.rstrip("=")
    if not _SEGMENT.fullmatch(bare) or len(bare) % 4 == 1:
        raise ValueError("not base64url")
    return urlsafe_b64decode(bare + "=" * (-len(bare) % 4))


def _bytes(segment: str) -> bytes:
    try:
        return decode_base64url(segment)
    except ValueError:
        raise NotCompact("base64") from None


def _object(data: bytes, part: Literal["header", "claims"]) -> Mapping[str, Json]:
    try:
        found = decode(data, part, LONGEST)
    except InvalidDocument:
        found = None
    if not isinstance(found, dict):
        raise NotCompact(part)
    return found
