"""JSON as it was received: foldable, its digests, media types and addresses as links."""

import json
from collections.abc import Callable, Mapping

from app.oci.digest import Digest, DigestError, parse_digest
from app.oci.document import Json
from app.view.components import external, is_web
from app.view.format import plural, size
from app.view.markup import Element, Node, el, hostile, wrapping
from app.view.media import gloss, media_type_link

MOST = 2500
"""Values that are shown: more make a page that cannot be used."""

LONGEST = 8000
"""Characters of one string that are shown."""

_OPEN_DEEP = 6
_COMMA = el("span.p", None, ",")


class _Budget:
    """How many values may still be shown."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MOST


Target = Callable[[Digest, str | None, int | None], str | None]


def json_view(decoded: Json, target: Target, label: str) -> Element:
    """The document. `target`: where a digest leads, given the media type and the size that stand beside it."""
    budget = _Budget()
    return el(
        "div.card.json",
        {"role": "region", "aria-label": label},
        _value(None, decoded, None, target, budget, 0, last=True),
    )


def _value(
    key: str | None,
    found: Json,
    beside: Mapping[str, Json] | None,
    target: Target,
    budget: _Budget,
    depth: int,
    *,
    last: bool,
) -> Element:
    budget.left -= 1
    comma = None if last else _COMMA
    name: Node = None if key is None else (el("span.k", None, _quoted(key)), el("span.p", None, ": "))
    if isinstance(found, dict) and found:
        return _fold(name, "{", "}", list(found.items()), found, target, budget, depth, comma)
    if isinstance(found, list) and found:
        return _fold(name, "[", "]", [(None, one) for one in found], None, target, budget, depth, comma)
    return el("div.line", None, name, *_scalar(key, found, beside, target, comma))


def _fold(
    name: Node,
    start: str,
    end: str,
    entries: list[tuple[str, Json]] | list[tuple[None, Json]],
    beside: Mapping[str, Json] | None,
    target: Target,
    budget: _Budget,
    depth: int,
    comma: Node,
) -> Element:
    shown: list[Element] = []
    for number, (key, one) in enumerate(entries, 1):
        if budget.left <= 0:
            rest = len(entries) - number + 1
            shown.append(
                el("div.line.gloss", None, f"… {plural(rest, 'more', 'more')} not shown here; the download has all.")
            )
            break
        shown.append(_value(key, one, beside, target, budget, depth + 1, last=number == len(entries)))
    return el(
        "details",
        {"open": depth < _OPEN_DEEP},
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
                el("span.gloss", None, _counted(entries, beside)),
            ),
        ),
        el("div.body", None, shown),
        el("div.p", None, end, comma),
    )


def _counted(entries: list[tuple[str, Json]] | list[tuple[None, Json]], found: Mapping[str, Json] | None) -> str:
    if found is None:
        return plural(len(entries), "item")
    octets = found.get("size")
    said = plural(len(entries), "key")
    return f"{said}, {size(octets)}" if "digest" in found and _is_count(octets) and isinstance(octets, int) else said


def _is_count(found: Json) -> bool:
    return isinstance(found, int) and not isinstance(found, bool) and found >= 0


def _scalar(
    key: str | None, found: Json, beside: Mapping[str, Json] | None, target: Target, comma: Node
) -> tuple[Node, ...]:
    if isinstance(found, str):
        return _text(key, found, beside, target, comma)
    if found is None or isinstance(found, bool):
        return (el("span.b", None, "null" if found is None else "true" if found else "false"), comma)
    if isinstance(found, int | float):
        # The note is for sizes of descriptors; it is not part of the document.
        noted = key == "size" and isinstance(found, int) and found >= 1000
        return (el("span.n", None, str(found)), comma, el("span.gloss", None, size(int(found))) if noted else None)
    return (el("span.p", None, "{}" if isinstance(found, dict) else "[]"), comma)


def _text(
    key: str | None, found: str, beside: Mapping[str, Json] | None, target: Target, comma: Node
) -> tuple[Node, ...]:
    quoted = _quoted(found)
    if len(found) > LONGEST:
        more = el("span.gloss", None, f"… {plural(len(found) - LONGEST, 'more character')}")
        return (el("span.s", None, wrapping(_quoted(found[:LONGEST]))), comma, more)
    href = _digest_target(found, beside, target)
    if href is not None:
        return (el("a", {"href": href}, quoted), comma)
    if key in ("mediaType", "artifactType") or (key is not None and key.endswith("MediaType")):
        note = gloss(found)
        linked = media_type_link(found)
        shown: Node = el("span.s", None, '"', linked, '"')
        return (shown, comma, el("span.gloss", None, note) if note else None)
    if is_web(found):
        return (external(found, wrapping(quoted)), comma)
    return (el("span.s", None, wrapping(quoted)), comma)


def _digest_target(found: str, beside: Mapping[str, Json] | None, target: Target) -> str | None:
    if not 40 <= len(found) <= 200 or ":" not in found:
        return None
    try:
        digest = parse_digest(found)
    except DigestError:
        return None
    media_type, octets = (beside.get("mediaType"), beside.get("size")) if beside is not None else (None, None)
    stands_by = beside is not None and beside.get("digest") == found
    return target(
        digest,
        media_type if stands_by and isinstance(media_type, str) else None,
        octets if stands_by and isinstance(octets, int) and _is_count(octets) else None,
    )


def _quoted(text: str) -> str:
    """A string as JSON writes it, what is invisible in it spelled out."""
    return hostile(json.dumps(text, ensure_ascii=False))
