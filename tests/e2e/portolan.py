"""Page objects: what a person sees and does. They hold locators and actions, and assert nothing."""

from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Request


class Portolan:
    """The app in one tab. Collects what must not happen: words in the console, requests to strangers."""

    def __init__(self, page: Page, site: str, allowed: set[str]) -> None:
        self.page = page
        self.site = site
        self.allowed = allowed | {origin_of(site)}
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("request", self._seen)

    def _seen(self, request: Request) -> None:
        if not request.url.startswith(("blob:", "data:")) and origin_of(request.url) not in self.allowed:
            self.complaints.append(f"request to {request.url}")

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    @property
    def heading(self) -> Locator:
        return self.page.locator("main h1")

    @property
    def announced(self) -> Locator:
        return self.page.locator("#announce")

    @property
    def identity(self) -> Locator:
        return self.page.locator(".identity")

    def goto(self, route: str = "") -> None:
        """Load or navigate to a route (without `#/`), without waiting for anything."""
        self.page.goto(f"{self.site}#/{route}" if route else self.site)

    def open(self, route: str, state: str = "shown") -> None:
        """Navigate to a canonical route and wait until that page is in that state."""
        self.goto(route)
        self.arrive(route, state)

    def arrive(self, route: str, state: str = "shown") -> None:
        """Wait until the page of that canonical route is in that state."""
        subject = route.partition("?")[0].partition("/-/")[0]
        self.page.locator(f'main[data-subject="{subject}"][data-state="{state}"]').wait_for(timeout=30_000)

    def booted(self) -> None:
        self.page.locator('html[data-boot="ready"]').wait_for(timeout=60_000)

    def recover(self) -> None:
        """Begin as if no test before this one had failed: nothing is held back, and the app runs."""
        self.page.context.set_offline(False)
        self.page.unroute_all()
        self.page.emulate_media(color_scheme="light", forced_colors="none")
        self.page.set_viewport_size({"width": 1280, "height": 900})
        if self.page.locator("html").get_attribute("data-boot") != "ready":
            self.goto()
            self.booted()

    def reset(self) -> None:
        """As in a new tab of a new browser: signed out, nothing read, nothing kept; on the first page."""
        self.goto("-/settings")
        self.page.locator('main[data-view="settings"]').wait_for(timeout=30_000)
        self.page.locator('[data-command="reset"]').click()
        self.page.locator('main[data-view="landing"]').wait_for(timeout=30_000)

    def search(self, text: str) -> None:
        """Type into the first page's input and press Enter."""
        field = self.page.locator("#reference")
        field.fill(text)
        field.press("Enter")

    def sign_in(self, username: str, password: str) -> None:
        form = self.page.locator('form[data-form="login"]')
        form.locator('[name="username"]').fill(username)
        form.locator('[name="password"]').fill(password)
        form.locator('button[type="submit"]').click()

    def command(self, name: str) -> Locator:
        return self.page.locator(f'[data-command="{name}"]')

    def rows(self) -> Locator:
        """The rows of the long list on this page."""
        return self.page.locator("[data-chunk] tr, li[data-row], [data-chunk] li")

    def filter(self, text: str) -> None:
        self.page.locator('[data-input="filter"]').fill(text)


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
