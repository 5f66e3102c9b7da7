"""ELF files (System V gABI chapters 4 and 5): header, program headers, sections, what they need to run."""

from struct import Struct
from typing import NamedTuple

from app.oci.value import value

_TYPES = {0: "none", 1: "relocatable", 2: "executable", 3: "shared object", 4: "core"}

# e_machine, of those that images are made for
_MACHINES = {
    3: "i386", 8: "mips", 20: "ppc", 21: "ppc64", 22: "s390x", 40: "arm", 43: "sparcv9", 62: "amd64", 183: "arm64",
    243: "riscv", 247: "bpf", 258: "loong64",
}  # fmt: skip
_SYSTEMS = {0: "System V", 3: "Linux", 9: "FreeBSD", 12: "OpenBSD"}
_SEGMENTS = {
    0: "NULL", 1: "LOAD", 2: "DYNAMIC", 3: "INTERP", 4: "NOTE", 6: "PHDR", 7: "TLS",
    0x6474E550: "GNU_EH_FRAME", 0x6474E551: "GNU_STACK", 0x6474E552: "GNU_RELRO", 0x6474E553: "GNU_PROPERTY",
}  # fmt: skip

_LOAD, _DYNAMIC, _INTERP, _NOTE = 1, 2, 3, 4
_NEEDED, _STRTAB, _STRSZ, _SONAME, _RPATH, _RUNPATH = 1, 5, 10, 14, 15, 29
_MOST = 4096
_LONGEST = 4096


class NotElf(ValueError):
    """Bytes that are no ELF file, or end before its header does."""


@value
class Segment(NamedTuple):
    """A program header. `flags`: of r, w and x."""

    type: str
    offset: int
    address: int
    size: int
    memory: int
    flags: str


@value
class Section(NamedTuple):
    name: str
    type: int
    offset: int
    size: int


@value
class Elf(NamedTuple):
    """`bits` 32 or 64; `endian` little or big; `interpreter` and `soname` empty where there is none; `build_id` in hex.

    `sections` are empty where they are beyond the bytes given. `static`: whether nothing is to be loaded with it.
    """

    bits: int
    endian: str
    system: str
    type: str
    machine: str
    entry: int
    segments: tuple[Segment, ...]
    sections: tuple[Section, ...]
    interpreter: str
    needed: tuple[str, ...]
    soname: str
    run_path: str
    build_id: str
    static: bool


class _Class:
    """The layouts of one class and byte order."""

    def __init__(self, bits: int, little: bool) -> None:
        mark = "<" if little else ">"
        wide = bits == 64
        self.header = Struct(mark + ("HHIQQQIHHHHHH" if wide else "HHIIIIIHHHHHH"))
        self.segment = Struct(mark + ("IIQQQQQQ" if wide else "IIIIIIII"))
        self.section = Struct(mark + ("IIQQQQIIQQ" if wide else "IIIIIIIIII"))
        self.dynamic = Struct(mark + ("qQ" if wide else "iI"))
        self.note = Struct(mark + "III")
        self.wide = wide


def parse_elf(data: bytes) -> Elf:
    """Read as much as the bytes have. Raises NotElf."""
    if data[:4] != b"\x7fELF" or len(data) < 16 or data[4] not in (1, 2) or data[5] not in (1, 2):
        raise NotElf("no ELF identification")
    bits, little = 32 * data[4], data[5] == 1
    layout = _Class(bits, little)
    if len(data) < 16 + layout.header.size:
        raise NotElf("it ends within its header")
    kind, machine, _, entry, segments_at, sections_at, _, _, segment_size, segments, section_size, sections, names = (
        layout.header.unpack_from(data, 16)
    )
    raw = _rows(data, layout.segment, segments_at, segment_size, segments)
    shown = tuple(_segment(row, layout.wide) for row in raw)
    dynamic = next((segment for segment in shown if segment.type == "DYNAMIC"), None)
    strings = _Dynamic(data, layout, dynamic, shown)
    interpreter = next((segment for segment in shown if segment.type == "INTERP"), None)
    return Elf(
        bits,
        "little" if little else "big",
        _SYSTEMS.get(data[7], str(data[7])),
        _TYPES.get(kind, str(kind)),
        _MACHINES.get(machine, f"machine {machine}"),
        entry,
        shown,
        _sections(data, layout, sections_at, section_size, sections, names),
        "" if interpreter is None else _text(data, interpreter.offset, interpreter.size),
        strings.texts(_NEEDED),
        next(iter(strings.texts(_SONAME)), ""),
        next(iter(strings.texts(_RUNPATH) or strings.texts(_RPATH)), ""),
        _build_id(data, layout, shown),
        dynamic is None and kind in (2, 3),
    )


