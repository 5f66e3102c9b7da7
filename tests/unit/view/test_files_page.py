from app.client.errors import NotFound
from app.state.failure import failure_of
from app.state.files_model import FilesPage, begin
from app.view import files_page
from app.view.screen import render
from tests.unit.state.fake_files import FILES, Registry
from tests.unit.view.files_states import page_of, state_of
from tests.unit.view.states import at


def test_the_title_names_the_path_and_the_image() -> None:
    assert files_page.title(state_of(f"{FILES}/data")) == "/data in lab/app:1"
    assert files_page.title(state_of(FILES)) == "Files of lab/app:1"


def test_a_screen_reader_is_told_how_many_there_are() -> None:
    assert files_page.announce(state_of(f"{FILES}/data")) == "/data in lab/app:1: 4 entries"
    assert files_page.announce(state_of(f"{FILES}/nowhere")) == "/nowhere in lab/app:1: nothing is there"
    assert files_page.announce(state_of(f"{FILES}?search=kept")).endswith("1 match")


def test_progress_and_rows_are_regions_of_their_own() -> None:
    names = [region.region for region in render(state_of(f"{FILES}/data")).regions]
    assert [name for name in names if name in ("main", "files-progress", "files-layers", "rows-0")] == [
        "main",
        "files-progress",
        "files-layers",
        "rows-0",
    ]


def test_the_tab_of_files_is_the_present_one() -> None:
    node = page_of(FILES)
    tabs = node.one("nav.tabs")
    assert [one.words for one in tabs.all("a", aria_current="page")] == ["Files"]


def test_before_anything_is_read_the_page_says_so() -> None:
    from app.state.route import parse_route

    state = at(FILES, begin(parse_route(FILES)), loading=True)
    main = next(one for one in render(state).regions if one.region == "main").build()
    assert "The layers are looked up" in main


def test_a_failure_with_nothing_read_is_all_there_is() -> None:
    state = state_of(FILES)
    assert isinstance(state.page, FilesPage)
    waiting = tuple(one._replace(phase="waiting", listed=False, progress=None) for one in state.page.layers)
    error = NotFound("GET", "https://r.example/v2/x", 404)
    failed = state._replace(page=state.page._replace(layers=waiting), failure=failure_of(error))
    assert [one.region for one in files_page.regions(failed)] == ["main"]


def test_a_missing_path_offers_the_folder_above() -> None:
    node = page_of(f"{FILES}/data/nowhere")
    notice = node.one("div.notice")
    assert "No entry of these layers is called /data/nowhere" in notice.words
    assert notice.one("a")["href"] == f"{FILES}/data"


def test_an_artifact_says_that_it_has_no_tree() -> None:
    registry = Registry()
    text = registry.layer(data=b"x", mediaType="text/plain")
    del text["_diff"]
    config = {"mediaType": "application/x", "digest": "sha256:" + "0" * 64, "size": 2}
    registry.manifest({"schemaVersion": 2, "config": config, "layers": [text]})
    node = page_of(FILES, registry)
    assert "This is an artifact" in node.words
    assert not node.all("table")


def test_one_layer_is_called_by_its_digest() -> None:
    registry = Registry()
    one = registry.layer(("etc/motd", b"calm\n"))
    registry.image(one)
    node = page_of(f"#/r.example/lab/app/-/layer/{one['digest']}?size={one['size']}", registry)
    assert node.one("h1").words == f"Layer sha256:{one['digest'][7:19]}"
    assert not node.all("nav.tabs")
