"""One entry of a tree: its contents, what its header says, its copies in other layers."""

from app.layers.file_diff import FileDiff
from app.state.files_model import Copy, Details, FilesPage, FileView
from app.state.model import AppState
from app.view import files_links, frame
from app.view.components import command, copy, hidden, icon, notice, outcome
from app.view.content_view import content_view, facts
from app.view.file_details import about, link
from app.view.files_list import swatch, when
from app.view.files_words import KINDS, TROUBLE
from app.view.format import exact_size, plural, size
from app.view.markup import Element, Node, el, foreign, hostile, wrapping
from app.view.problem import brief
from app.view.tables import body, cell, column, row, row_head, table

_COPIED = 200_000
"""Bytes of a text that a button copies: it waits in the page."""

_CUT = 300


def pane(state: AppState, page: FilesPage, details: Details) -> Node:
    """The file in one card, what is known of it in others."""
    path = page.via or page.path
    return el(
        "div.stack",
        None,
        _via(state, page),
        _content(state, page, details, path),
        el(
            "div.split.split--2",
            None,
            _section("Entry", el("div.card.card-body", None, about(state, details))),
            _copies(state, page, details, path),
        ),
    )


def folder(state: AppState, page: FilesPage, details: Details) -> Element:
    """What is known of the folder itself, out of the way."""
    said = el("summary.card-body.row.tight", None, frame.caret(), "About this folder")
    told = el("div.card-body", None, _via(state, page), about(state, details))
    return el(
        "div.stack", None, el("details.card", None, said, told), _copies(state, page, details, page.via or page.path)
    )


def _section(heading: str, *content: Node) -> Element:
    return el("section.section", None, el("h2", None, heading), *content)


def _via(state: AppState, page: FilesPage) -> Node:
    if page.via is None:
        return None
    return el(
        "p.muted",
        None,
        "By way of symbolic links this is ",
        el("a.mono", {"href": files_links.at(state.route, page.via)}, wrapping(f"/{page.via}")),
        ".",
    )


def _content(state: AppState, page: FilesPage, details: Details, path: str) -> Element:
    view = page.file
    name = path.rpartition("/")[2]
    content = view.content if view is not None else None
    said = facts(content.data, content.size) if content is not None else size(details.entry.size)
    actions: Node = None
    if details.entry.kind in ("file", "hardlink", "other"):
        actions = (
            command("files-download", icon("down"), " Download"),
            _copy(content.data, path) if content is not None and content.complete else None,
        )
    return el(
        "section.section",
        {"id": "pane", "aria-labelledby": "pane-title"},
        el(
            "div.card",
            None,
            el(
                "div.card-head",
                None,
                el("h2.mono.small", {"id": "pane-title"}, foreign(f"/{path}"[:_CUT])),
                el(
                    "span.row.tight",
                    None,
                    el("span.muted.small", None, f"{said} · from layer {details.layer}"),
                    actions,
                ),
            ),
            _shown(state, page, details, view, name, path),
        ),
    )


def _copy(data: bytes, path: str) -> Node:
    if len(data) > _COPIED or b"\0" in data:
        return None
    try:
        return copy(data.decode("utf-8"), f"content of {hostile(path[-_CUT:])}")
    except UnicodeDecodeError:
        return None


def _shown(state: AppState, page: FilesPage, details: Details, view: FileView | None, name: str, path: str) -> Node:
    entry = details.entry
    if entry.kind == "symlink":
        return el("div.card-body", None, link(state, details))
    if entry.kind not in ("file", "hardlink", "other"):
        return el("p.card-body.muted", None, f"A {KINDS[entry.kind]} has no contents in the layer.")
    if view is None or view.phase == "reading":
        cost = size(view.cost) if view is not None and view.cost is not None else None
        return el(
            "p.card-body.muted", None, f"About {cost} of the layer are fetched for it…" if cost else "It is being read…"
        )
    if view.phase == "asked":
        return el(
            "div.card-body.flow",
            None,
            el("p", None, f"About {size(view.cost or 0)} of the layer have to come for this file."),
            el("p", None, command("files-file", f"Fetch {size(view.cost or 0)}")),
        )
    if view.content is None:
        said = TROUBLE[view.trouble] if view.trouble is not None else None
        why = brief(view.failure.error) if view.failure is not None else ""
        return el(
            "div.card-body",
            None,
            notice(
                "danger",
                "The contents could not be read",
                el("p", None, said or f"The registry did not send them ({why})."),
                el("p.row", None, command("files-go-on", "Try again")),
                level="h3",
            ),
        )
    if view.against is not None:
        return _diff(state, page, view, path)
    at = state.route.parameter("at") or ""
    start = int(at) if at.isascii() and at.isdecimal() and len(at) < 12 else 0
    return (
        content_view(
            view.content.data,
            name,
            "",
            view.content.size,
            state.route.parameter("as"),
            lambda form, first: files_links.form(state.route, page.path, form, first),
            start,
        ),
        _foot(view),
    )


