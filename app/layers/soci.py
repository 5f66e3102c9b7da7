"""SOCI: an index beside an image whose ztocs list the members of its layers, and where gzip can be entered.

awslabs/soci-snapshotter, ztoc/fbs/ztoc.fbs:
    table Ztoc { version, build_tool_identifier, compressed_archive_size, uncompressed_archive_size: long,
                 toc: TOC, compression_info: CompressionInfo }
    table TOC { metadata: [FileMetadata] }
    table FileMetadata { name, type: string, uncompressed_offset, uncompressed_size: long, linkname: string, mode: long,
                         uid, gid: uint32, uname, gname, mod_time: string, devmajor, devminor: long, xattrs: [Xattr] }
    table CompressionInfo { compression_algorithm: byte = Gzip (1), max_span_id: int, span_digests: [string],
                            checkpoints: [ubyte] }
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.layers.calendar_time import seconds_of
from app.layers.entries import Entries
from app.layers.entry import (
    BLOCK,
    CHAR,
    FIFO,
    FILE,
    FOLDER,
    HARDLINK,
    NO_XATTRS,
    OTHER,
    SYMLINK,
    Extra,
    Owner,
    decode_name,
)
from app.layers.flatbuffer import BadFlatbuffer, Table, root_of
from app.layers.layer_index import Compression, LayerIndex, Progress, Verdict
from app.layers.limits import Limits, Problem
from app.layers.primed import PrimedInflate
from app.layers.restart import Restart, Restarts
from app.layers.tar_header import LARGEST

SOCI_INDEX = "application/vnd.amazon.soci.index.v1+json"
SOCI_INDEX_V2 = "application/vnd.amazon.soci.index.v2+json"

LAYER_DIGEST = "com.amazon.soci.image-layer-digest"
"""Annotation of a ztoc in a SOCI index: the layer that it is of."""

INDEX_DIGEST = "com.amazon.soci.index-digest"
"""Annotation of an image in an index: the SOCI index that it goes with."""

_KINDS = {
    b"reg": FILE,
    b"dir": FOLDER,
    b"symlink": SYMLINK,
    b"hardlink": HARDLINK,
    b"char": CHAR,
    b"block": BLOCK,
    b"fifo": FIFO,
}
_WINDOW = 32768
_CHECKPOINT = 17 + _WINDOW


def read_ztoc(data: bytes, size: int | None = None, checked: bool = True, limits: Limits | None = None) -> LayerIndex:
    """The layer as its ztoc tells of it. `size`: of its blob; `checked`: whether `data` is what its digest says.

    Never raises: what can be read of a damaged one is kept.
    """
    entries, restarts = Entries(), Restarts()
    problems: tuple[Problem, ...] = ()
    compression: Compression = "gzip"
    decompressed = 0
    try:
        root = root_of(data)
        decompressed = root.number(3, 8)
        info = root.table(5)
        if info is not None:
            compression = "none" if info.number(0, 1, 1) == 2 else "gzip"
            if compression == "gzip":
                _checkpoints(info.content(3), restarts)
        toc = root.table(4)
        if toc is not None:
            problems = _members(toc, entries, limits or Limits())
    except BadFlatbuffer as error:
        problems = (Problem("bad-toc", error.offset, "flatbuffer"),)
    verdict: Verdict = "ok" if checked else "unknown"
    progress = Progress(0, size, decompressed, len(entries), 0.0)
    return LayerIndex(
        entries,
        "soci",
        compression,
        "complete",
        True,
        progress,
        "unfinished",
        "unfinished",
        verdict,
        problems,
        restarts,
    )


def _members(toc: Table, entries: Entries, limits: Limits) -> tuple[Problem, ...]:
    for number in range(toc.count(0)):
        if len(entries) >= limits.entries or entries.text >= limits.text:
            kind = "entries" if len(entries) >= limits.entries else "text"
            return (Problem("limit", 0, kind, int(getattr(limits, kind))),)
        _member(toc.element(0, number), entries)
    return ()


def _member(found: Table, entries: Entries) -> None:
    kind = _KINDS.get(found.content(1), OTHER)
    offset, size = found.number(2, 8), found.number(3, 8)
    if not (0 <= offset <= LARGEST and 0 <= size <= LARGEST):
        raise BadFlatbuffer(0)
    owner = Owner(
        found.number(5, 8) & 0o7777,
        found.number(6, 4) & 0xFFFFFFFF,
        found.number(7, 4) & 0xFFFFFFFF,
        found.content(8),
        found.content(9),
    )
    device = (found.number(11, 8), found.number(12, 8)) if kind in (CHAR, BLOCK) else None
    xattrs, cost = _xattrs(found)
    extra = Extra(xattrs, device, cost=cost) if xattrs or device is not None else None
    contents = kind in (FILE, OTHER)
    target = found.content(4) if kind in (SYMLINK, HARDLINK) else b""
    mtime = seconds_of(decode_name(found.content(10)))
    name = found.content(0)
    entries.append(name, kind, entries.owner_id(owner), size if contents else 0, mtime, offset, target, extra)


def _xattrs(found: Table) -> tuple[Mapping[str, bytes], int]:
    count = found.count(13)
    if not count:
        return NO_XATTRS, 0
    pairs = [found.element(13, number) for number in range(count)]
    kept = {decode_name(pair.content(0)): pair.content(1) for pair in pairs}
    return MappingProxyType(kept), sum(120 + len(name) + len(text) for name, text in kept.items())


def _checkpoints(packed: bytes, restarts: Restarts) -> None:
    """Where gzip can be entered: count and span size, then for each place input, output, bits and window.

    The first one is the beginning, which old ztocs leave out and which needs no window.
    """
    for at in range(12, len(packed) - _CHECKPOINT + 1, _CHECKPOINT):
        blob, output = (int.from_bytes(packed[start : start + 8], "little") for start in (at, at + 8))
        bits = packed[at + 16]
        if (
            output <= restarts.last.output
            or blob <= restarts.last.blob
            or blob > LARGEST
            or output > LARGEST
            or bits > 7
        ):
            continue
        window = packed[at + 17 : at + _CHECKPOINT]
        restarts.add(Restart(blob - (bits > 0), output, PrimedInflate(window, bits)))
