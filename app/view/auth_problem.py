"""Why a request could not be authorized, in words."""

from app.auth.errors import (
    AccessDenied,
    ApprovalRequired,
    AuthError,
    ChallengeHidden,
    LoginRequired,
    RealmRefused,
    TokenServiceFailed,
    UnusableChallenge,
)
from app.view.explanation import Explanation, Scene, denied, elsewhere, words_of
from app.view.format import duration
from app.view.realm_words import realm_words


def explain_auth(error: AuthError, scene: Scene) -> Explanation:
    """The words for an error of the authorization."""
    if isinstance(error, AccessDenied):
        return denied(scene, error.scopes)
    if isinstance(error, ChallengeHidden):
        return _hidden(error, scene)
    if isinstance(error, TokenServiceFailed):
        return _token_service(error)
    if isinstance(error, RealmRefused):
        return words_of(
            "danger",
            f"{error.registry.netloc} names a token server that is never contacted",
            f"To sign in, the registry wants a token from “{error.realm_shown}”. Nothing was sent there.",
            "retry",
            *elsewhere(scene),
            facts=(("Reason", realm_words(error.reason)),),
            advice="Only whoever runs the registry can change the realm it names.",
        )
    if isinstance(error, UnusableChallenge):
        offered = ", ".join(error.header_schemes)
        return words_of(
            "warn",
            f"{error.registry.netloc} asks for a sign-in that Portolan does not know",
            "It answered 401, and none of the ways to sign in that it offers can be used here.",
            "retry",
            *elsewhere(scene),
            facts=(("Offered", offered or "no scheme at all"), ("Reason", realm_words(error.reason))),
            advice="Basic and Bearer are understood.",
        )
    if isinstance(error, LoginRequired):
        return words_of(
            "warn", f"{error.prompt.registry.netloc} wants to know who you are", "It answered 401.", "sign-in", "retry"
        )
    if isinstance(error, ApprovalRequired):
        return words_of(
            "warn",
            f"{error.prompt.registry.netloc} names a token server on another host",
            f"Nothing is sent to {error.prompt.realm_origin.netloc} until you approve it.",
            "sign-in",
            "retry",
        )
    return words_of("warn", "The request could not be authorized", "The registry and Portolan found no way.", "retry")


def _hidden(error: ChallengeHidden, scene: Scene) -> Explanation:
    catalog = scene.place == "catalog"
    return words_of(
        "warn",
        "The registry wants a sign-in, and the browser hides how",
        "It answered 401. Where to sign in stands in the header WWW-Authenticate, and this page cannot read it"
        + (", so the list cannot be asked for." if catalog else "."),
        *(("repository",) if catalog else ()),
        "retry",
        *elsewhere(scene),
        likely=(
            "The registry does not let pages read it: “Access-Control-Expose-Headers: WWW-Authenticate” is missing.",
            "It sent no such header at all, as some do for an expired token: trying again then helps.",
        ),
        facts=(("Would need", ", ".join(error.scopes_hint)),) if error.scopes_hint else (),
        advice="Whoever runs the registry can add the header; command-line tools do not need it.",
    )


def _token_service(error: TokenServiceFailed) -> Explanation:
    from app.view.silence import silent_reasons

    host = error.realm_origin.netloc
    request = f"GET {error.url}"
    if error.reason == "unreachable":
        return words_of(
            "danger",
            f"No answer from the token server {host}",
            "The registry sends you there for a token, and nothing readable came back. A page cannot see why.",
            "retry",
            likely=silent_reasons(error.realm_origin.scheme == "http", "token server"),
            request=request,
        )
    said = {
        "status": "It answered with an error.",
        "html": "It answered with a page for people, not with a token.",
        "not-json": "Its answer cannot be read.",
        "no-token": "Its answer holds no token.",
        "bad-token": "The token in its answer cannot be used.",
        "too-large": "Its answer is far too large for a token.",
    }[error.reason]
    wait = (("Asks to wait", duration(error.retry_after)),) if error.retry_after is not None else ()
    status = f" ({error.status})" if error.status is not None else ""
    title = f"The token server {host} brought no token"
    return words_of("danger", title, f"{said[:-1]}{status}.", "retry", facts=wait, request=request)
