"""What every page of a registry shares: what interrupts it stands between its heading and its data."""

from app.oci.origin import is_loopback
from app.state.failure import Failure
from app.state.model import AppState
from app.state.route import Route
from app.view.components import icon, outcome
from app.view.explanation import Place, Scene
from app.view.markup import Element, Node, el, hostile


def page(state: AppState, place: Place, head: Node, *content: Node, extra: Node = None) -> Element:
    """A page: its heading, then questions to the person, then what failed, then the data that is there.

    `extra` stands inside the notice of the failure: what the page offers instead.
    """
    return el("div.page", None, head, interruptions(state), failure(state, state.failure, place, extra), *content)


def interruptions(state: AppState) -> Node:
    """A sign-in form, an approval or a warning, where one is asked for."""
    if not asking(state):
        return None
    from app.view import login

    return login.card(state)


def failure(state: AppState, found: Failure | None, place: Place, extra: Node = None, level: str = "h2") -> Node:
    """The notice of a failure."""
    if found is None:
        return None
    from app.view.trouble import trouble

    return trouble(state, found.error, scene(state, place), extra, level)


def scene(state: AppState, place: Place) -> Scene:
    route = state.route
    reference = str(route.digest) if route.digest is not None else route.tag or ""
    return Scene(
        place,
        route.registry.netloc if route.registry is not None else "",
        route.repository or "",
        reference,
        state.standing.username if state.standing is not None else None,
        not state.extension,
    )


def asking(state: AppState) -> bool:
    """Whether the page waits for the person."""
    return state.confirm is not None or state.approval is not None or state.login is not None


def key(state: AppState) -> tuple[object, ...]:
    """What the frame depends on; the query is filter and order, which the pages count themselves."""
    standing = state.standing
    who = None if standing is None else (standing.scheme, standing.username)
    return (state.route.with_query(()), state.failure, state.checkup, who, *extra_key(state))


def extra_key(state: AppState) -> tuple[object, ...]:
    """What the interruptions depend on, and a pause that is being counted down."""
    asked = (
        state.login,
        state.busy,
        state.approval,
        state.confirm,
        state.mistake,
        state.refused,
        state.storage,
        state.granted,
    )
    return (*asked, state.settings.remember, state.retry is not None)


def announcement(state: AppState, place: Place) -> str | None:
    """What a screen reader is told of what interrupts the page; None when nothing does."""
    if asking(state):
        from app.view import login

        return login.announce(state)
    if state.failure is not None:
        from app.view.problem import explain

        title = explain(state.failure.error, scene(state, place)).title
        if state.checkup is None or state.checkup.running:
            return title
        from app.view.doctor_verdict import headline

        return f"{title}. {headline(state.checkup)}"
    return None


def transport(state: AppState) -> Element:
    """How the registry is reached."""
    origin = state.route.registry
    if origin is None or origin.scheme == "https":
        return el("span.verified", None, icon("lock"), " HTTPS")
    if is_loopback(origin.host):
        return el("span.verified.verified--off", None, "HTTP, on this machine")
    return outcome("warn", "plain HTTP, not encrypted")


def caret() -> Element:
    """The mark of a `<details>` that turns as it opens."""
    return icon("chev", "caret")


def named(route: Route) -> str:
    """The repository with tag and digest, the digest in short."""
    text = route.repository or ""
    if route.tag is not None:
        text += f":{route.tag}"
    return hostile(text if route.digest is None else f"{text}@{route.digest.algorithm}:{route.digest.short}")
