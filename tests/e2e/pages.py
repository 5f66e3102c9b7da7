"""Page objects of the browsing pages. They hold locators and actions, and assert nothing."""

import re
from collections.abc import Sequence
from contextlib import suppress

from playwright.sync_api import Error, Locator, Page, Request, Route

from tests.e2e.hosting import Hosting
from tests.e2e.portolan import Portolan


class Landing:
    """The first page."""

    def __init__(self, app: Portolan) -> None:
        self.field = app.page.locator("#reference")
        self.error = app.page.locator("#reference-error")
        self.offending = app.page.locator(".refcheck mark")
        self.offered = app.page.get_by_role("region", name="Registries here").get_by_role("listitem")
        self.recent = app.page.get_by_role("region", name="Recent registries")
        self.remembered = self.recent.get_by_role("link")
        self.remember = self.recent.get_by_role("checkbox")


class Listing:
    """What the catalog and the table of tags share."""

    def __init__(self, app: Portolan) -> None:
        self.app = app
        self.page = app.page
        self.count = app.page.locator("#count")
        self.filter = app.page.locator("#filter")

    def scroll_to_end(self) -> None:
        self.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")

    def names(self) -> list[str]:
        """The names of all rendered rows, in order."""
        return texts(self.app.rows().locator("a"))


class Catalog(Listing):
    """A registry's page."""

    def __init__(self, app: Portolan) -> None:
        super().__init__(app)
        self.group = app.page.get_by_role("checkbox", name="Group by namespace")
        self.groups = app.page.locator("details.group")

    def group_of(self, namespace: str) -> Locator:
        return self.groups.filter(has=self.page.locator("summary", has_text=re.compile(f"^{namespace}")))

    def open_by_name(self, name: str) -> None:
        self.page.locator("#repository").fill(name)
        self.page.locator("#repository").press("Enter")


class Tags(Listing):
    """A repository's page."""

    def __init__(self, app: Portolan) -> None:
        super().__init__(app)
        self.sort = app.page.locator("#sort")
        self.header = app.page.get_by_role("columnheader", name="Tag", exact=True)

    def names(self) -> list[str]:
        return texts(self.app.rows().locator("th a"))

    def row(self, tag: str) -> Locator:
        return self.app.rows().filter(has=self.page.get_by_role("link", name=tag, exact=True))

    def unread(self) -> Locator:
        """Rows of which nothing is known yet."""
        return self.app.rows().filter(has=self.page.locator(".skeleton"))

    def read(self) -> Locator:
        return self.app.rows().filter(has=self.page.locator(".digest"))


class Manifest:
    """A manifest's page."""

    def __init__(self, app: Portolan) -> None:
        self.app = app
        self.page = app.page
        self.kind = app.page.locator(".pagehead .badge")
        self.media_type = app.page.locator(".pagehead .facts .mono")
        self.digest = app.page.locator(".stats .digest--full").first
        self.verified = app.page.locator(".stats").first.locator(".verified")
        self.platforms = app.page.locator("#platforms tbody tr")
        self.layers = app.page.locator("#layers tbody tr")
        self.files = app.page.locator("#files tbody tr")
        self.config = app.page.locator("#config")
        self.referrers = app.page.locator("#referrers")

    def section(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name, exact=True)

    def setting(self, name: str) -> Locator:
        """What the config says under that name."""
        return self.config.locator("dt", has_text=re.compile(f"^{name}$")).locator("+ dd")

    def annotation(self, key: str, section: str = "Annotations") -> Locator:
        return self.section(section).locator("dt", has_text=re.compile(f"^{re.escape(key)}$")).locator("+ dd")


class PullMenu:
    """The commands that pull a reference."""

    def __init__(self, app: Portolan) -> None:
        self.page = app.page
        self.menu = app.page.locator("main details.menu")
        self.pin = self.menu.get_by_role("checkbox")

    def open(self) -> None:
        self.menu.locator("summary").click()

    def clients(self) -> list[str]:
        """Those whose commands are to be seen."""
        return self.menu.locator(".commands li > span.muted:visible").all_inner_texts()

    def line(self, client: str) -> Locator:
        return self.menu.get_by_role("region", name=f"{client} command").locator("visible=true")

    def copy(self, client: str) -> None:
        self.menu.get_by_role("button", name=f"Copy {client} command").locator("visible=true").click()


class Held:
    """Holds requests that match until they are let go; knows those that the page gave up."""

    def __init__(self, page: Page, pattern: str) -> None:
        self._page = page
        self._pattern = re.compile(pattern)
        self._routes: list[Route] = []
        self.asked: list[str] = []
        self.aborted: list[str] = []
        page.route(self._pattern, self._hold)
        page.on("requestfailed", self._failed)

    def _hold(self, route: Route) -> None:
        self.asked.append(route.request.url)
        self._routes.append(route)

    def _failed(self, request: Request) -> None:
        if self._pattern.search(request.url):
            self.aborted.append(request.url)

    def wait_for(self, collected: Sequence[str], number: int, timeout: float = 30_000) -> None:
        """Until so many were asked for or aborted (`collected`: one of those lists)."""
        while len(collected) < number:
            if timeout <= 0:
                raise AssertionError(f"only {len(collected)} of {number}: {list(collected)}")
            # Playwright hands out its events while it waits; there is no locator to wait for.
            self._page.wait_for_timeout(50)
            timeout -= 50

    def stop(self) -> None:
        self._page.unroute(self._pattern)
        self._page.remove_listener("requestfailed", self._failed)
        for route in self._routes:
            with suppress(Error):  # of a request that the page gave up there is nothing left to end
                route.abort()


def texts(found: Locator) -> list[str]:
    """What many elements say, in one question to the page."""
    return list(found.evaluate_all("(all) => all.map((one) => one.textContent)"))


def home(app: Portolan) -> None:
    """To the first page by its link. (An address without a fragment would start the app anew.)"""
    app.page.get_by_role("link", name="Portolan", exact=True).click()
    app.page.locator('main[data-view="landing"]').wait_for()


def clipboard(app: Portolan) -> str:
    return str(app.page.evaluate("navigator.clipboard.readText()"))


def copy(app: Portolan, button: Locator) -> str:
    """Press a copy button and read what it copied, once it says that it did."""
    app.page.evaluate("navigator.clipboard.writeText('nothing')")
    button.click()
    app.page.locator("[data-copy][data-done]").first.wait_for()
    return clipboard(app)


def asked(hosting: Hosting, name: str = "anonymous", part: str = "") -> list[str]:
    """Method and path of the requests to a listener whose path holds `part`."""
    return [f"{one['method']} {one['path']}" for one in hosting.requests(name) if part in one["path"]]
