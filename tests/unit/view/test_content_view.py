import json

import pytest

from app.view.content_view import content_view, facts
from app.view.markup import render
from tests.unit.trust.signers import certificate, pem
from tests.unit.view.reading import Node, read

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
ELF = b"\x7fELF\x02\x01\x01" + bytes(9) + bytes([2, 0, 62, 0, 1, 0, 0, 0]) + bytes(40)
WASM = b"\0asm\1\0\0\0"
CERTIFICATE = certificate()


def href(form: str, at: int) -> str:
    return f"#/x?as={form}&at={at}"


def view(content: bytes, name: str = "file", as_: str | None = None, total: int | None = None, at: int = 0) -> Node:
    size = len(content) if total is None else total
    return read(render(content_view(content, name, "", size, as_, href, at)))


def forms(node: Node) -> list[str]:
    return [link.words for nav in node.all("nav", aria_label="Shown as") for link in nav.all("a")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"text\n", ["text", "bytes"]),
        (b'{"a": 1}', ["JSON", "text", "bytes"]),
        (PNG, ["picture", "bytes"]),
        (CERTIFICATE, ["certificate", "bytes"]),
        (pem(CERTIFICATE).encode(), ["certificate", "text", "bytes"]),
        (ELF, ["program", "bytes"]),
        (WASM, ["WebAssembly", "bytes"]),
        (b"\x1f\x8b\x08" + bytes(20), ["archive", "bytes"]),
        (b"\0\1\2\3", []),
        (b'{"a": }', ["text", "bytes"]),
        (b"<svg onload='x'/>", ["text", "bytes"]),
    ],
)
def test_bytes_are_shown_in_the_form_that_suits_them_with_the_others_as_links(
    content: bytes, expected: list[str]
) -> None:
    node = view(content)
    assert forms(node) == expected
    if expected:
        assert node.one("a", aria_current="true").words == expected[0]


def test_nothing_is_linked_without_addresses() -> None:
    node = read(render(content_view(b"text\n", "file", "", 5, None)))
    assert not node.all("a")
    assert node.one("pre.source").text == "text\n"


def test_a_form_that_bytes_do_not_have_is_not_taken() -> None:
    assert view(b"text\n", as_="image").all("pre.source")


def test_an_empty_file_is_said_to_be_empty() -> None:
    assert "It has no byte at all." in view(b"").words


def test_a_picture_comes_with_the_page() -> None:
    assert view(PNG).one("img")["src"].startswith("data:image/png;base64,iVBOR")


def test_json_is_read_and_its_digests_lead_nowhere() -> None:
    node = view(json.dumps({"digest": "sha256:" + "a" * 64}).encode())
    assert node.all("div.json")
    assert not node.one("div.json").all("a")


def test_a_long_text_comes_a_page_at_a_time() -> None:
    content = b"".join(b"line %d\n" % number for number in range(2500))
    node = view(content)
    assert len(node.all("span.line")) == 1000
    assert "Lines 1 to 1,000 of 2,500" in node.words
    assert node.one("p.card-foot").one("a")["href"] == "#/x?as=text&at=1000"
    last = view(content, at=2000)
    assert last.all("span.line")[0]["data-n"] == "2001"
    assert last.one("p.card-foot").one("a").words == "Before"
    assert view(content, at=10**9).all("span.line")[0]["data-n"] == "2500"


def test_a_dump_comes_a_page_at_a_time() -> None:
    content = bytes(range(256)) * 40
    node = view(content, as_="hex")
    assert node.one("pre.dump").text.startswith("00000000  00 01 02")
    assert node.one("p.card-foot").one("a")["href"] == "#/x?as=hex&at=4096"
    assert view(content, as_="hex", at=4100).one("pre.dump").text.startswith("00001000  ")


def test_what_is_not_read_is_said() -> None:
    assert "The first 5 B of 5.0 MB are read" in view(b"text\n", total=5_000_000).words


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"one\ntwo\n", "2 lines · 8 B · UTF-8"),
        (b"caf\xe9\n", "1 line · 5 B · Latin-1"),
        (PNG, "48 B · png"),
        (b"", "empty"),
    ],
)
def test_facts_say_what_the_bytes_are(content: bytes, said: str) -> None:
    assert facts(content, len(content)) == said
