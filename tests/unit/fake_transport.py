"""A Transport, its answers and a Clock for tests: no network, no waiting, everything recorded."""

import asyncio
import inspect
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

from app.ports.transport import FailureReason, Headers, Request, TransportError

JSON = "application/json"


class FakeResponse:
    """An answer. `fails`: reading the body raises that TransportError; `waits_for`: reading waits for that event.

    `url` is filled in with the request's when empty; another one stands for a redirect. `ended` says how the body
    ended: read, chunks, close or None.
    """

    def __init__(
        self,
        status: int = 200,
        body: bytes = b"",
        headers: Iterable[tuple[str, str]] = (),
        *,
        url: str = "",
        fails: FailureReason | None = None,
        waits_for: asyncio.Event | None = None,
    ) -> None:
        self.status = status
        self.url = url
        self.headers = Headers(headers)
        self.body = body
        self.method = "GET"
        self.fails: FailureReason | None = fails
        self.waits_for = waits_for
        self.ended: str | None = None

    async def read(self, limit: int) -> bytes:
        self._end("read")
        if self.waits_for is not None:
            await self.waits_for.wait()
        if self.fails is not None:
            raise TransportError(self.method, self.url, self.fails)
        if len(self.body) > limit:
            raise TransportError(self.method, self.url, "too-large")
        return self.body

    async def chunks(self) -> AsyncIterator[bytes]:
        self._end("chunks")
        half = len(self.body) // 2
        for chunk in (self.body[:half], self.body[half:]):
            if chunk:
                yield chunk
        if self.fails is not None:
            raise TransportError(self.method, self.url, self.fails)

    def close(self) -> None:
        self._end("close")

    def _end(self, how: str) -> None:
        assert self.ended is None, f"{how} after {self.ended}"
        self.ended = how

    def again(self) -> "FakeResponse":
        """The same answer with its body unread."""
        return FakeResponse(
            self.status, self.body, tuple(self.headers), url=self.url, fails=self.fails, waits_for=self.waits_for
        )


Handler = Callable[[Request], FakeResponse | Awaitable[FakeResponse]]
Planned = FakeResponse | FailureReason | Handler


class FakeTransport:
    """Answers requests by a handler, or by what was planned for their method and URL; records them.

    A planned answer is a FakeResponse, the reason of a TransportError, or a function of the request (async or not). The
    last one planned for a URL is given again and again. What was not planned fails the test.
    """

    def __init__(self, handler: Handler | None = None) -> None:
        self.requests: list[Request] = []
        self.responses: list[FakeResponse] = []
        self.aborted: list[Request] = []
        self.in_flight = 0
        self.most_in_flight = 0
        self._handler = handler
        self._plans: dict[tuple[str, str], list[Planned]] = {}

    def on(self, method: str, url: str, *answers: Planned) -> None:
        """Plan answers for a URL, in order."""
        self._plans.setdefault((method, url), []).extend(answers)

    def urls(self) -> list[str]:
        return [request.url for request in self.requests]

    async def send(self, request: Request) -> FakeResponse:
        self.requests.append(request)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            # As in a browser, no answer arrives before the caller has waited.
            await asyncio.sleep(0)
            response = await self._answer(request)
        except asyncio.CancelledError:
            self.aborted.append(request)
            raise
        finally:
            self.in_flight -= 1
        response.method = request.method
        response.url = response.url or request.url
        self.responses.append(response)
        return response

    async def _answer(self, request: Request) -> FakeResponse:
        plans = self._plans.get((request.method, request.url))
        planned: Planned
        if plans:
            planned = plans.pop(0) if len(plans) > 1 else plans[0]
        elif self._handler is not None:
            planned = self._handler
        else:
            raise AssertionError(f"nothing planned for {request.method} {request.url}")
        if isinstance(planned, str):
            raise TransportError(request.method, request.url, planned)
        if isinstance(planned, FakeResponse):
            return planned.again()
        answer = planned(request)
        return await answer if inspect.isawaitable(answer) else answer


class FakeClock:
    """A clock that stands still until somebody sleeps, and then has slept already."""

    def __init__(self, now: float = 1_800_000_000.0, monotonic: float = 1000.0) -> None:
        self._now = now
        self._monotonic = monotonic
        self.slept: list[float] = []

    def now(self) -> float:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.advance(seconds)
        await asyncio.sleep(0)

    def advance(self, seconds: float) -> None:
        self._now += seconds
        self._monotonic += seconds


def json_response(
    document: object, status: int = 200, headers: Iterable[tuple[str, str]] = (), *, url: str = ""
) -> FakeResponse:
    """An answer with a JSON body; its Content-Type is application/json unless the headers have one."""
    fields = tuple(headers)
    if not any(name.lower() == "content-type" for name, _ in fields):
        fields = (("Content-Type", JSON), *fields)
    return FakeResponse(status, json.dumps(document).encode(), fields, url=url)


def error_response(status: int, code: str, message: str = "", headers: Iterable[tuple[str, str]] = ()) -> FakeResponse:
    """An answer with the error body of the distribution specification."""
    return json_response({"errors": [{"code": code, "message": message}]}, status, headers)


def challenge(text: str, status: int = 401) -> FakeResponse:
    """A 401 with that WWW-Authenticate."""
    return json_response({"errors": [{"code": "UNAUTHORIZED"}]}, status, (("WWW-Authenticate", text),))
