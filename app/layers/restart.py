"""Places in a compressed stream where reading can begin again."""

from bisect import bisect_right
from typing import NamedTuple, Protocol

MIB = 1024 * 1024


class Inflating(Protocol):
    """A zlib decompression object."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes: ...
    def copy(self) -> "Inflating": ...


class Restart(NamedTuple):
    """A place: `blob` bytes of the compressed stream make `output` bytes of the decompressed one.

    `state`: the decompressor as it was there (about 40 kB: zlib's window and tables); None where a member or frame
    begins, or where nothing is compressed.
    """

    blob: int
    output: int
    state: Inflating | None


BEGINNING = Restart(0, 0, None)


class Restarts:
    """Restarts in order. `spacing`: bytes of the blob between two; it doubles when there are more than `most`, so
    that the memory for them is bounded whatever the layer's size."""

    def __init__(self, spacing: int = 4 * MIB, most: int = 512) -> None:
        self.spacing = spacing
        self._most = most
        self._kept: list[Restart] = [BEGINNING]

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def last(self) -> Restart:
        return self._kept[-1]

    def due(self, blob: int) -> bool:
        """Whether a restart at that place of the blob is far enough from the last one."""
        return blob - self._kept[-1].blob >= self.spacing

    def add(self, restart: Restart) -> None:
        """Keep one that lies behind all others."""
        self._kept.append(restart)
        if len(self._kept) > self._most:
            del self._kept[1::2]
            self.spacing *= 2

    def before(self, output: int) -> Restart:
        """The last one from which that byte of the decompressed stream can be reached."""
        return self._kept[bisect_right(self._kept, output, key=lambda one: one.output) - 1]
