"""One registry as it is talked to: every request goes through here, with what authorizes it."""

import asyncio

from app.auth.bearer_token import MOST_BYTES as TOKEN_LIMIT
from app.auth.flow import authorize
from app.auth.identity import RegistryAuth
from app.auth.step import Reply, Send
from app.client.answer import Answer
from app.client.endpoints import api_origin
from app.client.flights import Flights
from app.client.status import status_error, transport_error
from app.oci.origin import Origin, origin_of
from app.ports.clock import Clock
from app.ports.transport import Request, Response, Transport, TransportError

# Bytes of an error's body that are read; the rest of a longer one would say nothing more.
_ERROR_LIMIT = 64 * 1024


class Session:
    """Sends the requests of one registry, at most `limit` at a time, and answers its challenges.

    Nothing is asked twice by itself but what a challenge calls for: after a failure the person's Retry does that.
    Callers that need the same token wait for one request to the token service, which only the last to leave ends.
    """

    def __init__(
        self, registry: Origin, transport: Transport, clock: Clock, auth: RegistryAuth, limit: int = 6
    ) -> None:
        self.registry = registry
        self.auth = auth
        self._transport = transport
        self._clock = clock
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
        steps = authorize(request, self.auth, scopes, self._clock.monotonic)
        live: Response | None = None
        sent = request
        try:
            step = next(steps)
            while True:
                if step.purpose == "token":
                    try:
                        reply = await self._token(step)
                    except TransportError as error:
                        step = steps.throw(error)
                        continue
                else:
                    if live is not None:
                        live.close()
                        live = None
                    sent = step.request
                    if accept_authorized is not None and sent.header("Authorization") is not None:
                        sent = sent.with_header("Accept", accept_authorized)
                    reply, live = await self._resource(sent)
                step = steps.send(reply)
        except StopIteration as end:
            final: Reply = end.value
            if live is not None and 200 <= final.status < 300:
                kept, live = live, None
                return kept, sent
            raise status_error(sent, final.status, final.url, final.headers, final.body, self._clock.now()) from None
        finally:
            steps.close()
            if live is not None:
                live.close()

    async def _resource(self, request: Request) -> tuple[Reply, Response | None]:
        """Send; the body of an error is read, any other answer stays open."""
        try:
            response = await self._transport.send(request)
        except TransportError as error:
            raise transport_error(error, request) from error
        if response.status < 400:
            return Reply(response.status, response.url, response.headers, b""), response
        try:
            body = await response.read(_ERROR_LIMIT)
        except TransportError:  # the status is known, and says more than that its explanation is missing
            body = b""
        return Reply(response.status, response.url, response.headers, body), None

    async def _token(self, step: Send) -> Reply:
        """The answer of the token service, from the request under way if there is one. Raises TransportError."""
        return await self._tokens.join(step.key, lambda: self._fetch_token(step.request))

    async def _fetch_token(self, request: Request) -> Reply:
        response = await self._transport.send(request)
        body = await response.read(TOKEN_LIMIT)
        return Reply(response.status, response.url, response.headers, body)
