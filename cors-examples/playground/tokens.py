"""Tokens: signed JWTs as distribution's token specification describes them, and refresh tokens."""

import datetime
import hashlib
import json
import secrets
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from typing import NamedTuple

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from playground.access import Resource, allowed_actions
from playground.answer import Json

ISSUER = "playground"
ALGORITHM = "ES256"
REFRESH_TOKENS_KEPT = 1000


class Scope(NamedTuple):
    """type:name:actions, of which the first and the last colon count, since a name may hold host:port."""

    resource: Resource
    actions: frozenset[str]


def parse_scopes(texts: list[str]) -> list[Scope]:
    """Repeated parameters, each of which may hold several scopes; what has not three parts is left out."""
    scopes = []
    for text in " ".join(texts).split():
        kind, _, rest = text.partition(":")
        name, colon, actions = rest.rpartition(":")
        if kind and name and colon:
            scopes.append(Scope(Resource(kind.partition("(")[0], name), frozenset(actions.split(",")) - {""}))
    return scopes


class InvalidToken(Exception):
    """The token is not ours, has expired or is meant for another service."""


class TokenService:
    """Issues and verifies tokens with a key made at start. clock gives seconds since 1970.

    certified: tokens carry the certificate instead of the id of the key, which is how any distribution finds it.
    """

    def __init__(self, expiry: int = 300, clock: Callable[[], float] = time.time, certified: bool = False) -> None:
        self.expiry = expiry
        self.clock = clock
        self._key = ec.generate_private_key(ec.SECP256R1())
        made = certificate(self._key)
        self.certificate = made.public_bytes(Encoding.PEM)
        self._named: dict[str, object] = {"kid": thumbprint(self._key.public_key())}
        if certified:
            # RFC 7515 section 4.1.6: base64, not base64url, of the DER, in a list.
            self._named = {"x5c": [b64encode(made.public_bytes(Encoding.DER)).decode()]}
        self._refresh: dict[str, str] = {}

    def issue(self, user: str | None, service: str, scopes: list[Scope]) -> tuple[str, int]:
        """The token and the second it was issued at.

        A narrower grant is no error (token specification, "Requesting a Token"): who may not have an action gets a
        token without it, and learns so from the registry.
        """
        now = int(self.clock())
        access: list[Json] = []
        for scope in scopes:
            granted = sorted(scope.actions & allowed_actions(user, scope.resource))
            access.append({"type": scope.resource.type, "name": scope.resource.name, "actions": list[Json](granted)})
        claims = {
            "iss": ISSUER,
            "sub": user or "",
            "aud": service,
            "exp": now + self.expiry,
            "nbf": now,
            "iat": now,
            "jti": secrets.token_hex(8),
            "access": access,
        }
        return jwt.encode(claims, self._key, ALGORITHM, self._named), now

    def verify(self, token: str, service: str) -> list[Scope]:
        """What the token grants; raises InvalidToken. Without leeway, so that an expiry of seconds means seconds."""
        try:
            claims = jwt.decode(
                token,
                self._key.public_key(),
                [ALGORITHM],
                options={"verify_exp": False, "verify_nbf": False, "verify_iat": False, "require": ["exp", "aud"]},
                audience=service,
                issuer=ISSUER,
            )
        except jwt.InvalidTokenError as problem:
            raise InvalidToken(type(problem).__name__) from None
        if claims["exp"] <= self.clock():
            raise InvalidToken("ExpiredSignatureError")
        return [
            Scope(Resource(entry["type"], entry["name"]), frozenset(entry["actions"])) for entry in claims["access"]
        ]

    def issue_refresh(self, user: str) -> str:
        """An opaque refresh token; the oldest are forgotten."""
        while len(self._refresh) >= REFRESH_TOKENS_KEPT:
            del self._refresh[next(iter(self._refresh))]
        token = secrets.token_urlsafe(24)
        self._refresh[token] = user
        return token

    def refresh_user(self, token: str) -> str | None:
        """Whose refresh token it is. It stays valid: clients may not expect it to be rotated."""
        return self._refresh.get(token)


def certificate(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    """Signed by the key itself: what a registry takes as `rootcertbundle` to trust the tokens. Ten years from 2026."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, ISSUER)])
    begin = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + datetime.timedelta(days=3653))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )


def thumbprint(key: ec.EllipticCurvePublicKey) -> str:
    """RFC 7638: the key id, from the members of the JWK in the order of their names."""
    numbers = key.public_numbers()
    jwk = {"crv": "P-256", "kty": "EC", "x": b64url(numbers.x.to_bytes(32)), "y": b64url(numbers.y.to_bytes(32))}
    canonical = json.dumps(jwk, separators=(",", ":"), sort_keys=True).encode()
    return b64url(hashlib.sha256(canonical).digest())


def b64url(data: bytes) -> str:
    """RFC 7515: base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()
