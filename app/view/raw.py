"""The JSON of a manifest, as it was received."""

from app.client.registry import Fetched
from app.oci.digest import Digest
from app.oci.document import InvalidDocument, decode
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
    copy_button,
    full_digest,
    icon,
    notice,
    page_head,
    skeleton,
    verified,
)
from app.view.format import exact_size
from app.view.json_view import Target, json_view
from app.view.markup import Element, Node, el, foreign, render
from app.view.media import media_type_link
from app.view.source import source

_BASE_DIGEST = "org.opencontainers.image.base.digest"
_BASE_NAME = "org.opencontainers.image.base.name"

_COPIED = 1 << 18
"""Characters of a document that wait in the page to be copied."""


def title(state: AppState) -> str:
    return f"JSON of {frame.named(state.route)}"


def announce(state: AppState) -> str:
    return frame.announcement(state, "raw") or title(state)


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page
    if not isinstance(page, Raw):
        return ()
    key = ("raw", *frame.key(state), page)
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
    text = fetched.raw.decode("utf-8", "replace")
    actions = (
        button_link(links.here(state.route), "Overview"),
        button_link(links.raw(state.route, fetched.digest), "Permanent link", key="y")
        if state.route.digest is None
        else None,
        copy_button(text, "Copy JSON") if len(text) <= _COPIED else None,
        command("download", icon("down"), " Download"),
    )
    return frame.page(
        state, "raw", page_head(foreign(frame.named(state.route)), facts, actions), _document(state, fetched)
    )


def _document(state: AppState, fetched: Fetched) -> Node:
    text = fetched.raw.decode("utf-8", "replace")
    try:
        decoded = decode(fetched.raw, "manifest")
    except InvalidDocument as error:
        told = notice(
            "warn", "This is not JSON that can be read safely", el("p", None, foreign(f"The document {error.reason}."))
        )
        return (told, source(text, "Manifest as text"))
    note = "Shown indented; copy and download give the exact bytes. Grey notes are not part of the document."
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
        json_view(decoded, _targets(state.route, fetched), "Manifest as JSON"),
        el("p.faint.small", None, note),
    )


def _targets(route: Route, fetched: Fetched) -> Target:
    """Digests of manifests lead to manifests, all others to blobs."""
    document = fetched.document
    annotations = document.annotations if isinstance(document, Manifest | Index) else {}
    subject = document.subject.digest if isinstance(document, Manifest | Index) and document.subject else None

    def target(digest: Digest, media_type: str | None, size: int | None) -> str | None:
        if digest == subject or (media_type is not None and links.is_manifest(media_type)):
            return links.manifest(route, digest)
        if media_type is not None:
            return links.blob(route, digest, media_type, size)
        # Nothing beside it says what it is: schema 1 names layers, annotations name manifests.
        if isinstance(document, Schema1):
            return links.blob(route, digest, "", None)
        if annotations.get(_BASE_DIGEST) == str(digest):
            return links.elsewhere(annotations.get(_BASE_NAME, ""), digest)
        return links.manifest(route, digest)

    return target
