"""Work that several callers share."""

import asyncio

import pytest

from app.client.flights import Flights


class Work:
    """Work that ends when told to, and counts how often it was begun."""

    def __init__(self) -> None:
        self.begun = 0
        self.cancelled = 0
        self.go = asyncio.Event()

    async def run(self) -> str:
        self.begun += 1
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return "result"


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_work_under_one_key_is_done_once_for_all() -> None:
    async def scene() -> tuple[list[str], int]:
        flights, work = Flights[str](), Work()
        callers = [asyncio.create_task(flights.join("key", work.run)) for _ in range(3)]
        await settle()
        work.go.set()
        return await asyncio.gather(*callers), work.begun

    assert asyncio.run(scene()) == (["result"] * 3, 1)


def test_other_keys_are_other_work() -> None:
    async def scene() -> int:
        flights, work = Flights[str](), Work()
        work.go.set()
        await asyncio.gather(flights.join("one", work.run), flights.join("two", work.run))
        return work.begun

    assert asyncio.run(scene()) == 2


def test_work_that_ended_is_begun_anew() -> None:
    async def scene() -> int:
        flights, work = Flights[str](), Work()
        work.go.set()
        await flights.join("key", work.run)
        await flights.join("key", work.run)
        return work.begun

    assert asyncio.run(scene()) == 2


def test_a_cancelled_caller_leaves_the_work_to_the_others() -> None:
    async def scene() -> str:
        flights, work = Flights[str](), Work()
        first = asyncio.create_task(flights.join("key", work.run))
        second = asyncio.create_task(flights.join("key", work.run))
        await settle()
        first.cancel()
        await settle()
        work.go.set()
        return await second

    assert asyncio.run(scene()) == "result"


def test_the_last_caller_that_is_cancelled_ends_the_work() -> None:
    async def scene() -> int:
        flights, work = Flights[str](), Work()
        caller = asyncio.create_task(flights.join("key", work.run))
        await settle()
        caller.cancel()
        await settle()
        return work.cancelled

    assert asyncio.run(scene()) == 1


def test_every_caller_gets_the_exception() -> None:
    async def fail() -> str:
        raise ValueError("no")

    async def scene() -> list[str | BaseException]:
        flights = Flights[str]()
        callers = (flights.join("key", fail) for _ in range(2))
        return await asyncio.gather(*callers, return_exceptions=True)

    with pytest.raises(ValueError, match="no"):
        raise asyncio.run(scene())[1]  # type: ignore[misc]
