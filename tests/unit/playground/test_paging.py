"""Pages of the catalog and of tags."""

import re

import pytest

from tests.unit.playground.playing import Ask

LINK = re.compile(r'<(/v2/[^>]*)>; rel="next"')


def all_pages(ask: Ask, path: str, key: str) -> list[list[str]]:
    """Follow Link to the end."""
    pages = []
    while path:
        seen = ask("anonymous", path)
        pages.append(seen.json[key])
        link = LINK.fullmatch(seen.headers.get("Link", ""))
        path = link[1] if link else ""
    return pages


def test_the_catalog_has_1500_repositories_in_pages_of_100(ask: Ask) -> None:
    pages = all_pages(ask, "/v2/_catalog", "repositories")
    names = [name for page in pages for name in page]
    assert [len(page) for page in pages] == [100] * 15
    assert names == sorted(set(names))


def test_a_link_is_relative_and_encodes_the_last_name(ask: Ask) -> None:
    seen = ask("anonymous", "/v2/_catalog?n=1&last=sample/harbour")
    assert seen.headers["Link"] == '</v2/_catalog?last=sample%2Fhostile&n=1>; rel="next"'


def test_1000_repositories_may_be_asked_for_at_once(ask: Ask) -> None:
    assert len(ask("anonymous", "/v2/_catalog?n=1000").json["repositories"]) == 1000


@pytest.mark.parametrize("path", ["/v2/_catalog", "/v2/sample/harbour/tags/list"])
@pytest.mark.parametrize("n", ["1001", "-1", "abc", "1.5", "%D9%A3"])
def test_an_impossible_page_size_is_an_error(ask: Ask, path: str, n: str) -> None:
    seen = ask("anonymous", f"{path}?n={n}")
    assert (seen.status, seen.code) == (400, "PAGINATION_NUMBER_INVALID")


@pytest.mark.parametrize(
    ("path", "key"), [("/v2/_catalog?n=0", "repositories"), ("/v2/sample/harbour/tags/list?n=0", "tags")]
)
def test_a_page_of_nothing_leads_nowhere(ask: Ask, path: str, key: str) -> None:
    seen = ask("anonymous", path)
    assert (seen.json[key], seen.headers.get("Link")) == ([], None)


def test_tags_without_n_come_all_at_once_and_sorted(ask: Ask) -> None:
    seen = ask("anonymous", "/v2/sample/many-tags/tags/list")
    assert seen.json["name"] == "sample/many-tags"
    assert seen.json["tags"] == sorted(seen.json["tags"])
    assert (len(seen.json["tags"]), seen.headers.get("Link")) == (1200, None)


def test_tags_with_n_come_in_pages_that_hold_each_tag_once(ask: Ask) -> None:
    pages = all_pages(ask, "/v2/sample/many-tags/tags/list?n=500", "tags")
    assert [len(page) for page in pages] == [500, 500, 200]
    assert [tag for page in pages for tag in page] == ask("anonymous", "/v2/sample/many-tags/tags/list").json["tags"]


def test_a_last_page_that_is_just_full_has_no_link(ask: Ask) -> None:
    assert [len(page) for page in all_pages(ask, "/v2/sample/many-tags/tags/list?n=600", "tags")] == [600, 600]


def test_the_last_name_need_not_exist(ask: Ask) -> None:
    assert ask("anonymous", "/v2/sample/harbour/tags/list?last=1.0.00&n=1").json["tags"] == ["1.1"]


def test_nothing_comes_after_the_end(ask: Ask) -> None:
    seen = ask("anonymous", "/v2/_catalog?last=zzzz")
    assert (seen.json["repositories"], seen.headers.get("Link")) == ([], None)
