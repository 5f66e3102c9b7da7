"""Which class of problem an exception is: the names that scripts may hold on to."""

from typing import NamedTuple

from app.auth.errors import (
    AccessDenied,
    ApprovalRequired,
    ChallengeHidden,
    LoginRequired,
    RealmRefused,
    TokenServiceBusy,
    TokenServiceFailed,
    UnusableChallenge,
)
from app.client.errors import (
    BadAnswer,
    BadDigest,
    Forbidden,
    NotFound,
    RateLimited,
    Refused,
    ServerFailed,
    Unreachable,
    Unsupported,
)
from app.client.permits import NotPermitted
from app.oci.value import value
from app.ports.shell import ProblemKind


class UnusableToken(ValueError):
    """A text that was entered as a token and that no header can carry, or that is empty; it holds nothing of it."""

    def __init__(self, *, empty: bool) -> None:
        super().__init__("no token" if empty else "not a token")
        self.empty = empty


_KINDS: tuple[tuple[type[Exception], ProblemKind], ...] = (
    (BadDigest, "bad-digest"),
    (NotPermitted, "permission"),
    (NotFound, "not-found"),
    (Unsupported, "unsupported"),
    (RateLimited, "rate-limited"),
    (Unreachable, "unreachable"),
    (Forbidden, "denied"),
    (AccessDenied, "denied"),
    (LoginRequired, "denied"),
    (ApprovalRequired, "denied"),
    (ChallengeHidden, "hidden"),
    (TokenServiceBusy, "rate-limited"),
    (TokenServiceFailed, "unreachable"),
    (RealmRefused, "denied"),
    (UnusableChallenge, "bad-answer"),
    (ServerFailed, "bad-answer"),
    (BadAnswer, "bad-answer"),
    (Refused, "denied"),
    (UnusableToken, "bad-input"),
)


@value
class Failure(NamedTuple):
    """A problem that the page shows: its class, and the exception with the facts (view/problem has the words)."""

    kind: ProblemKind
    error: Exception


def failure_of(error: Exception) -> Failure:
    """Every exception has a class; one that nobody foresaw is a bad answer."""
    return Failure(next((kind for known, kind in _KINDS if isinstance(error, known)), "bad-answer"), error)
