"""What the flow asks of whoever drives it, and what it gets back."""

from typing import Literal, NamedTuple, TypeAlias

from app.auth.cache import TokenKey
from app.oci.value import value
from app.ports.transport import Headers, Request

Why = Literal[
    # How a resource is asked for.
    "first-contact",  # bare: nothing is known of this registry, or this identity has nothing to send (A.2)
    "known-basic",  # Basic at once: an earlier challenge asked for it
    "known-bearer",  # a token from memory, or asked for ahead of any challenge (A.8)
    "challenge-basic",
    "challenge-bearer",
    "registry-token",  # the pasted token, as it is
    "retry-bare",  # what was sent is refused without a Bearer challenge (A.21), or without any (A.3)
    "fresh-token",  # the token from memory is refused (A.20)
    "forbidden-retry",  # an expired credential looks like a denial (A.22)
    "new-scope",  # the challenge names a scope that was not asked for yet (A.20)
    "hidden-challenge",  # no challenge can be read: memory, a profile, or what a person entered (A.3)
    "ping",  # whether /v2/ shows the challenge (A.2)
    "redirected",  # the registry sent the request on, and where it went wants an anonymous token (A.24)
    # How a token is asked for, beside the reason of the request it is for.
    "refresh-token",  # a form with the refresh or identity token (A.15, A.18)
    "password-grant",  # a form with user name and password, because a person turned that on (A.15)
    "exchange",  # Azure: a token of its directory for a refresh token of the registry
    "fall-back-get",  # the service took no form (A.15)
    "fall-back-post",  # the service took no GET, and a person turned forms with a password on (A.15)
    "catalog-scope",  # once more without a scope: the service knows no catalog scope (A.11)
    "anonymous-retry",  # the credentials are refused, and reading may work without (A.23)
    "renewal",  # in the background, before the token ends (A.17)
    # Waits, and what is sent after them.
    "rate-limited",  # a 429 (A.26)
    "not-before",  # a fresh token is refused: the clock of the token service may be ahead (A.17)
    "after-wait",
]  # fmt: skip
"""The decision that led to a step. The numbers are those of tests/unit/auth/RULES.md."""


@value
class Send(NamedTuple):
    """Send this request and give back its Reply.

    `purpose` resource: a request of the caller; a body is wanted only from status 400 on, 64 KiB of it.
    `purpose` token: requests with equal `key` share one answer (A.25), a `key` of None shares nothing; a TransportError
    is thrown into the generator.
    """

    request: Request
    purpose: Literal["resource", "token"]
    key: TokenKey | None
    why: Why = "first-contact"


@value
class Wait(NamedTuple):
    """Let `seconds` pass, at most about ten, then give back WAITED."""

    seconds: float
    why: Why


class Reply(NamedTuple):
    """An answer: `url` after redirects; `body` may hold a token, so a repr does not show it."""

    status: int
    url: str
    headers: Headers
    body: bytes

    def __repr__(self) -> str:
        return f"Reply({self.status} from {self.url.partition('?')[0]}, {len(self.body)} bytes)"


WAITED = Reply(0, "", Headers(), b"")
"""What a Wait is answered with."""

Step: TypeAlias = Send | Wait
