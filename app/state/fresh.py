"""A state with another page in it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.state.model import AppState, Page
    from app.state.route import Route


def fresh(state: "AppState", route: "Route", page: "Page") -> "AppState":
    """What stays from page to page, with that page; nothing that was asked or failed on the one before."""
    return state._replace(
        route=route,
        page=page,
        loading=False,
        failure=None,
        login=None,
        busy=False,
        approval=None,
        confirm=None,
        suggestions=(),
        mistake=None,
        locked=False,
        checkup=None,
        refused=False,
        storage="",
    )
