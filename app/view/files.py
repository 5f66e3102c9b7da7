"""The files of an artifact: its layers under the names they were pushed with, and its config."""

from app.oci.descriptor import Descriptor
from app.oci.manifest import Manifest
from app.oci.media_type import OCI_EMPTY, essence
from app.state.model import AppState
from app.view import links
from app.view.components import digest_link, notice, section
from app.view.format import plural, size
from app.view.markup import Element, Node, el, foreign
from app.view.media import media_type_link
from app.view.tables import body, cell, column, row, row_head, table

_TITLE = "org.opencontainers.image.title"
MOST = 150


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
    columns = (column("Name"), column("Type"), column("Size", "num"), column("Digest"))
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
    name: Node = el("a.tag", {"href": href}, foreign(title)) if title else el("a", {"href": href}, role or "blob")
    return row(
        row_head("lead", name, (" ", el("span.faint.small", None, role)) if role and title else None),
        cell("full mono small", media_type_link(descriptor.media_type)),
        cell("num", size(descriptor.size)),
        cell("fit", digest_link(descriptor.digest, href)),
    )
