"""Several things at the same time, of which none outlives the others' failure."""

import asyncio
from collections.abc import Coroutine
from typing import Any


async def together(*jobs: Coroutine[Any, Any, None]) -> None:
    """Run them all. The first that raises ends the others, and what it raised is the caller's."""
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
