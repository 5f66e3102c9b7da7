"""A started playground, asked over real sockets by a client that is not its own library."""

import asyncio
import base64
import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from playground.config import Config, parse_listener
from playground.server import start

ALL_TYPES = ", ".join(
    [
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
    ]
)


class Seen(NamedTuple):
    """An answer as the client saw it."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        return str(self.json["errors"][0]["code"])


class Ask:
    """ask(listener, path) → Seen."""

    def __init__(self, origins: dict[str, str]) -> None:
        self.origins = origins

    def __call__(
        self,
        listener: str,
        path: str,
        method: str = "GET",
        body: str | None = None,
        timeout: float = 10,
        sent: Mapping[str, str] | None = None,
        **headers: str,
    ) -> Seen:
        """One request on a connection of its own; headers are those of `sent` and the keywords, with _ for -."""
        connection = http.client.HTTPConnection(urlsplit(self.origins[listener]).netloc, timeout=timeout)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, {**(sent or {}), **named})
            answer = connection.getresponse()
            return Seen(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def log(self, listener: str) -> Any:
        return self(listener, "/_log").json

    def token(self, listener: str, *scopes: str, user: str = "", **more: str) -> Seen:
        """The token endpoint's answer for a bearer listener; user is NAME:PASSWORD."""
        query = urlencode(
            [("service", f"{listener}.playground"), *(("scope", scope) for scope in scopes), *more.items()]
        )
        headers = {"Authorization": basic(user)} if user else {}
        return self("token", f"/token?{query}", sent=headers)

    def bearer(self, *scopes: str, user: str = "", listener: str = "bearer") -> str:
        """An Authorization header for a bearer listener."""
        return "Bearer " + str(self.token(listener, *scopes, user=user).json["token"])


def basic(user: str) -> str:
    """An Authorization header for NAME:PASSWORD."""
    return "Basic " + base64.b64encode(user.encode()).decode()


@contextmanager
def playing(
    *listeners: str,
    only: Sequence[str] | None = None,
    content: str = "small",
    token_expiry: int = 300,
    delay: int = 0,
    token_certificate: str = "",
    scenarios: bool = False,
    clock: Callable[[], float] = time.time,
) -> Iterator[Ask]:
    """Start on free ports, stop at the end."""
    config = Config(
        only=only,
        listeners=[parse_listener(text) for text in listeners],
        content=content,
        token_expiry=token_expiry,
        token_certificate=token_certificate,
        delay=delay,
        scenarios=scenarios,
    )
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        running = asyncio.run_coroutine_threadsafe(start(config, clock), loop).result(20)
        try:
            yield Ask(running.origins)
        finally:
            asyncio.run_coroutine_threadsafe(running.stop(), loop).result(20)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
