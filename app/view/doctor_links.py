"""Where the doctor is found: for the registry of a page, with the blob or the realm that it is about."""

from app.auth.errors import TokenServiceFailed
from app.state.model import AppState


def doctor_link(state: AppState, error: Exception | None = None) -> str:
    """The doctor for what the page shows. `error`: what failed there."""
    route = state.route
    query = []
    if isinstance(error, TokenServiceFailed):
        # Without its query: the examination asks for no more than it needs.
        query.append(("realm", error.url.partition("?")[0]))
    blob = route.blob
    if blob is not None:
        query.append(("blob", str(blob)))
    return str(route.at_view("doctor").with_query(query))
