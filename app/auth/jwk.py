"""JSON Web Keys: the public part of them, checked, and the names that tokens give them."""

import json
from base64 import b32encode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Literal, NamedTuple

from app.auth.compact import decode_base64url
from app.auth.der import NULL, OBJECT_IDENTIFIER, SEQUENCE, wrap_key, write_element, write_integer
from app.oci.document import Json
from app.oci.value import value

KeyType = Literal["RSA", "EC", "OKP"]
JwkReason = Literal["not-an-object", "key-type", "member", "symmetric"]

RSA = bytes.fromhex("2a864886f70d010101")  # 1.2.840.113549.1.1.1 rsaEncryption
ELLIPTIC = bytes.fromhex("2a8648ce3d0201")  # 1.2.840.10045.2.1 id-ecPublicKey
ED25519 = bytes.fromhex("2b6570")  # 1.3.101.112
CURVES: Mapping[str, tuple[bytes, int]] = {
    "P-256": (bytes.fromhex("2a8648ce3d030107"), 32),
    "P-384": (bytes.fromhex("2b81040022"), 48),
    "P-521": (bytes.fromhex("2b81040023"), 66),
}
# RFC 7638 section 3.2: the members that make a key what it is.
_MEMBERS: Mapping[KeyType, tuple[str, ...]] = {
    "RSA": ("e", "kty", "n"),
    "EC": ("crv", "kty", "x", "y"),
    "OKP": ("crv", "kty", "x"),
}
_LONGEST_MEMBER = 4096


class NotJwk(ValueError):
    """`reason`: not-an-object; symmetric (`oct` is a secret, not a public key); key-type; member (missing or wrong)."""

    def __init__(self, reason: JwkReason) -> None:
        super().__init__(reason)
        self.reason: JwkReason = reason


@value
class Jwk(NamedTuple):
    """A public key. `members`: those that make it, as text, sorted; `private`: the source held its private part too."""

    type: KeyType
    members: tuple[tuple[str, str], ...]
    kid: str | None
    private: bool

    @property
    def curve(self) -> str | None:
        return dict(self.members).get("crv")

    def canonical(self) -> bytes:
        """The JSON of RFC 7638 section 3: required members alone, sorted, without blanks; never the private ones."""
        return json.dumps(dict(self.members), separators=(",", ":"), sort_keys=True).encode()

    def thumbprint(self) -> str:
        """RFC 7638 by SHA-256, base64url: one of the two names that registries' `kid` goes by."""
        return urlsafe_b64encode(sha256(self.canonical()).digest()).decode().rstrip("=")

    def spki(self) -> bytes:
        """The same key as the DER of a SubjectPublicKeyInfo."""
        members = dict(self.members)
        if self.type == "RSA":
            numbers = (write_integer(decode_base64url(members[name])) for name in ("n", "e"))
            # RFC 8017 appendix A.1.1: RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }
            return wrap_key(RSA, write_element(NULL), write_element(SEQUENCE, *numbers))
        if self.type == "OKP":
            return wrap_key(ED25519, b"", decode_base64url(members["x"]))
        curve, size = CURVES[members["crv"]]
        # RFC 5480 section 2.2: an uncompressed point.
        point = b"\x04" + b"".join(decode_base64url(members[name]).rjust(size, b"\x00") for name in ("x", "y"))
        return wrap_key(ELLIPTIC, write_element(OBJECT_IDENTIFIER, curve), point)


def parse_jwk(found: Json) -> Jwk:
    """The public key in a JWK (RFC 7517, 7518 section 6, 8037). Raises NotJwk, which holds nothing of the key."""
    if not isinstance(found, dict):
        raise NotJwk("not-an-object")
    match found.get("kty"):
        case "RSA" | "EC" | "OKP" as kind:
            pass
        case "oct":
            raise NotJwk("symmetric")
        case _:
            raise NotJwk("key-type")
    members = tuple((name, _member(found, name)) for name in _MEMBERS[kind])
    if kind != "RSA":
        _check_point(kind, dict(members))
    kid = found.get("kid")
    return Jwk(kind, members, kid if isinstance(kid, str) else None, "d" in found)


def libtrust_kid(spki: bytes) -> str:
    """Docker's name of a key: 240 bits of the SHA-256 of its SubjectPublicKeyInfo, base32 in groups of four."""
    text = b32encode(sha256(spki).digest()[:30]).decode()
    return ":".join(text[at : at + 4] for at in range(0, len(text), 4))


def _member(found: Mapping[str, Json], name: str) -> str:
    text = found.get(name)
    if not isinstance(text, str) or not 0 < len(text) <= _LONGEST_MEMBER:
        raise NotJwk("member")
    if name in ("crv", "kty"):
        return text
    try:
        data = decode_base64url(text)
    except ValueError:
        data = b""
    if not data:
        raise NotJwk("member")
    # RFC 7518 section 2, Base64urlUInt has no padding; written anew, so that equal keys have equal names.
    return urlsafe_b64encode(data).decode().rstrip("=")


def _check_point(kind: KeyType, members: Mapping[str, str]) -> None:
    if kind == "OKP":
        size = 32 if members["crv"] == "Ed25519" else 0
    else:
        size = CURVES[members["crv"]][1] if members["crv"] in CURVES else 0
    # RFC 7518 section 6.2.1.2: a coordinate has the full size of its curve.
    if not size or any(len(decode_base64url(members[name])) != size for name in ("x", "y") if name in members):
        raise NotJwk("member")