def _foot(view: FileView) -> Node:
    """How the bytes came here and what vouches for them."""
    ways = {
        "range": f"About {size(view.cost)} fetched from the registry for it"
        if view.cost is not None
        else "Fetched for it",
        "spill": "Read from what this browser put aside; nothing was fetched for it",
        "held": "Held by the manifest itself",
    }
    checked = view.content.checked if view.content is not None else "none"
    vouched: Node = None
    if checked == "ok":
        vouched = (" · ", outcome("ok", "as its table of contents says"))
    elif checked == "wrong":
        vouched = (" · ", outcome("bad", "not what its table of contents says"))
    more = None
    if view.trouble is not None or view.failure is not None:
        more = (" · ", outcome("bad", "the download failed"))
    return el("p.card-foot", None, ways[view.way], vouched, more)


def _diff(state: AppState, page: FilesPage, view: FileView, path: str) -> Node:
    from app.view.content_text import diff_view

    back = el("a", {"href": files_links.at(state.route, page.path)}, "The file itself")
    found = view.diff
    if found is None:
        return el("p.card-body.row", None, f"The copy of layer {view.against} could not be read.", back)
    return (
        el("p.card-body.row", None, el("span", None, _difference(found, view.against)), back),
        diff_view(found.hunks, f"Difference from layer {view.against}") if found.hunks else None,
    )


def _difference(found: FileDiff, against: int | None) -> str:
    other = f"layer {against}"
    old, new = (exact_size(each) for each in found.sizes)
    match found.kind:
        case "same":
            return f"The same as in {other}, byte for byte."
        case "lines":
            return f"{plural(found.added, 'line')} more and {plural(found.removed, 'line')} less than in {other}."
        case "binary":
            return f"Other bytes than in {other}: {old} there, {new} here."
    return f"Another text than in {other}, too long to compare by lines: {old} there, {new} here."


def _copies(state: AppState, page: FilesPage, details: Details, path: str) -> Node:
    if not page.whole or len(details.copies) < 2:
        return None
    columns = (column("Layer"), column("What"), column("Size", "num"), column("Modified"), column("Difference"))
    rows = [_copy_row(state, page, one, details, path) for one in details.copies]
    return _section("In the layers", table("This path in the layers", columns, body(*rows)))


def _copy_row(state: AppState, page: FilesPage, one: Copy, details: Details, path: str) -> Element:
    here = files_links.at(state.route, path, layer=str(one.layer))
    compared: Node = None
    if not one.current and not one.whiteout and one.kind == "file" and details.entry.kind == "file":
        kept = {"layer": state.route.parameter("layer"), "diff": str(one.layer)}
        compared = el(
            "a", {"href": files_links.at(state.route, path, **kept)}, "Compare", hidden(f" with layer {one.layer}")
        )
    what: Node = "deletes it" if one.whiteout else KINDS[one.kind]
    number = swatch(one.layer)
    return row(
        row_head("lead", number if one.whiteout or one.current else el("a", {"href": here}, number)),
        cell("fit", what, (" ", el("span.badge", None, "shown here")) if one.current else None),
        cell("num", "" if one.whiteout else size(one.size)),
        cell("fit", when(one.mtime)),
        cell("act", compared),
        kind="tr.is-current" if one.current else "tr",
    )
