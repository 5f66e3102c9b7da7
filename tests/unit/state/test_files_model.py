import pytest

from app.state.files_model import FilesPage, LayerState, asked, begin, clean
from app.state.route import parse_route
from tests.unit.state.fake_files import FILES, ref

DIGEST = "sha256:" + "a" * 64


def state(number: int, *, listed: bool, **fields: object) -> LayerState:
    base = LayerState(ref(number), "waiting", listed, "layer", None, "unknown", "unknown", "unknown", (), None)
    return base._replace(**fields)  # type: ignore[arg-type]


def test_a_page_begins_as_its_query_wants_it() -> None:
    query = "sort=-size&show=biggest&search=%20passwd%20&deleted=no&layer=3&platform=linux%2Farm64"
    page = begin(parse_route(f"{FILES}/usr/lib/?{query}"))
    assert (page.path, page.order, page.show, page.search) == ("usr/lib", "-size", "biggest", "passwd")
    assert (page.deleted, page.chosen, page.platform, page.whole) == (False, 3, "linux/arm64", True)


@pytest.mark.parametrize("query", ["sort=colour", "show=nothing", "layer=two", "layer=-1", "layer=99999", "layer=²"])
def test_what_a_query_cannot_mean_is_passed_over(query: str) -> None:
    assert begin(parse_route(f"{FILES}?{query}")) == begin(parse_route(FILES))


def test_the_page_of_one_layer_has_no_other_layers_to_choose_from() -> None:
    page = begin(parse_route(f"#/r.example/lab/app/-/layer/{DIGEST}/etc?layer=2"))
    assert (page.whole, page.path, page.chosen) == (False, "etc", None)


def test_asking_anew_keeps_what_was_read() -> None:
    page = FilesPage(True, "etc", what="folder", total=3)
    again = asked(page, parse_route(f"{FILES}/etc?sort=size"))
    assert (again.total, again.what, again.order) == (3, "folder", "size")


@pytest.mark.parametrize(
    ("path", "found"), [("", ""), ("/etc/", "etc"), ("../../etc//passwd", "etc/passwd"), ("a/./b/../c", "a/c")]
)
def test_a_path_is_cleaned_of_what_means_nothing(path: str, found: str) -> None:
    assert clean(path) == found


def test_a_page_is_settled_when_the_layers_it_needs_are_listed() -> None:
    layers = (state(1, listed=True), state(2, listed=True), state(3, listed=False))
    assert not FilesPage(True, "", layers).settled
    assert FilesPage(True, "", layers, chosen=2).settled
    assert not FilesPage(True, "").settled


def test_a_page_has_data_once_something_came_or_waits_for_a_person() -> None:
    assert not FilesPage(True, "", (state(1, listed=False),)).has_data
    assert not FilesPage(True, "", (state(1, listed=False, phase="failed"),)).has_data
    assert FilesPage(True, "", (state(1, listed=False, phase="asked"),)).has_data
    assert FilesPage(True, "", (state(1, listed=True, phase="complete"),)).has_data
    assert FilesPage(True, "", unsuitable="no-layers").has_data


@pytest.mark.parametrize("field", ["digest", "diff_id", "toc"])
def test_one_wrong_digest_damages_the_page(field: str) -> None:
    assert FilesPage(True, "", (state(1, listed=True, **{field: "wrong"}),)).is_damaged
    assert not FilesPage(True, "", (state(1, listed=True, **{field: "unfinished"}),)).is_damaged
