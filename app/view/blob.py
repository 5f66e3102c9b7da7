"""A blob: what it says, JSON, text, a picture, bytes; always verified before anything of it is shown."""

from functools import lru_cache

from app.oci.digest import Digest
from app.oci.document import InvalidDocument
from app.state.model import AppState, Blob
from app.state.renderer import RegionView
from app.trust.decode import Decoded, decode_content
from app.view import frame, links
from app.view.components import button_link, command, digest_stat, icon, notice, page_head, skeleton, stats
from app.view.content_view import content_view
from app.view.format import exact_size
from app.view.json_page import json_page, texts
from app.view.json_view import Target
from app.view.markup import Element, Node, el, foreign, hostile, render
from app.view.media import gloss, media_type_link
from app.view.raw import forms


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
    key = ("blob", *frame.key(state), page, state.route.query)
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
        (_files(state, page), command("download", icon("down"), " Download")) if page.content is not None else None,
    )
    return frame.page(state, "blob", head, _body(state, page))


def _files(state: AppState, page: Blob) -> Node:
    """Where the files in it are shown, if it is an archive."""
    from app.layers.sniff import sniff
    from app.oci.media_type import layer_compression

    typed = page.media_type is not None and layer_compression(page.media_type) is not None
    if not typed and sniff(page.content or b"").name not in ("tar", "gzip", "zstd"):
        return None
    octets = len(page.content or b"")
    return button_link(links.layer(state.route, page.digest, page.media_type or "", octets), "Files")


def _body(state: AppState, page: Blob) -> Node:
    if page.too_large:
        from app.view.blob_large import too_large

        return too_large(state, page)
    if page.content is None:
        if state.failure is not None or frame.asking(state):
            return None
        bars = [el("p", None, skeleton("The blob is being read" if number == 0 else "")) for number in range(6)]
        return el("div.card.card-body.flow", None, bars)
    lead = digest_stat(page.digest, checked=True)
    return (stats(("Size", exact_size(len(page.content))), lead=lead), _content(state, page, page.content))


def _content(state: AppState, page: Blob, content: bytes) -> Node:
    if not content:
        return notice("plain", "This blob is empty", el("p", None, "It has no byte at all."))
    route = state.route
    form, filtered = route.parameter("as"), any(name in ("search", "path") for name, _ in route.query)
    decoded = _decoded(page.media_type or "", content)
    if decoded is not None and (form == "decoded" or (form is None and not filtered)):
        from app.view.signature_view import decoded_view, what

        first = (
            (("decoded", "decoded"), ("json", "JSON")) if content.lstrip()[:1] == b"{" else (("decoded", "decoded"),)
        )
        shown = decoded_view(decoded, target=_subjects(state))
        return _section(what(decoded), forms(route, "decoded", first), shown)
    if form in (None, "json"):
        document = json_page(state, content, "Blob as JSON", targets(state), page.folds)
        if document is not None:
            first = (("decoded", "decoded"), ("json", "JSON")) if decoded is not None else (("json", "JSON"),)
            return _section("JSON", forms(route, "json", first), document)
    if form in (None, "tar") and _is_archive(content):
        return _section("Archive", _archive(state, page, content))
    return _section("Content", _other(state, page, content, form))


def _is_archive(content: bytes) -> bool:
    from app.layers.sniff import sniff

    return sniff(content).kind == "archive"


def _archive(state: AppState, page: Blob, content: bytes) -> Node:
    from app.layers.sniff import sniff

    name = sniff(content).name
    href = links.layer(state.route, page.digest, page.media_type or "", len(content))
    opened = name in ("tar", "gzip", "zstd")
    said = "Its files are shown as those of a layer are." if opened else "Archives of this kind are not opened here."
    return (
        forms(state.route, "tar", (("tar", "archive"),), text=False),
        notice(
            "plain",
            f"This is an archive ({name})",
            el("p", None, said),
            el("p.row", None, button_link(href, "Show its files")) if opened else None,
            level="h3",
        ),
    )


def _other(state: AppState, page: Blob, content: bytes, form: str | None) -> Element:
    route = state.route
    paths = [text for name, text in route.query if name == "path"]
    found = texts(content, paths) if paths and form == "text" else None
    data = content if found is None else found.encode()
    at = route.parameter("at") or ""
    start = int(at) if at.isdecimal() and len(at) < 16 else 0
    name = f"{page.digest.algorithm}:{page.digest.short}"
    shown = content_view(
        data,
        name,
        page.media_type or "",
        len(data),
        form,
        lambda other, to: links.shown_as(route, other, to),
        start,
    )
    return el("div.card", None, shown)


@lru_cache(maxsize=2)
def _decoded(media_type: str, content: bytes) -> Decoded | None:
    """What it says, kept from one search or fold to the next: a long list of packages takes its time."""
    try:
        return decode_content(content, media_type)
    except InvalidDocument:
        return None


def _section(heading: Node, *content: Node) -> Element:
    return el("section.section", {"aria-labelledby": "content"}, el("h2", {"id": "content"}, heading), *content)


def targets(state: AppState) -> Target:
    """Digests with a type lead to the view it deserves; without one (diff_ids) nowhere."""

    def target(digest: Digest, media_type: str | None, octets: int | None) -> str | None:
        return None if media_type is None else links.by_type(state.route, digest, media_type, octets)

    return target


def _subjects(state: AppState) -> Target:
    """What is vouched for are manifests of this repository, unless a type beside a digest says otherwise."""
    typed = targets(state)

    def target(digest: Digest, media_type: str | None, octets: int | None) -> str | None:
        return typed(digest, media_type, octets) or links.manifest(state.route, digest)

    return target
