"""Call: one request on one listener, with all that handlers and faults may look at."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from aiohttp import web

from playground.config import ListenerSpec
from playground.routes import Endpoint
from playground.store import Store
from playground.tokens import TokenService


@dataclass
class Shared:
    """What all listeners have in common. origins maps the listeners' names to scheme://host:port.

    page: the latest Origin that was no null, for those who allow that one by name where it is no longer said.
    """

    store: Store
    tokens: TokenService
    origins: dict[str, str]
    delay: int = 0
    page: str = "https://portolan.example"
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self, seconds: float | None) -> None:
        """Wait so long, or for ever, but never longer than the server lives."""
        if seconds is None or seconds > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), seconds)


@dataclass
class Call:
    """A request and the listener it came to."""

    request: web.BaseRequest
    endpoint: Endpoint
    spec: ListenerSpec
    shared: Shared

    @property
    def preflight(self) -> bool:
        """Every OPTIONS request is taken for one: a registry has no other use for them."""
        return self.request.method == "OPTIONS"

    @property
    def authorization(self) -> str:
        """The Authorization header, empty when there is none."""
        return self.request.headers.get("Authorization", "")

    @property
    def service(self) -> str:
        """The name by which token endpoint and registry know each other (the audience of tokens)."""
        return f"{self.spec.name}.playground"

    @property
    def realm(self) -> str:
        """The URL of the token endpoint that belongs to this listener."""
        return self.shared.origins[self.spec.realm] + "/token"
