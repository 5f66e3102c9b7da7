import pytest

from app.client.errors import NotFound
from app.layers.reading import FileContent
from app.state.failure import failure_of
from app.state.files_model import FilesPage, FileView
from tests.unit.state.fake_files import FILES, Registry
from tests.unit.view.files_states import page_of, state_of
from tests.unit.view.reading import Node
from tests.unit.view.states import shown

FILE = f"{FILES}/data/kept.txt"


def with_file(view: FileView) -> Node:
    state = state_of(FILE)
    assert isinstance(state.page, FilesPage)
    return shown(state._replace(page=state.page._replace(file=view)))


def test_a_file_has_its_contents_its_facts_and_its_layer() -> None:
    node = page_of(FILE)
    assert node.one("pre.source").text == "kept\n"
    assert "1 line · 5 B · UTF-8 · from layer 1" in node.one("div.card-head").words
    assert node.one("button", data_command="files-download").words == "Download"
    assert node.one("button.copy", data_copy="kept\n")["aria-label"] == "Copy content of data/kept.txt"
    assert "fetched from the registry for it" in node.words


def test_a_text_of_megabytes_has_no_button_to_copy() -> None:
    content = FileContent(b"x\n" * 150_000, 300_000, True, "none")
    node = with_file(FileView("shown", 10, "range", content))
    assert not node.one("div.card-head").all("button.copy")


def test_a_costly_file_is_asked_about() -> None:
    node = with_file(FileView("asked", 40_000_000, "range"))
    assert node.one("button", data_command="files-file").words == "Fetch 40.0 MB"


@pytest.mark.parametrize("trouble", ["missing-link", "truncated", "bad-compression", "unplaced"])
def test_what_cannot_be_read_says_why(trouble: str) -> None:
    view = FileView("failed", None, "range", trouble=trouble)  # type: ignore[arg-type]
    assert "The contents could not be read" in with_file(view).words


def test_what_the_registry_does_not_send_is_said() -> None:
    gone = failure_of(NotFound("GET", "https://r.example/v2/x", 404))
    assert "did not send them (not found)" in with_file(FileView("failed", None, "range", failure=gone)).words


@pytest.mark.parametrize(
    ("way", "said"), [("spill", "this browser put aside"), ("held", "Held by the manifest itself")]
)
def test_where_the_bytes_came_from_is_said(way: str, said: str) -> None:
    content = FileContent(b"kept\n", 5, True, "ok")
    node = with_file(FileView("shown", None, way, content))  # type: ignore[arg-type]
    assert said in node.words
    assert "as its table of contents says" in node.words


def test_the_copies_in_the_layers_can_be_opened_and_compared() -> None:
    table = page_of(f"{FILES}/data/replaced.txt").one("table", aria_label="This path in the layers")
    first, second = table.one("tbody").all("tr")
    assert [one["href"] for one in first.all("a")] == [
        f"{FILES}/data/replaced.txt?layer=1",
        f"{FILES}/data/replaced.txt?diff=1",
    ]
    assert "shown here" in second.words


def test_a_difference_is_shown_line_by_line() -> None:
    node = page_of(f"{FILES}/data/replaced.txt?diff=1")
    assert "1 line more and 1 line less than in layer 1" in node.words
    assert node.one("span.gone").text == "- old\n"
    assert node.one("span.new").text == "+ new text\n"


def test_bytes_that_differ_are_said_by_size() -> None:
    registry = Registry()
    registry.image(registry.layer(("blob", b"\0" * 9)), registry.layer(("blob", b"\0" * 12)))
    assert "Other bytes than in layer 1: 9 B there, 12 B here." in page_of(f"{FILES}/blob?diff=1", registry).words


def test_a_folder_tells_of_itself_out_of_the_way() -> None:
    node = page_of(f"{FILES}/data")
    folded = next(one for one in node.all("details") if "About this folder" in one.one("summary").words)
    assert "folder" in folded.one("dl.kv").words
    assert "open" not in folded.attributes
