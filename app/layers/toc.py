"""The table of contents of eStargz and zstd:chunked: JSON that names each member and where its bytes are."""

from binascii import Error as NotBase64
from binascii import a2b_base64
from collections.abc import Mapping
from types import MappingProxyType

from app.layers.calendar_time import seconds_of
from app.layers.entries import Entries
from app.layers.entry import BLOCK, CHAR, FIFO, FILE, FOLDER, HARDLINK, NO_XATTRS, OTHER, SYMLINK, Chunk, Extra, Owner
from app.layers.limits import Limits, Problem
from app.layers.tar_header import LARGEST
from app.oci.document import InvalidDocument, Json, as_object, decode, items, optional_integer, optional_text

LARGEST_TOC = 128 * 1024 * 1024
"""Bytes of JSON that are read."""

_KINDS = {
    "reg": FILE,
    "dir": FOLDER,
    "symlink": SYMLINK,
    "hardlink": HARDLINK,
    "char": CHAR,
    "block": BLOCK,
    "fifo": FIFO,
}


class _Member:
    """A member with its chunks, the first of which its own object tells of."""

    def __init__(self, found: Mapping[str, Json], path: str) -> None:
        self.name = optional_text(found, "name", path) or ""
        self.kind = _KINDS.get(optional_text(found, "type", path) or "", OTHER)
        self.size = _number(found, "size", path)
        self.mtime = seconds_of(optional_text(found, "modtime", path) or "")
        self.target = optional_text(found, "linkName", path) or ""
        self.owner = Owner(
            _number(found, "mode", path) & 0o7777,
            _number(found, "uid", path),
            _number(found, "gid", path),
            (optional_text(found, "userName", path) or "").encode("utf-8", "surrogatepass"),
            (optional_text(found, "groupName", path) or "").encode("utf-8", "surrogatepass"),
        )
        self.device: tuple[int, int] | None = None
        if self.kind in (CHAR, BLOCK):
            self.device = _number(found, "devMajor", path), _number(found, "devMinor", path)
        self.digest = optional_text(found, "digest", path) or ""
        self.end = _number(found, "endOffset", path)
        self.xattrs, self.cost = _xattrs(found)
        self.pieces: list[tuple[int, int, int, int, str]] = []
        if self.kind == FILE and self.size:
            self.add(found, path)

    def add(self, found: Mapping[str, Json], path: str) -> None:
        """Another piece: its place in the file, its size or 0 for all the rest, and where it is in the blob."""
        zeros = optional_text(found, "chunkType", path) == "zeros"
        self.pieces.append(
            (
                _number(found, "chunkOffset", path),
                _number(found, "chunkSize", path),
                -1 if zeros else _number(found, "offset", path),
                _number(found, "innerOffset", path),
                optional_text(found, "chunkDigest", path) or "",
            )
        )

    def chunks(self) -> tuple[Chunk, ...]:
        """The pieces in order; none where they do not make up the file."""
        made: list[Chunk] = []
        for number, (offset, size, blob, inner, digest) in enumerate(self.pieces):
            at = made[-1].offset + made[-1].size if made else 0
            last = number == len(self.pieces) - 1
            size = size or (self.size - at if last else self.pieces[number + 1][0] - at)
            if offset != at or size <= 0 or at + size > self.size:
                return ()
            end = self.end if last else max(self.pieces[number + 1][2], 0)
            made.append(Chunk(offset, size, blob, end if end > blob else 0, inner, digest))
        return tuple(made) if made and made[-1].offset + made[-1].size == self.size else ()

    def extra(self) -> Extra | None:
        chunks = self.chunks()
        if self.device is None and not chunks and not self.xattrs and not self.digest:
            return None
        cost = self.cost + sum(150 + len(chunk.digest) for chunk in chunks) + len(self.digest)
        return Extra(self.xattrs, self.device, digest=self.digest, chunks=chunks, cost=cost)


def parse_toc(data: bytes, limits: Limits | None = None) -> tuple[Entries, tuple[Problem, ...]]:
    """The members that a table of contents names, and what is wrong with it. Never raises."""
    entries = Entries()
    limits = limits or Limits()
    members: list[_Member] = []
    try:
        found = as_object(decode(data, "table of contents", LARGEST_TOC), "")
        if optional_integer(found, "version", "") != 1:
            return entries, (Problem("bad-toc", 0, "version"),)
        for item, path in items(found, "entries", ""):
            entry = as_object(item, path)
            if optional_text(entry, "type", path) != "chunk":
                if members:
                    _append(entries, members.pop())
                if len(entries) >= limits.entries or entries.text >= limits.text:
                    kind = "entries" if len(entries) >= limits.entries else "text"
                    return entries, (Problem("limit", 0, kind, int(getattr(limits, kind))),)
                members.append(_Member(entry, path))
            elif members and members[-1].pieces:
                members[-1].add(entry, path)
    except InvalidDocument as error:
        return entries, (Problem("bad-toc", 0, f"{error.path} {error.reason}".strip()),)
    if members:
        _append(entries, members.pop())
    return entries, ()


def _append(entries: Entries, member: _Member) -> None:
    entries.append(
        member.name.encode("utf-8", "surrogatepass"),
        member.kind,
        entries.owner_id(member.owner),
        member.size if member.kind in (FILE, OTHER) else 0,
        member.mtime,
        -1,
        member.target.encode("utf-8", "surrogatepass") if member.kind in (SYMLINK, HARDLINK) else b"",
        member.extra(),
    )


def _number(found: Mapping[str, Json], key: str, path: str) -> int:
    number = optional_integer(found, key, path) or 0
    if not 0 <= number <= LARGEST:
        raise InvalidDocument("table of contents", f"{path}.{key}", "is out of range")
    return number


def _xattrs(found: Mapping[str, Json]) -> tuple[Mapping[str, bytes], int]:
    given = found.get("xattrs")
    if not isinstance(given, dict) or not given:
        return NO_XATTRS, 0
    kept: dict[str, bytes] = {}
    for name, text in given.items():
        try:
            kept[name] = a2b_base64(text) if isinstance(text, str) else b""
        except (NotBase64, ValueError):
            kept[name] = str(text).encode("utf-8", "surrogatepass")
    return MappingProxyType(kept), sum(120 + len(name) + len(text) for name, text in kept.items())
