import pytest

from app.client.paging import Page, Pages, read_catalog, read_tags
from app.oci.document import InvalidDocument


def test_a_page_with_a_next_one_goes_on() -> None:
    assert Pages().take("1", ("a", "b"), "2") == Page(("a", "b"), "2")


def test_a_page_without_a_next_one_is_the_last() -> None:
    assert Pages().take("1", ("a",), None) == Page(("a",), None)


def test_an_empty_page_is_the_last_whatever_it_links_to() -> None:
    pages = Pages()
    pages.take("1", ("a",), "2")
    assert pages.take("2", (), "3") == Page((), None)


def test_a_page_that_brings_nothing_new_is_the_last() -> None:
    pages = Pages()
    pages.take("1", ("a", "b"), "2")
    assert pages.take("2", ("b", "a"), "3") == Page((), None)


def test_a_page_keeps_only_what_earlier_ones_did_not_have() -> None:
    pages = Pages()
    pages.take("1", ("a", "b"), "2")
    assert pages.take("2", ("b", "c"), "3") == Page(("c",), "3")


def test_a_name_twice_on_one_page_counts_once() -> None:
    assert Pages().take("1", ("b", "a", "b"), None).items == ("b", "a")


def test_a_page_that_links_to_itself_is_the_last() -> None:
    assert Pages().take("1", ("a",), "1").next is None


def test_a_circle_of_pages_ends() -> None:
    pages = Pages()
    pages.take("1", ("a",), "2")
    pages.take("2", ("b",), "3")
    assert pages.take("3", ("c",), "2").next is None


def test_the_names_of_a_catalog_keep_the_registrys_order() -> None:
    assert read_catalog({"repositories": ["b", "a/c", "a"]}) == ("b", "a/c", "a")


def test_the_tags_keep_the_registrys_order() -> None:
    assert read_tags({"name": "lab", "tags": ["v10", "v9"]}) == ("v10", "v9")


def test_a_repository_whose_tags_are_null_has_none() -> None:
    assert read_tags({"name": "lab", "tags": None}) == ()


def test_an_entry_that_is_no_text_is_left_out() -> None:
    assert read_tags({"tags": ["a", 1, None, {"b": 1}, ["c"], "", True, "d"]}) == ("a", "d")


@pytest.mark.parametrize("name", ["UPPER", "../..", "a b", "<script>", "\u202e"])
def test_a_name_outside_the_grammar_is_kept(name: str) -> None:
    assert read_catalog({"repositories": [name]}) == (name,)


def test_a_listing_without_its_member_names_it() -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_tags({"name": "lab"})
    assert caught.value.path == "tags"


def test_a_member_of_another_type_is_named() -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_catalog({"repositories": {"a": 1}})
    assert caught.value.path == "repositories"


def test_a_listing_that_is_no_object_is_refused() -> None:
    with pytest.raises(InvalidDocument):
        read_catalog(["a"])
