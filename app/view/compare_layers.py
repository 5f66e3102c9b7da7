"""The layers of two images: which they share, and what a pull of the second after the first would fetch."""

from app.oci.descriptor import Descriptor
from app.oci.digest import Digest
from app.oci.manifest import Manifest
from app.state.compare_model import ComparePage, Side
from app.view import links
from app.view.components import digest_link, outcome, section
from app.view.format import plural, size
from app.view.markup import Element, Node, el
from app.view.tables import body, cell, column, row, row_head, table

_MOST = 300


def layers_section(page: ComparePage) -> Element | None:
    """The section, None before both images are read."""
    right = page.right
    if right is None or page.left.image is None or right.image is None:
        return None
    before, after = layers_of(page.left), layers_of(right)
    if not before and not after:
        return None
    to_fetch = fetched_after(page.left, right)
    there = {one.digest for one in before}
    shared = sum({one.digest: one.size for one in after if one.digest in there}.values())
    told = el(
        "p.card.card-body",
        None,
        "A pull of the second after the first fetches ",
        el("b", None, size(sum(one.size for one in to_fetch))),
        f" in {plural(len(to_fetch), 'blob')}",
        f"; {size(shared)} of its layers are there already." if shared else "; nothing of it is there already.",
    )
    return section(
        "layers",
        "Layers",
        told,
        el("div.split.split--2", None, _side("First", page.left, right), _side("Second", right, page.left)),
    )


def layers_of(side: Side) -> tuple[Descriptor, ...]:
    document = side.image.document if side.image is not None else None
    return document.layers if isinstance(document, Manifest) else ()


def fetched_after(left: Side, right: Side) -> tuple[Descriptor, ...]:
    """The blobs of the right image, its config too, that the left one does not have; each once."""
    held = {one.digest for one in _blobs(left)}
    return tuple({one.digest: one for one in _blobs(right) if one.digest not in held}.values())


def _blobs(side: Side) -> tuple[Descriptor, ...]:
    document = side.image.document if side.image is not None else None
    config = document.config if isinstance(document, Manifest) else None
    return (*layers_of(side), *([config] if config is not None else []))


def _side(name: str, side: Side, other: Side) -> Element:
    found = layers_of(side)
    there = {one.digest for one in layers_of(other)}
    contents = set(_diff_ids(other))
    ids = _diff_ids(side)
    rows = [
        row(
            cell("fit idx", str(number)),
            row_head("full", digest_link(one.digest, _blob(side, one), "layer digest")),
            cell("num", size(one.size)),
            cell("fit", _compared(one, there, ids[number - 1] if ids else None, contents)),
        )
        for number, one in enumerate(found[:_MOST], 1)
    ]
    more = len(found) - len(rows)
    return el(
        "div.section",
        None,
        el("h3", None, f"{name}: {plural(len(found), 'layer')}, {size(sum(one.size for one in found))}"),
        table(f"Layers of the {name.lower()}", _COLUMNS, body(rows)),
        el("p.muted.small", None, f"and {plural(more, 'more', 'more')}") if more > 0 else None,
    )


_COLUMNS = (column("Layer"), column("Digest"), column("Size", "num"), column("In the other"))


def _compared(one: Descriptor, there: set[Digest], diff_id: Digest | None, contents: set[Digest]) -> Node:
    if one.digest in there:
        return outcome("ok", "shared")
    if diff_id is not None and diff_id in contents:
        return outcome("warn", "same files, packed differently")
    return outcome("warn", "not there")


def _diff_ids(side: Side) -> tuple[Digest, ...]:
    ids = side.config.diff_ids if side.config is not None else ()
    return ids if len(ids) == len(layers_of(side)) else ()


def _blob(side: Side, one: Descriptor) -> str:
    return links.blob(side.route, one.digest, one.media_type, one.size)
