"""A repository's page: its tags."""

from functools import lru_cache

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
    return page._replace(rows=tuple(tag for tag in _ordered(page.listing.items, page.order) if tag in named))


# Typing in the filter must not sort thousands of tags at each letter: they stay in order when some are left out.
@lru_cache(maxsize=2)
def _ordered(tags: tuple[str, ...], order: TagOrder) -> tuple[str, ...]:
    backwards = order.startswith("-")
    if order.endswith("version"):
        return tuple(sorted(tags, key=natural_key, reverse=backwards))
    return tuple(sorted(tags, key=lambda tag: (tag.lower(), tag), reverse=backwards))


async def load(work: Work) -> None:
    """Read the tags, or go on where they paused or failed."""
    repository = work.route.repository or ""

    def show(listing: Listing) -> None:
        page = work.page()
        if isinstance(page, Tags):
            work.show(arrange(page._replace(listing=listing)))

    async def read(following: str | None) -> ListPage:
        return await work.client.tags(repository, following)

    page = work.page()
    await fill(page.listing if isinstance(page, Tags) else EMPTY, read, show)


def opposite(order: TagOrder) -> TagOrder:
    """The same order from the other end."""
    turned = order[1:] if order.startswith("-") else f"-{order}"
    return next(one for one in ORDERS if one == turned)
