"""Our icon as PNG, for browsers that take no SVG for an extension; it knows no more than static/icon.svg has."""

import re
import struct
import zlib
from pathlib import Path
from typing import NamedTuple

# Samples of a pixel, each way.
FINE = 4

Point = tuple[float, float]


class Icon(NamedTuple):
    """A ring and filled shapes of one colour, in a square of `side` units."""

    side: float
    colour: tuple[int, int, int]
    centre: Point
    radius: float
    width: float
    shapes: list[list[Point]]


def read(file: Path) -> Icon:
    """Raises ValueError when the drawing has something else in it."""
    text = file.read_text()
    found = re.fullmatch(
        r'<svg xmlns="[^"]+" viewBox="0 0 ([\d.]+) \1" color="#([0-9a-f]{6})">'
        r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)" fill="none" stroke="currentColor"/>'
        r'<path d="([^"]+)" fill="currentColor"/></svg>\s*',
        text,
    )
    if found is None:
        raise ValueError(f"{file.name} is drawn in a way that tools/icon.py does not know")
    side, colour, x, y, radius, path = found.groups()
    red, green, blue = bytes.fromhex(colour)
    # SVG 2, "stroke-width": 1 where none is said.
    return Icon(float(side), (red, green, blue), (float(x), float(y)), float(radius), 1.0, shapes_of(path))


def shapes_of(path: str) -> list[list[Point]]:
    """The polygons of a path of M, l (and the lines that follow an M) and Z."""
    shapes: list[list[Point]] = []
    relative = False
    numbers: list[float] = []
    for command, number in re.findall(r"([MlZ])|(-?(?:\d+\.?\d*|\.\d+))", path):
        if command == "M":
            shapes.append([])
        if command:
            relative = command == "l"
            continue
        numbers.append(float(number))
        if len(numbers) == 2:
            last = shapes[-1][-1] if relative else (0.0, 0.0)
            shapes[-1].append((last[0] + numbers[0], last[1] + numbers[1]))
            numbers = []
    return shapes


def png(icon: Icon, size: int) -> bytes:
    """A square of `size` pixels, transparent where nothing is drawn; the same bytes every time and everywhere."""
    rows = []
    for y in range(size):
        row = bytearray([0])  # PNG, "Filter types": none
        for x in range(size):
            row += bytes((*icon.colour, _cover(icon, size, x, y)))
        rows.append(bytes(row))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", _stored(b"".join(rows))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _stored(data: bytes) -> bytes:
    # RFC 1950 around RFC 1951 blocks without compression: what a compressor writes differs from one zlib to the next.
    blocks = [data[start : start + 0xFFFF] for start in range(0, len(data), 0xFFFF)]
    written = b"".join(
        struct.pack("<BHH", number == len(blocks) - 1, len(block), len(block) ^ 0xFFFF) + block
        for number, block in enumerate(blocks)
    )
    return b"\x78\x01" + written + struct.pack(">I", zlib.adler32(data))


def _cover(icon: Icon, size: int, x: int, y: int) -> int:
    """How much of a pixel is drawn on, 0 to 255."""
    hits = 0
    for index in range(FINE * FINE):
        across, down = divmod(index, FINE)
        point = ((x + (across + 0.5) / FINE) * icon.side / size, (y + (down + 0.5) / FINE) * icon.side / size)
        hits += _is_drawn(icon, point)
    return hits * 255 // (FINE * FINE)


def _is_drawn(icon: Icon, point: Point) -> bool:
    distance = ((point[0] - icon.centre[0]) ** 2 + (point[1] - icon.centre[1]) ** 2) ** 0.5
    return abs(distance - icon.radius) <= icon.width / 2 or any(_is_in(shape, point) for shape in icon.shapes)


def _is_in(shape: list[Point], point: Point) -> bool:
    """Whether a ray to the right leaves the polygon an odd number of times."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(shape, [*shape[1:], shape[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside
