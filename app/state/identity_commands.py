"""What the buttons for signing in and out do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.auth.errors import ApprovalRequired, LoginPrompt, LoginRequired
from app.auth.scope import CATALOG, pull
from app.oci.origin import Origin, OriginError, parse_origin
from app.state import keeping
from app.state.failure import failure_of
from app.state.route import LANDING, at_home
from app.state.signing import became, sign_out_all, stop_sign_in
from app.state.summary import has_data

if TYPE_CHECKING:
    from app.state.controller import Controller

Args = Mapping[str, object]


def _sign_in(controller: Controller, args: Args) -> None:
    """Open the form by hand, where it is known how one signs in."""
    _open_form(controller)


def _add_identity(controller: Controller, args: Args) -> None:
    """Open the form for one more, of this registry or of the one named."""
    registry = _registry(controller, args)
    if registry is not None and registry != controller.state.route.registry:
        controller.open(LANDING._replace(registry=registry), controller.nav, push=True)
    _open_form(controller, more=True)


def _open_form(controller: Controller, *, more: bool = False) -> None:
    route = controller.state.route
    if route.registry is None or controller.state.confirm is not None:
        return
    scopes = (pull(route.repository) if route.repository else CATALOG,)
    prompt = controller.connections.prompt(route.registry, scopes)
    if prompt is not None:
        if more:
            prompt = prompt._replace(username=None)
        controller.change(controller.state._replace(login=prompt, approval=None, mistake=None))


def _cancel(controller: Controller, args: Args) -> None:
    """Leave a question unanswered: what was there stays, else the page says what it lacks."""
    if controller.state.busy:
        stop_sign_in(controller)
    state = controller.state
    asked = state.login or state.approval
    closed = state._replace(login=None, approval=None, confirm=None, busy=False, loading=False, mistake=None)
    if asked is not None and state.failure is None and not has_data(state):
        error = LoginRequired(asked) if isinstance(asked, LoginPrompt) else ApprovalRequired(asked)
        closed = closed._replace(failure=failure_of(error))
    if state.approval is not None and not state.approval.anonymous:
        # The credentials waited for this answer; kept, they would raise the question again on every page.
        controller.connections.give_up(state.approval.registry)
    again = state.login is not None and controller.connections.back(state.login.registry)
    controller.change(closed)
    if state.confirm is not None:
        controller.open(LANDING, controller.nav, push=True)
    elif again and not has_data(state):
        controller.restart()


def _use_identity(controller: Controller, args: Args) -> None:
    """`name`: of the identity to be from now on, None for nobody."""
    registry, name = _registry(controller, args), args.get("name")
    if registry is None or not (name is None or isinstance(name, str)):
        return
    if controller.connections.use(registry, name):
        became(controller, registry)


def _sign_out(controller: Controller, args: Args) -> None:
    """Of one identity; of the one in use, or of all of a registry that is named without one."""
    registry, name = _registry(controller, args), args.get("name")
    if registry is None:
        return
    if not isinstance(name, str):
        name = None if "registry" in args else controller.connections.auth(registry).name
    controller.connections.sign_out(registry, name)
    became(controller, registry)


def _sign_out_all(controller: Controller, args: Args) -> None:
    sign_out_all(controller)


def _approve(controller: Controller, args: Args) -> None:
    prompt = controller.state.approval
    if prompt is None:
        return
    controller.connections.auth(prompt.registry).approve(prompt.realm_origin)
    settings = controller.state.settings
    if args.get("remember") is True or args.get("value") is True:
        settings = keeping.approved(settings, str(prompt.registry), str(prompt.realm_origin))
    controller.change(controller.state._replace(settings=settings, approval=None))
    controller.restart()


def _accept_insecure(controller: Controller, args: Args) -> None:
    prompt = controller.state.login
    if prompt is not None:
        controller.connections.auth(prompt.registry).accept_insecure()
        controller.change(controller.state._replace(login=prompt._replace(reason="required")))


def _registry(controller: Controller, args: Args) -> Origin | None:
    """The registry that is named, else that of the route."""
    named = args.get("registry")
    if not isinstance(named, str):
        return controller.state.route.registry
    try:
        return at_home(parse_origin(named), None)[0]
    except OriginError:
        return None


COMMANDS: Mapping[str, Callable[[Controller, Args], None]] = {
    "accept-insecure": _accept_insecure,
    "add-identity": _add_identity,
    "approve": _approve,
    "cancel": _cancel,
    "sign-in": _sign_in,
    "sign-out": _sign_out,
    "sign-out-all": _sign_out_all,
    "use-identity": _use_identity,
}
