"""Pages that were read a moment ago, so that going back shows them at once."""

from app.ports.clock import Clock
from app.state.manifest_page import on_platform
from app.state.model import AppState, Blob, ManifestPage, Page, Raw
from app.state.route import Route
from app.state.summary import has_data, is_files, is_read, partial_failure

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
        if partial_failure(state) is not None or is_files(state.page):
            return  # what was read of layers is kept where layers are read
        if getattr(state.page, "pending", False):
            return
        key = str(state.route)
        self._pages.pop(key, None)
        self._pages[key] = (self._clock.monotonic(), state.page)
        while len(self._pages) > PAGES:
            del self._pages[next(iter(self._pages))]

    def find(self, route: Route) -> Page | None:
        """The page of that route, if it is fresh. The raw view of a manifest that was just shown needs no request."""
        found = self._pages.get(str(route)) or self._otherwise(route)
        if found is None or self._clock.monotonic() - found[0] > FRESH:
            return None
        return found[1]

    def _otherwise(self, route: Route) -> tuple[float, Page] | None:
        """The same manifest or blob, read for another view of it or shown in another way."""
        if route.page not in ("raw", "blob", "manifest"):
            return None
        here, manifest = str(route.with_query(())), str(route.at_view(None))
        for key, (when, page) in reversed(self._pages.items()):
            address = key.partition("?")[0]
            if isinstance(page, ManifestPage) and address == manifest:
                if route.page == "raw":
                    return when, Raw(page.fetched, loading=False)
                if page.platform == route.parameter("platform") and route.page == "manifest":
                    return when, page
            elif isinstance(page, Raw) and address == here:
                return when, page._replace(folds=0)
            elif isinstance(page, Blob) and address == here and page.content is not None:
                size = route.parameter("size")
                said = int(size) if size is not None and size.isdecimal() and len(size) < 16 else None
                return when, page._replace(media_type=route.parameter("type"), size=said, folds=0)
        return None

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
