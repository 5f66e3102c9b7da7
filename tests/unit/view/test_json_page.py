import json

from app.state.model import Blob
from app.view.json_page import PARTS, texts
from tests.unit.view.reading import Node
from tests.unit.view.states import MANIFEST, REPOSITORY, at, digest, shown

DIGEST = digest("x")
HASH = f"{REPOSITORY}/-/blob/{DIGEST}"
DOCUMENT = {
    "layers": [{"digest": str(digest("a")), "size": 1}, {"digest": str(digest("b")), "size": 2}],
    "annotations": {"org.example/key": "tide"},
    "deep": {"a": {"b": {"c": {"d": {"e": {"f": {"g": "tide"}}}}}}},
}


def page(query: str, document: object = DOCUMENT, folds: int = 0) -> Node:
    content = json.dumps(document).encode()
    return shown(at(f"{HASH}?as=json{query}", Blob(DIGEST, None, None, content, False, folds)))


def cards(node: Node) -> list[Node]:
    return node.all("div.json")


def test_a_path_shows_what_it_names_and_nothing_else() -> None:
    node = page("&path=.layers[].digest")
    assert [str(digest("a")) in cards(node)[0].text, str(digest("b")) in cards(node)[1].text] == [True, True]
    assert "annotations" not in "".join(card.text for card in cards(node))
    assert "2 values" in node.text


def test_several_paths_are_shown_one_below_the_other() -> None:
    node = page("&path=.annotations&path=.layers[0].size")
    assert ["org.example/key" in card.text for card in cards(node)] == [True, False]


def test_each_path_can_be_taken_away() -> None:
    links = page("&path=.annotations&path=.layers").one("ul.json-paths").all("a")
    assert [link["href"].partition("?")[2] for link in links] == [
        "as=json&path=.layers",
        "as=json&path=.annotations",
        "as=json",
    ]


def test_a_bad_path_says_at_which_character_and_how_paths_are_written() -> None:
    node = page("&path=.layers[x]")
    notice = node.one("div.notice--danger")
    assert notice.one("mark").text == "x"
    assert "Character 9: Between brackets stands" in notice.text
    assert cards(node) == []
    assert '.annotations."org.example.key"' in node.text


def test_a_path_that_leads_nowhere_says_where_it_ends() -> None:
    assert ".layers is an array: .layers[].digest goes through its items." in page("&path=.layers.digest").text
    assert ". has no key none." in page("&path=.none").text
    assert ".layers has no item [9]." in page("&path=.layers[9]").text
    assert ".layers[0].size is a number, so .x leads nowhere." in page("&path=.layers[0].size.x").text


def test_a_path_of_many_values_shows_some_and_says_so() -> None:
    node = page("&path=.[]", list(range(PARTS + 7)))
    assert len(cards(node)) == PARTS
    assert "7 more not shown here" in node.text


def test_every_key_has_a_link_to_that_part_alone() -> None:
    links = {link["title"]: link["href"] for link in page("").all("a.only")}
    assert links['.annotations."org.example/key"'].endswith("?path=.annotations.%22org.example%2Fkey%22")
    assert links[".layers[1].size"].endswith("?path=.layers%5B1%5D.size")


def test_a_part_keeps_its_links() -> None:
    links = [link["title"] for link in page("&path=.layers[1]").all("a.only")]
    assert links == [".layers[1].digest", ".layers[1].size", ".layers[1]"]


def test_a_search_counts_marks_and_opens_what_holds_a_hit() -> None:
    node = page("&search=tide")
    assert node.one("p", role="status").words == "2 hits for tide."
    assert [mark.text for mark in node.all("mark")] == ["tide", "tide"]
    opened = [fold for fold in node.all("details") if "open" in fold.attributes]
    assert all("tide" in fold.text for fold in opened)
    assert len(opened) == 9


def test_a_search_without_a_hit_leaves_the_page_as_it_is() -> None:
    node = page("&search=nothing-like-it")
    assert "0 hits" in node.text
    assert node.all("details")[0].attributes.keys() >= {"open"}


def test_a_search_in_a_long_document_shows_only_what_holds_a_hit() -> None:
    node = page("&search=tide-4321", [f"tide-{number}" for number in range(5000)])
    assert "4,999 more without a hit" in node.text
    assert node.one("mark").text == "tide-4321"


def test_what_is_left_out_is_one_link_away() -> None:
    node = page("", list(range(5000)))
    link = next(link for link in node.all("a") if link.words.startswith("from item"))
    assert link["href"].endswith("?path=.%5B2499%3A%5D")
    assert "2,501 more not shown here" in node.text


def test_a_long_string_leads_to_all_of_it_as_text() -> None:
    node = page("", {"a": "x" * 9000})
    link = next(link for link in node.all("a") if "more character" in link.words)
    assert link["href"].endswith("?path=.a&as=text")


def test_the_text_of_a_path_has_no_quotes() -> None:
    content = json.dumps(DOCUMENT).encode()
    assert texts(content, [".annotations[]", ".layers[0].size"]) == "tide\n1"
    assert texts(content, ["["]) is None
    assert texts(b"no", ["."]) is None


def test_all_can_be_folded_and_unfolded() -> None:
    closed, opened = page("", folds=-1), page("", folds=2)
    assert ["open" in fold.attributes for fold in closed.all("details")][:3] == [True, False, False]
    assert all("open" in fold.attributes for fold in opened.all("details"))
    assert all("data-reset" in fold.attributes for fold in opened.all("details"))


def test_the_tools_have_names_and_say_what_is_searched_for() -> None:
    node = page("&search=tide")
    assert node.by_id("json-search")["value"] == "tide"
    assert [label["for"] for label in node.all("label")] == ["json-search", "json-path"]


CONFIG = {"config": {"Env": ["PATH=/usr/bin:/bin", "A=/b"]}}


def test_the_folders_of_a_path_lead_to_their_files_where_the_manifest_is_known() -> None:
    content = json.dumps(CONFIG).encode()
    blob = Blob(DIGEST, None, None, content, False)
    node = shown(at(f"{MANIFEST}/-/blob/{DIGEST}?platform=linux/amd64", blob))
    links = [link["href"] for link in node.one("div.json").all("a") if "/-/files/" in link["href"]]
    assert links == [f"{MANIFEST}/-/files/{path}?platform=linux%2Famd64" for path in ("usr/bin", "bin")]


def test_without_a_manifest_the_folders_of_a_path_are_text() -> None:
    assert [link for link in page("", CONFIG).all("a") if "/-/files/" in link["href"]] == []