def _rows(data: bytes, layout: Struct, at: int, size: int, count: int) -> list[tuple[int, ...]]:
    if size < layout.size or not at:
        return []
    fits = max(0, (len(data) - at - layout.size) // size + 1) if at < len(data) else 0
    return [layout.unpack_from(data, at + size * number) for number in range(min(count, fits, _MOST))]


def _segment(row: tuple[int, ...], wide: bool) -> Segment:
    if wide:
        kind, flags, offset, address, _, size, memory, _ = row
    else:
        kind, offset, address, _, size, memory, flags, _ = row
    shown = "".join(letter if flags & bit else "-" for letter, bit in (("r", 4), ("w", 2), ("x", 1)))
    return Segment(_SEGMENTS.get(kind, hex(kind)), offset, address, size, memory, shown)


def _sections(data: bytes, layout: _Class, at: int, size: int, count: int, names: int) -> tuple[Section, ...]:
    rows = _rows(data, layout.section, at, size, count)
    if names >= len(rows):
        return ()
    strings, length = rows[names][4], rows[names][5]
    return tuple(
        Section(_text(data, strings + row[0], length - row[0]) if row[0] < length else "", row[1], row[4], row[5])
        for row in rows
    )


def _text(data: bytes, at: int, most: int) -> str:
    """A text that ends with NUL."""
    piece = data[at : at + max(0, min(most, _LONGEST))]
    return piece.partition(b"\0")[0].decode("utf-8", "surrogateescape")


class _Dynamic:
    """The dynamic section: tags with values, some of which are offsets into a table of texts."""

    def __init__(self, data: bytes, layout: _Class, dynamic: Segment | None, segments: tuple[Segment, ...]) -> None:
        self._data = data
        self._tags: list[tuple[int, ...]] = []
        if dynamic is not None:
            size = layout.dynamic.size
            self._tags = _rows(data, layout.dynamic, dynamic.offset, size, dynamic.size // size)
        table = next((number for tag, number in self._tags if tag == _STRTAB), -1)
        self._length = next((number for tag, number in self._tags if tag == _STRSZ), 0)
        # The tag has an address; the segment that is loaded there has the place in the file.
        self._at = -1
        for segment in segments:
            if segment.type == "LOAD" and segment.address <= table < segment.address + segment.size:
                self._at = segment.offset + table - segment.address

    def texts(self, wanted: int) -> tuple[str, ...]:
        if self._at < 0:
            return ()
        return tuple(
            _text(self._data, self._at + number, self._length - number)
            for tag, number in self._tags
            if tag == wanted and number < self._length
        )


def _build_id(data: bytes, layout: _Class, segments: tuple[Segment, ...]) -> str:
    for segment in [each for each in segments if each.type == "NOTE"][:16]:
        at, end = segment.offset, min(segment.offset + min(segment.size, _LONGEST), len(data))
        while at + layout.note.size <= end:
            name, length, kind = layout.note.unpack_from(data, at)
            start = at + layout.note.size + (name + 3 & ~3)
            if kind == 3 and data[at + layout.note.size : at + layout.note.size + 4] == b"GNU\0" and length <= 64:
                return data[start : start + length].hex()
            at = start + (length + 3 & ~3)
    return ""
