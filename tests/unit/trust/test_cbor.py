import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.trust.cbor import Cbor, NotCbor, Tagged, decode_cbor


@pytest.mark.parametrize(
    ("data", "found"),
    [  # RFC 8949 appendix A
        ("00", 0),
        ("1818", 24),
        ("1903e8", 1000),
        ("1bffffffffffffffff", 18446744073709551615),
        ("3863", -100),
        ("f4", False),
        ("f5", True),
        ("f6", None),
        ("f7", None),
        ("f93e00", 1.5),
        ("fb3ff199999999999a", 1.1),
        ("4401020304", b"\x01\x02\x03\x04"),
        ("6449455446", "IETF"),
        ("83010203", [1, 2, 3]),
        ("a201020304", {1: 2, 3: 4}),
        ("a26161016162820203", {"a": 1, "b": [2, 3]}),
        ("5f42010243030405ff", b"\x01\x02\x03\x04\x05"),
        ("7f657374726561646d696e67ff", "streaming"),
        ("9f0102ff", [1, 2]),
        ("bf6346756ef563416d7421ff", {"Fun": True, "Amt": -2}),
    ],
)
def test_items_of_the_specification_are_read(data: str, found: Cbor) -> None:
    decoded = decode_cbor(bytes.fromhex(data))
    assert decoded == found
    assert type(decoded) is type(found)


def test_a_tag_keeps_its_number() -> None:
    found = decode_cbor(bytes.fromhex("c11a514b67b0"))
    assert isinstance(found, Tagged)
    assert (found.number, found.content) == (1, 1363896240)


@pytest.mark.parametrize(
    "data",
    [
        "",  # nothing
        "0000",  # two items
        "1c",  # a reserved length
        "5a7fffffff00",  # 2 GiB announced
        "9b7fffffffffffffff",  # as many items
        "9f01",  # no break
        "bf01ff",  # a key without anything
        "a2010101" + "02",  # a key twice
        "a1" + "8001",  # a key that is an array
        "61ff",  # not UTF-8
        "5f01ff",  # a number in a byte string
        "81" * 40 + "00",  # too deep
        "f8ff",  # a simple value of nobody knows what
    ],
)
def test_what_is_no_cbor_is_refused(data: str) -> None:
    with pytest.raises(NotCbor):
        decode_cbor(bytes.fromhex(data))


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    with contextlib.suppress(NotCbor):
        decode_cbor(data)
