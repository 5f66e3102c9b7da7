import asyncio

from app.layers.local_hash import LocalHashing
from app.oci.digest import digest_of


def test_a_digest_is_computed_as_bytes_come() -> None:
    async def hashed() -> str:
        started = LocalHashing().start("sha256")
        assert started is not None
        started.update(b"ab")
        await started.settle(0)
        started.update(b"c")
        return await started.hexdigest()

    assert asyncio.run(hashed()) == digest_of(b"abc").encoded


def test_an_algorithm_that_is_not_there_starts_nothing() -> None:
    assert LocalHashing().start("blake3") is None
