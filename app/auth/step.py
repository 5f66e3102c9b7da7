"""What the flow asks of whoever drives it, and what it gets back."""

from typing import Literal, NamedTuple

from app.auth.cache import TokenKey
from app.oci.value import value
from app.ports.transport import Headers, Request


@value
class Send(NamedTuple):
    """Send this request and give back its Reply.

    `purpose` resource: a request of the caller; a body is wanted only from status 400 on, 64 KiB of it.
    `purpose` token: requests with equal `key` share one answer (A.25); a TransportError is thrown into the generator.
    """

    request: Request
    purpose: Literal["resource", "token"]
    key: TokenKey | None


class Reply(NamedTuple):
    """An answer: `url` after redirects; `body` may hold a token, so a repr does not show it."""

    status: int
    url: str
    headers: Headers
    body: bytes

    def __repr__(self) -> str:
        return f"Reply({self.status} from {self.url.partition('?')[0]}, {len(self.body)} bytes)"


Step = Send
