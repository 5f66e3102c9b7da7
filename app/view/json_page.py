"""A document with what helps to read it: a search, paths to parts of it, folding, what may be copied."""

import json
from collections.abc import Sequence
from functools import lru_cache

from app.oci.document import InvalidDocument, Json, decode
from app.oci.json_path import Found, JsonPath, JsonPathError, Missed, parse_json_path, path_text, select
from app.state.model import AppState
from app.state.route import Route
from app.view import links
from app.view.components import arguments, command, copy, copy_button, external, hidden, notice
from app.view.format import count, plural
from app.view.json_search import Search
from app.view.json_view import JsonView, Target
from app.view.markup import Element, Node, el, foreign, hostile, wrapping

COPIED = 1 << 18
"""Characters of a document that wait in the page to be copied."""

PARTS = 200
"""Values that one path may show."""

_NOTE = "Shown indented; copy and download give the exact bytes. Grey notes are not part of the document."
_JQ = "https://jqlang.org/manual/#basic-filters"


def json_page(state: AppState, content: bytes, label: str, target: Target, folds: int) -> Node:
    """The document and its tools; None for bytes that are no JSON. `folds`: as JsonView has it."""
    read = _document(content)
    if read is None:
        return None
    decoded = read[0]
    route = state.route
    asked = route.parameter("search") or ""
    search = Search(asked) if asked.strip("* ") else None
    folder = (lambda path: links.files(route, path)) if route.tag or route.digest else None
    view = JsonView(target, _only(route), search, folds, folder)
    paths = [text for name, text in route.query if name == "path" and text.strip()]
    shown = [_part(view, decoded, text, label) for text in paths] if paths else view.page(decoded, label)
    return (
        _tools(route, asked, paths),
        _told(asked, search, view.hits),
        el("div.flow", None, shown) if paths else shown,
        _foot(content, decoded, paths),
    )


def texts(content: bytes, paths: Sequence[str]) -> str | None:
    """What paths name as plain text, strings without quotes (jq's -r); None where nothing can be read."""
    read = _document(content)
    if read is None:
        return None
    try:
        found = [one.found for text in paths for one in select(read[0], parse_json_path(text))[0]]
    except JsonPathError:
        return None
    return "\n".join(one if isinstance(one, str) else json.dumps(one, indent=2, ensure_ascii=False) for one in found)


@lru_cache(maxsize=2)
def _document(content: bytes) -> tuple[Json] | None:
    """The document, kept from one search, path or fold to the next."""
    try:
        return (decode(content, "document", 16 << 20),)
    except InvalidDocument:
        return None


def _only(route: Route) -> str:
    """The address that a path is appended to."""
    kept = [pair for pair in route.query if pair[0] in ("type", "size", "platform")]
    base = str(route.with_query(kept))
    return f"{base}{'&' if kept else '?'}path="


def _tools(route: Route, asked: str, paths: Sequence[str]) -> Element:
    return el(
        "div.json-tools",
        None,
        el(
            "form.row",
            {"data-form": "json", "aria-label": "Search and filter"},
            _field("search", "Search", asked, "Search keys and values", grow=True),
            _field("path", "Path", "", ".layers[].digest", grow=True),
            el("button.btn", {"type": "submit"}, "Show"),
            command("json-fold", "Fold all", args=arguments(open=False)),
            command("json-fold", "Unfold all", args=arguments(open=True)),
        ),
        _chips(route, paths) if paths else None,
    )


def _field(name: str, label: str, text: str, placeholder: str, grow: bool) -> Element:
    return el(
        "label.grow" if grow else "label",
        {"for": f"json-{name}"},
        el("span.vh", None, label),
        el(
            "input.input.mono",
            {
                "id": f"json-{name}",
                "name": name,
                "value": text or None,
                "placeholder": placeholder,
                "autocomplete": "off",
                "autocapitalize": "off",
                "spellcheck": "false",
                "maxlength": 200 if name == "search" else 2000,
                "data-key": "/" if name == "search" else None,
            },
        ),
    )


