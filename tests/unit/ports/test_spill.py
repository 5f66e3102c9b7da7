import asyncio

from app.ports.spill import Spill, SpillFile


class Nowhere:
    async def open(self, key: str, size: int | None) -> SpillFile | None:
        return None


def test_a_platform_without_storage_puts_nothing_aside() -> None:
    spill: Spill = Nowhere()
    assert asyncio.run(spill.open("sha256:0", 1)) is None
