"""What a registry has to be told of a token service that it is to trust."""

import datetime
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID


class Office(NamedTuple):
    """A token service. `upstream`: host:port it listens on. `path`: of its endpoint. `issuer`: of its tokens.

    `certificate`: what distribution takes as rootcertbundle, PEM. `jwks`: the key as JSON, where distribution 3 cannot
    find it by the certificate. `service`: what it calls the registry, empty for the registry's own host:port.
    """

    upstream: str
    path: str
    issuer: str
    certificate: bytes
    jwks: str = ""
    service: str = ""


def self_signed(key: rsa.RSAPrivateKey, name: str) -> x509.Certificate:
    """A certificate authority of today, by which the key vouches for itself."""
    whose = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(whose)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
