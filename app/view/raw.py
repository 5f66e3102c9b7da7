"""The JSON of a manifest, as it was received."""

from app.client.registry import Fetched
from app.oci.digest import Digest
from app.oci.index import Index
from app.oci.kind import kind_of
from app.oci.manifest import Manifest
from app.oci.schema1 import Schema1
from app.state.model import AppState, Raw
from app.state.renderer import RegionView
from app.state.route import Route
from app.view import frame, links
from app.view.components import (
    badge,
    button_link,
    command,
    copy,
    full_digest,
    icon,
    notice,
    page_head,
    skeleton,
    verified,
)
from app.view.content_view import content_view
from app.view.format import exact_size
from app.view.json_page import json_page, texts
from app.view.json_view import Target
from app.view.markup import Element, Node, el, foreign, render
from app.view.media import media_type_link
from app.view.source import source
from app.view.tabs import OF_AN_IMAGE, OF_ANOTHER, Tab, has_layers, tabs

_BASE_DIGEST = "org.opencontainers.image.base.digest"
_BASE_NAME = "org.opencontainers.image.base.name"


def title(state: AppState) -> str:
    return f"JSON of {frame.named(state.route)}"


def announce(state: AppState) -> str:
    return frame.announcement(state, "raw") or title(state)


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page
    if not isinstance(page, Raw):
        return ()
    key = ("raw", *frame.key(state), page, state.route.query)
    return (RegionView("main", key, lambda: render(_page(state, page)), 0),)


def _page(state: AppState, page: Raw) -> Element:
    fetched = page.fetched
    if fetched is None:
        waiting = state.failure is None and not frame.asking(state)
        bars = [el("p", None, skeleton("The manifest is being read" if number == 0 else "")) for number in range(8)]
        head = page_head(foreign(frame.named(state.route)), el("p.facts", None, el("span", None, "JSON of a manifest")))
        return frame.page(state, "raw", head, el("div.card.card-body.flow", None, bars) if waiting else None)
    facts = el(
        "p.facts",
        None,
        badge(kind_of(fetched.document)),
        el("span.mono.small", None, media_type_link(fetched.media_type)) if fetched.media_type else None,
        el("span", None, exact_size(len(fetched.raw))),
        verified() if state.route.digest is not None or fetched.stated is not None else None,
    )
    permanent = (
        button_link(links.raw(state.route, fetched.digest), "Permanent link", key="y")
        if state.route.digest is None
        else None
    )
    return frame.page(
        state,
        "raw",
        page_head(
            foreign(frame.named(state.route)), facts, (permanent, command("download", icon("down"), " Download"))
        ),
        manifest_tabs(state.route, fetched),
        _document(state, page, fetched),
    )


def manifest_tabs(route: Route, fetched: Fetched) -> Element:
    """The tabs of the manifest, as they are on its JSON."""
    document = fetched.document
    counts: dict[Tab, int] = {"layers": len(document.layers)} if isinstance(document, Manifest) else {}
    return tabs(route, "json", counts, OF_AN_IMAGE if has_layers(document) else OF_ANOTHER)


def _document(state: AppState, page: Raw, fetched: Fetched) -> Node:
    return el(
        "section.section",
        {"aria-labelledby": "json"},
        el(
            "div.section-head",
            None,
            el("h2", {"id": "json"}, "Manifest"),
            el(
                "span.row.tight.muted.small",
                None,
                full_digest(fetched.digest),
                copy(str(fetched.digest), "full digest"),
            ),
        ),
        _content(state, page, fetched),
    )


def _content(state: AppState, page: Raw, fetched: Fetched) -> Node:
    route = state.route
    form = route.parameter("as")
    label = "Manifest as JSON"
    shown = json_page(state, fetched.raw, label, _targets(route, fetched), page.folds) if form != "hex" else None
    if form in ("text", "hex"):
        return _as(route, form, fetched.raw if form == "hex" else _text(route, fetched.raw), fetched.media_type)
    if shown is not None:
        return (forms(route, "json"), shown)
    return (
        notice(
            "warn", "This is not JSON that can be read safely", el("p", None, foreign(str(_reason(fetched.raw)) + "."))
        ),
        forms(route, "text"),
        source(fetched.raw.decode("utf-8", "replace"), "Manifest as text"),
    )


def _reason(raw: bytes) -> str:
    from app.oci.document import InvalidDocument, decode

    try:
        decode(raw, "manifest")
    except InvalidDocument as error:
        return f"The document {error.reason}"
    return "It is larger than what is shown"


def _text(route: Route, raw: bytes) -> bytes:
    """What the paths of the address name, or all of it."""
    paths = [text for name, text in route.query if name == "path"]
    found = texts(raw, paths) if paths else None
    return raw if found is None else found.encode()


def _as(route: Route, form: str, data: bytes, media_type: str) -> Node:
    at = route.parameter("at") or ""
    start = int(at) if at.isdecimal() and len(at) < 16 else 0
    shown = content_view(
        data, "manifest.json", media_type, len(data), form, lambda other, to: links.shown_as(route, other, to), start
    )
    return el("div.card", None, shown)


def forms(
    route: Route, current: str, first: tuple[tuple[str, str], ...] = (("json", "JSON"),), *, text: bool = True
) -> Element:
    """The forms in which a content can be shown, the present one marked. `first`: those before text and bytes."""
    rest = (("text", "text"), ("hex", "bytes")) if text else (("hex", "bytes"),)
    items = [
        el(
            "li",
            None,
            el("a", {"href": links.shown_as(route, form), "aria-current": "true" if form == current else None}, word),
        )
        for form, word in (*first, *rest)
    ]
    return el(
        "nav.choices", {"aria-label": "Shown as"}, el("span.muted.small", None, "Shown as"), el("ul", None, items)
    )


def _targets(route: Route, fetched: Fetched) -> Target:
    """Digests of manifests lead to manifests, all others to what their type deserves."""
    document = fetched.document
    annotations = document.annotations if isinstance(document, Manifest | Index) else {}
    subject = document.subject.digest if isinstance(document, Manifest | Index) and document.subject else None

    def target(digest: Digest, media_type: str | None, size: int | None) -> str | None:
        if digest == subject:
            return links.manifest(route, digest)
        if media_type is not None:
            return links.by_type(route, digest, media_type, size)
        # Nothing beside it says what it is: schema 1 names layers, annotations name manifests.
        if isinstance(document, Schema1):
            return links.layer(route, digest, "application/vnd.docker.image.rootfs.diff.tar.gzip", None)
        if annotations.get(_BASE_DIGEST) == str(digest):
            return links.elsewhere(annotations.get(_BASE_NAME, ""), digest)
        return links.manifest(route, digest)

    return target
