"""Lists of files: folders, matches, what is biggest."""

from app.layers.entry import EntryKind, Oddity
from app.state.files_model import FilesPage, Line, Order
from app.state.model import CHUNK, AppState
from app.state.renderer import RegionView
from app.view import files_links
from app.view.components import arguments, dash, icon
from app.view.files_words import ODD, mark, moment
from app.view.format import plural, size
from app.view.layers import colour
from app.view.listing import show_more
from app.view.markup import Element, Node, el, foreign, render
from app.view.tables import cell, column, island, row, row_head, table

SORTS: tuple[tuple[Order, str], ...] = (
    ("name", "name"),
    ("size", "size, biggest first"),
    ("-size", "size, smallest first"),
    ("modified", "modified, latest first"),
    ("-modified", "modified, oldest first"),
    ("layer", "layer, base first"),
    ("-layer", "layer, last first"),
)
_LONGEST = 300
_ICONS: dict[EntryKind, str] = {"folder": "folder", "symlink": "link", "hardlink": "link"}
_WHITEOUT = ".wh."
_OPAQUE = ".wh..wh..opq"


def chunks(page: FilesPage) -> int:
    return -(-len(page.lines) // CHUNK)


def listing(page: FilesPage, name: str) -> Node:
    """The table with the empty places of its rows."""
    bodies = [island("tbody", number, {"role": "rowgroup"}) for number in range(chunks(page))]
    columns = (
        _sorted("Name", "name", page.order),
        column("Mode"),
        column("Owner", "hide-medium"),
        _sorted("Size", "size", page.order, "num"),
        _sorted("Modified", "modified", page.order),
        _sorted("Layer", "layer", page.order),
    )
    return (table(name, columns, bodies), show_more() if len(page.lines) < page.total else None)


def _sorted(name: str, by: Order, order: Order, classes: str = "") -> Element:
    way = (
        "none"
        if order.lstrip("-") != by
        else "descending"
        if (order == by) != (by in ("name", "layer"))
        else "ascending"
    )
    button = el("button.sort", {"type": "button", "data-command": "files-sort", "data-args": arguments(by=by)}, name)
    return column(button, classes, sort=way)


def rows(state: AppState, page: FilesPage) -> tuple[RegionView, ...]:
    """The regions of the rows, a chunk each."""
    return tuple(_chunk(state, page, number) for number in range(chunks(page)))


def _chunk(state: AppState, page: FilesPage, number: int) -> RegionView:
    lines = page.lines[number * CHUNK : (number + 1) * CHUNK]
    apart = bool(page.search) or page.show != "tree"
    key = (state.route, lines, apart, page.whole)
    return RegionView(
        f"rows-{number}", key, lambda: render([_row(state, page, line, apart) for line in lines]), len(lines)
    )


def _row(state: AppState, page: FilesPage, line: Line, apart: bool) -> Element:
    gone = line.mark in ("deleted", "hidden")
    return row(
        row_head("lead", _name(state, page, line, apart, gone)),
        cell("fit", el("code", None, line.letters) if line.letters else dash()),
        cell("fit hide-medium hide-narrow", foreign(line.owner)),
        cell("num", size(line.size)),
        cell("fit", when(line.mtime)),
        cell("fit", swatch(line.layer), label="layer"),
        kind="tr.is-muted" if gone else "tr",
    )


def swatch(number: int | None) -> Node:
    """A layer's number beside its colour."""
    return dash() if number is None else el("span", None, el(f"span.swatch.{colour(number)}"), f" {number}")


def when(mtime: float | None) -> Node:
    found = moment(mtime)
    if found is None:
        return dash()
    return (found[0], el("span.wide-only", None, f" {found[1]}"))


def shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _name(state: AppState, page: FilesPage, line: Line, apart: bool, gone: bool) -> Element:
    name = line.name
    white = name.startswith(_WHITEOUT) and not line.folder
    shown = shortened(line.path if apart else name) or "/"
    if white and not apart:
        shown = "everything below" if name == _OPAQUE else shortened(name.removeprefix(_WHITEOUT))
    if line.folder and not apart:
        shown += "/"
    text: Node = foreign(shown)
    if gone or white:
        text = el("s.whiteout", None, text)
    linked = el("a", {"href": files_links.line(state.route, page, line)}, text)
    words = _whiteout(name) if white else mark(line)
    return el(
        "span.name",
        None,
        icon(_ICONS.get(line.kind, "file")),
        el(
            "span",
            None,
            linked,
            (" ", el("span.faint", None, "→ ", foreign(shortened(line.target)))) if line.target else None,
            (" ", el(f"span.badge.badge--{_tone(line, white)}", None, words)) if words else None,
            [(" ", odd(one)) for one in line.oddities if one not in ("absolute", "not-canonical") or apart],
            (" ", el("span.faint.small", None, plural(line.files, "file")))
            if line.files and line.folder and not apart and not gone
            else None,
        ),
    )


def odd(one: Oddity) -> Element:
    return el("span.badge.badge--warn", None, ODD[one])


def _whiteout(name: str) -> str:
    return "hides all below" if name == _OPAQUE else "deletes it below"


def _tone(line: Line, white: bool) -> str:
    if white or line.mark in ("deleted", "removed", "emptied"):
        return "danger"
    return "ok" if line.mark == "added" else "warn"
