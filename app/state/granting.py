"""What an extension may read: the browser's answers, and what goes on by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.client.permits import NotPermitted
from app.state.host_config import offered_origins
from app.state.model import AppState, ManifestPage
from app.state.summary import partial_failure

if TYPE_CHECKING:
    from app.state.controller import Controller
    from app.state.messages import Granted, Start


def begin(controller: Controller, message: Start) -> None:
    """From the start on nothing else is asked than what may be."""
    state = controller.state
    controller.state = state._replace(extension=message.extension, granted=message.granted)
    permits = controller.connections.permits
    permits.granted = message.granted if message.extension else None
    permits.offered = offered_origins(state.config) if state.config.only else None


def take(controller: Controller, message: Granted) -> None:
    """The browser's answer. What waited for it goes on by itself."""
    before = controller.state
    if not before.extension:
        return
    controller.connections.permits.granted = message.origins
    controller.change(before._replace(granted=message.origins, refused=not message.ok))
    if set(message.origins) - set(before.granted) and is_waiting(before):
        controller.retry()


def is_waiting(state: AppState) -> bool:
    """Whether something on this page is missing for want of a permission."""
    failures = [state.failure, partial_failure(state)]
    if isinstance(state.page, ManifestPage):
        failures.append(state.page.referrers_failure)
    return any(failure is not None and isinstance(failure.error, NotPermitted) for failure in failures)
