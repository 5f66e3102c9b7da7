"""A registry's page: its repositories, flat or grouped by namespace."""

from app.state.model import CHUNK, AppState, Catalog
from app.state.renderer import RegionView
from app.view import frame, links
from app.view.components import codebox, notice, page_head, skeleton
from app.view.format import plural
from app.view.groups import Group, Pack, pack
from app.view.listing import counted, filter_field, is_waiting, rest, show_more
from app.view.markup import Attributes, Element, Node, el, foreign, render, wrapping
from app.view.tables import island

# Where the list stays closed and one opens a repository by name instead.
_CLOSED = frozenset({"unsupported", "denied", "hidden"})


def title(state: AppState) -> str:
    return state.route.registry.netloc if state.route.registry is not None else ""


def announce(state: AppState) -> str:
    page = state.page
    if not isinstance(page, Catalog):
        return ""
    return frame.announcement(state, "catalog") or f"{title(state)}: {_counted(page)}"


def _counted(page: Catalog) -> str:
    matching = len(page.rows) if page.filter.strip() else None
    return counted(page.listing, matching, "repository", "repositories")


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page
    if not isinstance(page, Catalog):
        return ()
    packs = _packs(page)
    total = -(-len(page.rows) // CHUNK) if packs is None else len(packs)
    chunks = min(total, -(-page.shown // CHUNK))
    key = (
        "catalog",
        *frame.key(state),
        (len(page.listing.items), *page.listing[1:]),
        page.grouped,
        page.filter.strip(),
        len(page.rows),
        (chunks, total, packs is None),
    )
    main = RegionView("main", key, lambda: render(_page(state, page, chunks, more=chunks < total)), 0)
    if packs is None:
        return (main, *(_rows(state, page, number) for number in range(chunks)))
    return (main, *(_groups(state, number, packs[number]) for number in range(chunks)))


def _packs(page: Catalog) -> tuple[Pack, ...] | None:
    """The groups, None where the list is flat: as asked, or because all of it is one namespace."""
    if not page.grouped:
        return None
    packs = pack(page.rows)
    return None if len(packs) == 1 and len(packs[0]) == 1 else packs


def _rows(state: AppState, page: Catalog, number: int) -> RegionView:
    def build() -> str:
        return render([_name(state, name, name) for name in names])

    names = page.rows[number * CHUNK : (number + 1) * CHUNK]
    return RegionView(f"rows-{number}", ("names", state.route.registry, names), build, len(names))


def _groups(state: AppState, number: int, groups: Pack) -> RegionView:
    def build() -> str:
        return render([_group(state, one) for one in groups])

    rows = sum(len(one.names) for one in groups)
    return RegionView(f"rows-{number}", ("groups", state.route.registry, groups), build, rows)


def _name(state: AppState, name: str, shown: str) -> Element:
    return el("li", None, el("a", {"href": links.repository(state.route, name)}, wrapping(shown)))


def _group(state: AppState, one: Group) -> Element:
    start = f"{one.namespace}/" if one.namespace else ""
    more = one.total - len(one.names)
    heading = wrapping(start) if start else el("span.faint", None, "no namespace")
    href = links.registry(state.route, start)
    return el(
        "details.group",
        {"open": True},
        el(
            "summary",
            None,
            frame.caret(),
            el("span", None, heading),
            " ",
            el("span.count", None, plural(one.total, "repository", "repositories")),
        ),
        el("ul.repo-grid", None, [_name(state, start + name, name) for name in one.names]),
        el(
            "p.group-more",
            None,
            el("a", {"href": href}, "Show ", plural(more, "more", "more"), " in ", wrapping(start)),
        )
        if more > 0
        else None,
    )


def _page(state: AppState, page: Catalog, chunks: int, *, more: bool) -> Element:
    closed = state.failure is not None and state.failure.kind in _CLOSED and not page.listing.items
    facts = el("p.facts", None, el("span", None, "Registry"), frame.transport(state))
    return frame.page(
        state,
        "catalog",
        page_head(foreign(title(state)), facts, None if closed else by_name()),
        None if closed else _list(state, page, chunks, more=more),
        extra=by_name() if closed else None,
    )


def by_name() -> Element:
    """The form that opens a repository, whether or not it is in a list."""
    field: Attributes = {
        "id": "repository",
        "name": "name",
        "placeholder": "harbour/tide-gauge",
        "autocomplete": "off",
        "autocapitalize": "off",
        "spellcheck": "false",
        "required": True,
    }
    return el(
        "form.byname",
        {"data-form": "repository"},
        el("label", {"for": "repository"}, "Open a repository by name"),
        el("div.joined", None, el("input.input.mono", field), el("button.btn", {"type": "submit"}, "Open")),
    )


def _list(state: AppState, page: Catalog, chunks: int, *, more: bool) -> Node:
    listing = page.listing
    if is_waiting(state, listing):
        bars = [el("p", None, skeleton("The list is being read" if number == 0 else "")) for number in range(8)]
        return _section(_heading(), el("div.card.card-body.flow", None, bars))
    if not listing.items:
        return _empty(state) if listing.complete else None
    return _section(
        _toolbar(page),
        _card(page, chunks) if page.rows else _no_match(page),
        show_more() if more else None,
        rest(state, listing, "catalog", "names"),
    )


def _section(*content: Node) -> Element:
    return el("section.section", {"aria-labelledby": "repositories"}, *content)


def _heading() -> Element:
    return el("h2", {"id": "repositories"}, "Repositories")


def _toolbar(page: Catalog) -> Element:
    switch: Attributes = {"type": "checkbox", "data-command": "group", "checked": page.grouped, "data-reset": True}
    return el(
        "div.toolbar",
        None,
        _heading(),
        filter_field("Filter repositories", "Filter by name", page.filter),
        el("label.check", None, el("input", switch), " Group by namespace"),
        el("p.end.muted", {"id": "count"}, _counted(page)),
    )


def _card(page: Catalog, chunks: int) -> Element:
    if _packs(page) is not None:
        return el("div.card", None, [island("div.pack", number) for number in range(chunks)])
    labels = [{"aria-label": f"Repositories, part {number + 1}"} for number in range(chunks)]
    return el("div.card.names", None, [island("ul.name-grid", number, label) for number, label in enumerate(labels)])


def _no_match(page: Catalog) -> Element:
    asked = el("span.mono", None, foreign(page.filter.strip()))
    said = "All of them were looked at." if page.listing.complete else "Not all names have arrived yet."
    return notice("plain", ("No repository matches “", asked, "”"), el("p", None, said), level="h3")


def _empty(state: AppState) -> Element:
    push = f"docker tag my-app {title(state)}/team/my-app:dev\ndocker push {title(state)}/team/my-app:dev"
    said = "The registry answered with an empty list. It holds nothing yet, or shows you nothing of what it holds."
    return notice(
        "plain",
        "No repositories",
        el("p", None, said),
        el("p", None, "To put something there:"),
        codebox(push, "push commands"),
    )
