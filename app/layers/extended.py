"""A member whose header is not all: pax records, or the holes of a sparse file."""

from collections.abc import Mapping

from app.layers.entry import BLOCK, CHAR, FILE, HARDLINK, NO_XATTRS, SYMLINK, Extra, Owner, Segment
from app.layers.owners import owner_of
from app.layers.pax import Records, decimal, time_of, xattrs_of
from app.layers.sparse import checked, is_mapped_inside, is_sparse, map_of, real_size
from app.layers.tar_header import (
    LARGEST,
    NO_CONTENTS,
    gnu_pieces,
    kind_of,
    name_of,
    number_or_zero,
    parse_number,
    text_of,
)

GNU_SPARSE = 0x53  # typeflag S

_LARGEST_ID = 2**63 - 1


class Member:
    """A member in the making. `stored`: bytes in the archive behind the header; `more`: whether blocks with further
    pieces follow the header; `inside`: whether the contents begin with the map; `broken`: the map is none."""

    __slots__ = (
        "broken",
        "device",
        "inside",
        "kind",
        "more",
        "mtime",
        "name",
        "owner",
        "pieces",
        "size",
        "stored",
        "target",
        "xattrs",
        "xattrs_cost",
    )

    def __init__(self, block: bytes, size: int) -> None:
        """Read a header; `size` is its number, found to be one. Raises nothing."""
        self.name = name_of(block)
        self.kind = FILE if block[156] == GNU_SPARSE else kind_of(block[156], self.name)
        self.size = self.stored = size
        try:
            self.mtime = float(parse_number(block[136:148]))
        except (ValueError, OverflowError):
            self.mtime = 0.0
        self.target = text_of(block[157:257])
        self.owner = owner_of(block)
        self.device: tuple[int, int] | None = None
        if self.kind in (CHAR, BLOCK):
            self.device = (number_or_zero(block[329:337]), number_or_zero(block[337:345]))
        self.xattrs: Mapping[str, bytes] = NO_XATTRS
        self.xattrs_cost = 0
        self.pieces: tuple[Segment, ...] | None = None
        self.more = self.inside = self.broken = False
        if block[156] == GNU_SPARSE:
            self._gnu_sparse(block)

    def _gnu_sparse(self, block: bytes) -> None:
        try:
            self.pieces = tuple(gnu_pieces(block, 386, 4))
            self.size = parse_number(block[483:495])
        except ValueError:
            self.broken = True
        self.more = bool(block[482])

    def add_pieces(self, block: bytes) -> None:
        """Another block of pieces (sparse_header of GNU tar's tar.h)."""
        try:
            self.pieces = (self.pieces or ()) + tuple(gnu_pieces(block, 0, 21))
        except ValueError:
            self.broken = True
        self.more = bool(block[504])

    def apply(self, records: Records) -> None:
        """Let records take the place of what the header says; an empty value takes nothing's place (POSIX)."""
        if not records:
            return
        self.name = records.get(b"path") or self.name
        self.target = records.get(b"linkpath") or self.target
        stored = decimal(records.get(b"size", b""), LARGEST)
        if stored is not None:
            self.size = self.stored = stored
        mtime = time_of(records.get(b"mtime", b""))
        self.mtime = self.mtime if mtime is None else mtime
        mode, uid, gid, user, group = self.owner
        new_uid, new_gid = (decimal(records.get(key, b""), _LARGEST_ID) for key in (b"uid", b"gid"))
        self.owner = Owner(
            mode,
            uid if new_uid is None else new_uid,
            gid if new_gid is None else new_gid,
            records.get(b"uname") or user,
            records.get(b"gname") or group,
        )
        self.xattrs, self.xattrs_cost = xattrs_of(records)
        if self.kind == FILE and is_sparse(records):
            self._pax_sparse(records)

    def _pax_sparse(self, records: Records) -> None:
        self.name = records.get(b"GNU.sparse.name") or self.name
        size = real_size(records)
        self.inside = is_mapped_inside(records)
        self.size = self.stored if size is None else size
        if not self.inside:
            self.pieces = map_of(records)
        self.broken = size is None or (self.pieces is None and not self.inside)

    def settle(self) -> bool:
        """Nothing more is to be read of it. False where its map of holes is none: it is then taken as stored."""
        if self.kind in NO_CONTENTS:
            self.size = self.stored = 0
        if self.kind not in (HARDLINK, SYMLINK):
            self.target = b""
        if self.pieces is None and not self.broken:
            return True
        plausible = self.pieces is not None and not self.broken and 0 <= self.size <= LARGEST
        sound = plausible and checked(self.pieces or (), self.size, self.stored)
        if not sound:
            self.size, self.pieces = self.stored, None
        return sound

    def extra(self) -> Extra | None:
        """What few members have; None for most."""
        if self.device is None and self.pieces is None and not self.xattrs:
            return None
        stored = self.stored if self.pieces is not None else -1
        return Extra(
            self.xattrs, self.device, stored, self.pieces, cost=self.xattrs_cost + 100 * len(self.pieces or ())
        )
