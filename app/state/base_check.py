"""Whether the image that an image was built on has moved on: its tag asked for at its own registry, by HEAD."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.auth.errors import AuthError
from app.client.errors import ClientError
from app.oci.reference import InvalidReference, parse_reference
from app.state.base_model import BaseCheck
from app.state.model import ManifestPage
from app.state.route import Route, RouteError, parse_route

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.state.controller import Controller
    from app.state.visit import Visit


def ask(controller: Controller, args: Mapping[str, object]) -> None:
    """Ask for the tag of the reference in `args`, where its host may be contacted."""
    name, visit = args.get("name"), controller.visit
    if not isinstance(name, str) or visit is None:
        return
    route = _route(name)
    if route is None or route.registry is None:
        return
    if controller.gate.first_unasked(route, controller.state) is not None:
        _show(visit, BaseCheck(name, "private", None))
        return
    _show(visit, BaseCheck(name, "asking", None))
    visit.also(_resolve(controller, visit, name, route))


def _route(name: str) -> Route | None:
    try:
        found = parse_reference(name)
        return parse_route(f"{found.registry}/{found.repository}:{found.tag or 'latest'}")
    except (InvalidReference, RouteError):
        return None


async def _resolve(controller: Controller, visit: Visit, name: str, route: Route) -> None:
    if route.registry is None:
        return
    client = controller.connections.client(route.registry)
    try:
        head = await client.head(route.repository or "", route.tag or "")
    except AuthError:
        # Nobody is to be shown the sign-in form of another registry than the page's.
        _show(visit, BaseCheck(name, "login", None))
    except ClientError as error:
        reason = f"it answered {error.status}" if error.status is not None else "it could not be reached from here"
        _show(visit, BaseCheck(name, "failed", None, reason))
    else:
        _show(visit, BaseCheck(name, "known", head.digest))


def _show(visit: Visit, check: BaseCheck) -> None:
    page = visit.page()
    if isinstance(page, ManifestPage):
        visit.show(page._replace(base=check))
