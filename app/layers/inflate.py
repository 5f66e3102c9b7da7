"""Compressed streams opened as they come, a bounded piece at a time."""

import zlib
from typing import Protocol

from app.layers.layer_index import Compression
from app.layers.limits import Problem
from app.layers.restart import BEGINNING, Inflating, Restart, Restarts

PIECE = 64 * 1024
"""Bytes of input handed to a decompressor at once; what it leaves of them is copied each time."""

GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"

# gzip header and trailer, checked by zlib itself (zlib manual, inflateInit2).
_GZIP = 16 + zlib.MAX_WBITS


class Inflater(Protocol):
    """A stream being opened. `blob`: bytes of input used, `output`: bytes given out. Nothing raises: with a `problem`
    what was given out so far stands and nothing more comes."""

    blob: int
    output: int
    problem: Problem | None

    def push(self, data: bytes) -> None:
        """The next input; only after `pull` gave out nothing."""
        ...

    def pull(self, most: int) -> bytes:
        """At most that many bytes of output; none when it needs input, or has come to its end."""
        ...

    def finish(self) -> None:
        """The input has ended; `problem` says where it should not have."""
        ...


class PlainStream:
    """Nothing is compressed. Implements Inflater."""

    def __init__(self) -> None:
        self.blob = self.output = 0
        self.problem: Problem | None = None
        self._input = b""

    def push(self, data: bytes) -> None:
        self._input = data

    def pull(self, most: int) -> bytes:
        given, self._input = self._input[:most], self._input[most:]
        self.blob += len(given)
        self.output += len(given)
        return given

    def finish(self) -> None:
        pass


class GzipStream:
    """gzip (RFC 1952), of several members too. Implements Inflater; restarts are added to `restarts` as they are due.

    Zeros behind a member are padding, and anything else that is no member is left alone, as gzip does.
    """

    def __init__(self, restarts: Restarts | None = None, restart: Restart = BEGINNING) -> None:
        self.blob, self.output = restart.blob, restart.output
        self.problem: Problem | None = None
        self._restarts = restarts
        self._input = b""
        self._at = 0
        # More output may come without more input: the last call was cut by its limit.
        self._more = False
        self._state: Inflating = zlib.decompressobj(_GZIP) if restart.state is None else restart.state.copy()
        self._open = True
        self._members = 0

    def push(self, data: bytes) -> None:
        self._input = self._input[self._at :] + data if self._at < len(self._input) else data
        self._at = 0

    def pull(self, most: int) -> bytes:
        while self.problem is None:
            if not self._open and not self._begin_member():
                return b""
            piece = self._input[self._at : self._at + PIECE]
            if not piece and not self._more:
                return b""
            state = self._state
            before = state.copy()
            restarts = self._restarts
            if restarts is not None and not self._more and restarts.due(self.blob):
                restarts.add(Restart(self.blob, self.output, before))
            try:
                given = state.decompress(piece, most)
            except zlib.error:
                given, used = _salvage(before, piece, most)
                self.blob += used
                self.output += len(given)
                self.problem = Problem("bad-compression", self.blob, "gzip")
                return given
            used = len(piece) - len(state.unused_data if state.eof else state.unconsumed_tail)
            self._at += used
            self.blob += used
            self.output += len(given)
            self._more = len(given) == most and not state.eof
            if state.eof:
                self._open = False
                self._members += 1
            if given:
                return given
        return b""

    def _begin_member(self) -> bool:
        """Whether another member begins; what is known not to be one is passed over."""
        rest = self._input[self._at :]
        members = rest.lstrip(b"\0")
        padding = len(rest) - len(members)
        self._at += padding
        self.blob += padding
        if not members:
            return False
        if members[:2] == GZIP_MAGIC:
            self._state = zlib.decompressobj(_GZIP)
            self._open = True
            restarts = self._restarts
            if restarts is not None and restarts.due(self.blob):
                restarts.add(Restart(self.blob, self.output, None))
            return True
        if members != GZIP_MAGIC[:1]:
            self.problem = Problem("trailing", self.blob)
        return False

    def finish(self) -> None:
        if self.problem is not None:
            return
        if self._open:
            self.problem = Problem("truncated", self.output, "compressed")
        elif self._at < len(self._input):
            self.problem = Problem("trailing", self.blob)


def _salvage(state: Inflating, piece: bytes, most: int) -> tuple[bytes, int]:
    """What came before the damage, and the bytes of input that it was: first in steps, then byte by byte.

    zlib gives nothing of a call that fails, although only the last bytes of it may be wrong, such as the checksum.
    """
    found = bytearray()
    at = 0
    for step in (512, 1):
        while at < len(piece) and len(found) < most:
            before = state.copy()
            try:
                found += state.decompress(piece[at : at + step], most - len(found))
            except zlib.error:
                state = before
                break
            at += step
    return bytes(found), min(at, len(piece))


COMPRESSIONS: dict[str, Compression] = {"none": "none", "gzip": "gzip", "zstd": "zstd"}
"""Those that can be opened, by name."""


def compression_of(head: bytes) -> str | None:
    """What a stream is by its first bytes; another compression's name where it cannot be opened; None: nothing known.

    containerd and docker go by these too, whatever the media type says.
    """
    if head[:2] == GZIP_MAGIC:
        return "gzip"
    if head[:4] == ZSTD_MAGIC or (head[1:4] == b"\x2a\x4d\x18" and head[0] & 0xF0 == 0x50):
        return "zstd"
    if head[257:262] == b"ustar" or (head[:512] and not head[:512].strip(b"\0")):
        return "none"
    for magic, name in ((b"\xfd7zXZ\0", "xz"), (b"BZh", "bzip2"), (b"\x04\x22\x4d\x18", "lz4"), (b"PK\x03\x04", "zip")):
        if head.startswith(magic):
            return name
    return None


def open_stream(compression: Compression, restarts: Restarts | None = None, restart: Restart = BEGINNING) -> Inflater:
    """A fresh stream, or one that begins at a restart: then the input is the blob from `restart.blob`."""
    if compression == "gzip":
        return GzipStream(restarts, restart)
    if compression == "zstd":
        from app.layers.zstd import ZstdStream

        return ZstdStream(restarts, restart)
    plain = PlainStream()
    plain.blob, plain.output = restart.blob, restart.output
    return plain
