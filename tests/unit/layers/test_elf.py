import struct
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playground.archives import elf

from app.layers.elf import Elf, NotElf, Segment, parse_elf


def made(bits: int, little: bool = True) -> bytes:
    """A program that needs two libraries, with an interpreter, a build id and one section."""
    mark = "<" if little else ">"
    wide = bits == 64
    strings = b"\0libc.so.6\0libm.so.6\0name.so\0$ORIGIN\0"
    pieces: list[tuple[int, bytes, str]] = [(3, b"/lib/ld.so\0", "")]
    word = mark + ("qQ" if wide else "iI")
    base = 0x400000
    head = (64 if wide else 52) + 4 * (56 if wide else 32)
    interpreter_at = head
    strings_at = interpreter_at + 16
    dynamic_at = strings_at + 48
    tags = [(1, 1), (1, 11), (14, 21), (29, 29), (5, base + strings_at), (10, len(strings)), (0, 0)]
    dynamic = b"".join(struct.pack(word, *tag) for tag in tags)
    note_at = dynamic_at + len(dynamic)
    note = struct.pack(mark + "III", 4, 4, 3) + b"GNU\0" + b"\xde\xad\xbe\xef"
    names_at = note_at + len(note)
    names = b"\0.shstrtab\0"
    sections_at = names_at + len(names) + 5
    total = sections_at + 2 * (64 if wide else 40)
    segments = [(3, interpreter_at, 11), (1, 0, total), (2, dynamic_at, len(dynamic)), (4, note_at, len(note))]
    body = b"\x7fELF" + bytes([bits // 32, 1 if little else 2, 1]) + bytes(9)
    sizes = (64, 56, 4, 64, 2, 1) if wide else (52, 32, 4, 40, 2, 1)
    layout = "HHIQQQIHHHHHH" if wide else "HHIIIIIHHHHHH"
    body += struct.pack(mark + layout, 3, 62 if wide else 3, 1, base + 5, sizes[0], sections_at, 0, *sizes)
    for kind, at, size in segments:
        if wide:
            body += struct.pack(mark + "IIQQQQQQ", kind, 5, at, base + at, 0, size, size, 1)
        else:
            body += struct.pack(mark + "IIIIIIII", kind, at, base + at, 0, size, size, 5, 1)
    body = body.ljust(interpreter_at, b"\0") + pieces[0][1]
    body = body.ljust(strings_at, b"\0") + strings
    body = body.ljust(dynamic_at, b"\0") + dynamic + note + names
    body = body.ljust(sections_at, b"\0")
    section = mark + ("IIQQQQIIQQ" if wide else "IIIIIIIIII")
    return body + bytes(64 if wide else 40) + struct.pack(section, 1, 3, 0, 0, names_at, len(names), 0, 0, 1, 0)


@pytest.mark.parametrize(("bits", "little"), [(64, True), (64, False), (32, True), (32, False)])
def test_a_program_says_what_it_needs(bits: int, little: bool) -> None:
    found = parse_elf(made(bits, little))
    assert (found.bits, found.endian, found.type) == (bits, "little" if little else "big", "shared object")
    assert (found.machine, found.entry) == ("amd64" if bits == 64 else "i386", 0x400005)
    assert (found.interpreter, found.needed) == ("/lib/ld.so", ("libc.so.6", "libm.so.6"))
    assert (found.soname, found.run_path, found.build_id, found.static) == ("name.so", "$ORIGIN", "deadbeef", False)
    assert [segment.type for segment in found.segments] == ["INTERP", "LOAD", "DYNAMIC", "NOTE"]
    assert found.segments[0].flags == "r-x"
    assert [section.name for section in found.sections] == ["", ".shstrtab"]


def test_this_very_interpreter_is_read() -> None:
    found = parse_elf(Path(sys.executable).resolve().read_bytes())
    assert found.interpreter.startswith("/lib")
    assert any(name.startswith("libc.") for name in found.needed)


def test_a_program_without_anything_to_load_is_static() -> None:
    found = parse_elf(elf(183, 64, b""))
    assert (found.machine, found.static, found.needed, found.sections) == ("arm64", True, (), ())


def test_the_beginning_of_a_file_shows_what_it_has() -> None:
    found = parse_elf(made(64)[:300])
    assert (found.interpreter, found.sections, found.needed) == ("/lib/ld.so", (), ())


@pytest.mark.parametrize("data", [b"", b"\x7fELF", b"\x7fELF\x09\x01" + bytes(100), b"\x7fELF\x02\x01" + bytes(20)])
def test_what_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(NotElf):
        parse_elf(data)


@given(st.data())
def test_damage_raises_its_own_error_alone(data: st.DataObject) -> None:
    damaged = bytearray(made(data.draw(st.sampled_from([32, 64])), data.draw(st.booleans())))
    for _ in range(4):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with suppress(NotElf):
        assert isinstance(parse_elf(bytes(damaged)), Elf)


def test_a_segment_is_a_value() -> None:
    assert Segment("LOAD", 0, 0, 1, 1, "r--") == Segment("LOAD", 0, 0, 1, 1, "r--")
