"""Pages that were read a moment ago, so that going back shows them at once."""

from app.ports.clock import Clock
from app.state.manifest_page import on_platform
from app.state.model import AppState, ManifestPage, Page, Raw
from app.state.route import Route
from app.state.summary import has_data, is_read, partial_failure

PAGES = 24
FRESH = 300.0
"""Seconds after which a page is read again: tags move."""


class PageCache:
    """The latest pages that were complete when they were left."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pages: dict[str, tuple[float, Page]] = {}

    def keep(self, state: AppState) -> None:
        """Keep the page of that state, if it was read whole."""
        if not is_read(state.page) or state.loading or state.failure is not None or not has_data(state):
            return
        if state.login is not None or state.approval is not None or state.confirm is not None:
            return
        if partial_failure(state) is not None:
            return
        key = str(state.route)
        self._pages.pop(key, None)
        self._pages[key] = (self._clock.monotonic(), state.page)
        while len(self._pages) > PAGES:
            del self._pages[next(iter(self._pages))]

    def find(self, route: Route) -> Page | None:
        """The page of that route, if it is fresh. The raw view of a manifest that was just shown needs no request."""
        found = self._pages.get(str(route))
        if found is None and route.page == "raw":
            shown = self._pages.get(str(route.at_view(None)))
            if shown is not None and isinstance(shown[1], ManifestPage):
                found = (shown[0], Raw(shown[1].fetched, loading=False))
        if found is None or self._clock.monotonic() - found[0] > FRESH:
            return None
        return found[1]

    def alike(self, route: Route) -> ManifestPage | None:
        """What is known of that route's manifest from the page of another platform of it, which must be read again."""
        here = str(route.with_query(()))
        for key, (when, page) in reversed(self._pages.items()):
            if key.partition("?")[0] == here and isinstance(page, ManifestPage):
                fresh = self._clock.monotonic() - when <= FRESH
                return on_platform(page, route.parameter("platform")) if fresh else None
        return None

    def clear(self) -> None:
        self._pages.clear()
