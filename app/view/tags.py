"""A repository's page: its tags, filled in where they are in view."""

from app.oci.digest import Digest
from app.state.model import CHUNK, AppState, TagDetail, TagOrder, Tags
from app.state.renderer import RegionView
from app.view import frame, links
from app.view.components import (
    arguments,
    badge,
    copy,
    dash,
    digest_link,
    hidden,
    moment,
    notice,
    outcome,
    page_head,
    skeleton,
)
from app.view.format import size
from app.view.listing import counted, filter_field, is_waiting, rest, show_more
from app.view.markup import Element, Node, el, foreign, hostile, render, wrapping
from app.view.pull_menu import pull_menu
from app.view.tables import body, cell, column, island, row, row_head, table

_ORDERS: tuple[tuple[TagOrder, str], ...] = (
    ("-version", "version, highest first"),
    ("version", "version, lowest first"),
    ("name", "name, A to Z"),
    ("-name", "name, Z to A"),
)


def title(state: AppState) -> str:
    return hostile(state.route.repository or "")


def announce(state: AppState) -> str:
    page = state.page
    if not isinstance(page, Tags):
        return ""
    return frame.announcement(state, "tags") or f"{title(state)}: {_counted(page)}"


def _counted(page: Tags) -> str:
    return counted(page.listing, len(page.rows) if page.filter.strip() else None, "tag", "tags")


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page
    if not isinstance(page, Tags):
        return ()
    chunks = -(-min(page.shown, len(page.rows)) // CHUNK)
    named, detail = _to_pull(page)
    key = (
        "tags",
        *frame.key(state),
        (len(page.listing.items), *page.listing[1:]),
        page.order,
        page.filter.strip(),
        len(page.rows),
        chunks,
        (named, detail.digest, detail.kind),
    )
    main = RegionView("main", key, lambda: render(_page(state, page, chunks)), 0)
    return (main, *(_rows(state, page, number) for number in range(chunks)))


_UNREAD = TagDetail(None, None, None, (), None, None)


def _rows(state: AppState, page: Tags, number: int) -> RegionView:
    def build() -> str:
        return render([_row(state, name, detail) for name, detail in zip(names, details, strict=True)])

    names = page.rows[number * CHUNK : (number + 1) * CHUNK]
    details = tuple(page.details.get(name) for name in names)
    key = (state.route.registry, state.route.repository, names, details)
    return RegionView(f"rows-{number}", key, build, len(names))


def _row(state: AppState, name: str, detail: TagDetail | None) -> Element:
    route = state.route
    reference = f"{route.registry.netloc if route.registry else ''}/{route.repository}:{name}"
    return row(
        row_head("lead", el("a.tag", {"href": links.tag(route, name)}, wrapping(name))),
        _details(state, detail),
        cell("act hide-narrow hide-medium", copy(reference, f"reference {route.repository}:{name}")),
    )


def _details(state: AppState, detail: TagDetail | None) -> Node:
    if detail is None:
        return (cell("fit", skeleton()), cell("fit"), cell("hide-narrow"), cell("num"), cell("fit"))
    if detail.failure is not None:
        from app.view.problem import brief

        said = outcome("bad", brief(detail.failure.error))
        return (cell("fit", said), cell("fit"), cell("hide-narrow"), cell("num"), cell("fit"))
    return (
        cell("fit", _digest(state, detail.digest)),
        cell("fit", badge(detail.kind) if detail.kind else None),
        cell("fit" if detail.platforms else "fit hide-narrow", _platforms(detail.platforms)),
        cell("num", size(detail.size)) if detail.size is not None else cell("num hide-narrow", dash()),
        cell("fit" if detail.created else "fit hide-narrow", moment(detail.created)),
    )


def _digest(state: AppState, digest: Digest | None) -> Element:
    return dash() if digest is None else digest_link(digest, links.manifest(state.route, digest))


def _platforms(platforms: tuple[str, ...]) -> Node:
    if not platforms:
        return dash()
    if len(platforms) == 1:
        return wrapping(platforms[0])
    short = (
        [one.removeprefix("linux/") for one in platforms]
        if all(one.startswith("linux/") for one in platforms)
        else platforms
    )
    shown = ", ".join(hostile(one) for one in short[:2])
    return el(
        "span", {"title": hostile(", ".join(platforms))}, f"{shown}, +{len(short) - 2}" if len(short) > 2 else shown
    )


def _to_pull(page: Tags) -> tuple[str | None, TagDetail]:
    """What the pull menu is about: latest where there is one, else the first row."""
    named = "latest" if "latest" in page.listing.items else next(iter(page.rows), None)
    return named, page.details.get(named or "", _UNREAD)


def _page(state: AppState, page: Tags, chunks: int) -> Element:
    route = state.route
    named, detail = _to_pull(page)
    menu = (
        pull_menu(route.registry, route.repository, named, detail.digest, detail.kind)
        if named is not None and route.registry is not None and route.repository is not None
        else None
    )
    reference = f"{route.registry.netloc if route.registry else ''}/{route.repository}"
    heading = (foreign(route.repository or ""), copy(reference, f"reference {reference}"))
    facts = el("p.facts", None, el("span", None, "Repository"), frame.transport(state))
    return frame.page(state, "tags", page_head(heading, facts, menu), _list(state, page, chunks))


def _list(state: AppState, page: Tags, chunks: int) -> Node:
    listing = page.listing
    if is_waiting(state, listing):
        return _section(*_waiting(state))
    if not listing.items:
        return _empty(state) if listing.complete else None
    islands = [island("tbody", number, {"role": "rowgroup"}) for number in range(chunks)]
    note = "Grey bars are rows still being read. Size is what is pulled, over all platforms."
    return _section(
        _toolbar(page),
        _table(state, page, islands) if page.rows else _no_match(page),
        show_more() if chunks * CHUNK < len(page.rows) else None,
        rest(state, listing, "tags", "tags"),
        el("p.faint.small", None, note) if page.rows else None,
    )


def _empty(state: AppState) -> Element:
    return notice(
        "plain",
        "No tags",
        el("p", None, "The repository exists and has no tag. What it holds opens by digest alone:"),
        el("p", None, el("code", None, wrapping(f"{title(state)}@sha256:…"))),
    )


def _section(*content: Node) -> Element:
    return el("section.section", {"aria-labelledby": "tags"}, *content)


def _toolbar(page: Tags) -> Element:
    return el(
        "div.toolbar",
        None,
        el("h2", {"id": "tags"}, "Tags"),
        filter_field("Filter tags", "Filter by tag or digest", page.filter),
        el(
            "div.row.tight",
            None,
            el("label.muted.small", {"for": "sort"}, "Sort"),
            el(
                "select.select",
                {"id": "sort", "data-command": "sort", "data-reset": True},
                [el("option", {"value": order, "selected": order == page.order}, words) for order, words in _ORDERS],
            ),
        ),
        el("p.end.muted", {"id": "count"}, _counted(page)),
    )


def _table(state: AppState, page: Tags, bodies: Node) -> Element:
    by = page.order.lstrip("-")
    descending = page.order.startswith("-")
    sort = el("button.sort", {"type": "button", "data-command": "sort", "data-args": arguments(by=by)}, "Tag")
    columns = (
        column(sort, sort="descending" if descending else "ascending"),
        column("Digest"),
        column("Type"),
        column("Platforms"),
        column("Size", "num"),
        column("Created"),
        column(hidden("Copy"), "hide-medium"),
    )
    return table(f"Tags of {title(state)}", columns, bodies)


def _waiting(state: AppState) -> tuple[Element, ...]:
    bars = ["The tags are being read", "", "", "", "", ""]
    empty = (cell("fit"), cell("fit"), cell("hide-narrow"), cell("num"), cell("fit"))
    rows = [row(cell("lead", skeleton(words)), *empty) for words in bars]
    columns = [column(name) for name in ("Tag", "Digest", "Type", "Platforms", "Size", "Created")]
    heading = el("div.toolbar", None, el("h2", {"id": "tags"}, "Tags"))
    return (heading, table(f"Tags of {title(state)}", columns, body(*rows)))


def _no_match(page: Tags) -> Element:
    asked = el("span.mono", None, foreign(page.filter.strip()))
    said = "A digest is found once its row was read." if page.listing.complete else "Not all tags have arrived yet."
    return notice("plain", ("No tag matches “", asked, "”"), el("p", None, said), level="h3")
