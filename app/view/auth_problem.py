"""Why a request could not be authorized, in words."""

from app.auth.errors import (
    AccessDenied,
    ApprovalRequired,
    AuthError,
    ChallengeHidden,
    LoginRequired,
    RealmRefused,
    TokenServiceBusy,
    TokenServiceFailed,
    UnusableChallenge,
)
from app.view.explanation import Explanation, Scene, denied, elsewhere, refusal, words_of
from app.view.format import duration
from app.view.realm_words import realm_words


def explain_auth(error: AuthError, scene: Scene) -> Explanation:
    """The words for an error of the authorization."""
    if isinstance(error, AccessDenied):
        return denied(scene._replace(username=error.identity), error.scopes)
    if isinstance(error, ChallengeHidden):
        return _hidden(error, scene)
    if isinstance(error, TokenServiceFailed):
        return _token_service(error, scene)
    if isinstance(error, RealmRefused):
        return words_of(
            "danger",
            f"{error.registry.netloc} names a token server that is never contacted",
            f"To sign in, the registry wants a token from “{error.realm_shown}”. Nothing was sent there.",
            "retry",
            *elsewhere(scene),
            facts=(*refusal("realm never contacted"), ("Reason", realm_words(error.reason))),
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
            facts=(
                *refusal("sign-in of an unknown kind"),
                ("Offered", offered or "no scheme at all"),
                ("Reason", realm_words(error.reason)),
            ),
            advice="Basic and Bearer are understood.",
        )
    if isinstance(error, LoginRequired):
        return _login(error)
    if isinstance(error, ApprovalRequired):
        return words_of(
            "warn",
            f"{error.prompt.registry.netloc} names a token server on another host",
            f"Nothing is sent to {error.prompt.realm_origin.netloc} until you approve it.",
            "sign-in",
            "retry",
            facts=refusal("realm not approved"),
        )
    return words_of("warn", "The request could not be authorized", "The registry and Portolan found no way.", "retry")


def _login(error: LoginRequired) -> Explanation:
    prompt = error.prompt
    host = prompt.registry.netloc
    who = prompt.username
    title, what, kind = {
        "required": (f"{host} wants to know who you are", "It answered 401.", "not signed in"),
        "wrong-password": (
            f"Wrong user name or password for {host}",
            f"What was sent{f' for {who}' if who else ''} was refused, and nothing of it was kept.",
            "wrong password",
        ),
        "expired": (f"The sign-in to {host} has expired", "What worked before is no longer accepted.", "expired"),
        "insecure": (
            f"{host} would get the password unencrypted",
            "It speaks plain HTTP, so nothing was sent.",
            "not signed in",
        ),
    }[prompt.reason]
    facts = refusal(kind)
    if prompt.scopes:
        facts += (("Scope wanted", ", ".join(prompt.scopes)),)
    return words_of("warn", title, what, "sign-in", "retry", facts=facts)


def _hidden(error: ChallengeHidden, scene: Scene) -> Explanation:
    catalog = scene.place == "catalog"
    needs = (("Would need", ", ".join(error.scopes_hint)),) if error.scopes_hint else ()
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
        facts=(*refusal("challenge hidden"), *needs),
        advice="Whoever runs the registry can add the header; command-line tools do not need it.",
    )


def _token_service(error: TokenServiceFailed, scene: Scene) -> Explanation:
    from app.view.silence import silent_reasons

    host = error.realm_origin.netloc
    request = f"GET {error.url}"
    if error.reason == "unreachable":
        return words_of(
            "danger",
            f"No answer from the token server {host}",
            "The registry sends you there for a token, and nothing readable came back. A page cannot see why.",
            "retry",
            likely=silent_reasons(error.realm_origin.scheme == "http", "token server", cors=scene.cors),
            facts=refusal("token service unreachable" + (", or without CORS" if scene.cors else "")),
            request=request,
        )
    if isinstance(error, TokenServiceBusy) or error.status == 429:
        wait = "it does not say how long" if error.retry_after is None else duration(error.retry_after)
        return words_of(
            "warn",
            f"The token server {host} asks for a pause",
            "It answered 429: too many requests for tokens from your address or account.",
            "retry",
            facts=(*refusal("rate limited"), ("Asks to wait", wait)),
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
    facts = refusal("token service failed")
    if error.retry_after is not None:
        facts += (("Asks to wait", duration(error.retry_after)),)
    status = f" ({error.status})" if error.status is not None else ""
    title = f"The token server {host} brought no token"
    return words_of("danger", title, f"{said[:-1]}{status}.", "retry", facts=facts, request=request)
