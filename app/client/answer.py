"""A resource that a registry has begun to send."""

from collections.abc import AsyncGenerator, Callable

from app.client.status import transport_error
from app.ports.transport import Headers, Request, Response, TransportError


class Answer:
    """A 2xx answer whose body has not been read yet, and the request that brought it.

    It holds one of the session's places until the body is read or given up, so exactly one of read, chunks and close
    is called. Reading raises `app.client.errors`: Unreachable, or BadAnswer `too-large`.
    """

    __slots__ = ("_leave", "_response", "request")

    def __init__(self, response: Response, request: Request, leave: Callable[[], None]) -> None:
        self._response = response
        self._leave: Callable[[], None] | None = leave
        self.request = request

    @property
    def status(self) -> int:
        return self._response.status

    @property
    def url(self) -> str:
        return self._response.url

    @property
    def headers(self) -> Headers:
        return self._response.headers

    async def read(self, limit: int) -> bytes:
        try:
            return await self._response.read(limit)
        except TransportError as error:
            raise transport_error(error, self.request, self.status, limit) from error
        finally:
            self._end()

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        chunks = self._response.chunks()
        try:
            async for chunk in chunks:
                yield chunk
        except TransportError as error:
            raise transport_error(error, self.request, self.status) from error
        finally:
            # At once, not when it is collected: whoever has enough of a layer must not go on receiving it.
            if isinstance(chunks, AsyncGenerator):
                await chunks.aclose()
            self._end()

    def close(self) -> None:
        self._response.close()
        self._end()

    def _end(self) -> None:
        leave, self._leave = self._leave, None
        if leave is not None:
            leave()
