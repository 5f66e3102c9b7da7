import pytest

from app.state.route import parse_route
from app.view.markup import render
from app.view.tabs import OF_ANOTHER, Tab, tabs
from tests.unit.view.reading import Node, read

AT = "registry.example.net/harbour/tide-gauge:2.4.1"


def row(current: Tab = "overview", route: str = AT, **more: object) -> Node:
    return read(render(tabs(parse_route(route), current, **more)))  # type: ignore[arg-type]


def test_each_view_of_an_image_has_its_tab_in_this_order() -> None:
    names = [link.words for link in row().all("a")]
    assert names == ["Overview", "Layers", "Files", "Config", "Referrers", "JSON"]


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("Overview", ""),
        ("Layers", "?part=layers"),
        ("Files", "/-/files"),
        ("Config", "?part=config"),
        ("Referrers", "/-/referrers"),
        ("JSON", "/-/raw"),
    ],
)
def test_a_tab_leads_to_its_route(name: str, end: str) -> None:
    link = next(link for link in row().all("a") if link.words == name)
    assert link["href"] == f"#/{AT}{end}"


def test_the_present_one_is_marked_and_no_other() -> None:
    assert [link.words for link in row("config").all("a") if link.attributes.get("aria-current")] == ["Config"]


def test_from_another_view_they_lead_back_to_the_same_manifest() -> None:
    assert row("json", f"{AT}/-/raw?search=a").all("a")[0]["href"] == f"#/{AT}"


def test_the_platform_of_an_index_goes_along() -> None:
    found = [link["href"].partition("?")[2] for link in row(route=f"{AT}?platform=linux/arm64").all("a")]
    assert all(query.startswith("platform=linux%2Farm64") for query in found)


def test_a_number_stands_after_its_name() -> None:
    assert [link.words for link in row(counts={"layers": 7}).all("a")][1] == "Layers 7"


def test_what_is_no_image_has_neither_layers_nor_files() -> None:
    assert [link.words for link in row(shown=OF_ANOTHER).all("a")] == ["Overview", "Referrers", "JSON"]
