from app.view.compare_table import only, same, two_sided
from app.view.markup import render
from tests.unit.view.reading import read


def test_every_result_has_an_icon_and_a_word() -> None:
    for node, word in ((same(True), "same"), (same(False), "differs"), (same(None), "not known")):
        found = read(render(node))
        assert found.words == word
        assert found.all("svg")
    assert read(render(only("first"))).words == "only in the first"


def test_what_is_not_there_says_so() -> None:
    node = read(render(two_sided("T", "What", [("a", None, "x", same(False))])))
    assert [one.words for one in node.all("td")] == ["not there", "x", "differs"]
    assert node.all("td")[0]["data-label"] == "First"
