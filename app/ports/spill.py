"""Bytes put aside in the browser's own file system, so that what was downloaded once can be read again."""

from typing import Protocol


class SpillFile(Protocol):
    """One file of bytes, written in order. After a failed write it is gone, and `size` is 0."""

    @property
    def size(self) -> int:
        """Bytes written so far."""
        ...

    @property
    def complete(self) -> bool: ...
    def write(self, data: bytes) -> bool:
        """Append; False when the budget or the disk is full, and then nothing of the file remains."""
        ...

    def finish(self) -> None:
        """Nothing will follow: the whole blob is there."""
        ...

    def read(self, start: int, length: int) -> bytes:
        """At most `length` bytes from there; fewer at the end."""
        ...

    def drop(self) -> None:
        """Give the file and its place up."""
        ...


class Spill(Protocol):
    async def open(self, key: str, size: int | None) -> SpillFile | None:
        """The file of that key (a digest), as it is or new; None where there is no such storage or no room for it.

        `size`: the bytes expected. The files used longest ago make room.
        """
        ...
