"""Tables, and the islands in them that are regions of their own."""

from collections.abc import Iterable

from app.view.markup import Attributes, Element, Node, el


def column(heading: Node, classes: str = "", sort: str | None = None) -> Element:
    """A column's head. `sort`: the value of aria-sort where the column can be sorted."""
    kind = f"th.{classes.replace(' ', '.')}" if classes else "th"
    return el(kind, {"scope": "col", "role": "columnheader", "aria-sort": sort}, heading)


def cell(classes: str, *children: Node, label: str | None = None) -> Element:
    """A cell; on a phone `label` stands before what is in it."""
    kind = f"td.{classes.replace(' ', '.')}" if classes else "td"
    return el(kind, {"role": "cell", "data-label": label}, *children)


def row_head(classes: str, *children: Node) -> Element:
    return el(f"th.{classes.replace(' ', '.')}", {"scope": "row", "role": "rowheader"}, *children)


def row(*cells: Node, kind: str = "tr", attributes: Attributes = None) -> Element:
    return el(kind, {"role": "row", **(attributes or {})}, *cells)


def table(name: str, columns: Iterable[Node], *bodies: Node) -> Element:
    """A table in a box that scrolls by itself; on a phone its rows become blocks. The roles say what CSS takes away."""
    return el(
        "div.tablebox",
        {"tabindex": 0, "role": "region", "aria-label": name},
        el(
            "table.datatable.stackable",
            {"role": "table", "aria-label": name},
            el("thead", {"role": "rowgroup"}, el("tr", {"role": "row"}, *columns)),
            *bodies,
        ),
    )


def body(*rows: Node) -> Element:
    return el("tbody", {"role": "rowgroup"}, *rows)


def island(kind: str, number: int, attributes: Attributes = None) -> Element:
    """The empty place of a chunk of rows, which is a region of its own."""
    return el(kind, {"id": f"rows-{number}", "data-region": True, "data-chunk": f"rows:{number}", **(attributes or {})})
