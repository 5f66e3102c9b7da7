"""The pages of files: an image's as a container sees them, or those of one layer."""

from collections.abc import Mapping

from app.state.files_model import FilesPage, Unsuitable
from app.state.model import AppState
from app.state.renderer import RegionView
from app.view import file_pane, files_links, files_list, files_progress, frame
from app.view.components import button_link, digest_link, notice, page_head, skeleton
from app.view.files_summary import biggest, listed, wasted
from app.view.files_toolbar import counted, finder, summary, toolbar
from app.view.format import plural, size
from app.view.markup import Element, Node, el, foreign, group, hostile, render
from app.view.tabs import OF_AN_IMAGE, OF_ANOTHER, Tab, tabs

_UNSUITABLE: Mapping[Unsuitable, tuple[str, str]] = {
    "no-layers": ("No files", "This manifest names no layer."),
    "unknown": ("No files that Portolan can find", "It does not know this kind of document."),
    "no-archive": ("No tree of files", "This is an artifact: what is in it is listed on its own page, file by file."),
}
_CUT = 80


def title(state: AppState) -> str:
    page = state.page
    if not isinstance(page, FilesPage):
        return ""
    inside = f"/{page.path[-_CUT:]} in " if page.path else "Files of "
    return f"{hostile(inside)}{_subject(state, page)}"


def _subject(state: AppState, page: FilesPage) -> str:
    if page.whole:
        return frame.named(state.route)
    digest = state.route.blob
    return f"layer {digest.algorithm}:{digest.short}" if digest is not None else ""


def announce(state: AppState) -> str:
    page = state.page
    if not isinstance(page, FilesPage):
        return ""
    told = frame.announcement(state, "blob")
    if told is not None:
        return told
    if page.what == "missing":
        return f"{title(state)}: nothing is there"
    if page.running or page.what == "unread":
        return f"{title(state)}: being read"
    return f"{title(state)}: {counted(page)}" if page.what == "folder" else title(state)


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page
    if not isinstance(page, FilesPage):
        return ()
    rows = files_list.rows(state, page)
    # The lines and the progress are regions of their own, so that the rest stands still while a layer is read.
    rest = page._replace(lines=(), layers=(), shown=0)
    settled = tuple((one.ref, one.phase, one.listed) for one in page.layers)
    key = ("files", *frame.key(state), state.route, rest, settled, len(rows))
    main = RegionView("main", key, lambda: render(_page(state, page)), 0)
    if not page.layers or (state.failure is not None and not page.has_data):
        return (main,)
    told = ("files", page.layers, page.running)
    progress = RegionView("files-progress", told, lambda: render(files_progress.progress(state, page)), 0)
    read = ("files", state.route, page.layers, page.running, page.platform)
    layers = RegionView("files-layers", read, lambda: render(files_progress.layers(state, page)), len(page.layers))
    return (main, progress, layers, *rows)


def _page(state: AppState, page: FilesPage) -> Element:
    route = state.route
    heading: Node = foreign(frame.named(route)) if page.whole else foreign(_subject(state, page).capitalize())
    head = page_head(heading, _facts(state, page))
    known = route.tag is not None or route.digest is not None
    shown = OF_ANOTHER if page.unsuitable is not None else OF_AN_IMAGE
    counts: Mapping[Tab, int] | None = {"layers": len(page.layers)} if page.whole and page.layers else None
    row_of_tabs = tabs(route, "files", counts, shown) if page.whole else tabs(route, "layers") if known else None
    return frame.page(state, "blob", group(head, row_of_tabs), _body(state, page))


def _facts(state: AppState, page: FilesPage) -> Element:
    facts: list[Node] = []
    if page.whole:
        total = sum(one.ref.size or 0 for one in page.layers)
        if page.platform:
            facts.append(el("span.mono", None, foreign(page.platform)))
        if page.layers:
            facts.append(el("span", None, f"{plural(len(page.layers), 'layer')}, {size(total)} packed"))
    else:
        ref = page.layers[0].ref if page.layers else None
        facts.append(el("span", None, "One layer alone, as its archive has it"))
        if ref is not None:
            facts.append(digest_link(ref.digest, None, "layer digest"))
            if ref.size is not None:
                facts.append(el("span", None, f"{size(ref.size)} packed"))
            if ref.said:
                facts.append(el("code.small", None, foreign(ref.said[:200])))
    return el("p.facts", None, *facts)


def _body(state: AppState, page: FilesPage) -> Node:
    if page.unsuitable is not None:
        words, why = _UNSUITABLE[page.unsuitable]
        manifest = state.route.at_manifest(state.route.tag, state.route.digest)
        back = el("p.row", None, button_link(str(manifest), "The manifest"))
        return notice("plain", words, el("p", None, why), back)
    if not page.layers or (state.failure is not None and not page.has_data):
        waiting = state.failure is None and not frame.asking(state)
        bars = [el("p", None, skeleton("The layers are looked up" if number == 0 else "")) for number in range(4)]
        # Where one is going stands there at once, however busy Python is.
        here = el("section.section", {"aria-labelledby": "files-title"}, toolbar(state, page))
        return (here, el("div.card.card-body.flow", None, bars)) if waiting else None
    return (
        el("div.stack", {"id": "files-progress", "data-region": True}),
        _tree(state, page),
        el("div.stack", {"id": "files-layers", "data-region": True}),
    )


def _tree(state: AppState, page: FilesPage) -> Node:
    special = bool(page.search) or page.show != "tree"
    if not special and page.what in ("file", "missing", "unread"):
        return el("section.section", {"aria-labelledby": "files-title"}, toolbar(state, page), _one(state, page))
    content = el(
        "section.section",
        {"aria-labelledby": "files-title"},
        toolbar(state, page),
        finder(state, page),
        summary(page),
        wasted(state, page) if page.show == "wasted" and not page.search else listed(state, page),
        _folder_details(state, page),
    )
    aside = biggest(state, page) if page.biggest and not special else None
    return el("div.split.split--side" if not special else "div.split", {"id": "files-tree"}, content, aside)


def _one(state: AppState, page: FilesPage) -> Node:
    if page.what == "file" and page.details is not None:
        return file_pane.pane(state, page, page.details)
    if page.what == "unread":
        return el("p.muted", None, "Not read so far; it may still come.")
    where = f"layer {page.chosen}" if page.chosen is not None else "these layers" if page.whole else "this layer"
    up = files_links.at(state.route, page.path.rpartition("/")[0])
    return notice(
        "plain",
        "Nothing is there",
        el("p", None, f"No entry of {where} is called ", el("code", None, foreign(f"/{page.path}"[:300])), "."),
        el("p.row", None, button_link(up, "The folder above")),
    )


def _folder_details(state: AppState, page: FilesPage) -> Node:
    if page.details is None or page.show != "tree" or page.search or not page.path:
        return None
    return file_pane.folder(state, page, page.details)
