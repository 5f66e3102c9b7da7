"""What the form and the buttons of the doctor's page do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.oci.origin import Origin, OriginError
from app.state.doctor_model import DoctorPage, Field, begin
from app.state.landing_input import InputMistake, parse_input
from app.state.route import LANDING, Route

if TYPE_CHECKING:
    from app.state.controller import Controller

Args = Mapping[str, object]


def submit(controller: Controller, fields: Mapping[str, str]) -> None:
    """Examine what was entered: `reference` (a registry, or something in it), `realm` and `blob`, both optional."""
    reference, realm, blob = (fields.get(name, "").strip() for name in ("reference", "realm", "blob"))
    userinfo = False
    try:
        route = parse_input(reference)
    except InputMistake as error:
        registry = _without_userinfo(reference)
        if registry is None:
            _refuse(controller, ("reference", error.reason), (error.text, realm, blob))
            return
        route, userinfo = LANDING._replace(registry=registry), True
    query = tuple((name, text) for name, text in (("realm", realm), ("blob", blob)) if text)
    route = route.at_view("doctor").with_query(query)
    begun = begin(route)
    if begun.mistake is not None:
        # Not opened: what may hold a password must not come into the address.
        _refuse(controller, begun.mistake, (reference, *begun.typed[1:]))
    else:
        _open(controller, route, userinfo)


def _open(controller: Controller, route: Route, userinfo: bool) -> None:
    controller.open(route, controller.nav, push=True)
    page = _page(controller)
    if userinfo and page is not None:
        controller.change(controller.state._replace(page=page._replace(userinfo=True)))


def _without_userinfo(text: str) -> Origin | None:
    """The registry of an address in which a user name or password stood."""
    from app.cors.subject import parse_address

    try:
        origin, userinfo = parse_address(text)
    except OriginError:
        return None
    return origin if userinfo else None


def _refuse(controller: Controller, mistake: tuple[Field, str], typed: tuple[str, str, str]) -> None:
    page = _page(controller)
    if page is not None:
        controller.publisher.retell()
        controller.change(controller.state._replace(page=page._replace(mistake=mistake, typed=typed)))
        controller.publisher.focus(f"doctor-{mistake[0]}")


def _page(controller: Controller) -> DoctorPage | None:
    page = controller.state.page
    return page if isinstance(page, DoctorPage) else None


def _again(controller: Controller, args: Args) -> None:
    controller.restart()


def _credentials(controller: Controller, args: Args) -> None:
    """The person says whether their credentials may be used; then it is examined again."""
    page, registry = _page(controller), controller.state.route.registry
    if page is not None and registry is not None:
        name = controller.connections.auth(registry).name
        controller.restart(page._replace(allowed=name if args.get("value") is True else None))


def _origins(controller: Controller, args: Args) -> None:
    page = _page(controller)
    if page is not None:
        _rewritten(controller, page._replace(origins="list" if args.get("value") == "list" else "any"))


def _delete(controller: Controller, args: Args) -> None:
    page = _page(controller)
    if page is not None:
        _rewritten(controller, page._replace(delete=args.get("value") is True))


def _rewritten(controller: Controller, page: DoctorPage) -> None:
    """The configurations as they are wanted now."""
    desk, checkup = controller.doctor(), controller.state.checkup
    if desk is not None and checkup is not None and not checkup.running:
        page = page._replace(remedies=desk.remedies(page, checkup))
    controller.change(controller.state._replace(page=page))


COMMANDS: Mapping[str, Callable[[Controller, Args], None]] = {
    "doctor-again": _again,
    "doctor-credentials": _credentials,
    "doctor-delete": _delete,
    "doctor-origins": _origins,
}
