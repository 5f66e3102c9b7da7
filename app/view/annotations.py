"""Annotations: what somebody wrote beside a manifest."""

from collections.abc import Mapping

from app.view import links
from app.view.base_image import BASE_DIGEST, BASE_NAME, base_image
from app.view.components import external, maybe_link, pairs, section
from app.view.markup import Element, Node, el, foreign, wrapping
from app.view.revision import SOURCES, commit_page

_CUT = 4000
_COMMON = "org.opencontainers."


def annotations(found: Mapping[str, str], heading: str = "Annotations") -> Element | None:
    """The section, None where there are none. `heading`: whose they are, where a page has several."""
    if not found:
        return None
    entries = [(key_name(key), _said(key, text, found)) for key, text in found.items()]
    return section(
        heading.lower().replace(" ", "-"), heading, el("div.card.card-body", None, pairs(entries, "dl.kv.kv--wide"))
    )


def _said(key: str, text: str, found: Mapping[str, str]) -> Node:
    """The text; a link where it names an image or a commit."""
    if len(text) > _CUT:
        return maybe_link(f"{text[:_CUT]}…")
    if key in SOURCES:
        page = commit_page(found.get(SOURCES[key], ""), text)
        return external(page, foreign(text)) if page is not None else maybe_link(text)
    if key in (BASE_NAME, BASE_DIGEST):
        href = _base(found)
        return el("a", {"href": href}, foreign(text)) if href is not None else foreign(text)
    return maybe_link(text)


def _base(found: Mapping[str, str]) -> str | None:
    base = base_image(found)
    if base is None:
        return None
    return links.elsewhere(base.name, base.digest) if base.digest is not None else links.named(base.name)


def key_name(key: str) -> Node:
    """A key, what most of them begin with being faint."""
    if key.startswith(_COMMON):
        return el("span.mono", None, el("span.faint", None, _COMMON), wrapping(key[len(_COMMON) :]))
    return el("span.mono", None, wrapping(key))
