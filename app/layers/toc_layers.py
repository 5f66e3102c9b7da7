"""eStargz and zstd:chunked: the members of a layer without downloading it."""

import zlib
from collections.abc import Mapping
from typing import NamedTuple

from app.layers.blob_source import BlobSource, read_range
from app.layers.entries import Entries
from app.layers.inflate import open_stream
from app.layers.layer_index import Compression, LayerIndex, Progress, Source, Verdict
from app.layers.limits import Limits, Problem
from app.layers.restart import Restarts
from app.layers.tar_header import BLOCK_SIZE, checksum_holds, name_of, number_or_zero
from app.layers.toc import LARGEST_TOC, parse_toc
from app.layers.zstd import is_skippable
from app.oci.digest import DigestError, parse_digest, verify
from app.oci.value import value

# containerd/stargz-snapshotter docs/estargz.md, "Content Verification in eStargz"
STARGZ_DIGEST = "containerd.io/snapshot/stargz/toc.digest"

# containers/storage docs, "zstd:chunked": <offset>:<length>:<uncompressed length>:<type>, and a digest of what is there
CHUNKED_POSITION = "io.github.containers.zstd-chunked.manifest-position"
CHUNKED_DIGEST = "io.github.containers.zstd-chunked.manifest-checksum"

_STARGZ_FOOTER = 51
_CHUNKED_FOOTER = 72
_CHUNKED_MAGIC = b"GNUlInUx"
_TOC_NAME = b"stargz.index.json"


@value
class _Position(NamedTuple):
    """Where a compressed table of contents is in the blob, and its bytes when opened, 0 where that is not said."""

    offset: int
    length: int
    opened: int


def toc_kind(annotations: Mapping[str, str]) -> Source | None:
    """What a layer's descriptor says it is; None where it says nothing, and then its footer may."""
    if STARGZ_DIGEST in annotations:
        return "estargz"
    return "zstd:chunked" if CHUNKED_POSITION in annotations else None


async def read_toc(
    source: BlobSource, annotations: Mapping[str, str], limits: Limits | None = None
) -> LayerIndex | None:
    """The layer as its table of contents tells of it, by one or two small requests; None where it has none.

    By the annotations of its descriptor, or else by its footer. Raises what the source does; a table that is damaged,
    or not the one that the annotation names, is a problem of the index.
    """
    kind = toc_kind(annotations)
    position = _parse_position(annotations.get(CHUNKED_POSITION, "")) if kind == "zstd:chunked" else None
    size = source.size
    if position is None:
        if size is None or size < _STARGZ_FOOTER:
            return None
        tail = await read_range(source, max(size - _CHUNKED_FOOTER, 0), _CHUNKED_FOOTER)
        position = _chunked_footer(tail)
        kind = "zstd:chunked"
        if position is None:
            offset = _stargz_footer(tail)
            if offset is None or offset >= size - _STARGZ_FOOTER:
                return None
            kind, position = "estargz", _Position(offset, size - _STARGZ_FOOTER - offset, 0)
    if position.length > LARGEST_TOC:
        return _index(kind or "estargz", None, "unknown", size, limits, Problem("bad-toc", position.offset, "size"))
    packed = await read_range(source, position.offset, position.length)
    if kind == "estargz":
        opened = _member_of(_opened(packed, "gzip"))
        named, bytes_named = annotations.get(STARGZ_DIGEST), opened
    else:
        opened = _opened(packed, "zstd")
        named, bytes_named = annotations.get(CHUNKED_DIGEST), packed
    verdict = _verdict(named, bytes_named)
    problem = Problem("other-toc", position.offset) if verdict == "wrong" else None
    return _index(kind or "estargz", opened, verdict, size, limits, problem)


def _index(
    kind: Source, toc: bytes | None, verdict: Verdict, size: int | None, limits: Limits | None, problem: Problem | None
) -> LayerIndex:
    entries, problems = (Entries(), ()) if toc is None else parse_toc(toc, limits)
    compression: Compression = "gzip" if kind == "estargz" else "zstd"
    return LayerIndex(
        entries,
        kind,
        compression,
        "complete",
        True,
        Progress(0, size, 0, len(entries), 0.0),
        "unfinished",
        "unfinished",
        verdict,
        problems if problem is None else (problem, *problems),
        Restarts(),
    )


def _verdict(named: str | None, data: bytes) -> Verdict:
    if named is None:
        return "unknown"
    try:
        digest = parse_digest(named)
    except DigestError:
        return "wrong"
    return "unknown" if not digest.verifiable else "ok" if verify(digest, data) else "wrong"


def _parse_position(text: str) -> _Position | None:
    parts = text.split(":")
    if len(parts) != 4 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
        return None
    offset, length, opened, kind = map(int, parts)
    return _Position(offset, length, opened) if kind == 1 else None


def _chunked_footer(tail: bytes) -> _Position | None:
    """The footer, a skippable frame at the blob's end: little-endian numbers of eight bytes and a magic."""
    frame = tail[-_CHUNKED_FOOTER:]
    if len(frame) != _CHUNKED_FOOTER or not is_skippable(frame) or frame[-8:] != _CHUNKED_MAGIC:
        return None
    offset, length, opened, kind = (int.from_bytes(frame[at : at + 8], "little") for at in (8, 16, 24, 32))
    return _Position(offset, length, opened) if kind == 1 and offset < 2**62 else None


def _stargz_footer(tail: bytes) -> int | None:
    """Where the table begins: sixteen hexadecimal digits in the extra field of an empty gzip member."""
    frame = tail[-_STARGZ_FOOTER:]
    if frame[:4] != b"\x1f\x8b\x08\x04" or frame[10:16] != b"\x1a\0SG\x16\0" or frame[32:38] != b"STARGZ":
        return None
    try:
        return int(frame[16:32], 16)
    except ValueError:
        return None


def _opened(packed: bytes, compression: Compression) -> bytes:
    """As much of it as can be opened, up to the limit."""
    stream = open_stream(compression)
    stream.push(packed)
    parts: list[bytes] = []
    left = LARGEST_TOC
    while left > 0 and (part := stream.pull(min(left, zlib.DEF_BUF_SIZE * 64))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _member_of(archive: bytes) -> bytes:
    """The table in its archive: the one member of a fixed name."""
    header = archive[:BLOCK_SIZE]
    if len(header) < BLOCK_SIZE or not checksum_holds(header) or name_of(header) != _TOC_NAME:
        return b""
    return archive[BLOCK_SIZE : BLOCK_SIZE + max(number_or_zero(header[124:136]), 0)]
