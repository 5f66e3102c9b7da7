from hypothesis import given
from hypothesis import strategies as st

from app.view import source as module
from app.view.markup import render
from app.view.source import hex_dump, source
from tests.unit.view.reading import read


def test_every_line_is_one_of_its_own() -> None:
    node = read(render(source("a\n\tb\r\n\nlast", "Text")))
    assert [line.text for line in node.all("span.line")] == ["a\n", "\tb\n", "\n", "last\n"]


def test_a_final_line_break_begins_no_line() -> None:
    assert len(read(render(source("a\n", "Text"))).all("span.line")) == 1


def test_what_is_invisible_is_spelled_out() -> None:
    assert read(render(source("a\u202eb\x1b[1m", "Text"))).text == "a\\u202eb\\u001b[1m\n"


def test_a_text_without_end_is_cut_and_says_so() -> None:
    node = read(render(source("x\n" * (module.LINES + 3), "Text")))
    assert node.all("span.line")[-1].text == "… 3 more lines; the download has all"


def test_an_endless_line_is_cut() -> None:
    assert len(read(render(source("x" * 1_000_000, "Text"))).text) < 5000


@given(st.binary(max_size=200))
def test_a_dump_holds_every_byte(data: bytes) -> None:
    lines = read(render(hex_dump(data, "Bytes"))).text.split("\n") if data else []
    assert bytes.fromhex("".join(line[10:58] for line in lines)) == data
    assert [int(line[:8], 16) for line in lines] == list(range(0, len(data), 16))


def test_a_dump_shows_printable_bytes_as_they_are() -> None:
    assert read(render(hex_dump(b"PK\x03\x04<b>", "Bytes"))).text.endswith("  PK..<b>")


def test_a_dump_ends_at_its_limit() -> None:
    text = read(render(hex_dump(bytes(10_000), "Bytes"))).text
    assert len(text.split("\n")) == module.DUMPED // 16
