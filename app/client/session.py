"""One registry as it is talked to: every request goes through here, with what authorizes it."""

import asyncio
from collections.abc import Generator
from typing import TYPE_CHECKING, TypeVar

from app.auth.bearer_token import MOST_BYTES as TOKEN_LIMIT
from app.auth.errors import AuthError
from app.auth.exchange import ask_token
from app.auth.flow import authorize
from app.auth.registry_auth import RegistryAuth
from app.auth.step import WAITED, Reply, Send, Step, Wait
from app.client.answer import Answer
from app.client.endpoints import api_origin, ping_url
from app.client.flights import Flights
from app.client.permits import NotPermitted, Permits
from app.client.status import status_error, transport_error
from app.oci.origin import Origin, origin_of
from app.ports.clock import Clock
from app.ports.transport import Request, Response, Transport, TransportError

if TYPE_CHECKING:
    from app.auth.transcript import Recorder

T = TypeVar("T")

# Bytes of an error's body that are read; the rest of a longer one would say nothing more.
_ERROR_LIMIT = 64 * 1024


class Session:
    """Sends the requests of one registry, at most `limit` at a time, and answers its challenges.

    Nothing is asked twice by itself but what a challenge or a short `Retry-After` calls for: after a failure the
    person's Retry does that. Callers that need the same token wait for one request to the token service, which only
    the last to leave ends. `recorder` is told of all that is sent. `permits`: what may be asked, by default everything.
    """

    def __init__(
        self,
        registry: Origin,
        transport: Transport,
        clock: Clock,
        auth: RegistryAuth,
        limit: int = 6,
        recorder: "Recorder | None" = None,
        permits: Permits | None = None,
    ) -> None:
        self.registry = registry
        self.auth = auth
        self._transport = transport
        self._clock = clock
        self._recorder = recorder
        self._permits = permits
        self._places = asyncio.Semaphore(limit)
        self._tokens: Flights[Reply] = Flights()

    async def open(
        self, request: Request, scopes: tuple[str, ...] = (), *, accept_authorized: str | None = None
    ) -> Answer:
        """Send a request to this registry; the answer is 2xx, its body unread, and must be read or closed.

        `scopes`: what a token for it should grant. `accept_authorized`: the Accept to use instead when the request
        carries an Authorization field: that one costs a preflight anyway, so a longer Accept costs nothing more.
        Raises `app.client.errors` and, unchanged, `app.auth.errors`. Cancelling the caller aborts the request.
        ValueError: the URL is not this registry's; its credentials go nowhere else.
        """
        if origin_of(request.url) != api_origin(self.registry):
            raise ValueError(f"not a URL of {self.registry}")
        try:
            answer = await self._placed(request, scopes, accept_authorized)
        except BaseException as error:
            self._ended(request, error)
            raise
        self._ended(request, None)
        return answer

    async def renew(self) -> int:
        """Get successors of the tokens in use that are about to end; returns how many came. Raises nothing of theirs.

        For a ticker, every few seconds: most calls find nothing to do.
        """
        got = 0
        clock = self._clock
        for wanted in self.auth.renewals(clock.monotonic()):
            self.auth.begin_renewal(wanted, clock.monotonic())
            request = Request("GET", ping_url(self.registry))
            async with self._places:
                driver = _Driver(self, request, None)
                steps = ask_token(wanted, self.auth, request, clock.monotonic, clock.now, "renewal")
                try:
                    await driver.drive(steps)
                    got += 1
                except (AuthError, NotPermitted) as error:
                    # The next request that needs the token asks again, and tells its caller what came of it.
                    self._ended(request, error)
                else:
                    self._ended(request, None)
        return got

    async def _placed(self, request: Request, scopes: tuple[str, ...], accept_authorized: str | None) -> Answer:
        # The place is held from before the first decision, not only while sending: who waits for one then finds the
        # token that those ahead have got, instead of a 401 of its own.
        await self._places.acquire()
        try:
            response, sent = await self._authorized(request, scopes, accept_authorized)
        except BaseException:
            self._places.release()
            raise
        return Answer(response, sent, self._places.release)

    async def _authorized(
        self, request: Request, scopes: tuple[str, ...], accept_authorized: str | None
    ) -> tuple[Response, Request]:
        clock = self._clock
        driver = _Driver(self, request, accept_authorized)
        try:
            final = await driver.drive(authorize(request, self.auth, scopes, clock.monotonic, clock.now))
            # A request that went on to another server (A.24) is told of by the URL that its caller knows.
            sent = Request(request.method, request.url, driver.sent.headers, request.body, request.redirect)
            if 200 <= final.status < 300 and driver.live is not None:
                kept, driver.live = driver.live, None
                return kept, sent
            raise status_error(sent, final.status, final.url, final.headers, final.body, clock.now())
        finally:
            driver.close()

    def _ended(self, request: Request, error: BaseException | None) -> None:
        if self._recorder is not None:
            self._recorder.ended(self.registry, request, error)


