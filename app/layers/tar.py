"""Tar archives read as they stream: headers become members, contents are passed over."""

from app.layers.entries import Entries
from app.layers.entry import BLOCK, CHAR, HARDLINK, SYMLINK, Extra
from app.layers.extended import GNU_SPARSE, Member
from app.layers.limits import LimitKind, Limits, Problem, ProblemKind
from app.layers.owners import Owners
from app.layers.pax import BadPax, Records, parse_records
from app.layers.sparse import map_inside
from app.layers.tar_header import (
    BLOCK_SIZE,
    LARGEST,
    NO_CONTENTS,
    ZEROS,
    checksum_holds,
    kind_of,
    name_of,
    number_or_zero,
    padded,
    parse_number,
    text_of,
)

_ENDED = -2  # instead of bytes to pass over
# What the blocks asked for next are.
_HEADER, _RECORDS, _GLOBAL, _LONG_NAME, _LONG_LINK = range(5)
_META = {0x78: _RECORDS, 0x58: _RECORDS, 0x67: _GLOBAL, 0x4C: _LONG_NAME, 0x4B: _LONG_LINK}  # x X g L K


class TarReader:
    """Fed with the decompressed stream, it fills `entries`. Nothing fed raises.

    `ended`: no more members will come, whether the archive's end was found or a problem; what is fed then is passed
    over. `stopped`: the limit that was met; with it raised in `limits`, `go_on` and the next feed take up where it was.
    """

    def __init__(self, entries: Entries, limits: Limits) -> None:
        self.entries = entries
        self.limits = limits
        self.problems: list[Problem] = []
        self.problem_count = 0
        self.ended = False
        self.stopped: LimitKind | None = None
        self.position = 0
        self._skip = self._zeros = 0
        self._held = bytearray()
        self._wanted = BLOCK_SIZE
        self._mode = _HEADER
        self._global: Records = {}
        self._records: Records = {}
        self._long_name: bytes | None = None
        self._long_link: bytes | None = None
        self._owners = Owners(entries)
        self._member: Member | None = None
        self._map, self._meta_size = bytearray(), 0

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the stream."""
        count = len(data)
        if self.ended:
            self.position += count
            return
        if self._skip > count or (self._skip == count and count):
            self._skip -= count
            self.position += count
            return
        base = self.position
        self.position += count
        if self._held:
            base -= len(self._held)
            self._held += data
            if len(self._held) < self._wanted or self.stopped is not None:
                return
            data, self._held = bytes(self._held), bytearray()
            count = len(data)
        at = self._skip
        self._skip = 0
        while count - at >= self._wanted:
            following = at + self._wanted
            skipped = self._take(data[at:following], base + following)
            if skipped == _ENDED:
                return
            if skipped < 0:
                break
            at = following + skipped
        if at >= count:
            self._skip = at - count
        else:
            self._held += data[at:]

    def go_on(self) -> None:
        """A limit was raised."""
        self.stopped = None
        self.problems = [problem for problem in self.problems if problem.kind != "limit"]

    def finish(self) -> None:
        """The stream has ended."""
        if self.ended or self.stopped is not None:
            return
        self.ended = True
        if self._skip:
            self.problem("truncated", self.position, "contents", self._skip)
        elif self._held or self._mode != _HEADER or self._records or self._long_name is not None:
            self.problem("truncated", self.position, "header")
        elif not len(self.entries) and not self._zeros:
            self.problem("not-tar", 0)
        else:
            self.problem("no-end", self.position)

    def problem(self, kind: ProblemKind, offset: int, detail: str = "", value: int = 0) -> None:
        """Note a problem; those beyond the limit are only counted."""
        self.problem_count += 1
        if len(self.problems) < self.limits.problems:
            self.problems.append(Problem(kind, offset, detail, value))

    def _end(self, kind: ProblemKind, offset: int, detail: str = "") -> int:
        self.problem(kind, offset, detail)
        self.ended = True
        return _ENDED

    def _take(self, blocks: bytes, position: int) -> int:
        """Use the blocks asked for, which end at `position`; returns how many bytes to pass over behind them, -1
        where a limit keeps them from being used yet, or _ENDED."""
        if self._member is not None:
            more = self._more_pieces if self._member.more else self._map_inside
            return more(self._member, blocks, position)
        mode = self._mode
        if mode == _HEADER:
            return self._header(blocks, position)
        self._mode, self._wanted = _HEADER, BLOCK_SIZE
        blocks = blocks[: self._meta_size]
        if mode == _LONG_NAME:
            self._long_name = text_of(blocks)
        elif mode == _LONG_LINK:
            self._long_link = text_of(blocks)
        else:
            try:
                records = parse_records(blocks)
            except BadPax as error:
                records = error.records
                self.problem("bad-pax", position - padded(self._meta_size))
            if mode == _GLOBAL:
                self._global.update(records)
                if sum(map(len, self._global.values())) + 100 * len(self._global) > self.limits.header:
                    self._global = {}
                    self.problem("long-header", position - padded(self._meta_size), "global")
            else:
                self._records = records
        return 0

    def _header(self, block: bytes, position: int) -> int:
        start = position - BLOCK_SIZE
        if not block[0] and block == ZEROS:
            # "the end of the archive is two 512-byte blocks filled with binary zeros"
            self._zeros += 1
            self.ended = self._zeros == 2
            return _ENDED if self.ended else 0
        if not checksum_holds(block):
            return self._end("bad-header" if start else "not-tar", start, "checksum")
        if self._zeros:
            return self._end("bad-header", start, "zeros")
        try:
            size = parse_number(block[124:136])
        except ValueError:
            return self._end("bad-header", start, "number")
        if not 0 <= size <= LARGEST:
            return self._end("bad-header", start, "size")
        meta = _META.get(block[156])
        if meta is not None:
            return self._begin_meta(meta, size, start)
        limits, entries = self.limits, self.entries
        if len(entries) >= limits.entries or entries.text >= limits.text:
            self.stopped = "entries" if len(entries) >= limits.entries else "text"
            self.problem("limit", start, self.stopped, limits.entries if self.stopped == "entries" else limits.text)
            return -1
        if self._records or self._global or self._long_name or self._long_link or block[156] == GNU_SPARSE:
            return self._extended(block, size, position)
        return self._plain(block, size, position)

    def _begin_meta(self, mode: int, size: int, start: int) -> int:
        if size > self.limits.header:
            self.problem("long-header", start, "", size)
            return padded(size)
        if size:
            self._mode, self._wanted, self._meta_size = mode, padded(size), size
        return 0

    def _plain(self, block: bytes, size: int, position: int) -> int:
        """A member whose header is all: nearly every one."""
        name = name_of(block)
        try:
            mtime = float(parse_number(block[136:148]))
        except (ValueError, OverflowError):
            mtime = 0.0
        kind = kind_of(block[156], name)
        extra = None
        if kind in (CHAR, BLOCK):
            extra = Extra(device=(number_or_zero(block[329:337]), number_or_zero(block[337:345])))
        if kind in NO_CONTENTS:
            size = 0
        target = text_of(block[157:257]) if kind in (SYMLINK, HARDLINK) else b""
        self.entries.append(name, kind, self._owners.number(block), size, mtime, position, target, extra)
        return (size + 511) & ~511

    def _extended(self, block: bytes, size: int, position: int) -> int:
        member = Member(block, size)
        member.name = self._long_name or member.name
        member.target = self._long_link or member.target
        member.apply({**self._global, **self._records} if self._global else self._records)
        self._records, self._long_name, self._long_link = {}, None, None
        if member.inside and not member.stored:
            member.broken = True
        elif member.more or member.inside:
            self._member = member
            self._map.clear()
            return 0
        return self._settle(member, position)

    def _more_pieces(self, member: Member, block: bytes, position: int) -> int:
        member.add_pieces(block)
        if member.more and 24 * len(member.pieces or ()) > self.limits.header:
            member.broken = True
            member.pieces = ()
        return 0 if member.more else self._settle(member, position)

    def _map_inside(self, member: Member, blocks: bytes, position: int) -> int:
        self._map += blocks
        read, whole = len(self._map), padded(member.stored)
        pieces, taken = map_inside(bytes(self._map))
        if taken == 0 and read < min(whole, self.limits.header):
            # As much again, not block by block: each time the map is read from its start.
            self._wanted = min(read, whole - read)
            return 0
        if taken > 0:
            member.pieces = pieces
            member.stored -= taken
        else:
            member.broken = True
        self._settle(member, position - read + max(taken, 0))
        return whole - read

    def _settle(self, member: Member, position: int) -> int:
        self._mode, self._wanted, self._member = _HEADER, BLOCK_SIZE, None
        if not member.settle():
            self.problem("bad-sparse", position)
        owner = self.entries.owner_id(member.owner)
        self.entries.append(
            member.name, member.kind, owner, member.size, member.mtime, position, member.target, member.extra()
        )
        return padded(member.stored)
