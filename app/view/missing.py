"""A place that is not there: an address that cannot be read, or a view that this version does not have."""

from app.state.model import AppState, Missing
from app.state.renderer import RegionView
from app.view import links
from app.view.components import button_link, notice, page_head
from app.view.landing import mistake
from app.view.markup import Element, el, foreign, hostile, render


def title(state: AppState) -> str:
    return "Nothing here"


def announce(state: AppState) -> str:
    page = state.page
    if isinstance(page, Missing) and page.mistake is not None:
        return f"This address cannot be read: {hostile(page.mistake[1])}"
    return "This version has no such page"


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page
    if not isinstance(page, Missing):
        return ()
    return (RegionView("main", ("missing", page, state.route), lambda: render(_page(state, page)), 0),)


def _page(state: AppState, page: Missing) -> Element:
    if page.mistake is not None:
        head, told = "This address cannot be read", mistake(page.text, page.mistake)
    else:
        head = "This version has no such page"
        told = notice(
            "plain",
            ("There is no view ", el("span.mono", None, foreign(page.view))),
            el("p", None, "A newer Portolan may have it."),
        )
    onward = []
    if state.route.registry is not None:
        if state.route.repository is not None:
            onward.append(button_link(links.repository(state.route), "The repository"))
        onward.append(button_link(links.registry(state.route), "The registry"))
    onward.append(button_link("#/", "Start page"))
    return el("div.page", None, page_head(head, mono=False), told, el("p.row", None, onward))
