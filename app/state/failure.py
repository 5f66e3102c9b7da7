"""Which class of problem an exception is: the names that scripts may hold on to."""

from typing import NamedTuple

from app.auth.errors import (
    AccessDenied,
    ApprovalRequired,
    ChallengeHidden,
    LoginRequired,
    RealmRefused,
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
from app.oci.value import value
from app.ports.shell import ProblemKind

_KINDS: tuple[tuple[type[Exception], ProblemKind], ...] = (
    (BadDigest, "bad-digest"),
    (NotFound, "not-found"),
    (Unsupported, "unsupported"),
    (RateLimited, "rate-limited"),
    (Unreachable, "unreachable"),
    (Forbidden, "denied"),
    (AccessDenied, "denied"),
    (LoginRequired, "denied"),
    (ApprovalRequired, "denied"),
    (ChallengeHidden, "hidden"),
    (TokenServiceFailed, "unreachable"),
    (RealmRefused, "denied"),
    (UnusableChallenge, "bad-answer"),
    (ServerFailed, "bad-answer"),
    (BadAnswer, "bad-answer"),
    (Refused, "denied"),
)


@value
class Failure(NamedTuple):
    """A problem that the page shows: its class, and the exception with the facts (view/problem has the words)."""

    kind: ProblemKind
    error: Exception


def failure_of(error: Exception) -> Failure:
    """Every exception has a class; one that nobody foresaw is a bad answer."""
    return Failure(next((kind for known, kind in _KINDS if isinstance(error, known)), "bad-answer"), error)
