"""Docker's schema 1: shown as what it is."""

from app.oci.digest import Digest
from app.oci.schema1 import Schema1
from app.state.model import AppState
from app.view import links
from app.view.components import digest_link, notice, section
from app.view.format import plural
from app.view.layers import history_line
from app.view.markup import Element, Node, el, foreign, group
from app.view.tables import body, cell, column, row, row_head, table


def schema1(state: AppState, document: Schema1) -> Element:
    """Layers and history of a schema 1 manifest; it says nothing of sizes."""
    rows = [
        row(
            cell("fit idx", str(number + 1)),
            row_head("full", history_line(document.history[number] if number < len(document.history) else None)),
            cell("fit", _digest(state, digest)),
        )
        for number, digest in enumerate(document.layers)
    ]
    claims: list[Node] = [document.name, f":{document.tag}" if document.tag else ""]
    return group(
        notice(
            "warn",
            "Docker schema 1, a format of the past",
            el("p", None, "It was replaced in 2015. Current clients no longer pull it, and its layers carry no sizes."),
            el(
                "p",
                None,
                "It calls itself ",
                el("span.mono", None, [foreign(str(one)) for one in claims]),
                f", for {document.architecture or 'no named architecture'}.",
            )
            if document.name
            else None,
        ),
        section(
            "layers",
            "Layers and history",
            table("Layers, base first", (column("Layer"), column("Instruction"), column("Digest")), body(rows)),
            aside=el("span.muted", None, plural(len(document.layers), "layer")),
        ),
    )


def _digest(state: AppState, digest: Digest) -> Element:
    href = links.layer(state.route, digest, "application/vnd.docker.image.rootfs.diff.tar.gzip", None)
    return digest_link(digest, href, "layer digest")
