"""Lists that arrive in pages: what is loaded by itself, and what of it a filter leaves."""

from collections.abc import Awaitable, Callable, Iterable

from app.auth.errors import AuthError
from app.client.errors import ClientError
from app.client.registry import Page as ListPage
from app.state.failure import failure_of
from app.state.model import Listing

AT_ONCE = 20
"""Pages (of up to 1,000 entries each) that are read without being asked for more."""

EMPTY = Listing((), complete=False, loading=True, failure=None)


def matching(items: Iterable[str], text: str) -> tuple[str, ...]:
    """The entries that hold every word of the filter, whatever the case."""
    words = text.lower().split()
    return tuple(item for item in items if all(word in item.lower() for word in words))


async def fill(
    listing: Listing,
    following: str | None,
    read: Callable[[str | None], Awaitable[ListPage]],
    show: Callable[[Listing], None],
) -> str | None:
    """Read page after page from `following` (None: the first), showing each as it comes.

    Returns where to go on when it paused after AT_ONCE pages, else None. A page that fails after others came ends the
    list with its failure; when there is nothing yet, the error is the caller's.
    """
    items = listing.items
    for _ in range(AT_ONCE):
        try:
            page = await read(following)
        except (AuthError, ClientError) as error:
            if not items:
                raise
            show(Listing(items, complete=False, loading=False, failure=failure_of(error)))
            return following
        items = tuple(dict.fromkeys((*items, *page.items)))
        following = page.next
        show(Listing(items, complete=following is None, loading=following is not None, failure=None))
        if following is None:
            return None
    show(Listing(items, complete=False, loading=False, failure=None))
    return following
