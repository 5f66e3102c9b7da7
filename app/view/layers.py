"""Layers with the lines of history that made them, and a bar that shows which are big."""

from collections.abc import Sequence

from app.oci.config import History, Step, counts_match, instruction, layer_history
from app.oci.descriptor import Descriptor
from app.oci.manifest import Manifest
from app.state.model import AppState, ManifestPage
from app.view import links
from app.view.components import digest_link, hidden, notice, section, skeleton
from app.view.format import plural, share, size
from app.view.markup import Element, Node, el, foreign, hostile
from app.view.tables import body, cell, column, row, row_head, table

_WIDTH = 1000
_LEAST = 6
"""Width of the smallest layer in the bar, of _WIDTH: it must be seen and hit."""

_CUT = 2000
"""Characters of an instruction that are shown; the config has all."""


def layers(state: AppState, page: ManifestPage, document: Manifest) -> Element:
    """The section of an image's layers."""
    found = document.layers
    if not found:
        return section(
            "layers",
            "Layers",
            notice("plain", "No layers", el("p", None, "The image has a config and no file."), level="h3"),
        )
    total = sum(layer.size for layer in found)
    config = page.config
    steps = (
        layer_history(config, found)
        if config is not None
        else tuple(Step(None, one, n) for n, one in enumerate(found, 1))
    )
    empty = sum(step.layer is None for step in steps)
    counted = f"{plural(len(found), 'layer')}, {size(total)}"
    more = f" · {plural(empty, 'step')} without a layer" if empty else ""
    columns = (
        column("Layer"),
        column("Instruction"),
        column("Size", "num"),
        column("Share", "num"),
        column("Digest"),
        column(hidden("Files")),
    )
    waiting = config is None and page.config_failure is None
    mismatch = config is not None and bool(config.history) and not counts_match(config, found)
    return section(
        "layers",
        "Layers and history" if config is not None and config.history else "Layers",
        layerbar(found),
        table(
            "Layers, base first",
            columns,
            body([_row(state, step, total, waiting=waiting, read=config is not None) for step in steps]),
        ),
        el(
            "p.muted.small",
            None,
            "The history tells of another number of layers than there are: which line made which layer is a guess.",
        )
        if mismatch
        else None,
        aside=el(
            "span.row.tight",
            None,
            el("span.muted", None, counted + more),
            el("a", {"href": links.files(state.route)}, "All files"),
        ),
    )


def layerbar(found: Sequence[Descriptor]) -> Element | None:
    """A bar with a piece for each layer, as wide as its share."""
    total = sum(layer.size for layer in found)
    if not total:
        return None
    least = min(_LEAST, _WIDTH / len(found))
    widths = [max(least, _WIDTH * layer.size / total) for layer in found]
    scale = _WIDTH / sum(widths)
    rects: list[Element] = []
    start = 0.0
    for number, (layer, width) in enumerate(zip(found, widths, strict=True), 1):
        rects.append(
            el(
                f"rect.{colour(number)}",
                {"x": f"{start:.1f}", "width": f"{width * scale:.1f}", "height": 20},
                el("title", None, f"Layer {number}: {size(layer.size)}"),
            )
        )
        start += width * scale
    return el(
        "svg.layerbar",
        {"viewBox": f"0 0 {_WIDTH} 20", "preserveAspectRatio": "none", "role": "img", "aria-label": "Layers by size"},
        rects,
    )


def colour(number: int) -> str:
    """The class of the colour of a layer, counted from 1."""
    return f"c{(number - 1) % 8 + 1}"


def _row(state: AppState, step: Step, total: int, *, waiting: bool, read: bool) -> Element:
    said = skeleton("not read yet") if waiting else history_line(step.history) if read else _unknown()
    if step.layer is None or step.number is None:
        return row(
            cell("fit idx", el("span.faint", {"aria-hidden": "true"}, "·")),
            row_head("full", said),
            cell("num hide-narrow", el("span.faint", None, "no layer")),
            cell("num hide-narrow"),
            cell("hide-narrow"),
            cell("hide-narrow"),
            kind="tr.is-muted",
        )
    layer = step.layer
    href = links.by_type(state.route, layer.digest, layer.media_type, layer.size)
    files = links.files(state.route, layer=step.number)
    return row(
        cell("fit idx", el(f"span.swatch.{colour(step.number)}"), f" {step.number}"),
        row_head("full", said, _compression(layer)),
        cell("num", size(layer.size)),
        cell("num hide-narrow", share(layer.size, total)),
        cell("fit", digest_link(layer.digest, href, "layer digest")),
        cell("act", el("a", {"href": files, "aria-label": f"Files of layer {step.number}"}, "Files")),
    )


def _unknown() -> Element:
    return el("span.faint", None, "not known without the config")


def _compression(layer: Descriptor) -> Node:
    from app.oci.media_type import layer_compression

    found = layer_compression(layer.media_type)
    # gzip is what nearly every layer is; the others are worth a word.
    if found == "gzip":
        return None
    return (
        " ",
        el(
            "span.badge",
            None,
            {"zstd": "zstd", "none": "not compressed"}[found] if found else hostile(layer.media_type),
        ),
    )


def history_line(history: History | None) -> Node:
    """A line of history as an instruction of a Dockerfile."""
    if history is None:
        return el("span.faint", None, "no history")
    text = history.created_by or ""
    if not text.strip():
        said = history.comment or ""
        return el("span.muted", None, foreign(said)) if said else el("span.faint", None, "no instruction recorded")
    keyword, rest = instruction(text)
    shown = rest if len(rest) <= _CUT else rest[:_CUT] + "…"
    return el("span.instr", None, (el("span.kw", None, keyword), " ") if keyword else None, foreign(shown))
