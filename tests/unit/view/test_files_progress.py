import pytest

from app.client.errors import NotFound, Unreachable
from app.layers.layer_index import Progress
from app.layers.limits import Problem
from app.state.failure import failure_of
from app.state.files_model import FilesPage, LayerState
from app.view.files_progress import layers, progress
from app.view.markup import render
from tests.unit.state.fake_files import FILES, ref
from tests.unit.view.reading import Node, read
from tests.unit.view.states import at

URL = "https://r.example/v2/lab/app/blobs/x"


def one(number: int = 1, **fields: object) -> LayerState:
    told = Progress(12_900_000, 18_650_113, 40_000_000, 1200, 2.1)
    base = LayerState(
        ref(number, 18_650_113), "reading", False, "layer", told, "unfinished", "unfinished", "unknown", (), None
    )
    return base._replace(**fields)  # type: ignore[arg-type]


def shown(*states: LayerState, **fields: object) -> Node:
    page = FilesPage(True, "", states)._replace(**fields)  # type: ignore[arg-type]
    return read(render(progress(at(FILES, page), page)))


def test_a_download_says_how_far_how_fast_and_how_long() -> None:
    node = shown(one(1, phase="complete", listed=True), one(2), running=True)
    said = node.one("div.download").words
    assert "Reading layer 2 of 2 · 12.9 MB of 18.7 MB · 6.1 MB/s · 1,200 entries · about 1 second left" in said
    bar = node.one("progress")
    assert (bar["max"], bar["value"]) == ("18650113", "12900000")
    assert node.one("button")["data-command"] == "files-cancel"


def test_where_nobody_says_the_size_the_bar_has_no_end() -> None:
    bar = shown(one(progress=Progress(5, None, 9, 0, 0.1), ref=ref(1, None)), running=True).one("progress")
    assert "max" not in bar.attributes
    assert "value" not in bar.attributes


@pytest.mark.parametrize("phase", ["paused", "broken", "limit"])
def test_what_stopped_can_go_on(phase: str) -> None:
    lost = failure_of(Unreachable("GET", URL, "truncated"))
    node = shown(one(phase=phase, failure=lost if phase == "broken" else None))
    assert node.one("button")["data-command"] == "files-go-on"


def test_a_bomb_is_called_one_and_going_on_is_offered() -> None:
    node = shown(one(phase="limit", problems=(Problem("limit", 0, "ratio", 200),)))
    assert "more than 200 times its size, which is what a bomb does" in node.words
    assert node.one("div.notice")["role"] == "alert"


def test_a_large_layer_is_asked_about_with_its_size() -> None:
    node = shown(one(1, phase="asked", ref=ref(1, 312_000_000)), one(2, phase="complete", listed=True))
    assert "1 large layer is not read yet" in node.words
    assert node.one("button").words == "Download 312.0 MB"


def test_a_layer_that_is_not_needed_is_not_spoken_of() -> None:
    node = shown(one(1, phase="complete", listed=True), one(2, phase="waiting"), chosen=1)
    assert node.words == ""


def test_wrong_bytes_raise_an_alarm() -> None:
    node = shown(one(phase="complete", listed=True, digest="wrong", diff_id="wrong", toc="wrong"))
    assert "notice--alarm" in node.one("div.notice").classes
    assert len(node.all("li")) == 3


@pytest.mark.parametrize(
    ("found", "title"),
    [(Problem("bad-header", 512, "checksum"), "Layer 1 is damaged"), (Problem("trailing", 9), "Layer 1 is odd")],
)
def test_what_is_wrong_is_said_by_how_much_it_matters(found: Problem, title: str) -> None:
    assert shown(one(phase="complete", listed=True, problems=(found,))).one("h2").words == title


def test_a_layer_kept_elsewhere_says_where() -> None:
    gone = failure_of(NotFound("GET", URL, 404))
    foreign = ref(1, urls=("https://layers.example/base.tar", "javascript:alert(1)"))
    node = shown(one(phase="failed", progress=None, failure=gone, ref=foreign))
    assert [link["href"] for link in node.all("a")] == ["https://layers.example/base.tar"]


def test_each_layer_says_what_was_checked_and_can_be_verified() -> None:
    toc = one(2, phase="complete", listed=True, source="estargz", toc="ok")
    page = FilesPage(True, "", (one(1, phase="complete", listed=True, digest="ok", diff_id="ok"), toc))
    node = read(render(layers(at(FILES, page), page)))
    assert node.one("summary").words == "2 layers, 1 verified"
    first, second = node.one("tbody").all("tr")
    assert first.words.count("verified") == 2
    assert "from its eStargz table of contents" in second.words
    assert second.one("button", data_command="files-verify")["data-args"] == '{"layer": 2}'
