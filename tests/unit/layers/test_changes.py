from app.layers.changes import Change, Summary, changes, summary
from app.layers.tree import Place
from tests.unit.layers.layer_kit import overlay

OVER = overlay(
    [("d", None), ("d/a", b"1"), ("d/b", b"22"), ("e/x", b"1")],
    [("d", None), ("d/a", b"333"), ("d/.wh.b", b""), ("d/c", b"4"), ("e/.wh..wh..opq", b""), (".wh.none", b"")],
)


def test_a_line_of_history_shows_what_it_added_changed_and_removed() -> None:
    assert list(changes(OVER, 1)) == [
        Change("d/a", "changed", 3, Place(1, 1)),
        Change("d/b", "removed", 0, Place(1, 2)),
        Change("d/c", "added", 1, Place(1, 3)),
        Change("e", "emptied", 0, Place(1, 4)),
    ]


def test_the_changes_of_a_layer_are_counted() -> None:
    assert summary(OVER, 0) == Summary(4, 0, 0, 4)
    assert summary(OVER, 1) == Summary(1, 1, 2, 4)
