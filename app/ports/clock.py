"""Time, as a parameter."""

from typing import Protocol


class Clock(Protocol):
    def now(self) -> float:
        """Seconds since 1970, UTC; may jump."""
        ...

    def monotonic(self) -> float:
        """Seconds that only grow; for lifetimes."""
        ...

    async def sleep(self, seconds: float) -> None: ...
