"""Signatures, as far as the platform can check them."""

from typing import Literal, NamedTuple, Protocol

from app.oci.value import value

KeyFormat = Literal["jwk", "spki"]


@value
class Algorithm(NamedTuple):
    """A signature algorithm in the words of WebCrypto: `name`, and what it needs beside it, otherwise None.

    `hash`: SHA-256, SHA-384, SHA-512; `curve`: P-256, P-384, P-521; `salt`: bytes of RSA-PSS.
    """

    name: Literal["RSASSA-PKCS1-v1_5", "RSA-PSS", "ECDSA", "Ed25519"]
    hash: str | None = None
    curve: str | None = None
    salt: int | None = None


class Crypto(Protocol):
    async def verify(
        self, algorithm: Algorithm, key_format: KeyFormat, key: bytes, signature: bytes, signed: bytes
    ) -> bool | None:
        """Whether the signature is that of the bytes; None when this platform cannot tell.

        `key`: the DER of a SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7), or the JSON of a public JWK (RFC 7517).
        `signature`: as in a JWS, for ECDSA raw r and s. A key that is none raises ValueError.
        """
        ...
