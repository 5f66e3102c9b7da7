import pytest

from app.oci import media_type as types
from app.state.blob_page import PART
from app.state.model import Blob
from app.view.blob_large import too_large
from app.view.markup import render
from tests.unit.view.reading import Node, read
from tests.unit.view.states import REPOSITORY, at, digest

DIGEST = digest("x")
HASH = f"{REPOSITORY}/-/blob/{DIGEST}"


def shown(query: str = "", **fields: object) -> Node:
    page = Blob(DIGEST, "application/x", 10_000_000, None, True)._replace(**fields)  # type: ignore[arg-type]
    return read(render(too_large(at(HASH + query, page), page)))


def test_it_can_be_downloaded_and_its_first_bytes_seen() -> None:
    node = shown()
    assert node.one("button", data_command="download").words == "Download"
    assert [link.words for link in node.all("a")] == ["First bytes"]


def test_of_an_archive_the_files_come_first() -> None:
    node = shown(media_type=types.OCI_LAYER_GZIP)
    assert [link.words for link in node.all("a")] == ["Show its files", "First bytes"]


@pytest.mark.parametrize(
    ("start", "length", "words"),
    [(0, PART, ["Next"]), (PART, PART, ["Before", "Next"]), (9_998_336, 1664, ["Before"]), (10_000_000, 0, ["Before"])],
)
def test_one_goes_through_the_bytes_by_pages(start: int, length: int, words: list[str]) -> None:
    node = shown("?as=hex", part=(start, bytes(length)))
    assert [link.words for link in node.one("section.section").all("a")] == words


def test_behind_the_end_is_nothing() -> None:
    assert "Nothing is there" in shown("?as=hex", part=(10_000_000, b"")).text


def test_without_a_size_the_progress_has_no_end() -> None:
    assert "value" not in shown(size=None, received=5).one("progress").attributes
