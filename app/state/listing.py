"""Lists that arrive in pages: what is loaded by itself, and what of it a filter leaves."""

from collections.abc import Awaitable, Callable, Iterable, Iterator

from app.auth.errors import ApprovalRequired, AuthError, LoginRequired
from app.client.errors import BadAnswer, ClientError
from app.client.registry import Page as ListPage
from app.state.failure import failure_of
from app.state.model import Listing

AT_ONCE = 20
"""Pages (of up to 1,000 entries each) that are read without being asked for more."""

EMPTY = Listing((), complete=False, loading=True, failure=None)


def matching(items: Iterable[str], text: str) -> Iterator[str]:
    """The entries that hold every word of the filter, whatever the case."""
    words = text.lower().split()
    for item in items:
        lowered = item.lower()
        if all(word in lowered for word in words):
            yield item


async def fill(
    listing: Listing, read: Callable[[str | None], Awaitable[ListPage]], show: Callable[[Listing], None]
) -> None:
    """Read page after page, showing each as it comes, until the end or for AT_ONCE pages.

    Goes on at the listing's `following`; without one it is read anew, and what was listed before stays until its first
    page is there. A page that fails after others came ends the list with its failure; before that the error is the
    caller's, and so are a login and an approval at any time.
    """
    following = listing.following
    items = () if following is None else listing.items
    for _ in range(AT_ONCE):
        try:
            page = await read(following)
        except (LoginRequired, ApprovalRequired):
            raise
        except (AuthError, ClientError) as error:
            if not items:
                raise
            show(Listing(items, complete=False, loading=False, failure=failure_of(error), following=following))
            return
        items = tuple(dict.fromkeys((*items, *page.items)))
        following = page.next
        if page.cut is not None:
            failure = failure_of(BadAnswer("GET", page.cut, "link", 200))
            show(Listing(items, complete=False, loading=False, failure=failure))
            return
        show(Listing(items, following is None, loading=following is not None, failure=None, following=following))
        if following is None:
            return
    show(Listing(items, complete=False, loading=False, failure=None, following=following))
