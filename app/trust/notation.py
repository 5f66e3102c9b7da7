"""Notary Project signatures in their two envelopes, JWS and COSE.

notaryproject/specifications: signature-envelope-jws.md, signature-envelope-cose.md.
"""

from base64 import b64decode
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.auth.der import NotDer
from app.oci.digest import Digest
from app.oci.document import InvalidDocument, Json, member, optional_text, text
from app.oci.value import value
from app.trust.asn1 import stamp
from app.trust.cbor import Cbor, NotCbor, Tagged, decode_cbor
from app.trust.certificate import Certificate, parse_certificate
from app.trust.encoded import from_base64, object_in

JWS = "application/jose+json"
COSE = "application/cose"

# RFC 9053 sections 2.1, 2.2; RFC 8230 section 2.
_COSE_ALGORITHMS: Mapping[int, str] = {
    -7: "ES256", -35: "ES384", -36: "ES512", -8: "EdDSA", -37: "PS256", -38: "PS384", -39: "PS512",
}  # fmt: skip
_PREFIX = "io.cncf.notary."


@value
class NotationSignature(NamedTuple):
    """A signature; nothing of it was verified. `target`: media type, digest and size (as text) of what is signed.

    `algorithm`: as JWS names it; `time`: of signing, as the signer says; `expiry`: likewise, None for none;
    `certificates`: leaf first; `signed`: the bytes that `signature` covers; `payload`: its JSON.
    """

    format: str
    algorithm: str
    scheme: str | None
    time: str | None
    expiry: str | None
    agent: str | None
    target: tuple[str, str, str]
    certificates: tuple[Certificate, ...]
    payload: bytes
    signed: bytes
    signature: bytes

    def is_of(self, digest: Digest) -> bool:
        """Whether it is about the manifest of that digest."""
        return self.target[1] == str(digest)


def parse_jws(data: bytes) -> NotationSignature:
    """RFC 7515 section 7.2.2, flattened JSON. Raises InvalidDocument."""
    found = object_in(data, "JWS envelope")
    protected, payload = text(found, "protected", ""), text(found, "payload", "")
    header = object_in(from_base64(protected, "protected"), "JWS header")
    aside = member(found, "header", "") or {}
    chain = aside.get("x5c")
    body = from_base64(payload, "payload")
    return NotationSignature(
        "JWS",
        optional_text(header, "alg", "protected") or "",
        optional_text(header, _PREFIX + "signingScheme", "protected"),
        _either(header, "signingTime", "authenticSigningTime"),
        optional_text(header, _PREFIX + "expiry", "protected"),
        optional_text(aside, _PREFIX + "signingAgent", "header"),
        _target(body),
        _chain(_decoded(one) for one in (chain if isinstance(chain, list) else [])),
        body,
        f"{protected}.{payload}".encode("utf-8", "surrogatepass"),
        from_base64(text(found, "signature", ""), "signature"),
    )


def parse_cose(data: bytes) -> NotationSignature:
    """RFC 9052 section 4.2: COSE_Sign1 = [protected: bstr, unprotected: map, payload: bstr, signature: bstr], tag 18.
    Raises InvalidDocument."""
    try:
        found = decode_cbor(data)
        parts = found.content if isinstance(found, Tagged) and found.number == 18 else found
        if not isinstance(parts, list) or len(parts) != 4:
            raise NotCbor("not a signature of one signer")
        protected, aside, payload, signature = parts
        if not isinstance(protected, bytes) or not isinstance(payload, bytes) or not isinstance(signature, bytes):
            raise NotCbor("a part of another kind")
        header = decode_cbor(protected) if protected else {}
    except NotCbor as error:
        raise InvalidDocument("COSE envelope", "", f"is not CBOR as it should be: {error}") from None
    if not isinstance(header, dict) or not isinstance(aside, dict):
        raise InvalidDocument("COSE envelope", "", "has headers that are no maps")
    algorithm = header.get(1)
    chain = aside.get(33)
    return NotationSignature(
        "COSE",
        _COSE_ALGORITHMS.get(algorithm, str(algorithm)) if isinstance(algorithm, int) else "",
        _said(header.get(_PREFIX + "signingScheme")),
        _said(header.get(_PREFIX + "signingTime")) or _said(header.get(_PREFIX + "authenticSigningTime")),
        _said(header.get(_PREFIX + "expiry")),
        _said(aside.get(_PREFIX + "signingAgent")),
        _target(payload),
        _chain(chain if isinstance(chain, list) else [chain] if chain is not None else []),
        payload,
        _sig_structure(protected, payload),
        signature,
    )


def _sig_structure(protected: bytes, payload: bytes) -> bytes:
    #   Sig_structure = ["Signature1", body_protected: bstr, external_aad: bstr, payload: bstr]   (RFC 9052 section 4.4)
    return (
        b"\x84"
        + _head(3, 10)
        + b"Signature1"
        + _head(2, len(protected))
        + protected
        + b"\x40"
        + _head(2, len(payload))
        + payload
    )


def _head(major: int, length: int) -> bytes:
    if length < 24:
        return bytes([major << 5 | length])
    size = 1 if length < 1 << 8 else 2 if length < 1 << 16 else 4
    return bytes([major << 5 | {1: 24, 2: 25, 4: 26}[size]]) + length.to_bytes(size, "big")


def _said(found: Cbor) -> str | None:
    # RFC 8949 section 3.4.2: tag 1 is seconds since 1970.
    if isinstance(found, Tagged):
        seconds = found.content
        return stamp(seconds) if found.number == 1 and isinstance(seconds, int | float) else None
    return found if isinstance(found, str) else None


def _either(header: Mapping[str, Json], *names: str) -> str | None:
    return next((said for name in names if (said := optional_text(header, _PREFIX + name, "protected"))), None)


def _target(payload: bytes) -> tuple[str, str, str]:
    found = member(object_in(payload, "Notary payload"), "targetArtifact", "")
    if found is None:
        raise InvalidDocument("Notary payload", "targetArtifact", "is missing")
    said = (optional_text(found, name, "targetArtifact") or "" for name in ("mediaType", "digest"))
    octets = found.get("size")
    return (*said, str(octets) if isinstance(octets, int) else "")  # type: ignore[return-value]


def _decoded(found: Json) -> bytes | None:
    try:
        return b64decode(found, validate=True) if isinstance(found, str) else None
    except ValueError:
        return None


def _chain(found: Iterable[object]) -> tuple[Certificate, ...]:
    certificates = []
    for number, one in enumerate(found):
        if number == 20:
            break
        try:
            if not isinstance(one, bytes):
                raise NotDer("not bytes")
            certificates.append(parse_certificate(one))
        except NotDer as error:
            raise InvalidDocument("signature", f"certificate {number + 1}", f"is none: {error}") from None
    return tuple(certificates)
