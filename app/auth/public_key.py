"""Public keys that could check a token: in its own header, or pasted by a person."""

from base64 import b64decode
from collections.abc import Mapping
from typing import Literal, NamedTuple

from app.auth.der import NULL, NotDer, certificate_key, key_algorithm, wrap_key, write_element
from app.auth.jwk import CURVES, ED25519, ELLIPTIC, RSA, KeyType, NotJwk, libtrust_kid, parse_jwk
from app.oci.document import InvalidDocument, Json, decode
from app.oci.value import value
from app.ports.crypto import KeyFormat

KeySource = Literal["jwk", "x5c", "pasted"]
KeyProblem = Literal[
    "empty", "too-long", "not-a-key", "private-key", "symmetric", "base64", "der", "key-type", "member",
    "not-an-object", "no-keys",
]  # fmt: skip

LONGEST = 256 * 1024
"""Characters of a pasted key that are read."""

_MOST_KEYS = 50
_BEGIN = "-----BEGIN "
_DASHES = "-----"


class BadKey(ValueError):
    """A key that cannot be used; `reason`: private-key and symmetric are secrets, which nobody should paste. It holds
    nothing of the key."""

    def __init__(self, reason: KeyProblem) -> None:
        super().__init__(reason)
        self.reason: KeyProblem = reason


@value
class PublicKey(NamedTuple):
    """`data`: what WebCrypto imports, in that format. `curve`: of EC and OKP keys. `names`: what a `kid` may call it:
    its own, its RFC 7638 thumbprint, its libtrust name, as far as the source tells."""

    format: KeyFormat
    data: bytes
    type: KeyType
    curve: str | None
    names: tuple[str, ...]


def header_key(header: Mapping[str, Json]) -> tuple[KeySource, PublicKey] | None:
    """The key in a token's own header (RFC 7515 sections 4.1.3 and 4.1.6), `jwk` before `x5c`; raises BadKey."""
    if "jwk" in header:
        return "jwk", _from_jwk(header["jwk"])
    chain = header.get("x5c")
    if chain is None:
        return None
    # The certificate of the signing key comes first; in x5c it is base64 with "+" and "/", not base64url.
    first = chain[0] if isinstance(chain, list) and chain else None
    if not isinstance(first, str):
        raise BadKey("not-a-key")
    return "x5c", _from_spki(_certificate(_base64(first)))


def pasted_keys(text: str) -> tuple[PublicKey, ...]:
    """The keys in what a person pasted: PEM (PUBLIC KEY, CERTIFICATE, RSA PUBLIC KEY), a JWK, a JWKS, or the base64
    inside a PEM alone, as Keycloak shows it. Raises BadKey; in a JWKS only when no key of it can be used."""
    if len(text) > LONGEST:
        raise BadKey("too-long")
    text = text.strip()
    if not text:
        raise BadKey("empty")
    if "PRIVATE KEY-----" in text:
        raise BadKey("private-key")
    if text.startswith(("{", "[")):
        return _from_json(text)
    begin = text.find(_BEGIN)
    return (_from_pem(text[begin:]) if begin >= 0 else _from_bare(text),)


def fitting_keys(keys: tuple[PublicKey, ...], kid: str | None) -> tuple[PublicKey, ...]:
    """Those that the `kid` names; all when it names none, since a JWKS and a registry often name a key differently."""
    named = tuple(key for key in keys if kid is not None and kid in key.names)
    return named or keys


def _from_json(text: str) -> tuple[PublicKey, ...]:
    try:
        found = decode(text.encode("utf-8", "surrogatepass"), "key", LONGEST)
    except InvalidDocument:
        raise BadKey("not-a-key") from None
    listed = found.get("keys") if isinstance(found, dict) and "keys" in found else found
    if not isinstance(listed, list):
        return (_pasted_jwk(listed),)
    # RFC 7517 section 5: keys of a type that is not understood are left out.
    usable, problem = [], BadKey("no-keys")
    for each in listed[:_MOST_KEYS]:
        try:
            usable.append(_pasted_jwk(each))
        except BadKey as error:
            if error.reason in ("private-key", "symmetric"):
                raise
            problem = error
    if not usable:
        raise problem
    return tuple(usable)


def _pasted_jwk(found: Json) -> PublicKey:
    if isinstance(found, dict) and "d" in found:
        raise BadKey("private-key")
    return _from_jwk(found)


def _from_jwk(found: Json) -> PublicKey:
    try:
        jwk = parse_jwk(found)
    except NotJwk as error:
        raise BadKey(error.reason) from None
    names = (*(() if jwk.kid is None else (jwk.kid,)), jwk.thumbprint(), libtrust_kid(jwk.spki()))
    return PublicKey("jwk", jwk.canonical(), jwk.type, jwk.curve, names)


def _from_pem(text: str) -> PublicKey:
    # RFC 7468 section 3: -----BEGIN label----- base64 -----END label-----
    label, dashes, rest = text[len(_BEGIN) :].partition(_DASHES)
    body, end, _ = rest.partition(f"-----END {label}")
    if not dashes or not end:
        raise BadKey("not-a-key")
    if label == "CERTIFICATE":
        return _from_spki(_certificate(_base64(body)))
    if label == "PUBLIC KEY":
        return _from_spki(_base64(body))
    if label == "RSA PUBLIC KEY":
        # PKCS#1, the bare RSAPublicKey that WebCrypto does not read.
        return _from_spki(wrap_key(RSA, write_element(NULL), _base64(body)))
    raise BadKey("key-type")


def _from_bare(text: str) -> PublicKey:
    try:
        data = _base64(text)
    except BadKey:
        raise BadKey("not-a-key") from None
    try:
        return _from_spki(certificate_key(data))
    except NotDer:
        return _from_spki(data)


def _from_spki(spki: bytes) -> PublicKey:
    try:
        algorithm, curve = key_algorithm(spki)
    except NotDer:
        raise BadKey("der") from None
    names = (libtrust_kid(spki),)
    if algorithm == RSA:
        return PublicKey("spki", spki, "RSA", None, names)
    if algorithm == ED25519:
        return PublicKey("spki", spki, "OKP", "Ed25519", names)
    known = next((name for name, (identifier, _) in CURVES.items() if identifier == curve), None)
    if algorithm == ELLIPTIC and known is not None:
        return PublicKey("spki", spki, "EC", known, names)
    raise BadKey("key-type")


def _certificate(data: bytes) -> bytes:
    try:
        return certificate_key(data)
    except NotDer:
        raise BadKey("der") from None


def _base64(text: str) -> bytes:
    if len(text) > LONGEST:
        raise BadKey("too-long")
    try:
        return b64decode("".join(text.split()), validate=True)
    except ValueError:
        raise BadKey("base64") from None
