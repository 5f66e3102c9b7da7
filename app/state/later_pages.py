"""Pages that few visits begin with: how each begins and is read, imported when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.state.controller import Controller
    from app.state.page import Page
    from app.state.route import Route
    from app.state.visit import Visit

NAMES = frozenset(("FilesPage", "ReferrersPage", "ComparePage"))
"""Of the classes of their models; each says by `has_data` whether something was read."""


def begin(route: Route) -> Page | None:
    """The page of that route before anything is read; None for a page of another kind."""
    match route.page:
        case "files" | "layer":
            from app.state import files_model

            return files_model.begin(route)
        case "referrers":
            from app.state import referrers_model

            return referrers_model.begin(route)
        case "compare":
            from app.state import compare_model

            return compare_model.begin(route)
    return None


async def load(controller: Controller, visit: Visit) -> None:
    """Read the page of that visit."""
    match visit.route.page:
        case "files" | "layer":
            await controller.files().load(visit)
        case "referrers":
            from app.state import referrers_desk

            await referrers_desk.load(controller, visit)
        case "compare":
            from app.state import compare_desk

            await compare_desk.load(controller, visit)
