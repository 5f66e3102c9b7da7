"""FlatBuffers and ztocs written for tests: back to front is how they are written elsewhere, front to back here."""

from collections.abc import Sequence

Field = bytes | int | tuple[int, int] | list["Field"] | dict[int, "Field"]
"""A string, a number of (value, width), a vector of tables, or a table of fields by number."""


def table(fields: dict[int, Field], count: int) -> bytes:
    """A buffer whose root is that table; every table has `count` fields at most."""
    body = bytearray(4)
    root = _table(body, fields, count)
    body[:4] = root.to_bytes(4, "little")
    return bytes(body)


def _table(body: bytearray, fields: dict[int, Field], count: int) -> int:
    vtable = len(body)
    body += (4 + 2 * count).to_bytes(2, "little") + (4 + 8 * count).to_bytes(2, "little") + bytes(2 * count)
    at = len(body)
    body += (at - vtable).to_bytes(4, "little", signed=True) + bytes(8 * count)
    for number, field in fields.items():
        place = at + 4 + 8 * number
        body[vtable + 4 + 2 * number : vtable + 6 + 2 * number] = (place - at).to_bytes(2, "little")
        if isinstance(field, tuple):
            value, width = field
            body[place : place + width] = value.to_bytes(width, "little", signed=True)
            continue
        found = _indirect(body, field, count)
        body[place : place + 4] = (found - place).to_bytes(4, "little")
    return at


def _indirect(body: bytearray, field: Field, count: int) -> int:
    if isinstance(field, dict):
        return _table(body, field, count)
    at = len(body)
    if isinstance(field, bytes):
        body += len(field).to_bytes(4, "little") + field + b"\0"
        return at
    assert isinstance(field, list)
    body += len(field).to_bytes(4, "little") + bytes(4 * len(field))
    for number, each in enumerate(field):
        place = at + 4 + 4 * number
        found = _indirect(body, each, count)
        body[place : place + 4] = (found - place).to_bytes(4, "little")
    return at


def checkpoints(points: Sequence[tuple[int, int, int, bytes]]) -> bytes:
    """A zinfo: for each place input, output, bits and window."""
    packed = len(points).to_bytes(4, "little") + (1 << 20).to_bytes(8, "little")
    for blob, output, bits, window in points:
        packed += blob.to_bytes(8, "little") + output.to_bytes(8, "little") + bytes([bits]) + window.rjust(32768, b"\0")
    return packed
