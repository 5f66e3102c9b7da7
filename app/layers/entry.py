"""One member of a layer's archive, as its header has it."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from app.oci.value import value

EntryKind = Literal["file", "hardlink", "symlink", "char", "block", "folder", "fifo", "other"]
KINDS: tuple[EntryKind, ...] = ("file", "hardlink", "symlink", "char", "block", "folder", "fifo", "other")
FILE, HARDLINK, SYMLINK, CHAR, BLOCK, FOLDER, FIFO, OTHER = range(8)

Oddity = Literal["absolute", "climbs", "not-canonical", "control", "reversed", "invisible", "not-utf8", "long"]

NO_XATTRS: Mapping[str, bytes] = MappingProxyType({})

LONGEST_PATH = 4096
"""Bytes of a path that Linux takes (PATH_MAX)."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Unicode's bidirectional controls (UAX #9, section 2): they reorder what a person reads.
_REVERSED = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200d\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@value
class Segment(NamedTuple):
    """A piece of a sparse file that is stored; between the pieces are zeros. Bytes."""

    offset: int
    length: int


@value
class Chunk(NamedTuple):
    """A piece of a file that a table of contents places in the blob.

    `offset`: in the file; `size`: its bytes there; `blob`: where its compressed stream begins; `blob_end`: where that
    ends, 0 where it is not said; `inner`: bytes of the decompressed stream before it; `digest`: of its bytes, or empty.
    """

    offset: int
    size: int
    blob: int
    blob_end: int
    inner: int
    digest: str


@value
class Entry(NamedTuple):
    """A member. `path` as in the archive, bytes that are not UTF-8 as surrogates (PEP 383); `size` of its contents;
    `mode`: permission bits; `mtime`: seconds since 1970; `target` of a link; `device`: major and minor number.

    `offset`: where its contents begin in the decompressed stream, -1 where only a table of contents is known.
    `stored`: bytes of the contents in the archive, other than `size` for a sparse file, whose pieces are `sparse`.
    `digest`: of the contents where a table of contents says it, or empty; `chunks`: where that places them.
    """

    path: str
    kind: EntryKind
    size: int
    mode: int
    uid: int
    gid: int
    user: str
    group: str
    mtime: float
    target: str
    xattrs: Mapping[str, bytes]
    device: tuple[int, int] | None
    offset: int
    stored: int
    sparse: tuple[Segment, ...] | None
    digest: str
    chunks: tuple[Chunk, ...]


class Extra(NamedTuple):
    """What few members have."""

    xattrs: Mapping[str, bytes] = NO_XATTRS
    device: tuple[int, int] | None = None
    stored: int = -1
    sparse: tuple[Segment, ...] | None = None
    digest: str = ""
    chunks: tuple[Chunk, ...] = ()
    cost: int = 0


class Owner(NamedTuple):
    """Mode and owner, shared by the many members that have the same."""

    mode: int
    uid: int
    gid: int
    user: bytes
    group: bytes


def decode_name(name: bytes) -> str:
    """Bytes of a name as text; those that are not UTF-8 as surrogates, so that nothing is lost."""
    return name.decode("utf-8", "surrogateescape")


def oddities(path: str) -> tuple[Oddity, ...]:
    """What a person should know about a path before believing what it looks like."""
    found: list[Oddity] = []
    parts = path.split("/")
    depth = lowest = 0
    for part in parts:
        depth += -1 if part == ".." else 1 if part not in ("", ".") else 0
        lowest = min(lowest, depth)
    if path.startswith("/"):
        found.append("absolute")
    if lowest < 0:
        found.append("climbs")
    inner = path.removeprefix("./").removesuffix("/").removeprefix("/")
    if inner and any(part in ("", ".", "..") for part in inner.split("/")):
        found.append("not-canonical")
    tests: tuple[tuple[re.Pattern[str], Oddity], ...] = (
        (_CONTROL, "control"),
        (_REVERSED, "reversed"),
        (_INVISIBLE, "invisible"),
        (_SURROGATE, "not-utf8"),
    )
    found += [name for pattern, name in tests if pattern.search(path)]
    if len(path) > LONGEST_PATH or len(path.encode("utf-8", "surrogatepass")) > LONGEST_PATH:
        found.append("long")
    return tuple(found)


def type_letters(kind: EntryKind, mode: int) -> str:
    """Kind and permissions as `ls -l` writes them: `-rwxr-xr-x`, `drwxrwxrwt`, `lrwxrwxrwx`."""
    first = {"folder": "d", "symlink": "l", "char": "c", "block": "b", "fifo": "p", "hardlink": "h", "other": "?"}
    letters = [first.get(kind, "-")]
    for shift, special, marks in ((6, 0o4000, "sS"), (3, 0o2000, "sS"), (0, 0o1000, "tT")):
        bits = mode >> shift
        letters += ["r" if bits & 4 else "-", "w" if bits & 2 else "-"]
        runs = bits & 1
        letters.append(marks[0 if runs else 1] if mode & special else "x" if runs else "-")
    return "".join(letters)
