import json

from hypothesis import given
from hypothesis import strategies as st

from app.oci import media_type as types
from app.oci.digest import Digest
from app.oci.document import Json
from app.view import json_view as module
from app.view.json_view import json_view
from app.view.markup import hostile, render
from tests.unit.view.reading import Node, read
from tests.unit.view.states import digest

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 999) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def view(found: Json) -> Node:
    return read(render(json_view(found, lambda digest, media_type, size: f"#/to/{digest}/{media_type}/{size}", "JSON")))


def without_notes(node: Node) -> str:
    """The text without what is not part of the document."""
    if {"gloss", "closed"} & set(node.classes):
        return ""
    return "".join(child if isinstance(child, str) else without_notes(child) for child in node.children)


@given(JSON)
def test_the_page_holds_the_document_and_nothing_else(found: Json) -> None:
    text = without_notes(view(found))
    compact = hostile(json.dumps(found, ensure_ascii=False))
    assert text.replace(" ", "") == compact.replace(" ", "")


def test_keys_keep_the_order_they_came_in() -> None:
    keys = [node.text for node in view({"z": 1, "a": {"y": 2, "b": 3}}).all("span.k")]
    assert keys == ['"z"', '"a"', '"y"', '"b"']


def test_a_digest_leads_on_with_what_stands_beside_it() -> None:
    found: Json = {"mediaType": "application/x", "digest": str(digest("a")), "size": 7}
    link = next(node for node in view(found).all("a") if node.text.startswith('"sha256:'))
    assert link["href"] == f"#/to/{digest('a')}/application/x/7"


def test_a_digest_of_another_field_does_not_borrow_the_type_beside_it() -> None:
    found: Json = {"mediaType": "application/x", "digest": "no", "other": str(digest("a"))}
    link = next(node for node in view(found).all("a") if node.text.startswith('"sha256:'))
    assert link["href"] == f"#/to/{digest('a')}/None/None"


def test_a_digest_that_leads_nowhere_is_text() -> None:
    node = read(render(json_view(str(digest("a")), lambda digest, media_type, size: None, "JSON")))
    assert node.all("a") == []


def test_what_only_looks_like_a_digest_is_text() -> None:
    assert view([f"sha256:{'z' * 64}", "sha256:" + "a" * 63]).all("a") == []


def test_a_media_type_leads_to_its_specification_and_is_explained() -> None:
    node = view({"mediaType": types.OCI_MANIFEST})
    assert node.one("a")["href"].startswith("https://github.com/opencontainers/image-spec/")
    assert "OCI image manifest" in [note.text for note in node.all("span.gloss")]


def test_a_web_address_is_a_link_and_another_scheme_is_not() -> None:
    node = view(["https://example.org/a?b=c", "javascript:alert(1)", "https://a b"])
    assert [link["href"] for link in node.all("a")] == ["https://example.org/a?b=c"]


def test_a_size_is_explained_in_units() -> None:
    assert [note.text for note in view({"size": 29_126_484, "digest": "x"}).all("span.gloss")][-1] == "29.1 MB"


def test_objects_and_arrays_fold_and_say_what_is_in_them() -> None:
    node = view({"layers": [1, 2, 3]})
    assert [summary.one("span.gloss").text for summary in node.all("summary")] == ["1 key", "3 items"]


def test_deep_parts_begin_folded() -> None:
    found: Json = 1
    for _ in range(10):
        found = [found]
    folds = view(found).all("details")
    assert ("open" in folds[0].attributes, "open" in folds[-1].attributes) == (True, False)


def test_a_document_without_end_is_cut_and_says_so() -> None:
    node = view(list(range(module.MOST * 2)))
    assert len(node.all("div.line")) <= module.MOST + 1
    assert "not shown here" in node.text


def test_an_endless_string_is_cut_and_says_so() -> None:
    node = view("x" * (module.LONGEST + 5))
    assert "5 more characters" in node.text


def test_numbers_and_names_without_a_digest_lead_nowhere() -> None:
    def target(found: Digest, media_type: str | None, size: int | None) -> str | None:
        raise AssertionError(found)

    render(json_view({"a": 1, "b": "c", "d": None}, target, "JSON"))
