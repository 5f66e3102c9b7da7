"""Page objects of the browsing pages. They hold locators and actions, and assert nothing."""

import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Self

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

    @property
    def links(self) -> Locator:
        """Those that the rendered rows are named by."""
        return self.app.rows().locator("a")

    def names(self) -> list[str]:
        """The names of all rendered rows, in order, as they are now."""
        return texts(self.links)


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

    @property
    def links(self) -> Locator:
        return self.app.rows().locator("th a")

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
        self.menu = app.page.locator("main details.menu").filter(has=app.page.locator("summary", has_text="Pull"))
        self.pin = self.menu.get_by_role("checkbox")

    def open(self) -> None:
        self.menu.locator("summary").click()

    @property
    def clients(self) -> Locator:
        """The names of those whose commands are to be seen."""
        return self.menu.locator(".commands li > span.muted:visible")

    def line(self, client: str) -> Locator:
        return self.menu.get_by_role("region", name=f"{client} command").locator("visible=true")

    def button(self, client: str) -> Locator:
        """The one that copies its command."""
        return self.menu.get_by_role("button", name=f"Copy {client} command").locator("visible=true")


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

    def wait_for(self, collected: Sequence[str], number: int) -> None:
        """Until so many were asked for or aborted (`collected`: one of those lists)."""
        until(self._page, lambda: len(collected) >= number, lambda: f"{len(collected)} of {number}: {list(collected)}")

    def let_go(self) -> None:
        """Hold nothing more; what was held goes on."""
        self._end(lambda route: route.continue_())

    def stop(self) -> None:
        """Hold nothing more; what was held fails."""
        self._end(lambda route: route.abort())

    def _end(self, act: Callable[[Route], None]) -> None:
        # First these: a browser lets everything go on that it has stopped for nobody.
        for route in self._routes:
            with suppress(Error):  # of a request that the page gave up there is nothing left to end
                act(route)
        self._routes.clear()
        self._page.unroute(self._pattern)
        self._page.remove_listener("requestfailed", self._failed)


class Sent:
    """What a tab asks an origin for while this is entered: also what the browser answers from its cache, and what is
    given up before it arrives anywhere."""

    def __init__(self, app: Portolan, origin: str) -> None:
        self._page = app.page
        self._origin = origin
        self.urls: list[str] = []
        self.requests: list[str] = []

    def __enter__(self) -> Self:
        self._page.on("request", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        self._page.remove_listener("request", self._note)

    def _note(self, request: Request) -> None:
        if request.url.startswith(f"{self._origin}/"):
            self.urls.append(request.url)
            self.requests.append(f"{request.method} {request.url}")


# Notes from now on what a screen reader is told.
LISTEN = """() => {
  const said = [], place = document.getElementById("announce");
  new MutationObserver(() => said.push(place.textContent)).observe(place, { childList: true, subtree: true });
  return said;
}"""


class Said:
    """What a screen reader is told from now on, the same words again included."""

    def __init__(self, app: Portolan) -> None:
        self._page = app.page
        self._said = app.page.evaluate_handle(LISTEN)

    def all(self) -> list[str]:
        return list(self._said.json_value())

    def count(self, words: str) -> int:
        """How often something was said that begins so."""
        return sum(text.startswith(words) for text in self.all())

    def wait_for(self, words: str, number: int) -> None:
        """Until that was said so many times."""
        until(self._page, lambda: self.count(words) >= number, lambda: self.all())


def until(page: Page, reached: Callable[[], bool], told: Callable[[], object], patience: float = 30.0) -> None:
    """Wait for what no locator can: `reached` is asked again and again, for so many seconds. `told`: of a failure."""
    end = time.monotonic() + patience
    while not reached():
        if time.monotonic() > end:
            raise AssertionError(f"not reached in {patience:.0f} s: {told()}")
        page.wait_for_timeout(20)  # Playwright hands out its events meanwhile, which a sleep would hold up


def texts(found: Locator) -> list[str]:
    """What many elements say, in one question to the page."""
    return list(found.evaluate_all("(all) => all.map((one) => one.textContent)"))


def home(app: Portolan) -> None:
    """To the first page by its link. (An address without a fragment would start the app anew.)"""
    app.page.get_by_role("link", name="Portolan", exact=True).click()
    app.page.locator('main[data-view="landing"]').wait_for()


def clipboard(app: Portolan) -> str:
    return str(app.page.evaluate("navigator.clipboard.readText()"))


# The mark is there for a moment: it is noted and not looked for.
DONE = """(button) => ({ done: new Promise((resolve, reject) => {
  new MutationObserver(resolve).observe(button, { attributeFilter: ["data-done"] });
  setTimeout(() => reject(new Error("nothing was copied")), 30_000);
}) })"""


def copy(app: Portolan, button: Locator) -> str:
    """Press a copy button and read what it copied, once it says that it did."""
    app.page.evaluate("navigator.clipboard.writeText('nothing')")
    watched = button.evaluate_handle(DONE)
    button.click()
    app.page.evaluate("({ done }) => done.then(() => null)", watched)
    return clipboard(app)


def expect_texts(found: Locator, wanted: Callable[[list[str]], bool]) -> list[str]:
    """Wait until what many elements say is as wanted."""
    until(found.page, lambda: wanted(texts(found)), lambda: texts(found))
    return texts(found)


def rows_read(app: Portolan, number: int) -> None:
    """Wait until so many rows of a list of tags are read to their end, which is when they say their date: after that
    they ask for nothing more."""
    app.rows().locator("time").nth(number - 1).wait_for(state="attached")


def move_on(app: Portolan, hosting: Hosting) -> None:
    """Go to a page of another registry, for what must not be asked: that would have been begun before its requests."""
    app.open(f"{hosting.netloc('no-catalog')}/sample/notes:latest/-/raw")


def asked(hosting: Hosting, name: str = "anonymous", part: str = "") -> list[str]:
    """Method and path of the requests to a listener whose path holds `part`."""
    return [f"{one['method']} {one['path']}" for one in hosting.requests(name) if part in one["path"]]
