"""Keys of every kind, made here, and a Crypto that checks by the cryptography package."""

import datetime
import json

import jwt
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.x509.oid import NameOID

from app.ports.crypto import Algorithm, KeyFormat

Private = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey

RSA_KEY = rsa.generate_private_key(65537, 2048)
EC_KEYS = {
    "ES256": ec.generate_private_key(ec.SECP256R1()),
    "ES384": ec.generate_private_key(ec.SECP384R1()),
    "ES512": ec.generate_private_key(ec.SECP521R1()),
}
ED_KEY = ed25519.Ed25519PrivateKey.generate()
KEYS: dict[str, Private] = {
    **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), RSA_KEY),
    **EC_KEYS,
    "EdDSA": ED_KEY,
}
_HASHES = {"SHA-256": hashes.SHA256(), "SHA-384": hashes.SHA384(), "SHA-512": hashes.SHA512()}


def spki(key: Private) -> bytes:
    public = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.DER, public)


def pem(key: Private) -> str:
    public = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, public).decode()


def jwk(key: Private, **members: str) -> dict[str, str]:
    public = key.public_key()
    if isinstance(public, rsa.RSAPublicKey):
        text = jwt.algorithms.RSAAlgorithm.to_jwk(public)
    elif isinstance(public, ec.EllipticCurvePublicKey):
        text = jwt.algorithms.ECAlgorithm.to_jwk(public)
    else:
        text = jwt.algorithms.OKPAlgorithm.to_jwk(public)
    bare = {name: value for name, value in json.loads(text).items() if name in ("kty", "n", "e", "crv", "x", "y")}
    return {**bare, **members}


def certificate(key: CertificateIssuerPrivateKeyTypes) -> bytes:
    """The DER of a certificate that the key signed for itself."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "token service")])
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(start).not_valid_after(start + datetime.timedelta(days=1))
    digest = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return builder.sign(key, digest).public_bytes(serialization.Encoding.DER)


def token(alg: str = "ES256", key: Private | None = None, **header: object) -> str:
    signer = KEYS[alg] if key is None else key
    return jwt.encode({"sub": "ann"}, signer, alg, headers=header)


def _load(key_format: KeyFormat, key: bytes) -> object:
    return serialization.load_der_public_key(key) if key_format == "spki" else jwt.PyJWK.from_json(key.decode()).key


class CheckingCrypto:
    """Implements Crypto, as strictly as a browser does; `unable`: knows no algorithm."""

    def __init__(self, unable: bool = False) -> None:
        self.unable = unable

    async def verify(
        self, algorithm: Algorithm, key_format: KeyFormat, key: bytes, signature: bytes, signed: bytes
    ) -> bool | None:
        if self.unable:
            return None
        try:
            public = _load(key_format, key)
        except jwt.PyJWTError as error:
            raise ValueError("no key") from error
        try:
            if isinstance(public, rsa.RSAPublicKey):
                digest = _HASHES[str(algorithm.hash)]
                pss = padding.PSS(padding.MGF1(digest), algorithm.salt or 0)
                scheme = pss if algorithm.name == "RSA-PSS" else padding.PKCS1v15()
                public.verify(signature, signed, scheme, digest)
            elif isinstance(public, ec.EllipticCurvePublicKey):
                half = (public.key_size + 7) // 8
                if len(signature) != 2 * half:
                    return False
                numbers = (int.from_bytes(part, "big") for part in (signature[:half], signature[half:]))
                der = utils.encode_dss_signature(*numbers)
                public.verify(der, signed, ec.ECDSA(_HASHES[str(algorithm.hash)]))
            elif isinstance(public, ed25519.Ed25519PublicKey):
                public.verify(signature, signed)
        except InvalidSignature:
            return False
        return True
