"""What a problem means to a person: what failed, why it may have, and what to do next."""

from typing import Literal, NamedTuple

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
    ClientError,
    Forbidden,
    NotFound,
    RateLimited,
    Refused,
    ServerFailed,
    Unreachable,
    Unsupported,
)
from app.oci.value import value
from app.view.components import Tone
from app.view.format import duration, exact_size, size

Place = Literal["catalog", "tags", "manifest", "raw", "blob", "config", "referrers", "row"]
Action = Literal["retry", "sign-in", "repository", "registry", "tags", "address"]


@value
class Scene(NamedTuple):
    """Where a problem came up. `registry`: host and port; `repository` and `reference` as far as the page has them;
    `username`: who is signed in."""

    place: Place
    registry: str
    repository: str
    reference: str
    username: str | None


@value
class Explanation(NamedTuple):
    """A problem in words. `request`: method and address; `answer`: status and codes as received; `likely`: reasons,
    the usual one first; `advice`: what follows from it; `actions`: what the page offers."""

    tone: Tone
    title: str
    what: str
    request: str | None
    answer: str | None
    facts: tuple[tuple[str, str], ...]
    likely: tuple[str, ...]
    advice: str | None
    actions: tuple[Action, ...]


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
    if isinstance(error, Unreachable | TokenServiceFailed):
        return "no answer"
    return "not readable"


def _words(
    tone: Tone,
    title: str,
    what: str,
    *actions: Action,
    likely: tuple[str, ...] = (),
    facts: tuple[tuple[str, str], ...] = (),
    advice: str | None = None,
    request: str | None = None,
) -> Explanation:
    return Explanation(tone, title, what, request, None, facts, likely, advice, actions)


def _explain(error: Exception, scene: Scene) -> Explanation:
    if isinstance(error, ClientError):
        return _client(error, scene)
    if isinstance(error, AccessDenied):
        return _denied(scene, error.scopes)
    if isinstance(error, ChallengeHidden):
        return _hidden(error, scene)
    if isinstance(error, TokenServiceFailed):
        return _token_service(error)
    if isinstance(error, RealmRefused):
        return _words(
            "danger",
            f"{error.registry.netloc} names a token server that is never contacted",
            f"To sign in, the registry wants a token from “{error.realm_shown}”. Nothing was sent there.",
            *_elsewhere(scene),
            facts=(("Reason", error.reason),),
            advice="Only whoever runs the registry can change the realm it names.",
        )
    if isinstance(error, UnusableChallenge):
        offered = ", ".join(error.header_schemes)
        return _words(
            "warn",
            f"{error.registry.netloc} asks for a sign-in that Portolan does not know",
            "It answered 401, and none of the ways to sign in that it offers can be used here.",
            "retry",
            *_elsewhere(scene),
            facts=(("Offered", offered or "no scheme at all"), ("Reason", error.reason)),
            advice="Basic and Bearer are understood.",
        )
    if isinstance(error, LoginRequired):
        return _words(
            "warn", f"{error.prompt.registry.netloc} wants to know who you are", "It answered 401.", "sign-in", "retry"
        )
    if isinstance(error, ApprovalRequired):
        return _words(
            "warn",
            f"{error.prompt.registry.netloc} names a token server on another host",
            f"Nothing is sent to {error.prompt.realm_origin.netloc} until you approve it.",
            "sign-in",
            "retry",
        )
    return _words(
        "danger",
        "Something in Portolan went wrong",
        f"This is a mistake of the program ({type(error).__name__}), not of the registry or of you.",
        "retry",
        advice="Trying again may help; reloading the page starts afresh.",
    )


def _client(error: ClientError, scene: Scene) -> Explanation:
    host = scene.registry
    if isinstance(error, Unreachable):
        from app.view.silence import unreachable

        return unreachable(error, scene)
    if isinstance(error, BadDigest):
        return _words(
            "alarm",
            "These bytes are not what their digest says",
            f"{_thing(scene)} was received, and its content does not match its name. Nothing from it is shown.",
            "retry",
            facts=(
                ("Expected", str(error.expected)),
                ("Received", str(error.actual)),
                ("Size", exact_size(error.size)),
            ),
            advice="Either storage is damaged, or something between you and the registry changed the content. "
            "Until it is explained, do not pull or run it.",
        )
    if isinstance(error, RateLimited):
        wait = error.retry_after
        who = " Signed in, the limit is often higher." if scene.username is None else ""
        return _words(
            "warn",
            "The registry asks for a pause",
            f"It answered 429: too many requests from your address or account.{who}",
            "retry",
            *(("sign-in",) if scene.username is None else ()),
            facts=(("Asks to wait", duration(wait) if wait is not None else "it does not say how long"),),
        )
    if isinstance(error, Unsupported):
        return _unsupported(error, scene)
    if isinstance(error, NotFound):
        return _not_found(scene)
    if isinstance(error, Forbidden):
        return _denied(scene, ())
    if isinstance(error, ServerFailed):
        return _words(
            "danger",
            f"{host} failed to answer",
            f"It reports an error of its own ({error.status}). The request was sound as far as can be told.",
            "retry",
            likely=(
                "The registry or its storage is out of order or being restarted.",
                "A proxy in front of it cannot reach it (502, 503, 504).",
            ),
        )
    if isinstance(error, BadAnswer):
        return _bad_answer(error, scene)
    return _words(
        "warn",
        f"{host} declined the request",
        f"It answered {error.status}. It understood what was asked and will not do it."
        if isinstance(error, Refused)
        else f"It answered {error.status}.",
        "retry",
        *_elsewhere(scene),
    )


