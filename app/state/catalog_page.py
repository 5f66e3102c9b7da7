"""A registry's page: its repositories."""

from app.state.listing import EMPTY, fill, matching
from app.state.model import PATCH_ROWS, Catalog, Listing
from app.state.route import Route
from app.state.work import Work


def begin(route: Route) -> Catalog:
    """The page before anything is read, with filter and grouping as in the route's query."""
    query = dict(route.query)
    return Catalog(EMPTY, query.get("filter", ""), query.get("group") == "namespace", (), PATCH_ROWS)


def arrange(page: Catalog) -> Catalog:
    """The rows anew, from what is listed and how it is filtered."""
    return page._replace(rows=tuple(matching(page.listing.items, page.filter)))


async def load(work: Work) -> None:
    """Read the catalog, or go on where it paused or failed."""

    def show(listing: Listing) -> None:
        page = work.page()
        if isinstance(page, Catalog):
            work.show(arrange(page._replace(listing=listing)))

    page = work.page()
    await fill(page.listing if isinstance(page, Catalog) else EMPTY, work.client.catalog, show)
