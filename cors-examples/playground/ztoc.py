"""ztoc: what SOCI keeps of a layer, a FlatBuffer of its members and of the places where its gzip can be entered.

soci-snapshotter, ztoc/fbs/ztoc.fbs. Written front to back, every table with room for its last field.
"""

import io
import struct
import tarfile
from collections.abc import Sequence

Field = bytes | tuple[int, int] | list["Field"] | dict[int, "Field"]
"""A string, a number with its width, a vector of tables, a table of fields by number."""

KINDS = {tarfile.REGTYPE: b"reg", tarfile.DIRTYPE: b"dir", tarfile.SYMTYPE: b"symlink", tarfile.LNKTYPE: b"hardlink"}
FIELDS = 14
WINDOW = 32768


def ztoc(archive: bytes, packed: int, points: Sequence[tuple[int, int, bytes]]) -> bytes:
    """`packed`: bytes of the layer. `points`: input, output and the last 32 KiB of output, of each place to enter."""
    members: list[Field] = []
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        for info in opened:
            fields: dict[int, Field] = {
                0: info.name.encode() + (b"/" if info.isdir() else b""),
                1: KINDS[info.type],
                2: (info.offset_data, 8),
                3: (info.size, 8),
                5: (info.mode, 8),
                6: (info.uid, 4),
                7: (info.gid, 4),
                10: b"2026-01-05T08:00:00Z",
            }
            if info.linkname:
                fields[4] = info.linkname.encode()
            members.append(fields)
    places = struct.pack("<IQ", len(points), 1 << 20)
    for blob, output, window in points:
        places += struct.pack("<QQB", blob, output, 0) + window.rjust(WINDOW, b"\0")
    info_: dict[int, Field] = {0: (1, 1), 1: (len(points) - 1, 4), 3: places}
    root: dict[int, Field] = {
        0: b"0.9",
        1: b"Playground v1",
        2: (packed, 8),
        3: (len(archive), 8),
        4: {0: members},
        5: info_,
    }
    body = bytearray(4)
    struct.pack_into("<I", body, 0, add(body, root))
    return bytes(body)


def add(body: bytearray, field: Field) -> int:
    """Append what a field points to; returns where it is."""
    if isinstance(field, dict):
        return add_table(body, field)
    at = len(body)
    if isinstance(field, bytes):
        body += struct.pack("<I", len(field)) + field + b"\0"
        return at
    if isinstance(field, tuple):
        raise TypeError("a number stands in its table")
    body += struct.pack("<I", len(field)) + bytes(4 * len(field))
    for number, each in enumerate(field):
        place = at + 4 + 4 * number
        struct.pack_into("<I", body, place, add(body, each) - place)
    return at


def add_table(body: bytearray, fields: dict[int, Field]) -> int:
    """FlatBuffers internals, "Tables": its vtable first, then eight bytes for each field."""
    vtable = len(body)
    body += struct.pack("<HH", 4 + 2 * FIELDS, 4 + 8 * FIELDS) + bytes(2 * FIELDS)
    at = len(body)
    body += struct.pack("<i", at - vtable) + bytes(8 * FIELDS)
    for number, field in fields.items():
        place = at + 4 + 8 * number
        struct.pack_into("<H", body, vtable + 4 + 2 * number, place - at)
        if isinstance(field, tuple):
            value, width = field
            body[place : place + width] = value.to_bytes(width, "little")
        else:
            struct.pack_into("<I", body, place, add(body, field) - place)
    return at
