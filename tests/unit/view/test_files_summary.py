from tests.unit.state.fake_files import BELOW, FILES, Registry
from tests.unit.view.files_states import page_of


def test_the_biggest_stand_beside_the_folder_with_bars_in_their_colours() -> None:
    bars = page_of(FILES).one("ol.bars").all("li")
    assert [one.words for one in bars[0].all("a") + bars[0].all("span")] == ["/data/replaced.txt", "9 B"]
    assert bars[0].one("svg").classes == ["meter", "c2"]
    assert bars[0].one("rect")["width"] == "1000"


def test_wasted_bytes_are_summed_up_and_listed() -> None:
    node = page_of(f"{FILES}?show=wasted")
    assert "9 B of 23 B (39.1%)" in node.words
    assert node.one("table", aria_label="Wasted bytes").all("a")[0]["href"] == f"{FILES}/data/gone.txt?layer=1"


def test_where_nothing_is_wasted_that_is_said() -> None:
    registry = Registry()
    registry.image(registry.layer(*BELOW), registry.layer(("etc/new", b"x")))
    assert "No byte is wasted" in page_of(f"{FILES}?show=wasted", registry).words


def test_a_search_without_a_match_explains_patterns() -> None:
    node = page_of(f"{FILES}?search=none%3Cb%3E")
    assert "Nothing matches “none<b>”" in node.words
    assert not node.all("b")


def test_a_pattern_that_is_too_long_is_said() -> None:
    assert "This pattern is too long" in page_of(f"{FILES}?search={'x' * 1200}").words


def test_an_empty_folder_is_said() -> None:
    registry = Registry()
    registry.image(registry.layer(("empty", None)))
    assert "The folder is empty." in page_of(f"{FILES}/empty", registry).words
