"""The server: opens one listener per origin and closes them all."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

from playground.board import Board
from playground.calls import Shared
from playground.config import BOARD, Config, wanted_listeners
from playground.content import build_store
from playground.doors import Door, bound
from playground.listener import Listener
from playground.scenarios import load_scenarios
from playground.tokens import TokenService


class Running:
    """A started server. origins maps the names of listeners to their origins, listeners to what stands behind."""

    def __init__(self, shared: Shared, listeners: dict[str, Listener], doors: dict[str, Door]) -> None:
        self.origins = shared.origins
        self.listeners = listeners
        self._shared = shared
        self._doors = doors

    async def stop(self) -> None:
        """Close every listener; may be called twice."""
        self._shared.stopping.set()
        await asyncio.gather(*(door.close() for door in self._doors.values()))


def token_service(config: Config, clock: Callable[[], float]) -> TokenService:
    """The token service; its certificate is written where that is wanted."""
    if not config.token_certificate:
        return TokenService(config.token_expiry, clock)
    tokens = TokenService(config.token_expiry, clock, certified=True)
    Path(config.token_certificate).write_bytes(tokens.certificate)
    return tokens


async def start(config: Config | None = None, clock: Callable[[], float] = time.time) -> Running:
    """Open the listeners; raises ConfigError.

    Raises OSError for a port that is taken or a file that cannot be written; then nothing stays open. clock is what
    tokens are issued and verified by, in seconds since 1970.
    """
    config = config or Config()
    specs = wanted_listeners(config)
    tokens = token_service(config, clock)
    doors: dict[str, Door] = {}
    for name in [*(spec.name for spec in specs), *([BOARD] if config.scenarios else [])]:
        try:
            doors[name] = Door(bound(config.ports.get(name, 0)))
        except OSError as problem:
            for door in doors.values():
                await door.close()
            raise OSError(f"port {config.ports.get(name, 0)} for {name!r}: {problem.strerror}") from problem
    # The ports are known before the first request is taken, so that a challenge can name the token origin.
    origins = {name: door.origin for name, door in doors.items()}
    home = origins.get("anonymous", "").partition("//")[2]
    store = build_store(config.content, home) if home else build_store(config.content)
    shared = Shared(store, tokens, origins, config.delay)
    listeners = {spec.name: Listener(spec, shared) for spec in specs}
    for name, listener in listeners.items():
        if not listener.is_closed:
            await doors[name].open(listener)
    if config.scenarios:
        await doors[BOARD].open(Board(load_scenarios(), listeners, doors))
    return Running(shared, listeners, doors)
