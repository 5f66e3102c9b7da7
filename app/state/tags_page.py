"""A repository's page: its tags."""

from app.client.registry import Page as ListPage
from app.oci.version_order import natural_key
from app.state.listing import EMPTY, fill, matching
from app.state.model import PATCH_ROWS, Listing, TagOrder, Tags
from app.state.route import Route
from app.state.work import Work

ORDERS: tuple[TagOrder, ...] = ("-version", "version", "name", "-name")


def begin(route: Route) -> Tags:
    """The page before anything is read, with filter and order as in the route's query."""
    query = dict(route.query)
    order = next((order for order in ORDERS if order == query.get("sort")), ORDERS[0])
    return Tags(EMPTY, query.get("filter", ""), order, (), PATCH_ROWS, {})


def arrange(page: Tags) -> Tags:
    """The rows anew: those that match the filter by name or by the digest known of them, in the order asked for."""
    named = set(matching(page.listing.items, page.filter))
    if page.filter:
        text = page.filter.lower().strip()
        named |= {tag for tag, detail in page.details.items() if detail.digest and text in str(detail.digest)}
    key = natural_key if page.order.endswith("version") else str.lower
    rows = sorted(named, key=key, reverse=page.order.startswith("-"))
    return page._replace(rows=tuple(rows))


async def load(work: Work, following: str | None) -> str | None:
    """Read the tags; returns where to go on when it paused."""
    repository = work.route.repository or ""

    def show(listing: Listing) -> None:
        page = work.page()
        if isinstance(page, Tags):
            work.show(arrange(page._replace(listing=listing)))

    async def read(following: str | None) -> ListPage:
        return await work.client.tags(repository, following)

    page = work.page()
    return await fill(page.listing if isinstance(page, Tags) else EMPTY, following, read, show)


def opposite(order: TagOrder) -> TagOrder:
    """The same order from the other end."""
    turned = order[1:] if order.startswith("-") else f"-{order}"
    return next(one for one in ORDERS if one == turned)
