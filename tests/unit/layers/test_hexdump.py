from app.layers.hexdump import HexRow, hexdump


def test_sixteen_bytes_make_a_row() -> None:
    rows = hexdump(bytes(range(0x3A, 0x4D)))
    assert rows == (
        HexRow(0, "3a 3b 3c 3d 3e 3f 40 41  42 43 44 45 46 47 48 49", ":;<=>?@ABCDEFGHI"),
        HexRow(16, "4a 4b 4c", "JKL"),
    )


def test_what_cannot_be_printed_is_a_dot() -> None:
    assert hexdump(b"a\0\n\x7f\xff~")[0].text == "a....~"


def test_a_part_is_shown_with_its_offsets() -> None:
    assert [row.offset for row in hexdump(bytes(100), 32, 2, base=1000)] == [1032, 1048]
    assert hexdump(b"", 0) == ()
