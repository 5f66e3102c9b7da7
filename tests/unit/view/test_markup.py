import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.view.markup import Element, UnsafeMarkup, data_id, el, foreign, group, hostile, render, wrapping
from tests.unit.view.reading import read

# What a document can hold: no NUL, no lone surrogates (both become U+FFFD).
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(TEXT)
def test_any_text_is_read_back_as_it_went_in_and_makes_no_element(text: str) -> None:
    tree = read(render(el("p", None, text)))
    paragraph = tree.one("p")
    assert paragraph.text == text
    assert list(paragraph) == []


@given(TEXT)
def test_any_attribute_is_read_back_as_it_went_in_and_makes_no_other(text: str) -> None:
    paragraph = read(render(el("p", {"title": text}))).one("p")
    assert paragraph.attributes == {"title": text}


@given(st.text())
def test_what_no_document_can_hold_is_replaced(text: str) -> None:
    assert not {"\0", *map(chr, range(0xD800, 0xE000))} & set(render(el("p", {"title": text}, text)))


@given(st.text())
def test_hostile_text_shows_no_invisible_character(text: str) -> None:
    shown = hostile(text)
    assert not set("\u202e\u2066\u200b\0\x1b\n\u2028\ufeff") & set(shown)
    assert hostile(shown) == shown


def test_a_reordering_character_is_spelled_out() -> None:
    assert hostile("a\u202eb") == "a\\u202eb"
    assert hostile("\U000e0041") == "\\U000e0041"


def test_kept_characters_stay() -> None:
    assert hostile("a\n\tb", keep="\n") == "a\n\\u0009b"


@pytest.mark.parametrize(
    "tag", ["script", "iframe", "object", "embed", "base", "meta", "link", "style", "P", "p x", ""]
)
def test_an_element_that_is_not_known_is_refused(tag: str) -> None:
    with pytest.raises(UnsafeMarkup):
        el(tag)


@pytest.mark.parametrize(
    "name",
    [
        "onclick",
        "onload",
        "style",
        "srcdoc",
        "action",
        "formaction",
        "xlink:href",
        "HREF",
        "data-",
        "a b",
        'x"',
        "",
    ],
)
def test_an_attribute_that_is_not_known_is_refused(name: str) -> None:
    with pytest.raises(UnsafeMarkup) as caught:
        el("p", {name: "x"})
    assert caught.value.value == name


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:x",
        "java\tscript:x",
        "data:text/html,x",
        "//evil.example",
        "/x",
        "vbscript:x",
        "HTTP:x",
    ],
)
def test_an_address_with_another_scheme_is_refused(url: str) -> None:
    with pytest.raises(UnsafeMarkup):
        el("a", {"href": url})


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/pixel.png",
        "#/x",
        "data:image/svg+xml;base64,PHN2Zz4=",
        "data:text/html;base64,PHA+",
        "data:image/png,raw",
        "data:image/png;base64,AA==#x",
        "",
    ],
)
def test_a_picture_that_does_not_come_with_the_page_is_refused(url: str) -> None:
    with pytest.raises(UnsafeMarkup):
        el("img", {"src": url})


def test_a_picture_that_comes_with_the_page_is_taken() -> None:
    assert render(el("img", {"src": "data:image/png;base64,iVBORw0="})).startswith('<img src="data:image/png')


@pytest.mark.parametrize("url", ["#/ghcr.io", "https://example.org/?a=1&b=2", "http://127.0.0.1:5000/v2/"])
def test_a_web_address_or_a_route_is_taken(url: str) -> None:
    assert read(render(el("a", {"href": url}, "x"))).one("a")["href"] == url


@pytest.mark.parametrize("name", ["a b", 'a"', "A", "a---b", ".", "-a"])
def test_a_class_that_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(UnsafeMarkup):
        el(f"p.{name}")


def test_classes_are_given_once() -> None:
    with pytest.raises(UnsafeMarkup):
        el("p.a", {"class": "b"})


def test_classes_follow_the_tag() -> None:
    assert render(el("p.notice.notice--warn")) == '<p class="notice notice--warn"></p>'


def test_true_is_written_bare_and_false_and_none_are_left_out() -> None:
    assert render(el("input", {"disabled": True, "checked": False, "value": None, "tabindex": -1})) == (
        '<input disabled tabindex="-1">'
    )


def test_an_element_without_content_takes_no_child() -> None:
    with pytest.raises(UnsafeMarkup):
        el("br", None, "x")


def test_children_nest_and_none_is_nothing() -> None:
    assert (
        render(group("a", None, ["b", (el("b", None, "c"), None)], el("i" if False else "em"))) == "ab<b>c</b><em></em>"
    )


@given(TEXT)
def test_a_long_name_may_break_and_keeps_its_text(text: str) -> None:
    tree = read(render(el("p", None, wrapping(text))))
    assert tree.text == hostile(text)
    assert {node.tag for node in tree} <= {"p", "wbr"}


def test_breaks_follow_the_separators_of_a_reference() -> None:
    shown = render(wrapping("registry.example/team/app:1-2@sha256:0"))
    assert shown == "registry.<wbr>example/<wbr>team/<wbr>app:<wbr>1-<wbr>2@<wbr>sha256:<wbr>0"


def test_a_short_name_gets_no_breaks() -> None:
    assert render(wrapping("team/app:1.2")) == "team/app:1.2"


def test_foreign_text_beyond_ascii_is_isolated() -> None:
    assert render(foreign("שלום")) == "<bdi>שלום</bdi>"
    assert render(foreign("plain")) == "plain"


@given(TEXT, TEXT)
def test_ids_made_from_data_are_names_and_tell_data_apart(first: str, second: str) -> None:
    assert data_id("layer", first).removeprefix("layer-").isalnum()
    assert (data_id("layer", first) == data_id("layer", second)) == (first == second)


def test_only_markup_makes_elements() -> None:
    # An Element counts as safe, so whoever makes one writes HTML.
    room = Path(__file__).parents[3] / "app" / "view"
    makers = {
        file.name
        for file in room.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == Element.__name__
    }
    assert makers == {"markup.py"}
