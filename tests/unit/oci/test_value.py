from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import pytest

from app.oci.value import value


@value
class Point(NamedTuple):
    x: int
    y: int


@value
class Size(NamedTuple):
    x: int
    y: int


@value
class Labelled(NamedTuple):
    name: str
    labels: Mapping[str, str]


def test_values_with_equal_fields_are_equal() -> None:
    assert Point(1, 2) == Point(1, 2)
    assert not Point(1, 2) != Point(1, 2)  # noqa: SIM202


def test_values_of_different_types_are_unequal() -> None:
    point: object = Point(1, 2)
    assert point != Size(1, 2)
    assert not point == Size(1, 2)  # noqa: SIM201


def test_a_value_is_unequal_to_the_plain_tuple_of_its_fields() -> None:
    assert Point(1, 2) != (1, 2)
    plain: tuple[int, int] = (1, 2)
    assert plain != Point(1, 2)


def test_equal_values_share_a_dictionary_key_and_other_types_do_not() -> None:
    found: dict[object, str] = {Point(1, 2): "point", Size(1, 2): "size", (1, 2): "tuple"}
    assert len(found) == 3
    assert found[Point(1, 2)] == "point"


def test_a_value_with_a_read_only_mapping_can_be_hashed() -> None:
    one = Labelled("a", MappingProxyType({"k": "v", "l": "w"}))
    same = Labelled("a", MappingProxyType({"l": "w", "k": "v"}))
    assert one == same
    assert hash(one) == hash(same)


def test_only_named_tuples_become_values() -> None:
    with pytest.raises(TypeError):
        value(int)
