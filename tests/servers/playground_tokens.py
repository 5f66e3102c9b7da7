"""The sample registry's token service (cors-examples/playground) where real registries are to trust it.

Its people: sailor, who may read all repositories but private/chartroom, admin, who may read that too, and visitors, who
may read below sample/. Nobody may push.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playground.access import USERS
from playground.config import Config
from playground.server import Running, start
from playground.tokens import ISSUER

from tests.servers.office import Office
from tests.servers.people import Person

SAILOR = Person("sailor", USERS["sailor"])
ADMIN = Person("admin", USERS["admin"])

LIFETIME = 300  # seconds
LEEWAY = 60  # seconds for which distribution takes a token longer than it says


class PlaygroundTokens:
    """`office`: what a registry has to know of it. `behind`: seconds by which its clock is slow."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.behind = 0.0

    def clock(self) -> float:
        return time.time() - self.behind


@contextmanager
def playground_tokens(folder: Path) -> Iterator[PlaygroundTokens]:
    """The service, in a thread of this process."""
    folder.mkdir(parents=True)
    certificate = folder / "playground.pem"
    config = Config(only=["token"], content="small", token_expiry=LIFETIME, token_certificate=str(certificate))
    service = PlaygroundTokens(Office("", "/token", ISSUER, b""))
    with playing(config, service.clock) as running:
        upstream = urlsplit(running.origins["token"]).netloc
        service.office = service.office._replace(upstream=upstream, certificate=certificate.read_bytes())
        yield service


@contextmanager
def playing(config: Config, clock: Callable[[], float] = time.time) -> Iterator[Running]:
    """The sample registry with this configuration, in a thread of this process."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        running = asyncio.run_coroutine_threadsafe(start(config, clock), loop).result(60)
        try:
            yield running
        finally:
            asyncio.run_coroutine_threadsafe(running.stop(), loop).result(60)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
