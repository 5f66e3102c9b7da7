"""Certificates with a name, as companies give them to those who sign: an authority and leaves of it."""

import datetime
import hashlib
from functools import cache
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from playground.signing import BEGIN, key

AUTHORITY = "Harbour Office Root"


class Identity(NamedTuple):
    """The certificate of the key of that name (`signing.key`)."""

    name: str
    der: bytes
    pem: str


def named(common: str) -> x509.Name:
    """Country, organization and common name."""
    pairs = ((NameOID.COUNTRY_NAME, "DK"), (NameOID.ORGANIZATION_NAME, "Harbour Office"), (NameOID.COMMON_NAME, common))
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in pairs])


def made(name: str, common: str, ca: bool) -> Identity:
    """A certificate by the authority."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(common))
        .issuer_name(named(AUTHORITY))
        .public_key(key(name).public_key())
        .serial_number(int.from_bytes(hashlib.sha256(name.encode()).digest()[:15]))
        .not_valid_before(BEGIN)
        .not_valid_after(BEGIN + datetime.timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not ca,
                key_cert_sign=ca,
                crl_sign=ca,
                content_commitment=False,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    if not ca:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), critical=False)
        names = [x509.DNSName("notices.harbour.example"), x509.RFC822Name("office@harbour.example")]
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    signed = builder.sign(key(AUTHORITY), hashes.SHA256(), ecdsa_deterministic=True)
    return Identity(name, signed.public_bytes(Encoding.DER), signed.public_bytes(Encoding.PEM).decode())


@cache
def authority() -> Identity:
    """The one that issues itself."""
    return made(AUTHORITY, AUTHORITY, ca=True)


@cache
def leaf(name: str) -> Identity:
    """One that may sign."""
    return made(name, f"Harbour Office {name}", ca=False)
