"""What the input offers while one types: references that are already loaded."""

from collections.abc import Iterator
from itertools import islice

from app.state.listing import matching
from app.state.model import AppState, Catalog, Tags
from app.state.route import LANDING

MOST = 20


def suggest(state: AppState, typed: str) -> tuple[str, ...]:
    """Up to MOST references that hold what is typed: repositories and tags on this page, and recent registries."""
    return tuple(dict.fromkeys(islice(matching(_known(state), typed), MOST)))


def _known(state: AppState) -> Iterator[str]:
    route = state.route
    match state.page:
        case Catalog(listing=listing):
            # One subject gives the form of all: writing ten thousand of them at each letter would be felt.
            start = route.at_repository("x").subject[:-1]
            yield from (start + name for name in listing.items)
        case Tags(listing=listing):
            yield from (f"{route.subject}:{tag}" for tag in listing.items)
    yield from (recent.subject for recent in state.settings.recents)
    yield from (LANDING._replace(registry=offered.origin).subject for offered in state.config.registries)
