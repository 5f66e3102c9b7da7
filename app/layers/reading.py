"""The contents of one file of a layer, without reading the layer again."""

from contextlib import aclosing
from typing import Literal, NamedTuple

from app.layers.blob_source import BlobSource, read_range
from app.layers.entry import FILE, HARDLINK, OTHER, Chunk, Entry, decode_name
from app.layers.inflate import Inflater, open_stream
from app.layers.layer_index import Compression, LayerIndex
from app.layers.member_path import clean_path
from app.layers.restart import Restart
from app.layers.slices import SLICE
from app.layers.sparse import expand
from app.oci.digest import DigestError, parse_digest, verify
from app.oci.value import value
from app.ports.clock import Clock

_OUTPUT = 1024 * 1024

ReadKind = Literal["not-a-file", "missing-link", "unplaced", "truncated", "bad-compression"]

Checked = Literal["ok", "wrong", "none"]


class ReadProblem(Exception):
    """A file whose contents cannot be had.

    `kind`: not-a-file, missing-link (a hard link to what this layer has not), unplaced (nothing says where its bytes
    are), truncated, bad-compression.
    """

    def __init__(self, kind: ReadKind, path: str) -> None:
        super().__init__(f"{path!r}: {kind}")
        self.kind: ReadKind = kind
        self.path = path


@value
class FileContent(NamedTuple):
    """The first bytes of a file. `size`: of all of it; `complete`: whether `data` is all. `checked`: against the
    digests of a table of contents; `none` where nothing says what a single file should be."""

    data: bytes
    size: int
    complete: bool
    checked: Checked


def member_of(index: LayerIndex, member: int) -> int:
    """The member that holds the contents: itself, or what it is a hard link to. Raises ReadProblem."""
    entries = index.entries
    path = entries.path(member)
    for _ in range(8):
        kind = entries.kind(member)
        if kind in (FILE, OTHER):
            return member
        if kind != HARDLINK:
            raise ReadProblem("not-a-file", path)
        target = clean_path(entries.target(member).encode("utf-8", "surrogateescape"))
        found = entries.find(decode_name(target))
        if found < 0 or found == member:
            break
        member = found
    raise ReadProblem("missing-link", path)


def cost(index: LayerIndex, member: int) -> int | None:
    """About how many bytes of the blob must come for a file; None where that cannot be told. Raises ReadProblem."""
    entry = index.entries[member_of(index, member)]
    if entry.chunks:
        last = max((chunk.blob_end for chunk in entry.chunks), default=0)
        return last - min(chunk.blob for chunk in entry.chunks if chunk.blob >= 0) if last else entry.size
    if entry.offset < 0:
        return None
    if index.compression == "none":
        return entry.stored
    first = index.restarts.before(entry.offset)
    last_restart = index.restarts.before(entry.offset + entry.stored)
    return last_restart.blob - first.blob + index.restarts.spacing


async def read_file(
    index: LayerIndex, member: int, source: BlobSource, clock: Clock, limit: int = 4 * 1024 * 1024
) -> FileContent:
    """The first `limit` bytes of a file: one request from the nearest place before it, ended when enough has come.

    Raises ReadProblem and what the source does.
    """
    entry = index.entries[member_of(index, member)]
    wanted = min(entry.size, limit)
    if not wanted:
        return FileContent(b"", entry.size, entry.size == 0, "none")
    if entry.chunks:
        data = await _from_chunks(index.compression, entry, source, clock, wanted)
        checked = _checked(entry, data)
    elif entry.offset < 0:
        raise ReadProblem("unplaced", entry.path)
    else:
        stored = min(entry.stored, limit)
        data = await _from_stream(index, entry, source, clock, stored)
        if entry.sparse is not None:
            data = expand(data, entry.sparse, wanted)
        checked = "none"
    if len(data) < wanted:
        raise ReadProblem("truncated", entry.path)
    return FileContent(data, entry.size, wanted == entry.size, checked)


async def _from_stream(index: LayerIndex, entry: Entry, source: BlobSource, clock: Clock, length: int) -> bytes:
    if index.compression == "none":
        return await read_range(source, entry.offset, length)
    restart = index.restarts.before(entry.offset)
    stream = open_stream(index.compression, restart=restart)
    return await _take(stream, source, restart.blob, clock, entry.offset - restart.output, length, entry.path)


async def _from_chunks(compression: Compression, entry: Entry, source: BlobSource, clock: Clock, wanted: int) -> bytes:
    """What a table of contents places: chunks that follow one another come by one request."""
    out = bytearray()
    chunks = entry.chunks
    at = 0
    while at < len(chunks) and len(out) < wanted:
        first = chunks[at]
        end = at + 1
        if first.blob < 0:
            out += bytes(min(first.size, wanted - len(out)))
            at = end
            continue
        while end < len(chunks) and chunks[end].blob >= 0 and _follows(chunks[end - 1], chunks[end]):
            end += 1
        length = min(sum(chunk.size for chunk in chunks[at:end]), wanted - len(out))
        if compression == "none":
            out += await read_range(source, first.blob + first.inner, length)
        else:
            stream = open_stream(compression, restart=Restart(first.blob, 0, None))
            out += await _take(stream, source, first.blob, clock, first.inner, length, entry.path)
        at = end
    return bytes(out)


def _follows(before: Chunk, chunk: Chunk) -> bool:
    return chunk.inner == 0 and before.blob_end in (0, chunk.blob)


async def _take(
    stream: Inflater, source: BlobSource, start: int, clock: Clock, skip: int, length: int, path: str
) -> bytes:
    """`length` bytes of output behind the first `skip`; fewer where the stream ends. Raises ReadProblem."""
    out = bytearray()
    end = clock.monotonic() + SLICE
    async with aclosing(source.stream(start)) as chunks:
        async for chunk in chunks:
            stream.push(chunk)
            while given := stream.pull(_OUTPUT):
                if skip >= len(given):
                    skip -= len(given)
                else:
                    out += given[skip : skip + length - len(out)]
                    skip = 0
                    if len(out) == length:
                        return bytes(out)
                if clock.monotonic() >= end:
                    await clock.sleep(0)
                    end = clock.monotonic() + SLICE
            if stream.problem is not None:
                break
    if stream.problem is not None and stream.problem.kind == "bad-compression":
        raise ReadProblem("bad-compression", path)
    return bytes(out)


def _checked(entry: Entry, data: bytes) -> Checked:
    """Hold what came against the digest of the file where all of it came, or else of each chunk; a chunk that is not
    whole, or has no digest, leaves it unchecked."""
    if entry.digest and len(data) == entry.size:
        return _holds(entry.digest, data)
    checked: Checked = "none"
    for chunk in entry.chunks:
        piece = data[chunk.offset : chunk.offset + chunk.size]
        if len(piece) < chunk.size or not chunk.digest:
            return "none" if piece else checked
        checked = _holds(chunk.digest, piece)
        if checked != "ok":
            break
    return checked


def _holds(text: str, data: bytes) -> Checked:
    try:
        digest = parse_digest(text)
    except DigestError:
        return "wrong"
    if not digest.verifiable:
        return "none"
    return "ok" if verify(digest, data) else "wrong"