def _chips(route: Route, paths: Sequence[str]) -> Element:
    """The paths that are shown, each with a link that takes it away."""
    items = []
    for text in paths:
        href = str(route.with_query([pair for pair in route.query if pair != ("path", text)]))
        items.append(
            el(
                "li.row.tight",
                None,
                el("code", None, foreign(text)),
                el("a.small", {"href": href}, "remove", hidden(f" the path {hostile(text)}")),
            )
        )
    whole = str(route.with_query([pair for pair in route.query if pair[0] != "path"]))
    items.append(el("li", None, el("a.small", {"href": whole}, "Whole document")))
    return el("ul.row.json-paths", {"aria-label": "Paths shown"}, items)


def _told(asked: str, search: Search | None, hits: int) -> Node:
    if search is None:
        return None
    return el(
        "p.muted.small", {"role": "status"}, f"{plural(hits, 'hit')} for ", el("span.mono", None, foreign(asked)), "."
    )


def _part(view: JsonView, decoded: Json, text: str, label: str) -> Node:
    try:
        path = parse_json_path(text)
    except JsonPathError as error:
        return el(
            "div.flow",
            None,
            _mistake(text, error),
            el(
                "p.muted.small",
                None,
                "Paths are written as in jq: ",
                el("code", None, '.annotations."org.example.key"'),
                ", ",
                el("code", None, ".layers[0:3][].size"),
                ". ",
                external(_JQ, "jq's manual"),
            ),
        )
    found, missed = select(decoded, path)
    if not found:
        return notice(
            "plain",
            ("Nothing at ", el("span.mono", None, foreign(text))),
            *[el("p", None, _missed(one)) for one in missed[:3]],
            level="h3",
        )
    parts = [_found(view, one, label, len(found) > 1) for one in found[:PARTS]]
    more = len(found) - PARTS
    rest = el("p.muted.small", None, f"{plural(more, 'more', 'more')} not shown here; a slice shows them.")
    return el(
        "div.flow",
        None,
        el(
            "p.row.tight.muted.small",
            None,
            el("code", None, foreign(path_text(path))),
            plural(len(found), "value"),
            copy(_copied([one.found for one in found]), f"values of {text}") if _fits(found) else None,
        ),
        parts,
        rest if more > 0 else None,
    )


def _mistake(text: str, error: JsonPathError) -> Element:
    at = min(error.position, len(text))
    where = f"Character {at + 1}: " if at < len(text) else "At the end: "
    # At the end of the text there is no character to mark: a space stands where one is missing.
    offending = hostile(text[at : at + 1]) or "\u00a0"
    marked = (wrapping(text[:at]), el("mark.offend", None, offending), wrapping(text[at + 1 :]))
    said = el("p", None, where, foreign(error.reason))
    return notice("danger", "This path cannot be read", el("p.refcheck", None, marked), said, level="h3", alert=True)


def _found(view: JsonView, one: Found, label: str, several: bool) -> Node:
    at = path_text(one.path)
    named = f"{label}, {hostile(at)}" if several or one.path else label
    return view.page(one.found, named, "" if at == "." else at, one.parent, _last_key(one.path))


def _last_key(path: JsonPath) -> str | None:
    return path[-1].key if path and path[-1].kind == "key" else None


def _fits(found: Sequence[Found]) -> bool:
    return len(found) <= PARTS and sum(len(one.found) for one in found if isinstance(one.found, str)) < COPIED


def _copied(values: Sequence[Json]) -> str:
    text = "\n".join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in values)
    return text if len(text) <= COPIED else text[:COPIED]


def _missed(missed: Missed) -> str:
    where = hostile(path_text(missed.path))
    step = hostile(str(missed.step))
    match missed.step.kind, missed.kind:
        case "key", "an array":
            return f"{where} is an array: {where.rstrip('.')}[]{step} goes through its items."
        case "key", "an object":
            return f"{where} has no key {step[1:]}."
        case "index", "an array":
            return f"{where} has no item {step}."
        case _:
            return f"{where} is {missed.kind}, so {step} leads nowhere."


def _foot(content: bytes, decoded: Json, paths: Sequence[str]) -> Element:
    text = content.decode("utf-8", "replace")
    size = f"{count(len(content))} bytes. " if paths else ""
    return el(
        "div.row.between",
        None,
        el("p.faint.small", None, size + _NOTE),
        el(
            "div.row.tight",
            None,
            copy_button(text, "Copy JSON") if len(text) <= COPIED else None,
        ),
    )
