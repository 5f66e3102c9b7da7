"""Signatures that really verify, the same bytes every time: keys from fixed numbers, ECDSA as in RFC 6979.

The keys are in this file, so these signatures show what one looks like and prove nothing.
"""

import datetime
import hashlib
from base64 import b32encode, b64encode
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from playground.answer import Json
from playground.store import Object, json_bytes
from playground.tokens import b64url

FULCIO_ISSUER = ObjectIdentifier("1.3.6.1.4.1.57264.1.1")
# Five minutes before the log took the signatures in: the leaves last for ten.
BEGIN = datetime.datetime(2026, 9, 21, 7, 10, tzinfo=datetime.UTC)
INTEGRATED = 1789974900  # 2026-09-21T07:15:00Z

DSSE = "application/vnd.dsse.envelope.v1+json"
IN_TOTO = "application/vnd.in-toto+json"


@cache
def key(name: str) -> ec.EllipticCurvePrivateKey:
    """A P-256 key that follows from its name."""
    number = int.from_bytes(hashlib.sha256(b"playground " + name.encode()).digest()[:31])
    return ec.derive_private_key(number, ec.SECP256R1())


def sign(name: str, data: bytes) -> str:
    """base64 of a DER signature over SHA-256."""
    return b64encode(key(name).sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))).decode()


def jws_signature(name: str, data: bytes) -> str:
    """ES256 of RFC 7518 section 3.4: base64url of r and s, 32 bytes each."""
    r, s = decode_dss_signature(key(name).sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)))
    return b64url(r.to_bytes(32) + s.to_bytes(32))


def libtrust_jwk(name: str) -> Object:
    """The public key with Docker's key id: 240 bits of the SHA-256 of the SPKI, in base32, in groups of four."""
    public = key(name).public_key()
    spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    letters = b32encode(hashlib.sha256(spki).digest()[:30]).decode()
    numbers = public.public_numbers()
    return {
        "crv": "P-256",
        "kid": ":".join(letters[at : at + 4] for at in range(0, 48, 4)),
        "kty": "EC",
        "x": b64url(numbers.x.to_bytes(32)),
        "y": b64url(numbers.y.to_bytes(32)),
    }


@cache
def certificate(name: str, issuer: str) -> str:
    """PEM: a certificate authority when it issues itself, else a code signing leaf as Fulcio gives to a sign-in."""
    lasting = datetime.timedelta(days=3650) if name == issuer else datetime.timedelta(minutes=10)
    builder = (
        x509.CertificateBuilder()
        .subject_name(common_name(name if name == issuer else ""))
        .issuer_name(common_name(issuer))
        .public_key(key(name).public_key())
        .serial_number(int.from_bytes(hashlib.sha256(name.encode()).digest()[:15]))
        .not_valid_before(BEGIN)
        .not_valid_after(BEGIN + lasting)
        .add_extension(x509.BasicConstraints(ca=name == issuer, path_length=None), critical=True)
    )
    if name != issuer:
        builder = (
            builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), critical=False)
            .add_extension(x509.SubjectAlternativeName([x509.RFC822Name("ada@harbour.example")]), critical=True)
            .add_extension(x509.UnrecognizedExtension(FULCIO_ISSUER, b"https://login.harbour.example"), critical=False)
        )
    made = builder.sign(key(issuer), hashes.SHA256(), ecdsa_deterministic=True)
    return made.public_bytes(Encoding.PEM).decode()


def common_name(text: str) -> x509.Name:
    """A name of one attribute, or of none: Fulcio's leaves have no subject."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)] if text else [])


def cosign_annotations(payload: bytes) -> Object:
    """The annotations by which cosign keeps signature, certificate, chain and transparency log entry."""
    signature = sign("signer", payload)
    body: Object = {
        "apiVersion": "0.0.1",
        "kind": "hashedrekord",
        "spec": {
            "data": {"hash": {"algorithm": "sha256", "value": hashlib.sha256(payload).hexdigest()}},
            "signature": {
                "content": signature,
                "publicKey": {"content": b64encode(certificate("signer", "Sample CA").encode()).decode()},
            },
        },
    }
    entry: Object = {
        "body": b64encode(json_bytes(body, None)).decode(),
        "integratedTime": INTEGRATED,
        "logIndex": 1851,
        "logID": hashlib.sha256(b"sample log").hexdigest(),
    }
    bundle: Object = {"SignedEntryTimestamp": sign("log", json_bytes(entry, None)), "Payload": entry}
    return {
        "dev.cosignproject.cosign/signature": signature,
        "dev.sigstore.cosign/bundle": json_bytes(bundle, None).decode(),
        "dev.sigstore.cosign/certificate": certificate("signer", "Sample CA"),
        "dev.sigstore.cosign/chain": certificate("Sample CA", "Sample CA"),
    }


def dsse(statement: Json) -> bytes:
    """A DSSE envelope around an in-toto statement, signed over the pre-authentication encoding of DSSE v1."""
    body = json_bytes(statement, None)
    encoding = b"DSSEv1 %d %s %d %s" % (len(IN_TOTO), IN_TOTO.encode(), len(body), body)
    envelope: Object = {
        "payloadType": IN_TOTO,
        "payload": b64encode(body).decode(),
        "signatures": [{"keyid": "", "sig": sign("signer", encoding)}],
    }
    return json_bytes(envelope, None)
