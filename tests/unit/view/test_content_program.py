from app.view.content_program import elf_view, wasm_view
from app.view.markup import render
from tests.unit.view.reading import read

HEADER = (
    b"\x7fELF\x02\x01\x01" + bytes(9) + bytes([3, 0, 183, 0, 1, 0, 0, 0]) + (0x400078).to_bytes(8, "little") + bytes(32)
)
# One import of a function and one export of it.
MODULE = bytes.fromhex(
    "0061736d01000000 01 05 01 60 01 7f 00 02 0b 01 03 656e76 03 6c6f67 00 00 07 07 01 03 72756e 00 00".replace(" ", "")
)


def test_an_elf_header_is_told() -> None:
    words = read(render(elf_view(HEADER))).words
    assert "arm64, 64 bits, little endian" in words
    assert "0x400078" in words


def test_what_is_no_elf_file_is_said() -> None:
    assert "no ELF file that can be read" in read(render(elf_view(b"\x7fELF"))).words


def test_imports_and_exports_are_listed() -> None:
    words = read(render(wasm_view(MODULE))).words
    assert "env.log" in words
    assert "run" in words


def test_a_damaged_module_says_where() -> None:
    assert "damaged at byte" in read(render(wasm_view(MODULE[:12] + b"\xff" * 8))).words
