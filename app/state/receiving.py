"""What each message of the shell sets going."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.state import commands, forms, granting, keeping
from app.state.messages import Command, Granted, Input, Message, Navigate, Near, Resume, Start, Submit
from app.state.suggestions import suggest
from app.state.summary import is_files

if TYPE_CHECKING:
    from app.state.controller import Controller


def act(controller: Controller, message: Message) -> None:
    """Do what the message asks for; whatever goes wrong is raised."""
    match message:
        case Start():
            _start(controller, message)
        case Navigate(nav=nav, hash=text):
            controller.open_hash(nav, text)
        case Submit(form=form, fields=fields):
            forms.submit(controller, form, fields)
        case Input(name=name, text=text):
            _input(controller, name, text)
        case Command(name=name, args=args):
            commands.run(controller, name, args)
        case Near(chunks=chunks) if controller.visit is not None and is_files(controller.state.page):
            controller.files().near(controller.visit, chunks)
        case Near(chunks=chunks) if controller.visit is not None:
            controller.visit.near(chunks)
        case Granted():
            granting.take(controller, message)
        case Resume():
            controller.tick()


def _input(controller: Controller, name: str, text: str) -> None:
    if name == "filter":
        commands.set_filter(controller, text)
    elif name == "reference":
        controller.change(controller.state._replace(suggestions=suggest(controller.state, text)))
    elif name.startswith("packages-"):
        from app.state.referrers_commands import filter_packages

        filter_packages(controller, name.removeprefix("packages-"), text)
    elif name == "storage":
        controller.change(controller.state._replace(storage=text))


def _start(controller: Controller, message: Start) -> None:
    kept = message.kept
    controller.can_keep, controller.secure = kept is not None, message.secure
    settings = keeping.parse_settings(kept if isinstance(kept, dict) else {})
    controller.state = controller.state._replace(settings=settings)
    granting.begin(controller, message)
    controller.connections.configure(settings.token_lifetime, settings.offline)
    controller.connections.forget(settings.approvals)
    controller.open_hash(message.nav, message.hash, by_hand=False)
