"""What the input offers while one types: references that are already loaded."""

from app.state.listing import matching
from app.state.model import AppState, Catalog, Tags

MOST = 20


def suggest(state: AppState, typed: str) -> tuple[str, ...]:
    """Up to MOST references that hold what is typed: repositories and tags on this page, and recent registries."""
    route = state.route
    match state.page:
        case Catalog(listing=listing):
            known = tuple(route.at_repository(name).subject for name in listing.items)
        case Tags(listing=listing):
            known = tuple(f"{route.subject}:{tag}" for tag in listing.items)
        case _:
            known = ()
    recents = tuple(recent.subject for recent in state.settings.recents)
    offered = tuple(registry.origin.netloc for registry in state.config.registries)
    return tuple(dict.fromkeys(matching((*known, *recents, *offered), typed)))[:MOST]
