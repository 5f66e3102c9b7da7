"""Reading between the lines of a refusal: what it may mean beside what its status says."""

from collections.abc import Callable

from app.auth.attempt import Attempt
from app.auth.bearer_token import Token, describe_token
from app.auth.challenge import Challenge, parse_challenges
from app.auth.scope import missing
from app.auth.step import Reply
from app.oci.error import parse_errors
from app.oci.origin import Origin

# How much earlier than now a token may begin to be valid and still be too new for a registry whose clock is behind.
_SKEW = 10.0


def is_lapsed(registry: Origin, attempt: Attempt, reply: Reply) -> bool:
    """Whether a 403 or 400 may be the answer to a credential that has expired (A.22).

    ECR answers it by 403 and ECR Public by 400, both with the code DENIED and "Your authorization token has expired".
    A registry behind a proxy has another name, so those words count everywhere, and so does the odd 400.
    """
    if attempt.fresh or attempt.kind == "bare" or reply.status not in (400, 403):
        return False
    denials = [info for info in parse_errors(reply.body) if info.code.upper() == "DENIED"]
    if any("expired" in info.message.lower() for info in denials):
        return True
    if reply.status == 400:
        return bool(denials) and attempt.kind == "token"
    from app.auth.profiles import expires_as_denial  # most pages meet no denial

    return attempt.kind == "token" and expires_as_denial(registry)


def lacking(token: Token, asked: tuple[str, ...]) -> tuple[str, ...]:
    """The scopes that a refused token was asked for and does not claim to grant; () when it claims all or is opaque."""
    granted = token.granted
    return () if granted is None else missing(granted, asked)


def is_early(token: Token, reply: Reply, wall: Callable[[], float] | None) -> bool:
    """Whether a fresh token that is refused may be good in a second (A.17): Docker Hub's clocks differ by that much."""
    error = error_of(parse_challenges(reply.headers.get("WWW-Authenticate") or ""))
    claims = describe_token(token.value)
    begins = None if claims is None else claims.not_before
    if begins is None or wall is None:
        return error == "invalid_token"
    return begins > wall() or (error == "invalid_token" and begins > wall() - _SKEW)


def error_of(challenges: tuple[Challenge, ...]) -> str | None:
    """What the Bearer challenge says of the token (RFC 6750 section 3.1)."""
    return next((each.parameters["error"] for each in challenges if "error" in each.parameters), None)


def why_unusable(challenges: tuple[Challenge, ...]) -> str:
    """The reason why no challenge can be answered, as a phrase."""
    broken = next((challenge.broken for challenge in challenges if challenge.broken is not None), None)
    if broken is not None:
        return broken
    return "no realm" if any(challenge.scheme == "bearer" for challenge in challenges) else "unknown scheme"
