from app.client.errors import NotFound
from app.state.compare_files import Contents, Counted, FileChange, FilesCompared
from app.state.compare_model import ComparePage
from app.view.compare_files import files_section
from app.view.markup import group, render
from tests.unit.view.reading import Node, read
from tests.unit.view.states import URL, failed
from tests.unit.view.test_compare import LEFT, RIGHT

CHANGES = (
    FileChange("bin/a", "changed", 7, 7, ("time",)),
    FileChange("bin/b", "changed", 7, 8, ("size", "mode")),
    FileChange("etc/new", "added", None, 12),
    FileChange("etc/old", "removed", 5, None),
)
DONE = FilesCompared(False, 9, 9, CHANGES, Counted(1, 1, 2, 30))


def section(files: FilesCompared | None) -> Node:
    return read(render(group(files_section(ComparePage(LEFT, RIGHT, None, {}, files)))))


def test_it_is_asked_for_since_it_downloads() -> None:
    node = section(None)
    assert node.one("button")["data-command"] == "compare-files"
    assert "4 layers of 8.0 MB in all are read" in node.words


def test_while_it_reads_one_sees_how_far_and_can_stop() -> None:
    node = section(FilesCompared(True, 1_000_000, 8_000_000))
    assert "1.0 MB of 8.0 MB read" in node.words
    assert node.one("progress")["value"] == "1000000"
    assert node.one("button")["data-command"] == "compare-stop"


def test_the_result_is_counted_and_listed() -> None:
    node = section(DONE)
    assert "1 added, 1 removed, 2 changed and 30 the same" in node.words
    assert [one.words for one in node.one("tbody").all("th")] == ["bin/a", "bin/b", "etc/new", "etc/old"]
    assert "changed: size and permissions" in node.words


def test_one_kind_of_change_can_be_shown_alone() -> None:
    node = section(DONE._replace(mark="added"))
    assert [one.words for one in node.one("tbody").all("th")] == ["etc/new"]
    assert node.one("button", aria_pressed="true").words == "Added"


def test_contents_can_be_compared_where_only_the_headers_tell() -> None:
    node = section(DONE)
    assert [one["data-args"] for one in node.all("button", data_command="compare-file")] == ['{"path": "bin/a"}']
    told: dict[Contents, str] = {
        "same": "same contents",
        "different": "other contents",
        "unreadable": "cannot be read",
        "reading": "reading",
    }
    for contents, said in told.items():
        assert said in section(DONE._replace(contents={"bin/a": contents})).words


def test_long_lists_are_cut_and_go_on() -> None:
    node = section(DONE._replace(shown=3))
    assert len(node.one("tbody").all("tr")) == 3
    assert "1 more" in node.words
    assert node.one("button", data_command="compare-more")


def test_what_is_not_kept_is_counted() -> None:
    assert "8 further ones are counted" in section(DONE._replace(counted=Counted(9, 1, 2, 0))).words


def test_files_whose_contents_nobody_compared_are_counted_and_can_be_read() -> None:
    node = section(DONE._replace(counted=Counted(1, 1, 2, 30, 4), cost=2_000_000))
    assert "30 the same and 4 alike" in node.words
    assert "the contents were not compared" in node.words
    assert "reads about 2.0 MB" in node.words
    assert node.one("button", data_command="compare-contents")
    reading = section(DONE._replace(counted=Counted(1, 1, 2, 30, 4), running=True, checked=3))
    assert "Comparing contents: 3 files so far" in reading.words
    assert reading.one("button", data_command="compare-stop")


def test_a_layer_that_could_not_be_read_is_said() -> None:
    broken = FilesCompared(False, 1, 9, unread=1, failure=failed(NotFound("GET", URL, 404, ())))
    node = section(broken)
    assert "1 layer not read to the end: not found." in node.words
    assert node.one("button").words == "Start again"
    assert "Stopped: not found." in section(broken._replace(unread=0)).words


def test_hostile_names_are_spelled_out() -> None:
    assert "\u202e" not in section(DONE._replace(changes=(FileChange("a\u202eb", "added", None, 1),))).text


def test_before_both_images_are_read_there_is_no_section() -> None:
    assert files_section(ComparePage(LEFT, None, None, {})) is None
    assert files_section(ComparePage(LEFT, RIGHT._replace(image=None), None, {})) is None
