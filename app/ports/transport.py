"""How requests leave the app and answers come back: one Protocol, and the data it carries."""

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Literal, Protocol

Redirect = Literal["follow", "error", "manual"]
FailureReason = Literal["network", "timeout", "truncated", "too-large"]

# Header values that are secrets; a repr shows only that they are there.
_SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})


class Headers:
    """Header fields of one message: names are case-insensitive, several lines of one name are joined by ", "."""

    __slots__ = ("_fields",)

    def __init__(self, fields: Iterable[tuple[str, str]] = ()) -> None:
        joined: dict[str, str] = {}
        for name, text in fields:
            key = name.lower()
            joined[key] = f"{joined[key]}, {text}" if key in joined else text
        self._fields = joined

    def get(self, name: str) -> str | None:
        """The value of a field; None when it was not sent or is hidden from the page (Fetch cannot tell which)."""
        return self._fields.get(name.lower())

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._fields.items())

    def __repr__(self) -> str:
        return f"Headers({', '.join(self._fields)})"


class Request:
    """One HTTP request. It may hold a secret in a header or the body, so its repr shows neither."""

    __slots__ = ("body", "headers", "method", "redirect", "url")

    def __init__(
        self,
        method: str,
        url: str,
        headers: tuple[tuple[str, str], ...] = (),
        body: bytes | None = None,
        redirect: Redirect = "follow",
    ) -> None:
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.redirect: Redirect = redirect

    def header(self, name: str) -> str | None:
        """The value of the first field of that name."""
        return next((text for key, text in self.headers if key.lower() == name.lower()), None)

    def with_header(self, name: str, text: str | None) -> "Request":
        """The same request with that field set, or removed when text is None."""
        kept = tuple((key, old) for key, old in self.headers if key.lower() != name.lower())
        added = () if text is None else ((name, text),)
        return Request(self.method, self.url, kept + added, self.body, self.redirect)

    def __repr__(self) -> str:
        shown = ", ".join(f"{key}: {'…' if key.lower() in _SECRET else text}" for key, text in self.headers)
        return f"Request({self.method} {self.url} [{shown}]{'' if self.body is None else ' with a body'})"


class TransportError(Exception):
    """A request that brought no usable answer. `reason`: network (refused, CORS, DNS, TLS: a page cannot tell),
    timeout, truncated (the body ended early), too-large (more bytes than the caller allowed)."""

    def __init__(self, method: str, url: str, reason: FailureReason) -> None:
        super().__init__(f"{method} {url}: {reason}")
        self.method = method
        self.url = url
        self.reason: FailureReason = reason


class Response(Protocol):
    """An answer whose body has not been read yet. Exactly one of read, chunks and close is called."""

    @property
    def status(self) -> int: ...
    @property
    def url(self) -> str:
        """Where the answer came from, after redirects."""
        ...

    @property
    def headers(self) -> Headers: ...
    async def read(self, limit: int) -> bytes:
        """The whole body; TransportError `too-large` past limit bytes, `truncated` when it ended early."""
        ...

    def chunks(self) -> AsyncIterator[bytes]:
        """The body as it arrives."""
        ...

    def close(self) -> None:
        """Give the body up; the connection is ended."""
        ...


class Transport(Protocol):
    """Sends requests without cookies or stored credentials (`credentials: "omit"`). Cancelling the task aborts."""

    async def send(self, request: Request) -> Response:
        """Raises TransportError. Statuses of 400 and more are answers, not errors."""
        ...
