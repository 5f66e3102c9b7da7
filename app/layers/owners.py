"""Modes and owners of plain headers, each parsed once: a layer has few of them."""

from app.layers.entries import Entries
from app.layers.entry import Owner
from app.layers.tar_header import number_or_zero, text_of

_REMEMBERED = 4096


class Owners:
    """The numbers that `entries` gives to modes and owners, by the bytes of headers that say them."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._known: dict[bytes, int] = {}

    def number(self, block: bytes) -> int:
        """For `Entries.append`."""
        key = block[100:124] + block[257:329]
        number = self._known.get(key)
        if number is None:
            number = self._entries.owner_id(owner_of(block))
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = number
        return number


def owner_of(block: bytes) -> Owner:
    """Mode, numbers and names of a header; the seventh edition's has no names."""
    mode, uid, gid = (number_or_zero(block[at : at + 8]) for at in (100, 108, 116))
    named = block[257:262] == b"ustar"
    user, group = (text_of(block[265:297]), text_of(block[297:329])) if named else (b"", b"")
    return Owner(mode & 0o7777, uid, gid, user, group)
