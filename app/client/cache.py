"""What was read by digest and verified: it cannot change, so it is not asked for twice."""

from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")


class Cache(Generic[T]):
    """Values by key within a budget of bytes; the ones not used for longest leave first."""

    __slots__ = ("_budget", "_held", "_used")

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._used = 0
        self._held: OrderedDict[tuple[str, ...], tuple[T, int]] = OrderedDict()

    def get(self, key: tuple[str, ...]) -> T | None:
        held = self._held.get(key)
        if held is None:
            return None
        self._held.move_to_end(key)
        return held[0]

    def put(self, key: tuple[str, ...], value: T, size: int) -> None:
        """Keep a value of `size` bytes, unless it is over a quarter of the budget: it would push out too much."""
        if size > self._budget // 4:
            return
        old = self._held.pop(key, None)
        self._used += size - (0 if old is None else old[1])
        self._held[key] = (value, size)
        while self._used > self._budget:
            _, (_, freed) = self._held.popitem(last=False)
            self._used -= freed

    def clear(self) -> None:
        self._held.clear()
        self._used = 0
