"""Annotations: what somebody wrote beside a manifest."""

from collections.abc import Mapping

from app.view.components import maybe_link, pairs, section
from app.view.markup import Element, Node, el, wrapping

_CUT = 4000
_COMMON = "org.opencontainers."


def annotations(found: Mapping[str, str], heading: str = "Annotations") -> Element | None:
    """The section, None where there are none. `heading`: whose they are, where a page has several."""
    if not found:
        return None
    entries = [
        (key_name(key), maybe_link(text if len(text) <= _CUT else f"{text[:_CUT]}…")) for key, text in found.items()
    ]
    return section(
        heading.lower().replace(" ", "-"), heading, el("div.card.card-body", None, pairs(entries, "dl.kv.kv--wide"))
    )


def key_name(key: str) -> Node:
    """A key, what most of them begin with being faint."""
    if key.startswith(_COMMON):
        return el("span.mono", None, el("span.faint", None, _COMMON), wrapping(key[len(_COMMON) :]))
    return el("span.mono", None, wrapping(key))
