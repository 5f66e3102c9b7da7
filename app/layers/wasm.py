"""WebAssembly modules (webassembly.github.io/spec, "Binary Format"): what they import and export."""

from typing import NamedTuple

from app.oci.value import value

_MOST = 100_000

# "Modules": section ids
SECTIONS = (
    "custom",
    "type",
    "import",
    "function",
    "table",
    "memory",
    "global",
    "export",
    "start",
    "element",
    "code",
    "data",
    "data count",
    "tag",
)
_EXTERNAL = ("function", "table", "memory", "global", "tag")

_VALUE_TYPES = {0x7F: "i32", 0x7E: "i64", 0x7D: "f32", 0x7C: "f64", 0x7B: "v128", 0x70: "funcref", 0x6F: "externref"}


class NotWasm(ValueError):
    """Bytes that are no WebAssembly, or damaged. `offset`: where that showed."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"not WebAssembly at byte {offset}")
        self.offset = offset


@value
class Import(NamedTuple):
    """`kind`: function, table, memory, global, tag; `type`: of a function `(i32, i32) -> i32`, or empty."""

    module: str
    name: str
    kind: str
    type: str


@value
class Export(NamedTuple):
    """A name that others may use; `number` in the index space of its kind."""

    name: str
    kind: str
    number: int


@value
class Section(NamedTuple):
    """`name`: of a custom section its own. Bytes."""

    name: str
    offset: int
    size: int


@value
class Wasm(NamedTuple):
    """`component`: whether it is of the component model, of which the sections alone are read. `truncated`: whether
    the bytes end before the last section does."""

    version: int
    component: bool
    imports: tuple[Import, ...]
    exports: tuple[Export, ...]
    sections: tuple[Section, ...]
    truncated: bool


class _Reader:
    def __init__(self, data: bytes, at: int, end: int) -> None:
        self.data = data
        self.at = at
        self.end = end

    def byte(self) -> int:
        if self.at >= self.end:
            raise NotWasm(self.at)
        self.at += 1
        return self.data[self.at - 1]

    def number(self) -> int:
        """LEB128, unsigned, of at most 64 bits."""
        found = shift = 0
        while True:
            byte = self.byte()
            found |= (byte & 0x7F) << shift
            if byte < 0x80:
                return found
            shift += 7
            if shift > 63:
                raise NotWasm(self.at)

    def count(self) -> int:
        found = self.number()
        if found > min(_MOST, self.end - self.at):
            raise NotWasm(self.at)
        return found

    def name(self) -> str:
        length = self.number()
        if length > self.end - self.at:
            raise NotWasm(self.at)
        self.at += length
        return self.data[self.at - length : self.at].decode("utf-8", "replace")


def parse_wasm(data: bytes) -> Wasm:
    """Read a module as far as it is there. Raises NotWasm."""
    if data[:4] != b"\0asm" or len(data) < 8:
        raise NotWasm(0)
    version, layer = int.from_bytes(data[4:6], "little"), int.from_bytes(data[6:8], "little")
    sections: list[Section] = []
    imports: tuple[Import, ...] = ()
    exports: tuple[Export, ...] = ()
    types: tuple[str, ...] = ()
    reader = _Reader(data, 8, len(data))
    truncated = False
    while reader.at < len(data):
        kind = reader.byte()
        size = reader.number()
        start = reader.at
        if start + size > len(data) or len(sections) >= _MOST:
            truncated = True
            break
        inner = _Reader(data, start, start + size)
        name = SECTIONS[kind] if kind < len(SECTIONS) else f"section {kind}"
        if kind == 0:
            name = inner.name()
        elif layer == 0 and kind == 1:
            types = _types(inner)
        elif layer == 0 and kind == 2:
            imports = _imports(inner, types)
        elif layer == 0 and kind == 7:
            exports = _exports(inner)
        sections.append(Section(name, start, size))
        reader.at = start + size
    return Wasm(version, layer == 1, imports, exports, tuple(sections), truncated)


def _types(reader: _Reader) -> tuple[str, ...]:
    """Function types as texts; what is newer than plain functions ends the list."""
    found: list[str] = []
    for _ in range(reader.count()):
        if reader.byte() != 0x60:
            break
        sides = [[_VALUE_TYPES.get(reader.byte(), "ref") for _ in range(reader.count())] for _ in range(2)]
        results = sides[1][0] if len(sides[1]) == 1 else f"({', '.join(sides[1])})"
        found.append(f"({', '.join(sides[0])}) -> {results}")
    return tuple(found)


def _limits(reader: _Reader) -> None:
    flags = reader.byte()
    reader.number()
    if flags & 1:
        reader.number()


def _imports(reader: _Reader, types: tuple[str, ...]) -> tuple[Import, ...]:
    found: list[Import] = []
    for _ in range(reader.count()):
        module, name, kind = reader.name(), reader.name(), reader.byte()
        if kind >= len(_EXTERNAL):
            raise NotWasm(reader.at)
        shown = ""
        if kind == 0:
            number = reader.number()
            shown = types[number] if number < len(types) else ""
        elif kind == 1:
            reader.byte()
            _limits(reader)
        elif kind == 2:
            _limits(reader)
        else:
            reader.byte()
            reader.number()
        found.append(Import(module, name, _EXTERNAL[kind], shown))
    return tuple(found)


def _exports(reader: _Reader) -> tuple[Export, ...]:
    found: list[Export] = []
    for _ in range(reader.count()):
        name, kind = reader.name(), reader.byte()
        if kind >= len(_EXTERNAL):
            raise NotWasm(reader.at)
        found.append(Export(name, _EXTERNAL[kind], reader.number()))
    return tuple(found)
