import pytest

from app.layers.biggest import Waste, Wasted, biggest, biggest_seen, wasted
from app.layers.tree import Place
from tests.unit.layers.layer_kit import entries_of, overlay

OVER = overlay(
    [("a", b"1" * 30), ("b", b"1" * 20), ("c", b"1" * 40)], [("a", b"1" * 10), (".wh.c", b"")], [("a", b"12")]
)


def test_the_biggest_files_of_a_layer_come_first() -> None:
    assert biggest(entries_of(("a", b"1"), ("b", b"123"), ("d", None), ("c", b"12")), 2) == (1, 3)


def test_the_biggest_files_of_all_layers_are_those_that_are_seen() -> None:
    assert biggest_seen(OVER, 5) == (Place(0, 1), Place(2, 0))


def test_waste_is_what_is_carried_and_not_seen() -> None:
    assert wasted(OVER, 5) == Waste(80, 102, 2, (Wasted("c", 1, 40, Place(0, 2)), Wasted("a", 2, 40, Place(1, 0))))
    assert wasted(OVER, 1).rows == (Wasted("c", 1, 40, Place(0, 2)),)


def test_efficiency_is_the_part_that_is_seen() -> None:
    assert wasted(OVER, 0).efficiency == pytest.approx(22 / 102)
    assert wasted(overlay(), 0).efficiency == 1
