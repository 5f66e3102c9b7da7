"""A blob that is too large to show: what it is, its bytes by parts, the whole as a file."""

from app.layers.hexdump import hexdump
from app.oci.media_type import essence
from app.state.blob_page import PART, SHOWN
from app.state.model import AppState, Blob
from app.view import links
from app.view.components import button_link, command, icon, notice
from app.view.format import count, size
from app.view.markup import Element, Node, el


def too_large(state: AppState, page: Blob) -> Node:
    """The notice with what can be done, and the part of its bytes that was read."""
    said = f"It has {size(page.size)}. " if page.size is not None else ""
    archive = page.media_type is not None and "tar" in essence(page.media_type)
    files = links.layer(state.route, page.digest, page.media_type or "", page.size)
    return (
        notice(
            "plain",
            "This blob is too large to show here",
            el("p", None, f"{said}Portolan reads blobs of up to {SHOWN >> 20} MB to show them."),
            el("p", None, "It is a layer: a compressed archive of files.") if archive else None,
            _download(page)
            if page.received is not None
            else el(
                "p.row",
                None,
                button_link(files, "Show its files", kind="btn btn--primary") if archive else None,
                command("download", icon("down"), " Download"),
                button_link(links.shown_as(state.route, "hex"), "First bytes") if page.part is None else None,
            ),
            el("p.muted.small", None, f"Its digest is {page.digest}; nothing of it was downloaded."),
        ),
        _bytes(state, page),
    )


def _download(page: Blob) -> Element:
    received = page.received or 0
    whole = f" of {size(page.size)}" if page.size is not None else ""
    return el(
        "div.row",
        None,
        el(
            "progress",
            {"max": page.size or None, "value": received if page.size else None, "aria-label": "Download of the blob"},
        ),
        el("span", None, f"{size(received)}{whole}"),
        command("cancel-download", "Cancel"),
    )


def _bytes(state: AppState, page: Blob) -> Node:
    if page.part is None:
        return None
    start, data = page.part
    if data is None:
        return notice(
            "plain", "This registry sends whole blobs only", el("p", None, "It took no notice of the range asked for.")
        )
    rows = "\n".join(f"{row.offset:08x}  {row.hex:<48}  {row.text}" for row in hexdump(data, 0, PART // 16, start))
    total = f" of {count(page.size)}" if page.size is not None else ""
    pages: list[Node] = []
    if start:
        pages += [el("a", {"href": links.shown_as(state.route, "hex", max(start - PART, 0))}, "Before"), " "]
    if len(data) == PART and (page.size is None or start + PART < page.size):
        pages.append(el("a", {"href": links.shown_as(state.route, "hex", start + PART)}, "Next"))
    words = f"Bytes {count(start)} to {count(start + len(data) - 1)}{total}" if data else "Nothing is there"
    return el(
        "section.section",
        {"aria-labelledby": "content"},
        el("h2", {"id": "content"}, "Bytes"),
        el("pre.dump.card", {"tabindex": 0, "role": "region", "aria-label": "Part of the blob as a hex dump"}, rows),
        el("p.row", None, el("span", None, words), pages),
        el("p.muted.small", None, "A part cannot be held against the digest of the whole: it is not verified."),
    )
