"""The port of signatures: what it takes and gives."""

import asyncio

from app.ports.crypto import Algorithm, Crypto, KeyFormat


class Unable:
    async def verify(
        self, algorithm: Algorithm, key_format: KeyFormat, key: bytes, signature: bytes, signed: bytes
    ) -> bool | None:
        return None


def test_a_platform_that_cannot_check_answers_none() -> None:
    crypto: Crypto = Unable()
    assert asyncio.run(crypto.verify(Algorithm("Ed25519"), "jwk", b"{}", b"", b"")) is None


def test_an_algorithm_of_other_parameters_is_another() -> None:
    assert Algorithm("ECDSA", "SHA-256", "P-256") != Algorithm("ECDSA", "SHA-384", "P-384")
