"""Archives for tests: written by tarfile, or header by header where tarfile would refuse; and ways to read them."""

import asyncio
import hashlib
import io
import tarfile
import zlib
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable, Sequence
from typing import Any, TypeVar

from app.layers.blob_source import HeldBlob
from app.layers.entries import Entries
from app.layers.layer_index import Compression, LayerIndex
from app.layers.limits import Limits
from app.layers.overlay import Overlay, overlay_of
from app.layers.scan import Scan
from app.layers.tar import TarReader
from app.oci.digest import digest_of
from tests.unit.fake_transport import FakeClock

T = TypeVar("T")

END = bytes(1024)

Member = tuple[str, bytes | None] | tarfile.TarInfo


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(coroutine)


def noise(seed: object, size: int) -> bytes:
    """Bytes that hardly compress, the same every time."""
    return hashlib.shake_128(str(seed).encode()).digest(size)


def info(name: str, kind: bytes = tarfile.REGTYPE, **fields: object) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type = kind
    for field, given in fields.items():
        setattr(made, field, given)
    return made


def tar_of(*members: Member | tuple[tarfile.TarInfo, bytes], format: int = tarfile.PAX_FORMAT) -> bytes:  # noqa: A002
    """A name with contents, or with None for a folder; or a TarInfo, with contents or without."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format, errors="surrogateescape") as archive:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                archive.addfile(member)
                continue
            named, data = member
            made = named if isinstance(named, tarfile.TarInfo) else tarfile.TarInfo(named)
            if data is None:
                made.type = tarfile.DIRTYPE
                archive.addfile(made)
            else:
                made.size = len(data)
                archive.addfile(made, io.BytesIO(data))
    return out.getvalue()


def link(name: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    return info(name, kind, linkname=target)


def header(
    name: bytes = b"file",
    *,
    size: bytes = b"00000000000\0",
    kind: bytes = b"0",
    target: bytes = b"",
    magic: bytes = b"ustar\x0000",
    mode: bytes = b"0000644\0",
    mtime: bytes = b"00000000000\0",
    prefix: bytes = b"",
    rest: bytes = b"",
) -> bytes:
    """One header with a right checksum, whatever is in it."""
    block = bytearray(512)
    fields = ((0, name), (100, mode), (108, b"0000000\0"), (116, b"0000000\0"), (124, size), (136, mtime), (156, kind))
    for at, field in (*fields, (157, target), (257, magic), (345, prefix), (345, rest)):
        block[at : at + len(field)] = field
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def octal(number: int) -> bytes:
    return b"%011o\0" % number


def pax(records: Iterable[tuple[bytes, bytes]], kind: bytes = b"x") -> bytes:
    """A pax header with these records."""
    body = b""
    for key, text in records:
        length = len(key) + len(text) + 3
        while len(str(length)) + len(key) + len(text) + 3 != length:
            length = len(str(length)) + len(key) + len(text) + 3
        body += b"%d %s=%s\n" % (length, key, text)
    return header(b"pax", size=octal(len(body)), kind=kind) + padded(body)


def padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 512)


def read_tar(data: bytes, limits: Limits | None = None, step: int | None = None) -> TarReader:
    """Read a whole archive, in pieces of `step` bytes."""
    reader = TarReader(Entries(), limits or Limits())
    for at in range(0, len(data), step or len(data) or 1):
        reader.feed(data[at : at + (step or len(data))])
    reader.finish()
    return reader


def entries_of(*members: Member | tuple[tarfile.TarInfo, bytes]) -> Entries:
    reader = read_tar(tar_of(*members))
    assert reader.problems == []
    return reader.entries


def overlay(*layers: Sequence[Member | tuple[tarfile.TarInfo, bytes]]) -> Overlay:
    return overlay_of([entries_of(*layer) for layer in layers])


def gzip_of(data: bytes, level: int = 6) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


class ChunkedBlob:
    """A blob that arrives in pieces; may fail or call back at a byte; records where it was asked from."""

    def __init__(
        self,
        data: bytes,
        piece: int = 1000,
        fail_at: int | None = None,
        error: Exception | None = None,
        at: Callable[[int], None] | None = None,
        size: int | None = -1,
    ) -> None:
        self.size = len(data) if size == -1 else size
        self.starts: list[int] = []
        self.sent = 0
        self.fail_at = fail_at
        self._data = data
        self._piece = piece
        self._error = error
        self._at = at

    async def stream(self, start: int) -> AsyncGenerator[bytes, None]:
        self.starts.append(start)
        for begin in range(start, len(self._data), self._piece):
            if self._at is not None:
                self._at(begin)
            if self.fail_at is not None and begin >= self.fail_at:
                if self._error is None:
                    return
                raise self._error
            chunk = self._data[begin : begin + self._piece]
            self.sent += len(chunk)
            await asyncio.sleep(0)
            yield chunk


def scan_of(blob: bytes, raw: bytes | None = None, compression: Compression | None = None, **fields: Any) -> Scan:
    """A scan that knows what the digests should be."""
    diff_id = None if raw is None else digest_of(raw)
    return Scan(FakeClock(), compression, digest=digest_of(blob), diff_id=diff_id, size=len(blob), **fields)


def scanned(blob: bytes, raw: bytes | None = None, compression: Compression | None = None, **fields: Any) -> LayerIndex:
    return run(scan_of(blob, raw, compression, **fields).run(HeldBlob(blob)))


def paths(index: LayerIndex) -> list[str]:
    return [entry.path for entry in index.entries]
