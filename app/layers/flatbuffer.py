"""As much of FlatBuffers as reading takes (flatbuffers.dev, "Internals"): little-endian tables of offsets, checked."""


class BadFlatbuffer(ValueError):
    """Bytes that are no such buffer. `offset`: where."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"not a FlatBuffer at byte {offset}")
        self.offset = offset


class Table:
    """A table: fields by number, each there or not. All methods raise BadFlatbuffer."""

    __slots__ = ("_at", "_data", "_fields")

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._at = at
        vtable = at - _read(data, at, 4, signed=True)
        size = _read(data, vtable, 2)
        if size < 4 or size % 2:
            raise BadFlatbuffer(vtable)
        self._fields = [_read(data, place, 2) for place in range(vtable + 4, vtable + size, 2)]

    def _place(self, field: int) -> int | None:
        offset = self._fields[field] if field < len(self._fields) else 0
        return self._at + offset if offset else None

    def number(self, field: int, width: int, default: int = 0) -> int:
        """A signed integer of that many bytes."""
        place = self._place(field)
        return default if place is None else _read(self._data, place, width, signed=True)

    def _indirect(self, field: int) -> int | None:
        place = self._place(field)
        return None if place is None else place + _read(self._data, place, 4)

    def content(self, field: int) -> bytes:
        """A string, or a vector of bytes; empty where it is not there."""
        at = self._indirect(field)
        return b"" if at is None else _content(self._data, at)

    def table(self, field: int) -> "Table | None":
        at = self._indirect(field)
        return None if at is None else Table(self._data, at)

    def count(self, field: int) -> int:
        """How many elements a vector of four-byte elements has."""
        at = self._indirect(field)
        if at is None:
            return 0
        count = _read(self._data, at, 4)
        if at + 4 + 4 * count > len(self._data):
            raise BadFlatbuffer(at)
        return count

    def element(self, field: int, number: int) -> "Table":
        """A table out of a vector of tables."""
        at = self._indirect(field)
        if at is None:
            raise BadFlatbuffer(self._at)
        place = at + 4 + 4 * number
        return Table(self._data, place + _read(self._data, place, 4))


def root_of(data: bytes) -> Table:
    """The root table. Raises BadFlatbuffer."""
    return Table(data, _read(data, 0, 4))


def _read(data: bytes, at: int, width: int, signed: bool = False) -> int:
    if at < 0 or at + width > len(data):
        raise BadFlatbuffer(at)
    return int.from_bytes(data[at : at + width], "little", signed=signed)


def _content(data: bytes, at: int) -> bytes:
    length = _read(data, at, 4)
    if at + 4 + length > len(data):
        raise BadFlatbuffer(at)
    return data[at + 4 : at + 4 + length]
