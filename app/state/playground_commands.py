"""What the switch and the buttons of the playground do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.state.controller import Controller

Args = Mapping[str, object]


def _fix(controller: Controller, args: Args) -> None:
    """`value`: whether the fix is to be on."""
    _play(controller, fixed=args.get("value") is True)


def _again(controller: Controller, args: Args) -> None:
    _play(controller)


def _play(controller: Controller, *, fixed: bool | None = None) -> None:
    desk = controller.local.playground
    if controller.state.route.page == "playground" and desk is not None:
        controller.publisher.retell()
        desk.play(fixed=fixed)
        controller.refresh()


COMMANDS: Mapping[str, Callable[[Controller, Args], None]] = {
    "playground-again": _again,
    "playground-fix": _fix,
}
