"""The log of one listener: what was asked and what was answered, so that tests can count requests and preflights."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from aiohttp import web

from playground.access import split_authorization
from playground.answer import Json

KEPT = 5000  # requests; older ones are forgotten

_numbers = count(1)


@dataclass
class Record:
    """One request. Credentials never: of Authorization only the scheme, of other headers only the names.

    number: grows with every request, whichever listener it comes to. answered: the headers that were sent back, but
    for those that the HTTP library adds; none of them is ever a secret.
    """

    method: str
    path: str
    headers: list[str]
    authorization: str | None
    origin: str | None
    asked_method: str | None
    asked_headers: str | None
    status: int | None = None
    answered: Mapping[str, str] = field(default_factory=dict)
    number: int = field(default_factory=lambda: next(_numbers))

    def as_json(self) -> dict[str, Json]:
        """status is null while the answer has not begun; asked_… are what a preflight asks for."""
        return {
            "method": self.method,
            "path": self.path,
            "headers": list[Json](self.headers),
            "authorization": self.authorization,
            "origin": self.origin,
            "asked_method": self.asked_method,
            "asked_headers": self.asked_headers,
            "status": self.status,
        }


class RequestLog:
    """The latest requests, oldest first."""

    def __init__(self) -> None:
        self._records: deque[Record] = deque(maxlen=KEPT)

    def begin(self, request: web.BaseRequest) -> Record:
        """Record a request on arrival, so that one that is never answered is seen too."""
        headers = request.headers
        record = Record(
            method=request.method,
            path=request.path_qs,
            headers=sorted({name.lower() for name in headers}),
            authorization=split_authorization(headers["Authorization"])[0] if "Authorization" in headers else None,
            origin=headers.get("Origin"),
            asked_method=headers.get("Access-Control-Request-Method"),
            asked_headers=headers.get("Access-Control-Request-Headers"),
        )
        self._records.append(record)
        return record

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records)

    def clear(self) -> None:
        """Forget all."""
        self._records.clear()

    def as_json(self) -> Json:
        """The list that GET /_log answers."""
        return [record.as_json() for record in self._records]
