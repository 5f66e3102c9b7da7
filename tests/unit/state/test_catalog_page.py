import asyncio

import pytest

from app.state.catalog_page import arrange, begin, load
from app.state.listing import EMPTY
from app.state.model import PATCH_ROWS, Catalog, Landing, Listing
from app.state.route import parse_route
from tests.unit.state.fake_content import plan_catalog
from tests.unit.state.fake_work import FakeWork

ROUTE = parse_route("r.example")


@pytest.mark.parametrize(
    ("query", "text", "grouped"),
    [("", "", False), ("?filter=a%20b", "a b", False), ("?group=namespace", "", True), ("?group=x", "", False)],
)
def test_the_page_begins_as_its_address_says(query: str, text: str, grouped: bool) -> None:
    assert begin(parse_route(f"r.example{query}")) == Catalog(EMPTY, text, grouped, (), PATCH_ROWS)


def test_the_rows_are_what_the_filter_leaves_in_the_order_of_the_registry() -> None:
    listing = Listing(("z/app", "b", "a/app"), complete=True, loading=False, failure=None)
    assert arrange(begin(parse_route("r.example?filter=app"))._replace(listing=listing)).rows == ("z/app", "a/app")


def test_a_filter_typed_meanwhile_counts_for_what_comes() -> None:
    work = FakeWork(ROUTE, begin(ROUTE))
    plan_catalog(work.transport, ["a", "b"])

    async def run() -> None:
        reading = asyncio.ensure_future(load(work))
        await asyncio.sleep(0)
        work.show(begin(ROUTE)._replace(filter="b"))
        await reading

    asyncio.run(run())
    page = work.page()
    assert isinstance(page, Catalog)
    assert (page.rows, page.listing.items) == (("b",), ("a", "b"))


def test_nothing_is_shown_on_another_page() -> None:
    work = FakeWork(ROUTE, Landing("", None))
    plan_catalog(work.transport, ["a"])
    asyncio.run(load(work))
    assert work.shown == [Landing("", None)]
