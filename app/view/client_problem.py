"""What went wrong with a request, in words."""

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
from app.view.explanation import Action, Explanation, Scene, denied, elsewhere, refusal, thing, words_of
from app.view.format import duration, exact_size, size


def explain_request(error: ClientError, scene: Scene) -> Explanation:
    """The words for an error of the client."""
    host = scene.registry
    if isinstance(error, Unreachable):
        from app.view.silence import unreachable

        return unreachable(error, scene)
    if isinstance(error, BadDigest):
        return words_of(
            "alarm",
            "These bytes are not what their digest says",
            f"{thing(scene)} was received, and its content does not match its name. Nothing from it is shown.",
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
        return words_of(
            "warn",
            "The registry asks for a pause",
            f"It answered 429: too many requests from your address or account.{who}",
            "retry",
            *(("sign-in",) if scene.username is None else ()),
            facts=(
                *refusal("rate limited"),
                ("Asks to wait", duration(wait) if wait is not None else "it does not say how long"),
            ),
        )
    if isinstance(error, Unsupported):
        return _unsupported(error, scene)
    if isinstance(error, NotFound):
        return _not_found(scene)
    if isinstance(error, Forbidden):
        return denied(scene, ())
    if isinstance(error, ServerFailed):
        return words_of(
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
    return words_of(
        "warn",
        f"{host} declined the request",
        f"It answered {error.status}. It understood what was asked and will not do it."
        if isinstance(error, Refused)
        else f"It answered {error.status}.",
        "retry",
        *elsewhere(scene),
    )


def _unsupported(error: Unsupported, scene: Scene) -> Explanation:
    if scene.place == "catalog":
        return words_of(
            "info",
            "This registry does not offer a list",
            f"The request for its repositories was answered with {error.status}. Many hosted registries switch the "
            "list off for everyone; it is not about your rights.",
            "repository",
            advice="Its repositories open by name.",
        )
    return words_of(
        "info", "The registry does not offer this", f"It answered {error.status}.", "retry", *elsewhere(scene)
    )


def _not_found(scene: Scene) -> Explanation:
    maybe = "Some registries also answer 404 for what you may not see"
    advice = f"{maybe}; signing in may help." if scene.username is None else f"{maybe}."
    sign_in: tuple[Action, ...] = ("sign-in",) if scene.username is None else ()
    if scene.place == "tags":
        title, what = f"No repository {scene.repository} here", f"{scene.registry} does not know that name."
        return words_of("plain", title, what, "registry", "retry", *sign_in, advice=advice)
    if scene.place in ("manifest", "raw"):
        named = "manifest" if ":" in scene.reference else "tag"
        title = f"No {named} {scene.reference} in {scene.repository}"
        return words_of("plain", title, f"{scene.registry} does not know it.", "tags", "retry", *sign_in, advice=advice)
    what = f"{scene.registry} answered that it does not have it."
    return words_of("plain", f"{thing(scene)} is not there", what, "retry", *elsewhere(scene), advice=advice)


def _bad_answer(error: BadAnswer, scene: Scene) -> Explanation:
    if error.reason == "link":
        return words_of(
            "warn",
            "This list may not be complete",
            f"{scene.registry} says that more follows, at an address that is not its own (or at http from https). "
            "Portolan does not follow it: that address could be anybody's.",
            "retry",
            likely=("A proxy in front of the registry passes on a Link header with an inner address.",),
        )
    place = f" (at {error.path})" if error.path else ""
    what = {
        "html": "It answered with a page for people, where JSON was expected.",
        "json": "Its answer is not JSON.",
        "shape": f"Its answer is JSON of another shape than the specification says{place}.",
        "too-large": f"Its answer is larger than {size(error.limit or 0)}, which is more than such an answer may be.",
        "status": f"It answered {error.status}, which no such request gets.",
    }[error.reason]
    return words_of(
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
