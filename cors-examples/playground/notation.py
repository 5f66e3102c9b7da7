"""Notary Project signatures in both their envelopes, which verify; CBOR as far as COSE needs it."""

import hashlib
from base64 import b64decode, b64encode

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from playground.answer import Json
from playground.identities import authority, leaf
from playground.images import add_artifact
from playground.signing import INTEGRATED, jws_signature, sign
from playground.store import Blob, Object, Repository, json_bytes
from playground.tokens import b64url

ARTIFACT = "application/vnd.cncf.notary.signature"
PAYLOAD = "application/vnd.cncf.notary.payload.v1+json"
JWS = "application/jose+json"
COSE = "application/cose"
PREFIX = "io.cncf.notary."
AGENT = "playground/1.0"
SIGNER = "notary"

Cbor = int | bytes | str | list["Cbor"] | dict["Cbor", "Cbor"] | tuple[int, "Cbor"]
"""A tuple is a tag with its content."""


def payload(subject: Blob) -> bytes:
    """notaryproject/specifications, signature-specification.md, "Payload"."""
    return json_bytes({"targetArtifact": subject.descriptor()}, None)


def jws(subject: Blob) -> bytes:
    """signature-envelope-jws.md: flattened JSON, the certificates aside."""
    header: Object = {
        "alg": "ES256",
        "crit": [PREFIX + "signingScheme"],
        "cty": PAYLOAD,
        PREFIX + "signingScheme": "notary.x509",
        PREFIX + "signingTime": "2026-09-21T07:15:00Z",
    }
    protected, body = b64url(json_bytes(header, None)), b64url(payload(subject))
    chain: list[Json] = [b64encode(one.der).decode() for one in (leaf(SIGNER), authority())]
    envelope: Object = {
        "payload": body,
        "protected": protected,
        "header": {"x5c": chain, PREFIX + "signingAgent": AGENT},
        "signature": jws_signature(SIGNER, f"{protected}.{body}".encode()),
    }
    return json_bytes(envelope, None)


def cose(subject: Blob) -> bytes:
    """signature-envelope-cose.md: COSE_Sign1 (RFC 9052 section 4.2)."""
    header: dict[Cbor, Cbor] = {
        1: -7,
        2: [PREFIX + "signingScheme"],
        3: PAYLOAD,
        PREFIX + "signingScheme": "notary.x509",
        PREFIX + "signingTime": (1, INTEGRATED),
    }
    protected, body = cbor(header), payload(subject)
    aside: dict[Cbor, Cbor] = {33: [leaf(SIGNER).der, authority().der], PREFIX + "signingAgent": AGENT}
    r, s = decode_dss_signature(b64decode(sign(SIGNER, cbor(["Signature1", protected, b"", body]))))
    return cbor((18, [protected, aside, body, r.to_bytes(32) + s.to_bytes(32)]))


def cbor(found: Cbor) -> bytes:
    """RFC 8949, the kinds above; maps keep their order."""
    if isinstance(found, bytes):
        return head(2, len(found)) + found
    if isinstance(found, str):
        return head(3, len(found.encode())) + found.encode()
    if isinstance(found, list):
        return head(4, len(found)) + b"".join(map(cbor, found))
    if isinstance(found, dict):
        return head(5, len(found)) + b"".join(cbor(key) + cbor(one) for key, one in found.items())
    if isinstance(found, tuple):
        return head(6, found[0]) + cbor(found[1])
    return head(0, found) if found >= 0 else head(1, -1 - found)


def head(major: int, number: int) -> bytes:
    """The first bytes of an item."""
    if number < 24:
        return bytes([major << 5 | number])
    size = next(size for size in (1, 2, 4, 8) if number < 256**size)
    return bytes([major << 5 | 23 + size.bit_length()]) + number.to_bytes(size)


def add_notation(repository: Repository, subject: Blob) -> None:
    """One signature in each envelope, as `notation sign` keeps them."""
    thumbprints = json_bytes([hashlib.sha256(one.der).hexdigest() for one in (leaf(SIGNER), authority())], None)
    notes: Object = {
        "io.cncf.notary.x509chain.thumbprint#S256": thumbprints.decode(),
        "org.opencontainers.image.created": "2026-09-21T07:15:00Z",
    }
    for media_type, data in ((JWS, jws(subject)), (COSE, cose(subject))):
        kept = repository.add_blob(media_type, data)
        config = repository.add_blob(ARTIFACT, b"{}")
        add_artifact(repository, "", [kept.descriptor()], config=config, subject=subject, annotations=notes)
