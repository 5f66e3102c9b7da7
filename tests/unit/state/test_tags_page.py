import asyncio

import pytest

from app.oci.digest import digest_of
from app.oci.version_order import NaturalKey, natural_key
from app.state.listing import EMPTY
from app.state.model import PATCH_ROWS, Listing, TagDetail, TagOrder, Tags
from app.state.route import parse_route
from app.state.tags_page import ORDERS, arrange, begin, load, opposite
from tests.unit.state.fake_content import TAGS, plan_tags
from tests.unit.state.fake_page import names
from tests.unit.state.fake_work import FakeWork

ROUTE = parse_route(TAGS)


def listed(*tags: str, query: str = "") -> Tags:
    listing = Listing(tags, complete=True, loading=False, failure=None)
    return begin(parse_route(TAGS + query))._replace(listing=listing)


@pytest.mark.parametrize(
    ("query", "text", "order"),
    [("", "", "-version"), ("?filter=x&sort=name", "x", "name"), ("?sort=upside-down", "", "-version")],
)
def test_the_page_begins_as_its_address_says(query: str, text: str, order: TagOrder) -> None:
    assert begin(parse_route(TAGS + query)) == Tags(EMPTY, text, order, (), PATCH_ROWS, {})


@pytest.mark.parametrize(
    ("order", "rows"),
    [
        ("version", ("1.2", "1.10", "latest")),
        ("-version", ("latest", "1.10", "1.2")),
        ("name", ("1.10", "1.2", "latest")),
        ("-name", ("latest", "1.2", "1.10")),
    ],
)
def test_tags_have_two_orders_both_ways(order: TagOrder, rows: tuple[str, ...]) -> None:
    assert arrange(listed("1.2", "latest", "1.10")._replace(order=order)).rows == rows


def test_names_that_differ_by_case_alone_have_one_order_whatever_the_registry_sent() -> None:
    one = arrange(listed("a", "A", "b", query="?sort=name")).rows
    assert one == arrange(listed("b", "A", "a", query="?sort=name")).rows == ("A", "a", "b")


def test_a_filter_finds_digests_of_rows_that_were_read() -> None:
    digest = digest_of(b"x")
    page = listed("1", "2", query=f"?filter={digest.short}")
    known = page._replace(details={"2": TagDetail(digest, None, None, (), None, None)})
    assert (arrange(page).rows, arrange(known).rows) == ((), ("2",))


def test_a_row_that_the_registry_no_longer_lists_is_not_found_by_its_digest() -> None:
    digest = digest_of(b"x")
    page = listed("1", query=f"?filter={digest.short}")
    assert arrange(page._replace(details={"gone": TagDetail(digest, None, None, (), None, None)})).rows == ()


def test_typing_in_the_filter_does_not_sort_again(monkeypatch: pytest.MonkeyPatch) -> None:
    keyed: list[str] = []

    def counting(tag: str) -> NaturalKey:
        keyed.append(tag)
        return natural_key(tag)

    monkeypatch.setattr("app.state.tags_page.natural_key", counting)
    page = arrange(listed(*names("counted.", 50)))
    assert len(keyed) == 50
    assert len(arrange(page._replace(filter="counted.00007")).rows) == 1
    assert len(keyed) == 50


def test_the_tags_are_read() -> None:
    work = FakeWork(ROUTE, begin(ROUTE))
    plan_tags(work.transport, ["1"], ["2"])
    asyncio.run(load(work))
    assert [page.rows for page in work.shown if isinstance(page, Tags)] == [(), ("1",), ("2", "1")]


def test_what_rows_say_stays_while_more_tags_come() -> None:
    detail = TagDetail(digest_of(b"x"), "image", 1, (), None, None)
    work = FakeWork(ROUTE, begin(ROUTE)._replace(details={"1": detail}))
    plan_tags(work.transport, ["1"])
    asyncio.run(load(work))
    page = work.page()
    assert isinstance(page, Tags)
    assert page.details == {"1": detail}


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_has_an_opposite(order: TagOrder) -> None:
    assert opposite(order) != order
    assert opposite(opposite(order)) == order