class _Driver:
    """Does the steps of one caller's flow. `sent`: the last request to a resource; `live`: its answer, still open."""

    def __init__(self, session: Session, caller: Request, accept_authorized: str | None) -> None:
        self.sent = caller
        self.live: Response | None = None
        self._session = session
        self._caller = caller
        self._accept_authorized = accept_authorized

    async def drive(self, steps: Generator[Step, Reply, T]) -> T:
        """The result of the flow. Raises its errors, and Unreachable or BadAnswer where a resource did not answer."""
        session = self._session
        try:
            step = next(steps)
            while True:
                if isinstance(step, Wait):
                    if session._recorder is not None:
                        session._recorder.waited(step, session.registry, self._caller)
                    await session._clock.sleep(step.seconds)
                    reply = WAITED
                elif step.purpose == "token":
                    try:
                        reply = await self._token(step)
                    except TransportError as error:
                        step = steps.throw(error)
                        continue
                else:
                    reply = await self._resource(step)
                step = steps.send(reply)
        except StopIteration as end:
            result: T = end.value
            return result
        finally:
            steps.close()

    def close(self) -> None:
        """Give up the open answer."""
        live, self.live = self.live, None
        if live is not None:
            live.close()

    async def _resource(self, step: Send) -> Reply:
        """Send; the body of an error is read, any other answer stays open."""
        self.close()
        session = self._session
        sent = step.request
        if self._accept_authorized is not None and sent.header("Authorization") is not None:
            sent = sent.with_header("Accept", self._accept_authorized)
        self.sent = sent
        try:
            return await self._exchange(step._replace(request=sent))
        except TransportError as error:
            rule = None if session._permits is None else session._permits.rule
            if error.reason == "network" and rule is not None and await self._is_redirected(sent):
                raise NotPermitted(
                    self._caller.method, self._caller.url, session.registry, "storage", None, rule,
                    authorized=sent.header("Authorization") is not None,
                ) from error  # fmt: skip
            raise transport_error(error, self._caller) from error

    async def _is_redirected(self, sent: Request) -> bool:
        """Whether what brought no answer is a redirect, to a place that no page is told."""
        if sent.redirect != "follow" or sent.body is not None:
            return False
        again = Request(sent.method, sent.url, sent.headers, None, "manual")
        try:
            response = await self._session._transport.send(again)
        except TransportError:
            return False
        response.close()
        return response.status == 0  # Fetch, "opaque-redirect filtered response"

    async def _token(self, step: Send) -> Reply:
        """The answer of the token service, from the request under way if there is one. Raises TransportError."""
        if step.key is None:
            return await self._exchange(step)
        return await self._session._tokens.join(step.key, lambda: self._exchange(step))

    async def _exchange(self, step: Send) -> Reply:
        """Send and tell the recorder. Raises TransportError, and NotPermitted before anything is sent."""
        session = self._session
        if session._permits is not None:
            caller, url = self._caller, step.request.url
            session._permits.check(session.registry, url, caller.method, caller.url, token=step.purpose == "token")
        recorder, clock = session._recorder, session._clock
        number = 0 if recorder is None else recorder.sent(step, session.registry, self._caller)
        begun = clock.monotonic()
        try:
            response = await session._transport.send(step.request)
            body = await self._body(step, response)
        except TransportError as error:
            if recorder is not None:
                recorder.failed(number, error, clock.monotonic() - begun)
            raise
        reply = Reply(response.status, response.url, response.headers, body)
        if recorder is not None:
            recorder.answered(number, reply, clock.monotonic() - begun)
        return reply

    async def _body(self, step: Send, response: Response) -> bytes:
        if step.purpose == "token":
            return await response.read(TOKEN_LIMIT)
        if response.status < 400:
            self.live = response
            return b""
        try:
            return await response.read(_ERROR_LIMIT)
        except TransportError:  # the status is known, and says more than that its explanation is missing
            return b""
