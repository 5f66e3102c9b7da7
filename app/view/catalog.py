"""A registry's page: its repositories, flat or grouped by namespace."""

from app.oci.origin import is_loopback
from app.state.model import CHUNK, AppState, Catalog
from app.state.renderer import RegionView
from app.view import frame, links
from app.view.components import codebox, command, icon, island, notice, page_head, skeleton
from app.view.format import count, plural
from app.view.groups import Group, Pack, pack
from app.view.markup import Element, Node, el, group, hostile, render, wrapping

# Where one opens a repository by name instead.
_CLOSED = frozenset({"unsupported", "denied", "hidden"})


def title(state: AppState) -> str:
    return hostile(state.route.registry.netloc) if state.route.registry is not None else ""


def announce(state: AppState) -> str:
    page = state.page
    if not isinstance(page, Catalog):
        return ""
    return frame.announcement(state, "catalog") or f"{title(state)}: {counted(page)}"


def counted(page: Catalog) -> str:
    """How many repositories there are, and whether that is all of them."""
    listing = page.listing
    total = plural(len(listing.items), "repository", "repositories")
    if page.filter.strip():
        return f"{count(len(page.rows))} of {total}{'' if listing.complete else ' so far'}"
    if listing.complete:
        return total
    return f"{total} so far, {'more are coming' if listing.loading else 'there are more'}"


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page
    if not isinstance(page, Catalog):
        return ()
    packs = _packs(page)
    wanted = -(-page.shown // CHUNK)
    chunks = len(packs[:wanted]) if packs is not None else -(-min(page.shown, len(page.rows)) // CHUNK)
    more = chunks < (len(packs) if packs is not None else -(-len(page.rows) // CHUNK))
    listing = page.listing
    key = (
        "catalog", *frame.key(state), len(listing.items), listing.complete, listing.loading, listing.failure,
        page.grouped, bool(page.filter.strip()), len(page.rows), chunks, more,
    )  # fmt: skip
    main = RegionView("main", key, lambda: render(_page(state, page, chunks, more)), 0)
    if packs is None:
        slices = [page.rows[number * CHUNK : (number + 1) * CHUNK] for number in range(chunks)]
        return (main, *(_rows(state, number, names) for number, names in enumerate(slices)))
    return (main, *(_groups(state, number, packs[number]) for number in range(chunks)))


def _packs(page: Catalog) -> tuple[Pack, ...] | None:
    """The groups, None where the list is flat: as asked, or because all of it is one namespace."""
    if not page.grouped:
        return None
    packs = pack(page.rows)
    return None if len(packs) == 1 and len(packs[0]) == 1 else packs


def _rows(state: AppState, number: int, names: tuple[str, ...]) -> RegionView:
    def build() -> str:
        return render(
            [el("li", None, el("a", {"href": links.repository(route, name)}, wrapping(name))) for name in names]
        )

    route = state.route
    return RegionView(f"rows-{number}", ("names", route.registry, names), build, len(names))


def _groups(state: AppState, number: int, groups: Pack) -> RegionView:
    def build() -> str:
        return render([_group(state, one) for one in groups])

    return RegionView(
        f"rows-{number}", ("groups", state.route.registry, groups), build, sum(len(one.names) for one in groups)
    )


def _group(state: AppState, one: Group) -> Element:
    start = f"{one.namespace}/" if one.namespace else ""
    more = one.total - len(one.names)
    names = [
        el("li", None, el("a", {"href": links.repository(state.route, start + name)}, wrapping(name)))
        for name in one.names
    ]
    return el(
        "details.group",
        {"open": True},
        el(
            "summary",
            None,
            icon("chev", "caret"),
            el("span", None, wrapping(start) if start else "no namespace"),
            " ",
            el("span.count", None, plural(one.total, "repository", "repositories")),
        ),
        el("ul.repo-grid", None, names),
        el(
            "p.group-more",
            None,
            el("a", {"href": links.registry(state.route, start)}, f"Show {plural(more, 'more', 'more')} in {start}"),
        )
        if more > 0
        else None,
    )


def _page(state: AppState, page: Catalog, chunks: int, more: bool) -> Element:
    closed = state.failure is not None and state.failure.kind in _CLOSED and not page.listing.items
    return frame.page(
        state,
        "catalog",
        page_head(wrapping(title(state)), _facts(state)),
        None if closed else _list(state, page, chunks, more),
        None if closed else by_name(),
        extra=by_name() if closed else None,
    )


def _facts(state: AppState) -> Element:
    origin = state.route.registry
    if origin is not None and origin.scheme == "https":
        transport = el("span.verified", None, icon("lock"), " HTTPS")
    elif origin is not None and is_loopback(origin.host):
        transport = el("span.verified.verified--off", None, "HTTP, on this machine")
    else:
        transport = el("span.outcome.outcome--warn", None, icon("warn"), " plain HTTP, not encrypted")
    return el("p.facts", None, el("span", None, "Registry"), transport)


def by_name() -> Element:
    """The form that opens a repository whether or not it is in a list."""
    return el(
        "form.prose.byname",
        {"data-form": "repository"},
        el("label", {"for": "repository"}, "Open a repository by name"),
        el(
            "div.joined",
            None,
            el(
                "input.input.mono",
                {
                    "id": "repository",
                    "name": "name",
                    "placeholder": "harbour/tide-gauge",
                    "autocomplete": "off",
                    "autocapitalize": "off",
                    "spellcheck": "false",
                    "required": True,
                },
            ),
            el("button.btn", {"type": "submit"}, "Open"),
        ),
    )


def _list(state: AppState, page: Catalog, chunks: int, more: bool) -> Node:
    listing = page.listing
    if not listing.items and listing.complete:
        return _empty(state)
    if not listing.items:
        waiting = listing.loading and state.failure is None and not frame.asking(state)
        return _waiting() if waiting else None
    return el(
        "section.section",
        {"aria-labelledby": "repositories"},
        _toolbar(page),
        _card(page, chunks) if page.rows else _no_match(page),
        el("p.row", None, command("more", "Show more"), el("span.faint.small", None, "or scroll on")) if more else None,
        _rest(state, page),
    )


def _toolbar(page: Catalog) -> Element:
    return el(
        "div.toolbar",
        None,
        el("h2", {"id": "repositories"}, "Repositories"),
        el(
            "div.grow",
            None,
            el("label.vh", {"for": "filter"}, "Filter repositories"),
            el(
                "input.input",
                {
                    "id": "filter",
                    "type": "search",
                    "data-input": "filter",
                    "data-key": "/",
                    "value": page.filter or None,
                    "placeholder": "Filter by name",
                    "autocomplete": "off",
                    "autocapitalize": "off",
                    "spellcheck": "false",
                },
            ),
        ),
        el(
            "label.check",
            None,
            el("input", {"type": "checkbox", "data-command": "group", "checked": page.grouped, "data-reset": True}),
            " Group by namespace",
        ),
        el("p.end.muted", {"id": "count"}, counted(page)),
    )


def _card(page: Catalog, chunks: int) -> Element:
    if _packs(page) is not None:
        return el("div.card", None, [island("div.pack", number) for number in range(chunks)])
    return el(
        "div.card.names",
        None,
        [
            island("ul.name-grid", number, {"aria-label": f"Repositories, part {number + 1}"})
            for number in range(chunks)
        ],
    )


def _waiting() -> Element:
    bars = [el("p", None, skeleton("") if number else skeleton("The list is being read")) for number in range(6)]
    return el(
        "section.section",
        {"aria-labelledby": "repositories"},
        el("div.toolbar", None, el("h2", {"id": "repositories"}, "Repositories")),
        el("div.card.card-body.flow", None, bars),
    )


def _no_match(page: Catalog) -> Element:
    asked = el("span.mono", None, wrapping(page.filter.strip()))
    rest = "All of them were looked at." if page.listing.complete else "Not all names have arrived yet."
    return notice("plain", ("No repository matches “", asked, "”"), el("p", None, rest), level="h3")


def _empty(state: AppState) -> Element:
    origin = state.route.registry
    host = origin.netloc if origin is not None else ""
    push = f"docker tag my-app {host}/team/my-app:dev\ndocker push {host}/team/my-app:dev"
    return notice(
        "plain",
        "No repositories",
        el(
            "p",
            None,
            "The registry answered with an empty list. It may hold nothing yet, or show you nothing of what it holds.",
        ),
        el("p", None, "To put something there:"),
        codebox(push, "push commands"),
    )


def _rest(state: AppState, page: Catalog) -> Node:
    listing = page.listing
    if listing.failure is not None:
        return group(frame.failure(state, listing.failure, "catalog", level="h3"))
    if listing.complete or listing.loading:
        return None
    return el(
        "p.row",
        None,
        command("continue", "Load more names"),
        el("span.faint.small", None, f"Loading paused after {count(len(listing.items))} names."),
    )
