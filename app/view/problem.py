"""What a problem means to a person: what failed, why it may have, and what to do next."""

from app.auth.errors import (
    AccessDenied,
    ApprovalRequired,
    AuthError,
    ChallengeHidden,
    LoginRequired,
    TokenServiceFailed,
)
from app.client.errors import BadDigest, ClientError, Forbidden, NotFound, RateLimited, Unreachable
from app.client.permits import NotPermitted
from app.oci.document import InvalidDocument
from app.view.explanation import Explanation, Scene, words_of


def explain(error: Exception, scene: Scene) -> Explanation:
    """The words for an exception; one that nobody foresaw gets general ones and never its own text."""
    words = _explain(error, scene)
    if words.request is None and words.answer is None:
        return words._replace(request=_request(error), answer=_answer(error))
    return words


def brief(error: Exception) -> str:
    """A problem in two or three words, for the row of a table."""
    if isinstance(error, BadDigest):
        return "wrong bytes"
    if isinstance(error, NotFound):
        return "not found"
    if isinstance(error, Forbidden | AccessDenied):
        return "not allowed"
    if isinstance(error, RateLimited):
        return "asked to wait"
    if isinstance(error, LoginRequired | ApprovalRequired | ChallengeHidden):
        return "sign-in needed"
    if isinstance(error, NotPermitted):
        return "not allowed yet" if error.rule == "extension" else "not read here"
    if isinstance(error, Unreachable | TokenServiceFailed):
        return "no answer"
    return "not readable"


def _explain(error: Exception, scene: Scene) -> Explanation:
    if isinstance(error, NotPermitted):
        from app.view.permission import explain_permission

        return explain_permission(error)
    if isinstance(error, ClientError):
        from app.view.client_problem import explain_request

        return explain_request(error, scene)
    if isinstance(error, AuthError):
        from app.view.auth_problem import explain_auth

        return explain_auth(error, scene)
    if isinstance(error, InvalidDocument):
        place = f" at {error.path}" if error.path else ""
        return words_of(
            "danger",
            f"This {error.what} cannot be read",
            f"It arrived whole{place and ', and'}{place} it {error.reason}.",
            "retry",
            advice="Whoever made it has to mend it.",
        )
    return words_of(
        "danger",
        "Something in Portolan went wrong",
        f"This is a mistake of the program ({type(error).__name__}), not of the registry or of you.",
        "retry",
        advice="Trying again may help; reloading the page starts afresh.",
    )


def _request(error: Exception) -> str | None:
    if isinstance(error, ClientError | AccessDenied | ChallengeHidden):
        return f"{error.method} {error.url}"
    return None


def _answer(error: Exception) -> str | None:
    """Status and codes as they were received."""
    if not isinstance(error, ClientError | AccessDenied):
        return "401" if isinstance(error, ChallengeHidden) else None
    status = [str(error.status)] if isinstance(error, ClientError) and error.status is not None else []
    codes = [info.code + (f" “{info.message[:200]}”" if info.message else "") for info in error.codes[:3]]
    return " ".join((*status, *codes)) or None
