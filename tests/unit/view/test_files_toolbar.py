from tests.unit.state.fake_files import BELOW, FILES, Registry
from tests.unit.view.files_states import page_of


def test_the_folders_above_are_links_and_the_present_one_is_not() -> None:
    crumbs = page_of(f"{FILES}/data/kept.txt").one("nav", aria_label="Folders")
    assert [(link.words, link["href"]) for link in crumbs.all("a")] == [("/", FILES), ("data", f"{FILES}/data")]
    assert crumbs.one("span", aria_current="page").words == "kept.txt"


def test_a_very_deep_path_is_cut_in_the_middle() -> None:
    path = "/".join(f"f{number}" for number in range(60))
    registry = Registry()
    registry.image(registry.layer((f"{path}/end", b"x")))
    crumbs = page_of(f"{FILES}/{path}", registry).one("nav", aria_label="Folders")
    assert len(crumbs.all("li")) < 14
    assert crumbs.one("span", aria_current="page").words == "f59"


def test_layers_can_be_chosen_and_the_chosen_one_says_what_it_did() -> None:
    node = page_of(f"{FILES}?layer=2")
    options = node.by_id("files-layer").all("option")
    assert [one.words for one in options] == ["all layers merged", "layer 1 only", "layer 2 only"]
    assert "selected" in options[2].attributes
    assert "Layer 2 adds 0, changes 1, deletes 1 · 9 B" in node.words
    assert "COPY layer 2" in node.words


def test_of_one_layer_there_is_nothing_to_choose() -> None:
    registry = Registry()
    registry.image(registry.layer(*BELOW))
    node = page_of(FILES, registry)
    assert not node.all("select", id="files-layer")
    assert not node.all("input", data_command="files-deleted")


def test_the_search_keeps_what_was_looked_for() -> None:
    assert page_of(f"{FILES}?search=kept").by_id("files-find")["value"] == "kept"
