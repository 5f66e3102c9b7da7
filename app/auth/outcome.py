"""What became of a caller's request, as a code."""

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
from app.oci.value import value


@value
class Outcome(NamedTuple):
    """`code`: ok, cancelled, login-required, wrong-password, expired, insecure, realm-not-approved, realm-refused,
    denied, challenge-hidden, unusable-challenge, token-service-unreachable, token-service-failed, rate-limited, or the
    name of another error: not-found, forbidden, unreachable, server-failed…

    `scopes`: those that were refused or are wanted.
    """

    code: str
    scopes: tuple[str, ...]


def outcome_of(error: BaseException | None) -> Outcome:
    """The outcome that this error, or its absence, stands for."""
    if error is None:
        return Outcome("ok", ())
    if isinstance(error, LoginRequired):
        reason = error.prompt.reason
        return Outcome("login-required" if reason == "required" else reason, error.prompt.scopes)
    if isinstance(error, ApprovalRequired):
        return Outcome("realm-not-approved", error.prompt.scopes)
    if isinstance(error, AccessDenied):
        return Outcome("denied", error.scopes)
    if isinstance(error, ChallengeHidden):
        return Outcome("challenge-hidden", error.scopes_hint)
    if isinstance(error, RealmRefused):
        return Outcome("realm-refused", ())
    if isinstance(error, UnusableChallenge):
        return Outcome("unusable-challenge", ())
    if isinstance(error, TokenServiceFailed):
        if error.status == 429:
            return Outcome("rate-limited", ())
        return Outcome("token-service-unreachable" if error.reason == "unreachable" else "token-service-failed", ())
    name = type(error).__name__
    return Outcome("cancelled" if name == "CancelledError" else _dashed(name), ())


def _dashed(name: str) -> str:
    # NotFound → not-found: the errors of the room that sends requests, which this room does not know.
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).removeprefix("-")
