import struct
import zlib
from pathlib import Path

import pytest

from tools import icon
from tools.paths import ROOT

SVG = ROOT / "static" / "icon.svg"


def pixels(data: bytes) -> list[list[tuple[int, ...]]]:
    """Rows of red, green, blue, alpha, as any reader of PNG finds them."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    place, chunks = 8, {}
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        body = data[place + 8 : place + 8 + length]
        assert struct.unpack(">I", data[place + 8 + length : place + 12 + length])[0] == zlib.crc32(kind + body)
        chunks[kind] = body
        place += 12 + length
    width, height, depth, colour = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (depth, colour) == (8, 6)
    raw = zlib.decompress(chunks[b"IDAT"])
    rows = [raw[y * (width * 4 + 1) + 1 :][: width * 4] for y in range(height)]
    return [[tuple(row[x * 4 : x * 4 + 4]) for x in range(width)] for row in rows]


def test_it_is_our_icon() -> None:
    rows = pixels(icon.png(icon.read(SVG), 48))
    assert len(rows) == len(rows[0]) == 48
    # A point of the compass at three o'clock; at half past one the ring alone.
    assert rows[24][40] == (0x14, 0x60, 0x8F, 255)
    assert rows[12][35][3] > 127
    assert rows[0][0][3] == rows[16][16][3] == 0


def test_it_is_the_same_from_left_and_right_and_from_above_and_below() -> None:
    rows = pixels(icon.png(icon.read(SVG), 32))
    assert rows == rows[::-1] == [row[::-1] for row in rows]


def test_the_same_icon_is_the_same_bytes() -> None:
    assert icon.png(icon.read(SVG), 16) == icon.png(icon.read(SVG), 16)


def test_lines_follow_their_path_relative_and_absolute() -> None:
    assert icon.shapes_of("M1 2 3 4l1 1-.5.5ZM0 0 1 0Z") == [
        [(1, 2), (3, 4), (4, 5), (3.5, 5.5)],
        [(0, 0), (1, 0)],
    ]


def test_a_drawing_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "icon.svg"
    file.write_text(SVG.read_text().replace("</svg>", "<rect/></svg>"))
    with pytest.raises(ValueError, match=r"icon\.svg"):
        icon.read(file)
