"""zstd (RFC 8878): Python 3.14 brings it, older ones have the same module from elsewhere."""

import sys

from app.layers.inflate import PIECE, ZSTD_MAGIC
from app.layers.limits import Problem
from app.layers.restart import BEGINNING, Restart, Restarts

if sys.version_info >= (3, 14):
    from compression.zstd import DecompressionParameter, ZstdDecompressor, ZstdError
else:
    from backports.zstd import DecompressionParameter, ZstdDecompressor, ZstdError

# RFC 8878 section 3.1.1.1.2: decoders may refuse large windows; this is the 128 MiB that the zstd tool allows unasked.
_WINDOW_LOG = 27

# A failed call gives nothing, and the decompressor has no copy: small steps where a frame begins lose little.
_CAREFUL = 128 * 1024
_SMALL_PIECE = 4096


def is_skippable(head: bytes) -> bool:
    """Whether a skippable frame begins there (RFC 8878 section 3.1.2)."""
    return len(head) >= 4 and head[1:4] == b"\x2a\x4d\x18" and head[0] & 0xF0 == 0x50


def fresh_decompressor() -> ZstdDecompressor:
    """For one frame."""
    return ZstdDecompressor(options={DecompressionParameter.window_log_max: _WINDOW_LOG})


class ZstdStream:
    """zstd frames, one after another, skippable ones passed over. Implements app.layers.inflate.Inflater.

    Restarts are where frames begin.
    """

    def __init__(self, restarts: Restarts | None = None, restart: Restart = BEGINNING) -> None:
        self.blob, self.output = restart.blob, restart.output
        self.problem: Problem | None = None
        self._restarts = restarts
        self._input = b""
        self._at = 0
        self._skip = 0
        self._frame: ZstdDecompressor | None = None
        self._began = 0
        self._frames = 0

    def push(self, data: bytes) -> None:
        self._input = self._input[self._at :] + data if self._at < len(self._input) else data
        self._at = 0

    def pull(self, most: int) -> bytes:
        while self.problem is None:
            frame = self._next_frame() if self._frame is None else self._frame
            if frame is None:
                return b""
            piece = b""
            if frame.needs_input:
                size = PIECE if self.blob - self._began > _CAREFUL else _SMALL_PIECE
                piece = self._input[self._at : self._at + size]
                if not piece:
                    return b""
            try:
                given = frame.decompress(piece, most)
            except ZstdError:
                self.problem = Problem("bad-compression", self.blob, "zstd")
                return b""
            self._use(len(piece))
            if frame.eof:
                # Part of it may have come with an earlier piece; that is still in the input.
                self._use(-len(frame.unused_data))
                self._frame = None
                self._frames += 1
            self.output += len(given)
            if given:
                return given
        return b""

    def _next_frame(self) -> ZstdDecompressor | None:
        """The decompressor of the next frame that has contents; None where the input does not reach it."""
        while True:
            passed = min(self._skip, len(self._input) - self._at)
            self._skip -= passed
            self._use(passed)
            head = self._input[self._at : self._at + 8]
            if self._skip or not is_skippable(head):
                break
            if len(head) < 8:
                return None
            self._use(8)
            self._skip = int.from_bytes(head[4:], "little")
            self._frames += 1
        return None if self._skip or len(head) < 4 else self._begin_frame(head)

    def _use(self, count: int) -> None:
        self._at += count
        self.blob += count

    def _begin_frame(self, head: bytes) -> ZstdDecompressor | None:
        if head[:4] != ZSTD_MAGIC:
            self.problem = Problem("trailing" if self._frames else "bad-compression", self.blob, "zstd")
            return None
        restarts = self._restarts
        if restarts is not None and restarts.due(self.blob):
            restarts.add(Restart(self.blob, self.output, None))
        self._began = self.blob
        self._frame = fresh_decompressor()
        return self._frame

    def finish(self) -> None:
        if self.problem is not None:
            return
        if self._frame is not None or self._skip or not self._frames:
            self.problem = Problem("truncated", self.output, "compressed")
        elif self._at < len(self._input):
            self.problem = Problem("trailing", self.blob)
