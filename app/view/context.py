"""The bar above a page: where one is, and who one is there."""

from collections.abc import Mapping

from app.state.model import AppState, Missing
from app.view import links
from app.view.components import command, hidden, notice
from app.view.countdown import timer
from app.view.format import plural
from app.view.identity_menu import identity_menu
from app.view.identity_words import called
from app.view.markup import Element, Node, el, foreign, group, hostile, wrapping

LOCKED = "Signed out: nobody touched this page"


def key(state: AppState) -> object:
    """What the bar depends on; the time that is left counts in whole seconds."""
    standing = state.standing
    if standing is not None and standing.expires_in is not None:
        standing = standing._replace(expires_in=float(int(standing.expires_in)))
    people = tuple(who._replace(expires_in=None) for who in state.identities)
    said = (state.anonymously, state.anonymous_read)
    asked = (state.login is None, state.approval is None, state.busy)
    return (state.route, standing, people, said, state.locked, state.settings.idle_lock, *asked)


def bar(state: AppState) -> Element | None:
    """On the first page and the app's own there is nothing but what the lock did."""
    locked = _locked(state) if state.locked else None
    if state.route.registry is None:
        return locked
    return group(_breadcrumb(state), _identity(state), locked)


def _locked(state: AppState) -> Element:
    minutes = plural(state.settings.idle_lock, "minute")
    said = f"After {minutes} without a hand on it, Portolan forgot every password and token of this tab."
    return el("section.locked", {"aria-label": "Lock"}, notice("info", LOCKED, el("p", None, said)))


def _breadcrumb(state: AppState) -> Element:
    route = state.route
    steps: list[tuple[str, Node, str | None]] = [
        ("", wrapping(route.registry.netloc) if route.registry else "", links.registry(route))
    ]
    if route.repository is not None:
        *namespaces, name = route.repository.split("/")
        for depth, part in enumerate(namespaces):
            steps.append(("/", wrapping(part), links.registry(route, "/".join(namespaces[: depth + 1]) + "/")))
        steps.append(("/", wrapping(name), links.repository(route)))
        if route.tag is not None:
            steps.append((":", wrapping(route.tag), links.tag(route, route.tag)))
        if route.digest is not None:
            steps.append(("@", f"{route.digest.algorithm}:{route.digest.short}", links.here(route)))
    if route.view:
        steps.append((" · ", _view_name(state), None))
    items = [
        el(
            "li",
            {"data-sep": separator or None},
            el("a", {"href": href}, words)
            if href is not None and number < len(steps)
            else el("span", {"aria-current": "page"}, words),
        )
        for number, (separator, words, href) in enumerate(steps, 1)
    ]
    return el("nav.breadcrumb", {"aria-label": "Breadcrumb"}, el("ol", None, items))


_VIEWS: Mapping[str, str] = {"raw": "JSON", "token": "tokens", "use-cases": "use cases"}


def _view_name(state: AppState) -> str:
    view = state.route.view or ""
    return _VIEWS.get(view, hostile(view))


def _identity(state: AppState) -> Element | None:
    standing = state.standing
    registry = state.route.registry
    if standing is None or registry is None or isinstance(state.page, Missing):
        return None
    if state.busy or state.approval is not None:
        return None  # a name was typed, and nobody has checked it yet
    scheme = (
        None
        if standing.scheme is None
        else el("span.wide-only", None, {"basic": "Basic", "bearer": "Bearer"}[standing.scheme])
    )
    left = None if standing.expires_in is None else el("span", None, timer(standing.expires_in), " left")
    menu = identity_menu(state, registry)
    anonymously = el("span.badge.badge--warn", None, "read anonymously") if state.anonymously else None
    if standing.username is None:
        return el(
            "section.identity.identity--none",
            {"aria-label": "Not signed in"},
            el("span", None, "anonymous" if standing.scheme == "bearer" else "not signed in"),
            scheme,
            left,
            anonymously,
            command("sign-in", "Sign in", kind="btn btn--quiet")
            if standing.scheme is not None and state.login is None and not state.identities
            else None,
            menu,
        )
    return el(
        "section.identity",
        {"aria-label": "Signed in"},
        el("span", None, el("span.wide-only", None, "signed in as "), el("b", None, foreign(_name(state)))),
        scheme,
        left,
        anonymously,
        command("sign-out", "Sign out", hidden(" of this registry"), kind="btn btn--quiet"),
        menu,
    )


def _name(state: AppState) -> str:
    used = next((who for who in state.identities if who.in_use), None)
    if used is not None:
        return called(used)
    return (state.standing.username if state.standing is not None else None) or ""
