import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layers.entry import FILE, FOLDER, OTHER, Segment
from app.layers.tar_header import checksum_holds, gnu_pieces, kind_of, name_of, number_or_zero, padded, parse_number
from tests.unit.layers.layer_kit import header, octal


@given(st.integers(0, 2**64 - 1))
def test_numbers_come_back_in_octal_and_in_base_256(number: int) -> None:
    if number < 8**11:
        assert parse_number(octal(number)) == number
    assert parse_number(b"\x80" + number.to_bytes(11, "big")) == number


@pytest.mark.parametrize(
    ("field", "number"),
    [(b"0000644\0", 0o644), (b"   644 \0", 0o644), (b"644", 0o644), (b"\0" * 8, 0), (b" " * 8, 0), (b"\xff" * 8, -1)],
)
def test_numbers_are_padded_in_many_ways(field: bytes, number: int) -> None:
    assert parse_number(field) == number


@pytest.mark.parametrize("field", [b"0000648\0", b"-1\0", b"0x10\0", b"1_0\0", b"1 1\0", b"abc"])
def test_what_is_no_number_is_refused_or_taken_for_zero(field: bytes) -> None:
    with pytest.raises(ValueError, match=r"octal|base 8"):
        parse_number(field)
    assert number_or_zero(field) == 0


@given(st.binary(min_size=1, max_size=100), st.integers(0, 511), st.integers(1, 255))
def test_a_checksum_tells_every_single_byte_that_changed(name: bytes, at: int, by: int) -> None:
    block = bytearray(header(name))
    assert checksum_holds(bytes(block))
    if not 148 <= at < 156:
        block[at] = (block[at] + by) % 256
        assert not checksum_holds(bytes(block))


def test_a_checksum_of_all_ones_holds_although_it_is_beyond_the_modulus() -> None:
    block = bytearray(b"\xff" * 512)
    block[148:156] = b"%06o\0 " % (255 * 504 + 256)
    assert checksum_holds(bytes(block))


def test_a_name_that_fills_its_field_needs_no_nul() -> None:
    assert name_of(header(b"n" * 100, prefix=b"p" * 155)) == b"p" * 155 + b"/" + b"n" * 100


@pytest.mark.parametrize(
    ("flag", "name", "kind"),
    [(48, b"a/", FILE), (0, b"a", FILE), (0, b"a/", FOLDER), (53, b"a", FOLDER), (55, b"a", FILE), (90, b"a", OTHER)],
)
def test_the_kind_is_that_of_the_flag(flag: int, name: bytes, kind: int) -> None:
    assert kind_of(flag, name) == kind


def test_contents_take_whole_blocks() -> None:
    assert [padded(size) for size in (0, 1, 512, 513)] == [0, 512, 512, 1024]


def test_pieces_end_at_the_first_empty_one() -> None:
    block = octal(5) + octal(2) + octal(9) + octal(0) + bytes(24)
    assert gnu_pieces(block, 0, 3) == [Segment(5, 2), Segment(9, 0)]
