"""AppState → the regions of the page. A kind of page is imported when first shown: start-up pays for no other."""

from importlib import import_module
from typing import Protocol, cast

from app.state.model import AppState
from app.state.renderer import RegionView, Screen
from app.view.markup import Node, el, hostile
from app.view.markup import render as html

_PAGES = {
    "Landing": "landing",
    "Catalog": "catalog",
    "Tags": "tags",
    "ManifestPage": "manifest",
    "Raw": "raw",
    "Blob": "blob",
    "SettingsPage": "settings",
    "TranscriptPage": "transcript",
    "TokenPage": "token_page",
    "IdentitiesPage": "identities",
    "UseCasesPage": "use_cases",
    "DoctorPage": "doctor",
    "PlaygroundPage": "playground",
    "FilesPage": "files_page",
    "ReferrersPage": "referrer_page",
    "ComparePage": "compare",
    "Missing": "missing",
}


class PageView(Protocol):
    """What a module that shows one kind of page has."""

    def title(self, state: AppState) -> str: ...
    def announce(self, state: AppState) -> str: ...
    def regions(self, state: AppState) -> tuple[RegionView, ...]: ...


def render(state: AppState) -> Screen:
    """The whole page. Nothing is written before a region's `build` is called."""
    view = _view_of(type(state.page).__name__)
    title = view.title(state)
    named = f"{title} · {state.config.title}" if title else state.config.title
    build = RegionView("build", state.config.build, lambda: html(_build(state)), 0)
    regions = (_context(state), *view.regions(state), *_retry(state), _suggestions(state), build)
    return Screen(hostile(named), regions, _announced(state, view))


def _view_of(page: str) -> PageView:
    return cast(PageView, import_module(f"app.view.{_PAGES[page]}"))


def _announced(state: AppState, view: PageView) -> str:
    if not state.locked:
        return view.announce(state)
    from app.view.context import LOCKED

    return f"{LOCKED}. {view.announce(state)}"


def _context(state: AppState) -> RegionView:
    if state.route.registry is None and not state.locked:
        return RegionView("context", None, str, 0)
    from app.view import context

    return RegionView("context", context.key(state), lambda: html(context.bar(state)), 0)


def _retry(state: AppState) -> tuple[RegionView, ...]:
    if state.retry is None:
        return ()
    from app.view import countdown

    return (countdown.region("retry", state.retry, over="a moment"),)


def _suggestions(state: AppState) -> RegionView:
    def build() -> str:
        return html([el("option", {"value": hostile(one)}) for one in state.suggestions])

    return RegionView("suggestions", state.suggestions, build, 0)


def _build(state: AppState) -> Node:
    return ["Portolan ", el("span.mono", None, hostile(state.config.build))]
