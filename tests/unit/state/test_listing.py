import asyncio

import pytest

from app.auth.errors import LoginPrompt, LoginRequired
from app.client.errors import Unreachable
from app.client.registry import Page
from app.oci.origin import parse_origin
from app.state.listing import AT_ONCE, EMPTY, fill, matching
from app.state.model import Listing

DOWN = Unreachable("GET", "https://r.example/v2/_catalog", "network")
LOGIN = LoginRequired(
    LoginPrompt(parse_origin("r.example"), "basic", "r", None, None, (), reason="required", username=None)
)


def filled(listing: Listing, pages: dict[str | None, Page | Exception]) -> tuple[list[Listing], list[str | None]]:
    """What was shown, and which pages were read."""
    shown: list[Listing] = []
    asked: list[str | None] = []

    async def read(following: str | None) -> Page:
        asked.append(following)
        page = pages[following]
        if isinstance(page, Exception):
            raise page
        return page

    asyncio.run(fill(listing, read, shown.append))
    return shown, asked


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["lab/App", "lab/base", "ci"]),
        ("app", ["lab/App"]),
        ("LAB", ["lab/App", "lab/base"]),
        ("lab base", ["lab/base"]),
        ("  ", ["lab/App", "lab/base", "ci"]),
        ("x", []),
    ],
)
def test_a_filter_finds_what_holds_all_of_its_words(text: str, found: list[str]) -> None:
    assert list(matching(["lab/App", "lab/base", "ci"], text)) == found


def test_a_list_is_shown_page_by_page() -> None:
    shown, asked = filled(EMPTY, {None: Page(("a",), "2"), "2": Page(("b",), None)})
    assert shown == [
        Listing(("a",), complete=False, loading=True, failure=None, following="2"),
        Listing(("a", "b"), complete=True, loading=False, failure=None),
    ]
    assert asked == [None, "2"]


def test_a_list_that_ends_at_a_refused_link_is_not_complete() -> None:
    (_, last), _ = filled(EMPTY, {None: Page(("a",), "2"), "2": Page(("b",), None, cut="2")})
    assert (last.items, last.complete, last.loading) == (("a", "b"), False, False)
    assert last.failure is not None
    assert last.failure.kind == "bad-answer"


def test_an_empty_list_is_complete() -> None:
    assert filled(EMPTY, {None: Page((), None)})[0] == [Listing((), complete=True, loading=False, failure=None)]


def test_a_name_that_comes_twice_is_listed_once() -> None:
    shown, _ = filled(EMPTY, {None: Page(("a", "b"), "2"), "2": Page(("b", "c"), None)})
    assert shown[-1].items == ("a", "b", "c")


def test_a_list_pauses_after_twenty_pages_and_remembers_where() -> None:
    pages: dict[str | None, Page | Exception] = {
        str(number): Page((f"r{number}",), str(number + 1)) for number in range(50)
    }
    pages[None] = Page(("first",), "1")
    shown, asked = filled(EMPTY, pages)
    assert len(asked) == AT_ONCE == 20
    assert (shown[-1].loading, shown[-1].complete, shown[-1].following) == (False, False, "20")


def test_a_list_goes_on_where_it_paused() -> None:
    paused = Listing(("a",), complete=False, loading=False, failure=None, following="2")
    shown, asked = filled(paused, {"2": Page(("b",), None)})
    assert shown[-1].items == ("a", "b")
    assert asked == ["2"]


def test_a_list_that_is_read_anew_replaces_what_was_there() -> None:
    old = Listing(("gone", "a"), complete=True, loading=False, failure=None)
    shown, _ = filled(old, {None: Page(("a", "new"), None)})
    assert [one.items for one in shown] == [("a", "new")]


def test_a_page_that_fails_after_others_ends_the_list_with_its_failure() -> None:
    shown, _ = filled(EMPTY, {None: Page(("a",), "2"), "2": DOWN})
    last = shown[-1]
    assert (last.items, last.complete, last.loading, last.following) == (("a",), False, False, "2")
    assert last.failure is not None
    assert last.failure.kind == "unreachable"


@pytest.mark.parametrize("old", [EMPTY, Listing(("a",), complete=True, loading=False, failure=None)])
def test_a_first_page_that_fails_is_the_callers_matter(old: Listing) -> None:
    with pytest.raises(Unreachable):
        filled(old, {None: DOWN})


def test_a_login_is_the_callers_matter_at_any_page() -> None:
    with pytest.raises(LoginRequired):
        filled(EMPTY, {None: Page(("a",), "2"), "2": LOGIN})
