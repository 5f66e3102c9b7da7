"""A blob: JSON, text or bytes, always verified before anything of it is shown."""

from app.oci.digest import Digest
from app.oci.document import InvalidDocument, Json, decode
from app.oci.media_type import essence
from app.state.model import AppState, Blob
from app.state.renderer import RegionView
from app.view import frame, links
from app.view.components import command, digest_stat, icon, notice, page_head, skeleton, stats
from app.view.format import exact_size, size
from app.view.json_view import Target, json_view
from app.view.markup import Element, Node, el, foreign, hostile, render
from app.view.media import gloss, media_type_link
from app.view.source import DUMPED, hex_dump, source


def title(state: AppState) -> str:
    page = state.page
    if not isinstance(page, Blob):
        return ""
    return f"{page.digest.algorithm}:{page.digest.short} in {hostile(state.route.repository or '')}"


def announce(state: AppState) -> str:
    return frame.announcement(state, "blob") or f"Blob {title(state)}"


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page
    if not isinstance(page, Blob):
        return ()
    key = ("blob", *frame.key(state), page)
    return (RegionView("main", key, lambda: render(_page(state, page)), 0),)


def _page(state: AppState, page: Blob) -> Element:
    kind = gloss(page.media_type) if page.media_type else None
    head = page_head(
        f"{page.digest.algorithm}:{page.digest.short}",
        el(
            "p.facts",
            None,
            el("span", None, kind or "Blob"),
            el("span.mono.small", None, media_type_link(page.media_type)) if page.media_type else None,
            el("a", {"href": links.repository(state.route)}, foreign(state.route.repository or "")),
        ),
        command("download", icon("down"), " Download") if page.content is not None else None,
    )
    return frame.page(state, "blob", head, _body(state, page))


def _body(state: AppState, page: Blob) -> Node:
    if page.too_large:
        return _too_large(page)
    if page.content is None:
        if state.failure is not None or frame.asking(state):
            return None
        bars = [el("p", None, skeleton("The blob is being read" if number == 0 else "")) for number in range(6)]
        return el("div.card.card-body.flow", None, bars)
    lead = digest_stat(page.digest, checked=True)
    return (stats(("Size", exact_size(len(page.content))), lead=lead), _content(state, page, page.content))


def _too_large(page: Blob) -> Element:
    said = f"It has {size(page.size)}. " if page.size is not None else ""
    compressed = page.media_type is not None and "tar" in essence(page.media_type)
    return notice(
        "plain",
        "This blob is too large to show here",
        el("p", None, f"{said}Portolan reads blobs of up to 4 MB to show them."),
        el("p", None, "It is a layer: a compressed archive of files.") if compressed else None,
        el("p.muted.small", None, f"Its digest is {page.digest}; nothing of it was downloaded."),
    )


def _content(state: AppState, page: Blob, content: bytes) -> Node:
    if not content:
        return notice("plain", "This blob is empty", el("p", None, "It has no byte at all."))
    decoded = _json(page, content)
    if decoded is not None:
        return _section("JSON", json_view(decoded[0], _targets(state), "Blob as JSON"))
    text = _text(content)
    if text is not None:
        return _section("Text", source(text, "Blob as text"))
    more = f"The first {size(DUMPED)} of {size(len(content))}." if len(content) > DUMPED else ""
    return _section("Bytes", hex_dump(content, "Blob as a hex dump"), el("p.faint.small", None, more) if more else None)


def _section(heading: str, *content: Node) -> Element:
    return el("section.section", {"aria-labelledby": "content"}, el("h2", {"id": "content"}, heading), *content)


def _json(page: Blob, content: bytes) -> tuple[Json] | None:
    """The decoded JSON in a tuple, None where it is none: a blob's type is only a hint, so the bytes decide."""
    if content.lstrip()[:1] not in (b"{", b"["):
        return None
    try:
        return (decode(content, "blob"),)
    except InvalidDocument:
        return None


def _text(content: bytes) -> str | None:
    """The text of the bytes, None where they are none: not UTF-8, or with control characters that no text has."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if any(ord(one) < 32 and one not in "\t\n\r\f\x1b" for one in text[:4096]) else text


def _targets(state: AppState) -> Target:
    """Digests with a manifest's type lead to manifests, with another type to blobs; without one (diff_ids) nowhere."""

    def target(digest: Digest, media_type: str | None, octets: int | None) -> str | None:
        if media_type is None:
            return None
        if links.is_manifest(media_type):
            return links.manifest(state.route, digest)
        return links.blob(state.route, digest, media_type, octets)

    return target