def _unsupported(error: Unsupported, scene: Scene) -> Explanation:
    if scene.place == "catalog":
        return _words(
            "info",
            "This registry does not offer a list",
            f"The request for its repositories was answered with {error.status}. Many hosted registries switch the "
            "list off for everyone; it is not about your rights.",
            "repository",
            advice="Its repositories open by name.",
        )
    return _words(
        "info", "The registry does not offer this", f"It answered {error.status}.", "retry", *_elsewhere(scene)
    )


def _not_found(scene: Scene) -> Explanation:
    maybe = "Some registries also answer 404 for what you may not see"
    advice = f"{maybe}; signing in may help." if scene.username is None else f"{maybe}."
    sign_in: tuple[Action, ...] = ("sign-in",) if scene.username is None else ()
    if scene.place == "tags":
        title, what = f"No repository {scene.repository} here", f"{scene.registry} does not know that name."
        return _words("plain", title, what, "registry", "retry", *sign_in, advice=advice)
    if scene.place in ("manifest", "raw"):
        named = "manifest" if ":" in scene.reference else "tag"
        title = f"No {named} {scene.reference} in {scene.repository}"
        return _words("plain", title, f"{scene.registry} does not know it.", "tags", "retry", *sign_in, advice=advice)
    what = f"{scene.registry} answered that it does not have it."
    return _words("plain", f"{_thing(scene)} is not there", what, "retry", *_elsewhere(scene), advice=advice)


def _denied(scene: Scene, scopes: tuple[str, ...]) -> Explanation:
    facts = (("Asked for", ", ".join(scopes)),) if scopes else ()
    who = scene.username
    if scene.place == "catalog":
        if who is None:
            title, advice = "The list is not open to everyone", "Repositories that are public still open by name."
        else:
            title, advice = f"{who} may not list this registry", f"Repositories that {who} may pull still open by name."
        what = f"{scene.registry} refuses the list of its repositories to whoever asks now."
        return _words("warn", title, what, "repository", "sign-in", "retry", facts=facts, advice=advice)
    if who is None:
        title = f"{scene.repository or scene.registry} is not open to everyone"
        what, advice = (
            "The registry refuses it to whoever is not signed in.",
            "An account with the right to pull may see it.",
        )
    else:
        title = f"{who} may not pull {scene.repository or 'this'}"
        what, advice = (
            "The sign-in worked; the account lacks the right.",
            "An operator of the registry has to grant it.",
        )
    return _words("warn", title, what, "sign-in", "retry", *_elsewhere(scene), facts=facts, advice=advice)


def _hidden(error: ChallengeHidden, scene: Scene) -> Explanation:
    catalog = scene.place == "catalog"
    return _words(
        "warn",
        "The registry wants a sign-in, and the browser hides how",
        "It answered 401. Where to sign in stands in the header WWW-Authenticate, and this page cannot read it"
        + (", so the list cannot be asked for." if catalog else "."),
        *(("repository",) if catalog else ()),
        "retry",
        *_elsewhere(scene),
        likely=(
            "The registry does not let pages read that header: its answers need "
            "“Access-Control-Expose-Headers: WWW-Authenticate”.",
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
        return _words(
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
    return _words("danger", title, f"{said[:-1]}{status}.", "retry", facts=wait, request=request)


def _bad_answer(error: BadAnswer, scene: Scene) -> Explanation:
    what = {
        "html": "It answered with a page for people, where JSON was expected.",
        "json": "Its answer is not JSON.",
        "shape": f"Its answer is JSON of another shape than the specification says{f' (at {error.path})' if error.path else ''}.",
        "too-large": f"Its answer is larger than {size(error.limit or 0)}, which is more than such an answer may be.",
        "status": f"It answered {error.status}, which no such request gets.",
    }[error.reason]
    return _words(
        "danger",
        f"{scene.registry} did not answer as a registry",
        what,
        "address",
        "retry",
        likely=(
            "The address is that of a website or a proxy's sign-in page, not of the registry.",
            "The registry lives on another port or host name.",
        )
        if error.reason in ("html", "json", "status")
        else (),
    )


def _thing(scene: Scene) -> str:
    named = f"{scene.repository}{'@' if ':' in scene.reference else ':'}{scene.reference}"
    return {
        "manifest": f"The manifest {named}",
        "raw": f"The manifest {named}",
        "config": f"The config of {named}",
        "referrers": f"The list of referrers of {named}",
        "blob": "The blob",
        "row": "The manifest",
    }.get(scene.place, "What was asked for")


def _elsewhere(scene: Scene) -> tuple[Action, ...]:
    if scene.place in ("manifest", "raw", "blob"):
        return ("tags",)
    return ("registry",) if scene.place == "tags" else ()


def _request(error: Exception) -> str | None:
    if isinstance(error, ClientError | AccessDenied | ChallengeHidden):
        return f"{error.method} {error.url}"
    return None


def _answer(error: Exception) -> str | None:
    """Status and codes as they were received."""
    if not isinstance(error, ClientError | AccessDenied):
        return "401" if isinstance(error, ChallengeHidden) else None
    parts = [str(error.status)] if isinstance(error, ClientError) and error.status is not None else []
    for info in error.codes[:3]:
        parts.append(info.code + (f" “{info.message[:200]}”" if info.message else ""))
    return " ".join(parts) or None
