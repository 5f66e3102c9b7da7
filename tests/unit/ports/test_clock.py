import asyncio

from app.ports.clock import Clock
from tests.unit.fake_transport import FakeClock


def test_a_sleep_passes_on_both_clocks_without_waiting() -> None:
    clock: Clock = FakeClock(now=50.0, monotonic=5.0)
    asyncio.run(clock.sleep(3600))
    assert (clock.now(), clock.monotonic()) == (3650.0, 3605.0)
