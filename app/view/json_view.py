"""JSON as it was received: foldable, its digests, media types and addresses as links, what is encoded in it decoded."""

from collections.abc import Callable, Mapping
from urllib.parse import quote

from app.oci.document import Json
from app.oci.json_path import Step
from app.view.format import count, plural, size
from app.view.json_hits import Hits, values
from app.view.json_inside import DECODED_DEEP, Inside, inside
from app.view.json_leaf import Target, folders, leaf
from app.view.json_search import Search, quoted
from app.view.markup import Element, Node, el, hostile, wrapping

__all__ = ["LONGEST", "MOST", "JsonView", "Target", "json_view"]

MOST = 2500
"""Values that are shown: more make a page that cannot be used."""

LONGEST = 8000
"""Characters of one string that are shown."""

_OPEN_DEEP = 6
_ENCODED = 72
"""Characters that are shown of a string which is decoded below it."""

_COMMA = el("span.p", None, ",")

Entries = list[tuple[str, Json]] | list[tuple[None, Json]]


def json_view(decoded: Json, target: Target, label: str) -> Element:
    """The document. `target`: where a digest leads, given the media type and the size that stand beside it."""
    return JsonView(target).page(decoded, label)


class JsonView:
    """Writes documents. `only`: the address that a path is appended to, for the page of that part alone; `folds`: above
    0 all is open, below 0 all is closed, again with each further number; `folder`: where one of the image leads."""

    def __init__(
        self,
        target: Target,
        only: str | None = None,
        search: Search | None = None,
        folds: int = 0,
        folder: Callable[[str], str] | None = None,
    ) -> None:
        self.target = target
        self._folder = folder
        self.search = search
        self.hits = 0
        self._only = only
        self._folds = folds
        self._left = MOST
        self._around: list[tuple[str | None, Json]] = []
        self._insides: dict[tuple[int, str | int], Inside | None] = {}
        self._hits = Hits(search, self._insides) if search is not None else None
        self._elide = False
        self._decoding = 0

    def page(
        self,
        decoded: Json,
        label: str,
        at: str = "",
        parent: Mapping[str, Json] | None = None,
        key: str | None = None,
    ) -> Element:
        """A document, or the part of it at that path; `parent`: the object that holds the part under that key."""
        self._left = MOST
        if self._hits is not None:
            self.hits += self._hits.count(None, decoded)
            self._elide = values(decoded, MOST) >= MOST
        if parent is not None:
            self._around.append((None, dict(parent)))
        shown = self._value(key, decoded, at, 0, last=True)
        self._around.clear()
        return el("div.card.json", {"role": "region", "aria-label": label}, shown)

    def _value(self, key: str | None, found: Json, at: str, depth: int, *, last: bool, item: int | None = None) -> Node:
        self._left -= 1
        comma = None if last else _COMMA
        name: Node = None if key is None else (el("span.k", None, quoted(key, self.search)), el("span.p", None, ": "))
        if isinstance(found, dict) and found:
            return self._fold(key, name, found, list(found.items()), "{", "}", at, depth, comma)
        if isinstance(found, list) and found:
            return self._fold(key, name, found, [(None, one) for one in found], "[", "]", at, depth, comma)
        if isinstance(found, str):
            return self._text(key, name, found, at, comma, item)
        return el("div.line", None, name, *self._scalar(key, found, comma), self._link(at))

    def _fold(
        self,
        key: str | None,
        name: Node,
        found: Json,
        entries: Entries,
        start: str,
        end: str,
        at: str,
        depth: int,
        comma: Node,
    ) -> Element:
        self._around.append((key, found))
        shown = self._entries(entries, at, depth)
        self._around.pop()
        fold = el(
            "details",
            {"open": self._is_open(found, depth), "data-reset": str(self._folds) if self._folds else None},
            el(
                "summary",
                None,
                name,
                el("span.p", None, start),
                el(
                    "span.closed",
                    None,
                    " ",
                    el("span.p", None, f"… {end}"),
                    comma,
                    el("span.gloss", None, _counted(entries, found)),
                ),
            ),
            el("div.body", None, shown),
            el("div.p", None, end, comma),
        )
        link = self._link(at)
        # A summary is a button: no link may be in it.
        return fold if link is None else el("div.fold", None, fold, link)

    def _entries(self, entries: Entries, at: str, depth: int) -> list[Node]:
        shown: list[Node] = []
        skipped = 0
        for number, (key, one) in enumerate(entries):
            if self._left <= 0:
                shown.append(self._rest(entries, number, at))
                break
            # In a long document only what holds a hit is worth its room.
            if self._elide and self._hits is not None and not self._hits.holds(key, one):
                skipped += 1
                continue
            place = at + str(Step("index", "", number) if key is None else Step("key", key)) if self._only else ""
            last = number == len(entries) - 1
            shown.append(self._value(key, one, place, depth + 1, last=last, item=number))
        if skipped:
            shown.append(el("div.line.gloss", None, f"… {plural(skipped, 'more', 'more')} without a hit"))
        return shown

    def _rest(self, entries: Entries, number: int, at: str) -> Element:
        said = f"… {plural(len(entries) - number, 'more', 'more')} not shown here"
        if self._only is None or self._decoding:
            return el("div.line.gloss", None, f"{said}; the download has all.")
        if entries[number][0] is None:
            href = self._href(f"{at}[{number}:]")
            return el("div.line.gloss", None, f"{said}: ", el("a", {"href": href}, f"from item {count(number)} on"))
        links = [
            (" ", el("a", {"href": self._href(at + str(Step("key", key or "")))}, hostile((key or "")[:60])))
            for key, _ in entries[number : number + 12]
        ]
        return el("div.line.gloss", None, f"{said}:", links, " …" if len(entries) - number > 12 else None)

    def _is_open(self, found: Json, depth: int) -> bool:
        if self._folds:
            return self._folds > 0 or (depth == 0 and not self._decoding)
        if self._hits is not None and self.hits:
            return depth == 0 or self._hits.inside(found) > 0
        return depth < _OPEN_DEEP

    def _scalar(self, key: str | None, found: Json, comma: Node) -> tuple[Node, ...]:
        if found is None or isinstance(found, bool):
            return (el("span.b", None, "null" if found is None else "true" if found else "false"), comma)
        if isinstance(found, int | float):
            text = str(found)
            hit = self.search is not None and self.search.count(text) > 0
            # The note is for sizes of descriptors; it is not part of the document.
            noted = key == "size" and isinstance(found, int) and found >= 1000
            shown: Node = el("mark", None, text) if hit else text
            return (el("span.n", None, shown), comma, el("span.gloss", None, size(int(found))) if noted else None)
        return (el("span.p", None, "{}" if isinstance(found, dict) else "[]"), comma)

    def _text(self, key: str | None, name: Node, text: str, at: str, comma: Node, item: int | None) -> Node:
        within = self._inside(key, text, item)
        most = _ENCODED if within is not None and within.encoding.startswith("base64") else LONGEST
        if len(text) > most and (within is not None or len(text) > LONGEST):
            rest = plural(len(text) - most, "more character")
            href = f"{self._href(at)}&as=text" if self._only and not self._decoding else None
            more: Node = el("a", {"href": href}, f"… {rest}") if href else f"… {rest}"
            shown: Node = (el("span.s", None, wrapping(_opened(text[:most]))), comma, el("span.gloss", None, more))
        else:
            value, note = leaf(key, text, self._around, self.target, self.search)
            if self._folder is not None and text.startswith("PATH=/") and not note:
                note = folders(text, self._folder)
            shown = (value, comma, el("span.gloss", None, note) if note else None)
        line = el("div.line", None, name, shown, self._link(at))
        return line if within is None else (line, self._decoded(within))

    def _inside(self, key: str | None, text: str, item: int | None) -> Inside | None:
        if self._decoding >= DECODED_DEEP or not self._around:
            return None
        holder_key, holder = self._around[-1]
        place = (id(holder), key if key is not None else item or 0)
        if place not in self._insides:
            beside = holder if isinstance(holder, dict) else None
            self._insides[place] = inside(key if key is not None else holder_key, text, beside)
        return self._insides[place]

    def _decoded(self, within: Inside) -> Element:
        wrong = within.note.startswith("not ")
        note = el("span.outcome.outcome--bad" if wrong else "span.faint", None, within.note) if within.note else None
        return el(
            "details.inside",
            {"open": self._folds >= 0, "data-reset": str(self._folds) if self._folds else None},
            el(
                "summary",
                None,
                el("span.gloss", None, f"{within.name}, decoded from {within.encoding}", " · " if note else None, note),
            ),
            el("div.body", None, self._within(within)),
        )

    def _within(self, within: Inside) -> Node:
        if within.document is not None:
            around, only, self._around, self._only = self._around, self._only, [], None
            self._decoding += 1
            shown = self._value(None, within.document[0], "", self._decoding, last=True)
            self._decoding -= 1
            self._around, self._only = around, only
            return shown
        if within.certificates is not None:
            from app.view.content_certificate import certificate_view

            pem = within.certificates.decode("ascii", "replace") if within.certificates[:1] == b"-" else None
            return certificate_view(within.certificates, pem)
        if within.text is not None:
            return el("pre.decoded", None, hostile(within.text[:LONGEST], "\t\n"))
        return el("span.gloss", None, f"{plural(len(within.data), 'byte')}, none of them text")

    def _href(self, at: str) -> str:
        return f"{self._only}{quote(at if at.startswith('.') else f'.{at}', safe='')}"

    def _link(self, at: str) -> Element | None:
        if not self._only or not at:
            return None
        return el("a.only", {"href": self._href(at), "aria-label": f"Only {hostile(at)}", "title": hostile(at)}, "#")


def _counted(entries: Entries, found: Json) -> str:
    if not isinstance(found, dict):
        return plural(len(entries), "item")
    octets = found.get("size")
    said = plural(len(entries), "key")
    counts = isinstance(octets, int) and not isinstance(octets, bool) and octets >= 0
    return f"{said}, {size(octets)}" if "digest" in found and counts and isinstance(octets, int) else said


def _opened(text: str) -> str:
    """The beginning of a string, without the quote that ends it."""
    import json

    return hostile(json.dumps(text, ensure_ascii=False)[:-1])
