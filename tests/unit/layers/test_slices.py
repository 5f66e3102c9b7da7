import asyncio

from app.layers.slices import in_slices, to_the_end
from tests.unit.fake_transport import FakeClock


def test_others_have_their_turn_when_a_slice_is_over() -> None:
    clock = FakeClock()

    async def work() -> list[int]:
        found = []
        async for item in in_slices(clock, range(10)):
            clock.advance(0.008)
            found.append(item)
        return found

    assert asyncio.run(work()) == list(range(10))
    assert clock.slept == [0, 0, 0]


def test_work_is_done_to_its_end() -> None:
    done: list[int] = []
    asyncio.run(to_the_end(FakeClock(), map(done.append, range(5))))
    assert done == list(range(5))
