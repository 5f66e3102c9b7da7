"""What the controls of the settings do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.state import keeping
from app.state.route import LANDING
from app.state.signing import forget_all

if TYPE_CHECKING:
    from app.state.controller import Controller

Args = Mapping[str, object]


def _forget(controller: Controller, args: Args) -> None:
    settings = controller.state.settings
    recents = tuple(recent for recent in settings.recents if recent.subject != args.get("subject"))
    controller.change(controller.state._replace(settings=settings._replace(recents=recents)))


def _forget_all(controller: Controller, args: Args) -> None:
    controller.change(controller.state._replace(settings=controller.state.settings._replace(recents=())))


def _forget_approval(controller: Controller, args: Args) -> None:
    settings = controller.state.settings
    pair = (args.get("registry"), args.get("realm"))
    approvals = tuple(one for one in settings.approvals if one != pair)
    controller.change(controller.state._replace(settings=settings._replace(approvals=approvals)))
    controller.connections.forget(approvals)
    controller.cache.clear()


def _remember(controller: Controller, args: Args) -> None:
    on = args.get("value") is True
    settings = controller.state.settings._replace(remember=on)
    controller.change(controller.state._replace(settings=settings if on else settings._replace(recents=())))


def _theme(controller: Controller, args: Args) -> None:
    chosen = args.get("value")
    if chosen == "auto" or chosen == "light" or chosen == "dark":
        controller.change(controller.state._replace(settings=controller.state.settings._replace(theme=chosen)))


def _reset(controller: Controller, args: Args) -> None:
    """Sign out everywhere, forget what was read and what was kept, as in a new tab of a new browser."""
    controller.change(controller.state._replace(settings=keeping.DEFAULT))
    controller.open(LANDING, controller.nav, push=True)
    forget_all(controller)


def _token_lifetime(controller: Controller, args: Args) -> None:
    """`value`: seconds, 0 for a token for each request; anything that is no number is as the registry says."""
    lifetime = keeping.parse_lifetime(str(args.get("value")))
    controller.change(controller.state._replace(settings=controller.state.settings._replace(token_lifetime=lifetime)))


def _idle_lock(controller: Controller, args: Args) -> None:
    """`value`: minutes, 0 for never."""
    minutes = keeping.parse_minutes(str(args.get("value")))
    controller.change(controller.state._replace(settings=controller.state.settings._replace(idle_lock=minutes)))


def _offline(controller: Controller, args: Args) -> None:
    on = args.get("value") is True
    controller.change(controller.state._replace(settings=controller.state.settings._replace(offline=on)))


COMMANDS: Mapping[str, Callable[[Controller, Args], None]] = {
    "forget": _forget,
    "forget-all": _forget_all,
    "forget-approval": _forget_approval,
    "idle-lock": _idle_lock,
    "offline": _offline,
    "remember": _remember,
    "reset": _reset,
    "theme": _theme,
    "token-lifetime": _token_lifetime,
}
