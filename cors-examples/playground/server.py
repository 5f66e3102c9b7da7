"""The server: opens one listener per origin and closes them all."""

import socket
import time
from collections.abc import Callable
from pathlib import Path

from aiohttp import web

from playground.calls import Shared
from playground.config import Config, wanted_listeners
from playground.content import build_store
from playground.listener import Listener
from playground.tokens import TokenService

HOST = "127.0.0.1"

# Seconds for answers under way when the server stops; hanging and slow ones are ended before.
SHUTDOWN = 0.5


class Running:
    """A started server. origins maps the names of listeners to their origins, listeners to what stands behind."""

    def __init__(self, shared: Shared, listeners: dict[str, Listener], runners: list[web.ServerRunner]) -> None:
        self.origins = shared.origins
        self.listeners = listeners
        self._shared = shared
        self._runners = runners

    async def stop(self) -> None:
        """Close every listener; may be called twice."""
        self._shared.stopping.set()
        for runner in self._runners:
            await runner.cleanup()
        self._runners.clear()


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
    sockets: dict[str, socket.socket] = {}
    try:
        for spec in specs:
            sockets[spec.name] = socket.create_server((HOST, config.ports.get(spec.name, 0)))
    except OSError as problem:
        for opened in sockets.values():
            opened.close()
        raise OSError(f"port {config.ports.get(spec.name, 0)} for {spec.name!r}: {problem.strerror}") from problem
    # The ports are known before the first request is taken, so that a challenge can name the token origin.
    origins = {name: f"http://{HOST}:{bound.getsockname()[1]}" for name, bound in sockets.items()}
    shared = Shared(build_store(config.content), tokens, origins, config.delay)
    listeners = {spec.name: Listener(spec, shared) for spec in specs}
    running = Running(shared, listeners, [])
    for name, listener in listeners.items():
        # handler_cancellation: when a client gives up, whatever hangs for it ends.
        server = web.Server(listener.handle, access_log=None, handler_cancellation=True)
        runner = web.ServerRunner(server, shutdown_timeout=SHUTDOWN)
        await runner.setup()
        await web.SockSite(runner, sockets[name]).start()
        running._runners.append(runner)
    return running
