"""Tokens and keys as token services make them, made anew for each run."""

import base64
import json
import time
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

SCOPES = (
    {"type": "repository", "name": "team/app", "actions": ["pull", "push"]},
    {"type": "registry", "name": "catalog", "actions": ["*"]},
)


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def ec_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def claims(left: float = 3600.0, **more: Any) -> dict[str, Any]:
    """Claims of a token that ends in so many seconds."""
    now = int(time.time())
    told = {"iss": "harbour-master", "sub": "sailor", "aud": "registry.test", "iat": now - 60, "access": list(SCOPES)}
    return {**told, "exp": int(now + left), **more}


def with_jwk(**more: Any) -> str:
    """RS256, its key in its own header."""
    return jwt.encode(claims(**more), rsa_key(), "RS256", {"jwk": RSAAlgorithm.to_jwk(rsa_key().public_key(), True)})


def with_x5c() -> str:
    """RS256, a certificate of its key in its own header."""
    return jwt.encode(claims(), rsa_key(), "RS256", {"x5c": [base64.b64encode(_certificate()).decode()]})


def es256(**more: Any) -> str:
    """ES256, its key only named."""
    return jwt.encode(claims(**more), ec_key(), "ES256", {"kid": "harbour-key"})


def hs256() -> str:
    return jwt.encode(claims(), "a secret that is long enough to be one", "HS256")


def unsigned() -> str:
    return jwt.encode(claims(), "", "none")


def tampered(token: str) -> str:
    """The same token with other claims and the old signature."""
    header, _, signature = token.split(".")
    payload = json.dumps(claims(sub="pirate")).encode()
    return f"{header}.{base64.urlsafe_b64encode(payload).decode().rstrip('=')}.{signature}"


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    """The public half, as openssl writes it."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, form).decode()


def private_pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


def jwk(key: ec.EllipticCurvePrivateKey) -> str:
    return ECAlgorithm.to_jwk(key.public_key())


def jwks(key: ec.EllipticCurvePrivateKey, kid: str) -> str:
    """A set, the key in it after a stranger's."""
    stranger = ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1()).public_key(), True)
    return json.dumps({"keys": [stranger, {**ECAlgorithm.to_jwk(key.public_key(), True), "kid": kid}]})


def _certificate() -> bytes:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "harbour-master")])
    now = datetime.now(UTC)
    unsigned = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(rsa_key().public_key())
    dated = unsigned.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = dated.serial_number(x509.random_serial_number()).sign(rsa_key(), hashes.SHA256())
    return made.public_bytes(serialization.Encoding.DER)
