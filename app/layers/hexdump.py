"""Bytes as people read them when nothing else helps."""

from typing import NamedTuple

from app.oci.value import value

WIDTH = 16

# Printable ASCII as it is, everything else a dot.
_SHOWN = bytes(byte if 0x20 <= byte < 0x7F else 0x2E for byte in range(256))


@value
class HexRow(NamedTuple):
    """Sixteen bytes, fewer in the last row. `hex`: two groups of eight, as `hexdump -C` writes them."""

    offset: int
    hex: str
    text: str


def hexdump(data: bytes, start: int = 0, rows: int = 200, base: int = 0) -> tuple[HexRow, ...]:
    """Rows of the data from byte `start` on; `base` is added to the offsets shown."""
    found: list[HexRow] = []
    for at in range(start, min(len(data), start + rows * WIDTH), WIDTH):
        part = data[at : at + WIDTH]
        halves = (part[:8].hex(" "), part[8:].hex(" "))
        found.append(HexRow(base + at, "  ".join(filter(None, halves)), part.translate(_SHOWN).decode("ascii")))
    return tuple(found)
