from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layers.flatbuffer import BadFlatbuffer, root_of
from tests.unit.layers.flatbuffer_kit import table

DATA = table({0: b"name", 1: (-5, 8), 2: [{0: b"one"}, {0: b"two"}], 3: {1: (7, 1)}}, 5)


def test_fields_are_read_by_their_numbers() -> None:
    root = root_of(DATA)
    assert (root.content(0), root.number(1, 8), root.count(2)) == (b"name", -5, 2)
    assert [root.element(2, number).content(0) for number in range(2)] == [b"one", b"two"]
    inner = root.table(3)
    assert inner is not None
    assert inner.number(1, 1) == 7


def test_fields_that_are_not_there_have_defaults() -> None:
    root = root_of(DATA)
    assert (root.content(4), root.number(4, 4, 9), root.count(4), root.table(4), root.number(99, 4)) == (
        b"",
        9,
        0,
        None,
        0,
    )


@given(st.data())
def test_damage_raises_its_own_error_alone(data: st.DataObject) -> None:
    damaged = bytearray(DATA)
    for _ in range(3):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with suppress(BadFlatbuffer):
        root = root_of(bytes(damaged[: data.draw(st.integers(0, len(damaged)))]))
        root.content(0)
        for number in range(min(root.count(2), 10)):
            root.element(2, number).content(0)


def test_an_element_of_what_is_not_there_is_refused() -> None:
    with pytest.raises(BadFlatbuffer):
        root_of(DATA).element(4, 0)
