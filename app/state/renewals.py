"""Tokens renewed while a person reads, so that the next click need not wait for one."""

import asyncio

from app.client.session import Session
from app.oci.origin import Origin
from app.ports.clock import Clock


class Renewals:
    """At most one renewal under way for each registry. What fails is left to the next request, which says why."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tasks: dict[Origin, asyncio.Task[None]] = {}

    def look(self, session: Session) -> None:
        """Begin, where a token in use is about to end."""
        if session.registry not in self._tasks and session.auth.renewals(self._clock.monotonic()):
            self._tasks[session.registry] = asyncio.ensure_future(self._run(session))

    def drop(self, registry: Origin) -> None:
        """Give up the one of that registry: somebody signed in or out."""
        task = self._tasks.pop(registry, None)
        if task is not None:
            task.cancel()

    def close(self) -> None:
        for registry in tuple(self._tasks):
            self.drop(registry)

    async def _run(self, session: Session) -> None:
        try:
            await session.renew()
        except Exception:  # nobody waits for this; the next request that needs the token meets the same and tells it
            return
        finally:
            if self._tasks.get(session.registry) is asyncio.current_task():
                del self._tasks[session.registry]
