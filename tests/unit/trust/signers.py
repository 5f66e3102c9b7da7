"""Certificates, signatures and documents for tests, made by the cryptography library and the sample registry."""

import datetime
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Sequence

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.ports.crypto import Algorithm, KeyFormat

BEGIN = datetime.datetime(2026, 9, 21, 7, 0, tzinfo=datetime.UTC)
KEY = ec.derive_private_key(1851, ec.SECP256R1())
OTHER = ec.derive_private_key(1852, ec.SECP256R1())


def certificate(
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = KEY,
    *extensions: tuple[x509.ExtensionType, bool],
    subject: Sequence[tuple[x509.ObjectIdentifier, str]] = ((NameOID.COMMON_NAME, "ship"),),
    begin: datetime.datetime = BEGIN,
    days: float = 1,
) -> bytes:
    """DER, signed by itself; code signing for ada@harbour.example unless extensions are given."""
    name = x509.Name([x509.NameAttribute(oid, text) for oid, text in subject])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Harbour Office")]))
        .public_key(key.public_key())
        .serial_number(0x1A2B)
        .not_valid_before(begin)
        .not_valid_after(begin + datetime.timedelta(days=days))
    )
    standard: tuple[tuple[x509.ExtensionType, bool], ...] = (
        (x509.SubjectAlternativeName([x509.RFC822Name("ada@harbour.example")]), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), False),
    )
    for extension, critical in extensions or standard:
        builder = builder.add_extension(extension, critical)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def pem(*certificates: bytes) -> str:
    return "".join(
        f"-----BEGIN CERTIFICATE-----\n{b64encode(one).decode()}\n-----END CERTIFICATE-----\n" for one in certificates
    )


def sign(data: bytes, key: ec.EllipticCurvePrivateKey = KEY) -> bytes:
    """ECDSA over SHA-256, in DER."""
    return key.sign(data, ec.ECDSA(hashes.SHA256()))


def b64(data: bytes) -> str:
    return b64encode(data).decode()


def b64url(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def document(**members: object) -> bytes:
    return json.dumps(members).encode()


class RealCrypto:
    """Implements app.ports.crypto.Crypto for ECDSA P-256 and RSA, as WebCrypto would."""

    async def verify(
        self, algorithm: Algorithm, key_format: KeyFormat, key: bytes, signature: bytes, signed: bytes
    ) -> bool | None:
        public = load_der_public_key(key)
        digest = {"SHA-256": hashes.SHA256(), "SHA-384": hashes.SHA384(), "SHA-512": hashes.SHA512()}[
            algorithm.hash or "SHA-256"
        ]
        try:
            if isinstance(public, ec.EllipticCurvePublicKey):
                half = len(signature) // 2
                der = encode_dss_signature(int.from_bytes(signature[:half]), int.from_bytes(signature[half:]))
                public.verify(der, signed, ec.ECDSA(digest))
                return True
            assert isinstance(public, rsa.RSAPublicKey)
            if algorithm.name == "RSA-PSS":
                public.verify(signature, signed, padding.PSS(padding.MGF1(digest), algorithm.salt or 0), digest)
            else:
                public.verify(signature, signed, padding.PKCS1v15(), digest)
        except InvalidSignature:
            return False
        return True
