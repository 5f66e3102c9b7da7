from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layers.wasm import Export, Import, NotWasm, parse_wasm


def leb(number: int) -> bytes:
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def name(text: str) -> bytes:
    return leb(len(text.encode())) + text.encode()


def section(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + leb(len(body)) + body


TYPES = section(1, b"\x02" + b"\x60\x02\x7f\x7e\x01\x7d" + b"\x60\x00\x00")
IMPORTS = section(
    2,
    b"\x05"
    + (name("wasi") + name("fd_write") + b"\x00\x00")
    + (name("env") + name("memory") + b"\x02\x01\x01\x80\x02")
    + (name("env") + name("table") + b"\x01\x70\x00\x05")
    + (name("env") + name("base") + b"\x03\x7f\x00")
    + (name("env") + name("none") + b"\x00\x01"),
)
EXPORTS = section(7, b"\x02" + name("_start") + b"\x00\x07" + name("mémoire") + b"\x02\x00")
MODULE = b"\0asm\x01\0\0\0" + section(0, name("producers") + b"xyz") + TYPES + IMPORTS + EXPORTS


def test_imports_and_exports_are_listed() -> None:
    found = parse_wasm(MODULE)
    assert found.imports == (
        Import("wasi", "fd_write", "function", "(i32, i64) -> f32"),
        Import("env", "memory", "memory", ""),
        Import("env", "table", "table", ""),
        Import("env", "base", "global", ""),
        Import("env", "none", "function", "() -> ()"),
    )
    assert found.exports == (Export("_start", "function", 7), Export("mémoire", "memory", 0))
    assert [each.name for each in found.sections] == ["producers", "type", "import", "export"]
    assert (found.version, found.component, found.truncated) == (1, False, False)


def test_a_component_shows_its_sections() -> None:
    found = parse_wasm(b"\0asm\x0d\0\x01\0" + section(1, b"whatever"))
    assert (found.component, len(found.sections), found.imports) == (True, 1, ())


def test_the_beginning_of_a_module_shows_what_it_has() -> None:
    found = parse_wasm(MODULE[:-5])
    assert (found.truncated, len(found.imports), found.exports) == (True, 5, ())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x7fELF....",
        b"\0asm\x01",
        MODULE[:8] + section(2, b"\xff\xff\xff\xff\x0f"),
        MODULE[:8] + section(2, b"\x01" + name("a") + name("b") + b"\x09"),
        MODULE[:8] + section(7, b"\x01" + name("a") + b"\x09\0"),
        MODULE[:8] + section(7, b"\x01\x7fa"),
        MODULE[:8] + b"\x01" + b"\xff" * 12,
    ],
)
def test_what_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(NotWasm):
        parse_wasm(data)


@given(st.data())
def test_damage_raises_its_own_error_alone(data: st.DataObject) -> None:
    damaged = bytearray(MODULE)
    for _ in range(3):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with suppress(NotWasm):
        parse_wasm(bytes(damaged))
