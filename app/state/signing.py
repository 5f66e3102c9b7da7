"""Being somebody else: what of the page and of what was read goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.state.model import AppState, Catalog, Tags
from app.state.summary import is_read

if TYPE_CHECKING:
    from app.oci.origin import Origin
    from app.state.connections import Connections
    from app.state.controller import Controller


def with_standing(state: AppState, connections: Connections) -> AppState:
    """The state with who one is to the registry of its route."""
    registry = state.route.registry
    if registry is None:
        return state._replace(standing=None, identities=(), anonymously=False, anonymous_read=None)
    read = connections.auth(registry).read_anonymously
    return state._replace(
        standing=connections.standing(registry),
        identities=connections.identities(registry),
        anonymously=read is not None,
        anonymous_read=read,
    )


def became(controller: Controller, registry: Origin) -> None:
    """One is somebody else at that registry now: what was read goes, and the page is read as the new one."""
    controller.cache.clear()
    if registry == controller.state.route.registry:
        _read_anew(controller)
    else:
        controller.refresh()


def sign_out_all(controller: Controller, *, locked: bool = False) -> None:
    """Sign out everywhere. `locked`: because nobody was there."""
    controller.connections.sign_out_all()
    controller.local.close()
    controller.cache.clear()
    controller.state = controller.state._replace(locked=locked)
    _read_anew(controller)


def stop_sign_in(controller: Controller) -> None:
    """Give up the sign-in that is being tried, and its credential."""
    registry = controller.state.route.registry
    if controller.visit is not None:
        controller.visit.close()
    if registry is not None:
        controller.connections.give_up(registry)
    state = controller.state._replace(busy=False, loading=False)
    if isinstance(state.page, Catalog | Tags):
        state = state._replace(page=state.page._replace(listing=state.page.listing._replace(loading=False)))
    controller.change(state)
    controller.begin(read=False, chunks=controller.chunks())


def forget_all(controller: Controller) -> None:
    """Sign out everywhere and drop all that was read and said."""
    controller.connections.forget(controller.state.settings.approvals)
    controller.connections.transcript.clear()
    controller.local.close()
    controller.cache.clear()
    controller.gate.forget()


def _read_anew(controller: Controller) -> None:
    if is_read(controller.state.page):
        controller.state = controller.state._replace(busy=False)
        controller.restart(controller.fresh_page())
    else:
        controller.change(controller.state)
        controller.refresh()
