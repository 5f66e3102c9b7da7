from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layers.pax import BadPax, decimal, parse_records, time_of, xattrs_of
from tests.unit.layers.layer_kit import pax

keys = st.binary(min_size=1, max_size=20).filter(lambda key: b"=" not in key)


@given(st.dictionaries(keys, st.binary(max_size=200), max_size=5))
def test_records_come_back(records: dict[bytes, bytes]) -> None:
    data = pax(records.items())[512:]
    assert parse_records(data) == records


@pytest.mark.parametrize(
    "data",
    [
        b"x",
        b"12",
        b"5 a=b",
        b"99 a=b\n",
        b"6 a=b\nx",
        b"6 abb\n",
        b"0 a=b\n",
        b"2 a=b\n",
        b"-6 a=b\n",
        b"1" * 5000 + b" a=b\n",
    ],
)
def test_what_is_no_record_is_refused_and_those_before_are_kept(data: bytes) -> None:
    with pytest.raises(BadPax) as caught:
        parse_records(b"6 k=v\n" + data)
    assert caught.value.records[b"k"] == b"v"


@given(st.binary(max_size=60))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    with suppress(BadPax):
        parse_records(data)


def test_records_that_are_meant_to_repeat_are_joined() -> None:
    assert parse_records(b"23 GNU.sparse.offset=1\n" * 2) == {b"GNU.sparse.offset": b"1,1"}


@pytest.mark.parametrize(
    ("text", "number"),
    [(b"0", 0), (b"12", 12), (b"", None), (b"-1", None), (b"1.5", None), (b"101", None), (b"9" * 5000, None)],
)
def test_a_number_is_plain_and_not_too_large(text: bytes, number: int | None) -> None:
    assert decimal(text, 100) == number


@pytest.mark.parametrize(
    ("text", "seconds"),
    [(b"1.5", 1.5), (b"-2", -2.0), (b"", None), (b"nan", None), (b"1e999", None), (b"1" * 100, None)],
)
def test_a_time_is_a_number_that_there_is(text: bytes, seconds: float | None) -> None:
    assert time_of(text) == seconds


def test_attributes_that_are_not_base64_are_left_out() -> None:
    found, cost = xattrs_of({b"LIBARCHIVE.xattr.a": b"a", b"SCHILY.xattr.b": b"x", b"path": b"y"})
    assert (dict(found), cost > 0) == ({"b": b"x"}, True)
