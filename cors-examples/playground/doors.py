"""Doors: the sockets of listeners, opened, closed and opened again on the same port."""

import socket
from typing import Protocol

from aiohttp import web

HOST = "127.0.0.1"

# Seconds for answers under way when a door is closed; hanging and slow ones are ended before.
SHUTDOWN = 0.5


class Answering(Protocol):
    """What may stand behind a door."""

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer any request."""
        ...


def bound(port: int) -> socket.socket:
    """A socket that has its port but does not listen yet: whoever connects is refused."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((HOST, port))
    except OSError:
        made.close()
        raise
    return made


class Door:
    """One listener's port. It is kept as long as the server lives, whether anybody listens or not."""

    def __init__(self, held: socket.socket) -> None:
        self.port: int = held.getsockname()[1]
        self._held: socket.socket | None = held
        self._runner: web.ServerRunner | None = None

    @property
    def origin(self) -> str:
        """What a browser calls it."""
        return f"http://{HOST}:{self.port}"

    async def open(self, listener: Answering) -> None:
        """Let this listener answer; nothing when it does already."""
        if self._runner is not None:
            return
        # handler_cancellation: when a client gives up, whatever hangs for it ends.
        server = web.Server(listener.handle, access_log=None, handler_cancellation=True)
        self._runner = web.ServerRunner(server, shutdown_timeout=SHUTDOWN)
        await self._runner.setup()
        held, self._held = self._held or bound(self.port), None
        await web.SockSite(self._runner, held).start()

    async def shut(self) -> None:
        """End every connection, keep the port, and refuse whoever comes."""
        await self.close()
        self._held = bound(self.port)

    async def close(self) -> None:
        """End everything and give the port back; may be called twice."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()
        if self._held is not None:
            self._held.close()
            self._held = None
