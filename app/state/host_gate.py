"""Hosts of the person's own network, which a page of the web must not make a tab knock at unasked."""

from collections.abc import Iterator
from contextlib import suppress

from app.oci.origin import Origin, OriginError, is_private, origin_of
from app.state.model import AppState
from app.state.route import LANDING, Route


class HostGate:
    """Which hosts may be contacted. `page`: where this copy is served from, None when it is no web page."""

    def __init__(self, page: Origin | None) -> None:
        # A page of the own network is no stranger there.
        self._closed = page is not None and not is_private(page.host)
        self._confirmed: set[Origin] = set()

    def must_ask(self, registry: Origin, state: AppState) -> bool:
        """Whether a person has to allow this registry first: it is private, and neither configured nor known."""
        if not self._closed or registry in self._confirmed or not is_private(registry.host):
            return False
        configured = any(registry == offered.origin for offered in state.config.registries)
        home = LANDING._replace(registry=registry).subject
        return not configured and all(recent.subject != home for recent in state.settings.recents)

    def first_unasked(self, route: Route, state: AppState) -> Origin | None:
        """The first host of a route that has to be allowed.

        The doctor may be sent to a realm of any registry, and a manifest compared with one of any other.
        """
        return next((host for host in _contacted(route) if self.must_ask(host, state)), None)

    def confirm(self, registry: Origin) -> None:
        """It may be contacted, in this tab."""
        self._confirmed.add(registry)

    def forget(self) -> None:
        self._confirmed.clear()


def _contacted(route: Route) -> Iterator[Origin]:
    if route.registry is not None:
        yield route.registry
    if route.view == "compare":
        from app.state.compare_model import other_in

        other = other_in(route).registry
        if other is not None:
            yield other
    realm = route.parameter("realm") if route.view == "doctor" else None
    if realm is not None:
        with suppress(OriginError):
            yield origin_of(realm)
