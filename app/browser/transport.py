"""Requests by the browser's fetch: no cookies, no stored credentials, no cache of its own beyond the browser's."""

import asyncio
from collections.abc import AsyncIterator

import js
from pyodide.ffi import JsException, JsProxy, to_js

from app.ports.transport import FailureReason, Headers, Request, TransportError

TIMEOUT = 60.0
"""Seconds until an answer must have begun; the body may take as long as it comes."""

STALL = 60.0
"""Seconds that a body may stand still."""


class BrowserResponse:
    """Implements app.ports.transport.Response."""

    def __init__(self, request: Request, answer: JsProxy, abort: JsProxy) -> None:
        self._request = request
        self._answer = answer
        self._abort = abort
        self.status = int(answer.status)
        self.url = str(answer.url) or request.url
        self.headers = Headers([(str(pair[0]), str(pair[1])) for pair in answer.headers])

    async def read(self, limit: int) -> bytes:
        parts: list[bytes] = []
        size = 0
        async for chunk in self.chunks():
            size += len(chunk)
            if size > limit:
                self.close()
                raise self._failed("too-large")
            parts.append(chunk)
        return b"".join(parts)

    async def chunks(self) -> AsyncIterator[bytes]:
        body = self._answer.body
        if not body:
            return
        reader = body.getReader()
        try:
            while True:
                try:
                    step = await asyncio.wait_for(reader.read(), STALL)
                except TimeoutError:
                    raise self._failed("timeout") from None
                except JsException:
                    raise self._failed("truncated") from None
                if step.done:
                    return
                yield step.value.to_bytes()
        finally:
            # Also when the caller was cancelled or gave up: the connection must not go on filling.
            self._abort.abort()

    def close(self) -> None:
        self._abort.abort()

    def _failed(self, reason: FailureReason) -> TransportError:
        return TransportError(self._request.method, self._request.url, reason)


class BrowserTransport:
    """Implements app.ports.transport.Transport."""

    async def send(self, request: Request) -> BrowserResponse:
        abort = js.AbortController.new()
        options = {
            "method": request.method,
            "headers": [list(field) for field in request.headers],
            "credentials": "omit",
            "redirect": request.redirect,
            "referrerPolicy": "no-referrer",
            "signal": abort.signal,
        }
        if request.body is not None:
            options["body"] = request.body
        try:
            fetched = js.fetch(request.url, to_js(options, dict_converter=js.Object.fromEntries))
            answer = await asyncio.wait_for(fetched, TIMEOUT)
        except TimeoutError:
            abort.abort()
            raise TransportError(request.method, request.url, "timeout") from None
        except asyncio.CancelledError:
            abort.abort()
            raise
        except JsException:
            raise TransportError(request.method, request.url, "network") from None
        return BrowserResponse(request, answer, abort)
