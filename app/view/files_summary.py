"""What a page of files lists: a folder, matches, the biggest, the wasted."""

from app.state.files_model import FilesPage, Line
from app.state.model import AppState
from app.view import files_links, files_list
from app.view.components import notice
from app.view.format import plural, share, size
from app.view.layers import colour
from app.view.markup import Element, Node, el, foreign, hostile
from app.view.tables import body, cell, column, row, row_head, table


def listed(state: AppState, page: FilesPage) -> Node:
    notes: list[Node] = []
    if page.mistake == "long":
        notes.append(
            notice("warn", "This pattern is too long", el("p", None, "It may have 1,000 characters."), level="h3")
        )
    elif page.mistake == "more":
        notes.append(el("p.muted", None, "These are the first matches; a longer pattern finds less."))
    if not page.lines:
        return (*notes, _empty(state, page))
    name = (
        "Matches in all layers"
        if page.search
        else "Biggest files"
        if page.show == "biggest"
        else f"Files in /{page.path}"
    )
    return (*notes, files_list.listing(page, hostile(name[:300])))


def _empty(state: AppState, page: FilesPage) -> Node:
    if not page.settled:
        return el("p.muted", None, "Nothing so far.")
    if page.search:
        said = (
            "* and ? stand for any text and character, ** for any folders; without a slash, names alone are looked at."
        )
        asked = el("span.mono", None, foreign(page.search))
        return notice("plain", ("Nothing matches “", asked, "”"), el("p", None, said), level="h3")
    return notice("plain", "Nothing here", el("p", None, "The folder is empty."), level="h3")


def biggest(state: AppState, page: FilesPage) -> Element:
    most = page.biggest[0].size or 1
    return el(
        "section.section",
        {"aria-labelledby": "biggest-title"},
        el(
            "div.section-head",
            None,
            el("h2", {"id": "biggest-title"}, "Biggest files"),
            el("span.faint.small", None, "unpacked, coloured by layer"),
        ),
        el("ol.card.bars", None, [_bar(state, page, line, most) for line in page.biggest]),
    )


def _bar(state: AppState, page: FilesPage, line: Line, most: int) -> Element:
    shown = size(line.size)
    return el(
        "li",
        None,
        el("a", {"href": files_links.line(state.route, page, line)}, foreign(f"/{line.path}"[:300])),
        el("span", None, shown),
        el(
            f"svg.meter.{colour(line.layer or 1)}",
            {
                "viewBox": "0 0 1000 6",
                "preserveAspectRatio": "none",
                "role": "img",
                "aria-label": f"{shown} of {size(most)}, layer {line.layer}",
            },
            el("rect", {"width": max(1000 * line.size // most, 2), "height": 6}),
        ),
    )


def wasted(state: AppState, page: FilesPage) -> Node:
    waste = page.waste
    if waste is None:
        return None
    if not waste.rows:
        return notice(
            "ok", "No byte is wasted", el("p", None, "No layer replaces or deletes what a lower one has."), level="h3"
        )
    columns = (column("Path"), column("Size", "num"), column("Copies", "num"), column("Layer"))
    numbers = [one.ref.number for one in page.layers]
    rows = [
        row(
            row_head(
                "lead",
                el(
                    "a.mono",
                    {"href": files_links.at(state.route, one.path, layer=str(numbers[one.last.layer]))},
                    foreign(one.path[:300]),
                ),
            ),
            cell("num", size(one.size)),
            cell("num", plural(one.copies, "copy", "copies")),
            cell("fit", files_list.swatch(numbers[one.last.layer]), label="layer"),
        )
        for one in waste.rows
    ]
    part = share(waste.hidden, waste.carried)
    said = (
        f"{size(waste.hidden)} of {size(waste.carried)} ({part}) are in layers, but replaced or deleted by later ones."
    )
    return (el("p", None, said), table("Wasted bytes", columns, body(*rows)))
