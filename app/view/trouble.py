"""An explanation on the page: the notice with its facts and what one can do."""

from app.auth.errors import (
    AccessDenied,
    ChallengeHidden,
    LoginRequired,
    RealmRefused,
    TokenServiceBusy,
    TokenServiceFailed,
    UnusableChallenge,
)
from app.client.errors import BadDigest, ClientError, Forbidden, NotFound, RateLimited, Unreachable
from app.client.permits import NotPermitted
from app.oci.origin import Origin
from app.state.model import AppState
from app.view import countdown, links
from app.view.components import button_link, command, external, notice, pairs
from app.view.explanation import Action, Explanation, Scene
from app.view.markup import Element, Node, el, foreign, group, wrapping
from app.view.problem import explain


def trouble(state: AppState, error: Exception, scene: Scene, extra: Node = None, level: str = "h2") -> Element:
    """The notice of an exception, and below it what the doctor found by itself."""
    words = explain(error, scene)
    told = notice(
        words.tone,
        foreign(words.title),
        el("p", None, foreign(words.what)),
        _compare(words) if words.tone == "alarm" else None,
        _facts(words),
        _likely(words),
        el("p", None, foreign(words.advice)) if words.advice else None,
        extra,
        _permission(state, error),
        _countdown(state, error),
        _actions(state, words, scene, error),
        _by_hand(state, error),
        _extension(state, error),
        level=level,
        alert=words.tone == "alarm",
    )
    if state.checkup is None or not _is_own(state, error):
        return told
    from app.view.doctor_short import short

    return group(told, short(state))


def _facts(words: Explanation) -> Element | None:
    facts: list[tuple[Node, Node]] = []
    if words.request:
        method, _, url = words.request.partition(" ")
        facts.append(("Request", el("code", None, method, " ", wrapping(url))))
    if words.answer:
        facts.append(("Answer", el("code", None, foreign(words.answer))))
    if words.tone != "alarm":
        facts += [(name, foreign(text)) for name, text in words.facts]
    return pairs(facts) if facts else None


def _compare(words: Explanation) -> Element:
    return el("dl.compare", None, [(el("dt", None, name), el("dd", None, text)) for name, text in words.facts])


def _likely(words: Explanation) -> Node:
    if not words.likely:
        return None
    if len(words.likely) == 1:
        return el("p", None, foreign(words.likely[0]))
    return (
        el("p", None, "The usual reasons, in order:"),
        el("ol.steps", None, [el("li", None, foreign(reason)) for reason in words.likely]),
    )


def _is_own(state: AppState, error: Exception) -> bool:
    """Whether this stopped the page, and not a part of it: a page has one form and one countdown."""
    return state.failure is not None and error is state.failure.error


def _is_waiting(state: AppState, error: Exception) -> bool:
    return state.retry is not None and _is_own(state, error)


def _countdown(state: AppState, error: Exception) -> Element | None:
    if not _is_waiting(state, error):
        return None
    return el("p", None, "It is asked again by itself in ", countdown.place("retry"), ".")


def _permission(state: AppState, error: Exception) -> Node:
    if not isinstance(error, NotPermitted):
        return None
    from app.view.permission import permission

    return permission(state, error)


def _by_hand(state: AppState, error: Exception) -> Element | None:
    if not isinstance(error, ChallengeHidden) or not _is_own(state, error):
        return None
    from app.view.challenge_form import challenge_form

    return challenge_form(error.registry, state.mistake)


def _actions(state: AppState, words: Explanation, scene: Scene, error: Exception) -> Element | None:
    buttons = [_action(state, action, first) for first, action in _kept(state, words.actions)]
    if _is_waiting(state, error):
        now = command("retry", "Try now", kind="btn btn--primary")
        rest = [_action(state, action, False) for _, action in _kept(state, words.actions) if action != "retry"]
        buttons = [now, command("cancel-retry", "Cancel"), *rest]
    elif isinstance(error, LoginRequired | ChallengeHidden | AccessDenied | TokenServiceFailed | RealmRefused):
        buttons.append(button_link(links.view("transcript", state.route.registry), "Transcript"))
    if is_for_the_doctor(error) and not (state.checkup is not None and _is_own(state, error)):
        buttons.append(_doctor(state, error))
    shown = [button for button in buttons if button is not None]
    return el("p.row", None, shown) if shown else None


def _kept(state: AppState, actions: tuple[Action, ...]) -> list[tuple[bool, Action]]:
    # The form to open a repository by name is on the page already.
    by_name = "repository" in actions
    kept = [action for action in dict.fromkeys(actions) if action != "repository"]
    return [(number == 0 and not by_name, action) for number, action in enumerate(kept)]


def _action(state: AppState, action: Action, first: bool) -> Element | None:
    route = state.route
    primary = "btn btn--primary" if first and state.login is None else "btn"
    if action == "retry":
        return command("retry", "Retry", kind=primary)
    if action == "sign-in":
        standing = state.standing
        if standing is None or standing.scheme is None or state.login is not None:
            return None
        return command("sign-in", "Sign in" if standing.username is None else "Sign in as someone else")
    if action == "registry":
        return button_link(links.registry(route), "The registry")
    if action == "tags":
        return button_link(links.repository(route), "All tags")
    return _address(route.registry) if action == "address" and route.registry is not None else None


def is_for_the_doctor(error: Exception) -> bool:
    """Whether it may be a matter of what the browser lets a page see: not where the answer was read and is plain."""
    if isinstance(error, TokenServiceFailed):
        return not isinstance(error, TokenServiceBusy)
    plain = Forbidden | NotFound | RateLimited | BadDigest | NotPermitted
    return isinstance(error, ClientError | ChallengeHidden | UnusableChallenge) and not isinstance(error, plain)


def _extension(state: AppState, error: Exception) -> Element | None:
    """The way out, where the browser may have hidden an answer."""
    hidden = isinstance(error, ChallengeHidden | Unreachable) or (
        isinstance(error, TokenServiceFailed) and error.reason == "unreachable"
    )
    if not hidden:
        return None
    from app.view.extension_offer import extension_hint

    return extension_hint(state)


def _doctor(state: AppState, error: Exception) -> Element | None:
    if state.route.registry is None:
        return None
    from app.view.doctor_links import doctor_link

    return button_link(doctor_link(state, error), "Ask the CORS doctor")


def _address(registry: Origin) -> Element:
    from app.client.endpoints import ping_url

    url = ping_url(registry)
    return external(url, "Open ", el("span.mono", None, wrapping(url)), " in a new tab")
