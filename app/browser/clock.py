"""The browser's clocks."""

import asyncio
import time
from collections.abc import Callable


class BrowserClock:
    """Implements app.ports.clock.Clock."""

    def now(self) -> float:
        return time.time()

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def every(self, seconds: float, act: Callable[[], None]) -> None:
        """Do that again and again, for as long as the tab lives."""

        async def repeat() -> None:
            while True:
                await asyncio.sleep(seconds)
                act()

        self._repeating = asyncio.ensure_future(repeat())
