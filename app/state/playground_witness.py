"""A Prober that asks the sample registry after each probe what it was asked and what it answered."""

import asyncio
from collections.abc import Mapping

from app.ports.probing import Probe, Prober, Sight
from app.state.playground_board import Board, BoardGone
from app.state.playground_model import Sent

MOST_SECONDS = 3.0
"""For one probe. All of it is on this machine, so that a longer wait would tell nothing."""


class Witness:
    """Implements app.ports.probing.Prober. Probes go one after the other, so that the log tells whose each line is.

    `sent`: what the server logged, by the probe that was made.
    """

    def __init__(self, prober: Prober, board: Board, scenario: str) -> None:
        self._prober = prober
        self._board = board
        self._scenario = scenario
        self._lock = asyncio.Lock()
        self._known = 0
        self._sent: list[tuple[Probe, tuple[Sent, ...]]] = []

    async def look(self, probe: Probe, seconds: float) -> Sight:
        async with self._lock:
            sight = await self._prober.look(probe, min(seconds, MOST_SECONDS))
            try:
                log = await self._board.log(self._scenario)
            except BoardGone:
                log = ()
            self._sent.append((probe, log[self._known :]))
            self._known = len(log)
            return sight

    def is_online(self) -> bool:
        return self._prober.is_online()

    async def permissions(self) -> Mapping[str, str]:
        return await self._prober.permissions()

    def take(self, shown: Probe) -> tuple[Sent, ...]:
        """What the server logged for the first probe like this one that was not taken yet."""
        for at, (probe, sent) in enumerate(self._sent):
            if _likeness(probe) == _likeness(shown):
                del self._sent[at]
                return sent
        return ()


def _likeness(probe: Probe) -> tuple[object, ...]:
    # Shown to people a probe lacks its credentials.
    names = sorted(name.lower() for name, _ in probe.headers if name.lower() != "authorization")
    return (probe.method, probe.url, probe.mode, probe.redirect, probe.forced, names)
