"""Above a list of files: where one is, what else can be shown, what is looked for."""

from collections.abc import Sequence

from app.state.files_model import FilesPage
from app.state.model import AppState
from app.view import files_links, files_list
from app.view.format import plural, size
from app.view.layers import colour
from app.view.markup import Element, Node, el, foreign, hostile

_CUT = 80


def counted(page: FilesPage) -> str:
    if page.show == "wasted" and page.waste is not None:
        return plural(page.waste.paths, "path")
    so_far = (
        " so far" if any(not one.listed and one.phase != "failed" and page.matters(one) for one in page.layers) else ""
    )
    return plural(page.total, "match" if page.search else "entry", "matches" if page.search else "entries") + so_far


def toolbar(state: AppState, page: FilesPage) -> Element:
    return el(
        "div.toolbar",
        None,
        el("h2.vh", {"id": "files-title"}, "Files"),
        _breadcrumb(state, page),
        el("div.row.tight.end", None, _views(state, page), _platforms(page), _chooser(page)),
    )


def _breadcrumb(state: AppState, page: FilesPage) -> Element:
    parts = page.path.split("/") if page.path else []
    special = bool(page.search) or page.show != "tree"
    last = "search" if page.search else {"biggest": "biggest files", "wasted": "wasted bytes"}.get(page.show, "")
    steps: list[tuple[str, str, str]] = [("", "/", files_links.at(state.route, ""))]
    if not special:
        hidden = len(parts) > 12
        for depth, part in enumerate(parts):
            if not hidden or depth < 4 or depth > len(parts) - 6:
                separator = "/" if depth else ""
                steps.append((separator, part[:_CUT], files_links.at(state.route, "/".join(parts[: depth + 1]))))
    elif last:
        steps.append((" · ", last, ""))
    items = [
        el(
            "li",
            {"data-sep": separator or None},
            el("span", {"aria-current": "page"}, foreign(words))
            if number == len(steps)
            else el("a", {"href": href}, foreign(words)),
        )
        for number, (separator, words, href) in enumerate(steps, 1)
    ]
    return el("nav.breadcrumb", {"aria-label": "Folders"}, el("ol", None, items))


def _views(state: AppState, page: FilesPage) -> Node:
    if page.running or not page.layers:
        return None
    here = files_links.at(state.route, "", layer=state.route.parameter("layer"))
    links = [("Tree", here, page.show == "tree" and not page.search)]
    biggest = files_links.at(state.route, "", layer=state.route.parameter("layer"), show="biggest")
    links.append(("Biggest", biggest, page.show == "biggest"))
    if page.whole and len(page.layers) > 1:
        links.append(("Wasted", files_links.at(state.route, "", layer=None, show="wasted"), page.show == "wasted"))
    items = [
        el("li", None, el("a", {"href": to, "aria-current": "true" if on else None}, word)) for word, to, on in links
    ]
    return el("nav.choices.choices--bare", {"aria-label": "Lists"}, el("ul", None, items))


def _select(name: str, label: str, choices: Sequence[tuple[str, str]], chosen: str) -> Node:
    options = [el("option", {"value": key, "selected": key == chosen}, words) for key, words in choices]
    return el(
        "span.row.tight",
        None,
        el("label.muted.small", {"for": name}, label),
        el("select.select", {"id": name, "data-command": name, "data-reset": True}, options),
    )


def _platforms(page: FilesPage) -> Node:
    if not page.whole or len(page.platforms) < 2:
        return None
    return _select("files-platform", "Platform", [(one, hostile(one)) for one in page.platforms], page.platform or "")


def _chooser(page: FilesPage) -> Node:
    if not page.whole or len(page.layers) < 2:
        return None
    choices = [("", "all layers merged")]
    choices += [(str(one.ref.number), f"layer {one.ref.number} only") for one in page.layers]
    return _select("files-layer", "Show", choices, "" if page.chosen is None else str(page.chosen))


def finder(state: AppState, page: FilesPage) -> Element:
    attributes = {
        "id": "files-find",
        "name": "search",
        "type": "search",
        "data-key": "/",
        "value": page.search or None,
        "placeholder": "Find a file in all layers" if page.whole else "Find a file",
        "autocomplete": "off",
        "autocapitalize": "off",
        "spellcheck": "false",
        "maxlength": 1000,
    }
    deleted = el(
        "label.check",
        None,
        el("input", {"type": "checkbox", "data-command": "files-deleted", "checked": page.deleted, "data-reset": True}),
        " Show deleted",
    )
    merged = page.whole and page.chosen is None and len(page.layers) > 1 and page.show == "tree" and not page.search
    return el(
        "div.toolbar",
        None,
        el(
            "form.grow.joined",
            {"data-form": "files-search", "role": "search"},
            el("label.vh", {"for": "files-find"}, "Find files by name or glob"),
            el("input.input", attributes),
            el("button.btn", {"type": "submit"}, "Find"),
        ),
        el("div.row.tight.narrow-only", None, _select("files-sort", "Sort", files_list.SORTS, page.order)),
        deleted if merged else None,
        el("p.end.muted", {"id": "count"}, counted(page)),
    )


def summary(page: FilesPage) -> Node:
    found = page.summary
    if found is None or page.chosen is None:
        return None
    said = next((one.ref.said for one in page.layers if one.ref.number == page.chosen), None)
    does = f"adds {found.added:,}, changes {found.changed:,}, deletes {found.removed:,} · {size(found.size)}"
    return el(
        "p.facts",
        None,
        el("span", None, el(f"span.swatch.{colour(page.chosen)}"), f" Layer {page.chosen} {does}"),
        el("code.small", None, foreign(said[:300])) if said else None,
    )
