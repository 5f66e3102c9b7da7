"""The files of an artifact: its layers under the names they were pushed with, and its config."""

from app.oci.descriptor import Descriptor
from app.oci.manifest import Manifest
from app.oci.media_type import OCI_EMPTY, essence, layer_compression
from app.state.model import AppState
from app.view import links
from app.view.components import arguments, command, digest_link, hidden, icon, notice, section
from app.view.format import plural, size
from app.view.links import is_manifest
from app.view.markup import Element, Node, el, foreign, hostile
from app.view.media import gloss, media_type_link
from app.view.tables import body, cell, column, row, row_head, table

_TITLE = "org.opencontainers.image.title"
_UNPACK = "io.deis.oras.content.unpack"
"""ORAS (oras-go content/file): the file is a folder, packed."""

# What names a layer where no title does: BuildKit and cosign say what a statement claims.
_NAMING = ("in-toto.io/predicate-type", "predicateType", "dev.sigstore.bundle.predicateType")
MOST = 150

DOWNLOADED = 64 << 20
"""Bytes of a file that is downloaded at a press here; a larger one has a page that shows how far it is."""


def files(state: AppState, document: Manifest) -> Element:
    """The section of an artifact's content."""
    config = document.config
    shown: list[tuple[str, Descriptor]] = [("", layer) for layer in document.layers[:MOST] if not _is_empty(layer)]
    if config is not None and not _is_empty(config):
        shown.append(("config", config))
    aside = el("span.muted.small", None, media_type_link(document.artifact_type)) if document.artifact_type else None
    if not shown:
        nothing = notice(
            "plain", "No files", el("p", None, "The artifact says what it says in its annotations alone."), level="h3"
        )
        return section("files", "Content", nothing, aside=aside)
    columns = (column("Name"), column("Type"), column("Size", "num"), column("Digest"), column(hidden("What to do")))
    more = len(document.layers) - MOST
    return section(
        "files",
        "Content",
        table("Content of this artifact", columns, body([_row(state, role, one) for role, one in shown])),
        el(
            "p.muted.small",
            None,
            f"{plural(more, 'file')} more in the ",
            el("a", {"href": links.raw(state.route)}, "JSON"),
            ".",
        )
        if more > 0
        else None,
        aside=aside,
    )


def _is_empty(descriptor: Descriptor) -> bool:
    # image-spec manifest.md, "Guidance for an Empty Descriptor": a blob of two bytes, {}, that says nothing.
    return essence(descriptor.media_type) == OCI_EMPTY


def _row(state: AppState, role: str, descriptor: Descriptor) -> Element:
    href = links.content(state.route, descriptor)
    title = descriptor.annotations.get(_TITLE)
    said = next((descriptor.annotations[key] for key in _NAMING if descriptor.annotations.get(key)), None)
    name: Node = el("a", {"href": href}, foreign(said) if said else role or gloss(descriptor.media_type) or "blob")
    if title:
        name = el("a.tag", {"href": href}, foreign(title))
    packed = descriptor.annotations.get(_UNPACK) == "true"
    note = role if role and title else "a folder, packed" if packed else None
    return row(
        row_head("lead", name, (" ", el("span.faint.small", None, note)) if note else None),
        cell("full mono small", media_type_link(descriptor.media_type)),
        cell("num", size(descriptor.size)),
        cell("fit", digest_link(descriptor.digest, href)),
        cell("act", _acts(state, descriptor, href, title, packed)),
    )


def _acts(state: AppState, descriptor: Descriptor, href: str, title: str | None, packed: bool) -> Node:
    named = hostile(title or f"{descriptor.digest.algorithm}:{descriptor.digest.short}")
    archive = packed or layer_compression(descriptor.media_type) is not None
    word = "Unpack" if archive else "View"
    if archive:
        href = links.layer(state.route, descriptor.digest, descriptor.media_type, descriptor.size)
    args = arguments(digest=str(descriptor.digest), name=title)
    return el(
        "span.row.tight",
        None,
        el("a", {"href": href, "aria-label": f"{word} {named}"}, word),
        command("file-download", icon("down"), args=args, kind="copy", aria_label=f"Download {named}", title="Download")
        if descriptor.size <= DOWNLOADED and not is_manifest(descriptor.media_type)
        else None,
    )
