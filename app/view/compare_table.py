"""Tables that have two sides: what both say, and whether it is the same, in a word and an icon."""

from collections.abc import Sequence

from app.view.components import outcome
from app.view.markup import Element, Node, el
from app.view.signature_checks import not_checked
from app.view.tables import body, cell, column, row, row_head, table

LEFT, RIGHT = "first", "second"


def same(is_same: bool | None) -> Element:
    """The word for it; None where one of the two is not known."""
    if is_same is None:
        return not_checked("not known")
    return outcome("ok", "same") if is_same else outcome("warn", "differs")


def only(side: str) -> Element:
    """What stands on one side alone."""
    return outcome("warn", f"only in the {side}")


def two_sided(name: str, what: str, rows: Sequence[tuple[Node, Node, Node, Node]]) -> Element:
    """A table. `what`: what its rows are; each row: its name, the first side, the second, how they compare."""
    columns = (column(what), column("First"), column("Second"), column("Compared"))
    return table(name, columns, body([_row(*one) for one in rows]))


def _row(name: Node, left: Node, right: Node, compared: Node) -> Element:
    return row(
        row_head("full", name),
        cell("full", left if left is not None else absent(), label="First"),
        cell("full", right if right is not None else absent(), label="Second"),
        cell("fit", compared),
    )


def absent() -> Element:
    return el("span.faint", None, "not there")
