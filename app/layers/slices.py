"""Long work in slices, so that others have their turn."""

from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

from app.ports.clock import Clock

T = TypeVar("T")

SLICE = 0.02
"""Seconds of work at a time."""


async def in_slices(clock: Clock, work: Iterable[T]) -> AsyncIterator[T]:
    """The items of an iterable; between two of them others have their turn when a slice is over."""
    end = clock.monotonic() + SLICE
    for item in work:
        yield item
        if clock.monotonic() >= end:
            await clock.sleep(0)
            end = clock.monotonic() + SLICE


async def to_the_end(clock: Clock, work: Iterable[object]) -> None:
    """Do work that yields now and then."""
    async for _ in in_slices(clock, work):
        pass
