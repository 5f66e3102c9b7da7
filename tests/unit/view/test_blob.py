import pytest

from app.client.errors import BadDigest
from app.oci import media_type as types
from app.state.model import Blob
from app.view import screen
from tests.unit.view.reading import Node
from tests.unit.view.states import CONFIG_JSON, REPOSITORY, URL, at, digest, failed, keys, shown

DIGEST = digest("x")
HASH = f"{REPOSITORY}/-/blob/{DIGEST}"


def page(content: bytes | None, media_type: str | None = None, **fields: object) -> Node:
    return shown(at(HASH, Blob(DIGEST, media_type, None, content, False), **fields))


def test_json_is_shown_as_json_whatever_its_type_says() -> None:
    node = page(CONFIG_JSON, "application/octet-stream")
    assert node.by_id("content").words == "JSON"
    assert node.all("div.json")


def test_digests_of_a_config_without_a_type_lead_nowhere() -> None:
    node = page(f'{{"diff_ids": ["{digest("a")}"]}}'.encode())
    assert node.one("div.json").all("a") == []


def test_descriptors_in_a_blob_lead_on() -> None:
    node = page(f'{{"mediaType": "{types.OCI_MANIFEST}", "digest": "{digest("a")}", "size": 5}}'.encode())
    assert node.all("a", href=f"{REPOSITORY}@{digest('a')}")


def test_text_is_shown_with_line_numbers() -> None:
    assert len(page(b"one\ntwo\n").one("pre.source").all("span.line")) == 2


@pytest.mark.parametrize("content", [b"\x1f\x8b\x08\x00", b"text\x00binary", b"\xff\xfe"])
def test_bytes_are_dumped(content: bytes) -> None:
    assert page(content).one("pre.dump").text.startswith(f"00000000  {content[0]:02x}")


def test_a_dump_of_a_part_says_so() -> None:
    assert "The first 4.1 kB of 10.0 kB." in page(bytes(10_000)).text


def test_broken_json_is_shown_as_text() -> None:
    assert page(b'{"a": 1, "a": 2}').by_id("content").words == "Text"


def test_an_empty_blob_says_so() -> None:
    assert page(b"").one("div.notice").one("h2").words == "This blob is empty"


def test_a_blob_that_is_too_large_says_what_it_is() -> None:
    state = at(HASH, Blob(DIGEST, types.OCI_LAYER_GZIP, 29_126_484, None, True))
    notice = shown(state).one("div.notice--plain")
    assert notice.one("h2").words == "This blob is too large to show here"
    assert "It has 29.1 MB." in notice.text
    assert "a compressed archive of files" in notice.text


def test_what_is_shown_was_verified_and_can_be_downloaded() -> None:
    node = page(b"x")
    assert node.one("span.verified").words == "verified"
    assert node.all("button", data_command="download")


def test_a_mismatch_is_an_alarm_and_nothing_is_shown() -> None:
    node = page(None, failure=failed(BadDigest("GET", URL, DIGEST, digest("y"), 4)))
    assert node.all("div.notice--alarm")
    assert node.all("span.verified") == node.all("pre") == node.all("span.skeleton") == []


def test_while_it_is_awaited_there_is_a_frame() -> None:
    assert page(None).all("span.skeleton")


def test_a_known_type_is_named() -> None:
    assert page(None, types.OCI_CONFIG).one("p.facts").words.startswith("OCI image config")


def test_it_is_announced_and_titled_by_its_digest() -> None:
    found = screen.render(at(HASH, Blob(DIGEST, None, None, b"x", False)))
    assert found.announce == f"Blob sha256:{DIGEST.short} in harbour/tide-gauge"
    assert found.title == f"sha256:{DIGEST.short} in harbour/tide-gauge · Portolan"


def test_the_key_changes_once_it_was_read() -> None:
    before = keys(at(HASH, Blob(DIGEST, None, None, None, False)))["main"]
    assert keys(at(HASH, Blob(DIGEST, None, None, b"x", False)))["main"] != before
