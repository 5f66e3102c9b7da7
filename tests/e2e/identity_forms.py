"""Page objects of identities: the page of all of them, the bar's menu, the import, the ways to sign in by a token."""

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from playwright.sync_api import Locator, Page

from tests.e2e.forms import approval
from tests.e2e.hosting import Hosting
from tests.e2e.pages import until
from tests.e2e.portolan import Portolan

# The worker's clocks are its own: the page's, which Playwright can set, are not those that Python reads.
FORWARD = """(seconds) => {
  const now = Date.now, monotonic = performance.now.bind(performance);
  Date.now = () => now() + seconds * 1000;
  performance.now = () => monotonic() + seconds * 1000;
}"""

# Once a second the app does what is due and goes to sleep for another second, as nothing else in it does.
COUNT_TICKS = """() => {
  const wait = globalThis.setTimeout;
  globalThis.ticks = 0;
  globalThis.setTimeout = (act, delay, ...rest) => {
    if (delay > 900 && delay < 1100) globalThis.ticks += 1;
    return wait(act, delay, ...rest);
  };
}"""


class Identities:
    """The page of all identities of the tab."""

    def __init__(self, app: Portolan) -> None:
        self.app = app
        self.main = app.main
        self.sign_out_all = app.main.get_by_role("button", name="Sign out of all")
        self.tables = app.main.get_by_role("table", name=re.compile("^Identities at "))
        self.lock = app.main.get_by_label("Sign out of everything when idle")

    def open(self) -> "Identities":
        self.app.goto("-/identities")
        self.app.page.locator('main[data-view="identities"][data-state="shown"]').wait_for()
        return self

    def at(self, netloc: str) -> Locator:
        return self.app.main.get_by_role("table", name=f"Identities at {netloc}", exact=True)

    def row(self, netloc: str, name: str) -> Locator:
        head = self.app.page.get_by_role("rowheader", name=name, exact=True)
        return self.at(netloc).get_by_role("row").filter(has=head)

    def use(self, netloc: str, name: str) -> None:
        self.app.main.get_by_role("button", name=f"Use {name} at {netloc}", exact=True).click()

    def read_anonymously(self, netloc: str) -> None:
        self.app.main.get_by_role("button", name=f"Read anonymously at {netloc}", exact=True).click()

    def sign_out(self, netloc: str, name: str) -> None:
        self.app.main.get_by_role("button", name=f"Sign out {name} of {netloc}", exact=True).click()

    def add(self, netloc: str) -> None:
        self.app.main.get_by_role("button", name=f"Add another identity for {netloc}").click()


class Menu:
    """What the bar above a registry's pages offers: who else one may be there."""

    def __init__(self, app: Portolan) -> None:
        self.menu = app.page.locator("#context details.menu")
        self.people = self.menu.get_by_role("list", name="Identities of this registry").get_by_role("listitem")

    def open(self) -> "Menu":
        """It closes when something in it is chosen."""
        if self.menu.get_attribute("open") is None:
            self.menu.locator("summary").click()
        return self

    def use(self, name: str) -> None:
        self.open()
        self.menu.get_by_role("button", name=f"Use {name}", exact=True).click()

    def add(self) -> None:
        self.open()
        self.menu.get_by_role("button", name="Add another identity").click()


class Import:
    """A configuration of docker's, pasted or chosen, and what is said of it."""

    def __init__(self, app: Portolan) -> None:
        form = app.page.locator('form[data-form="import"]')
        self.pasted = form.get_by_label("Or paste it")
        self.file = form.get_by_label("From a file")
        self.submit = form.get_by_role("button", name="Import")
        self.report = app.main.locator(".notice").filter(
            has=app.page.get_by_role("heading", name=re.compile("imported$"))
        )

    def paste(self, config: Mapping[str, Any] | str) -> None:
        self.pasted.fill(config if isinstance(config, str) else json.dumps(config))
        self.submit.click()

    def choose(self, content: bytes, name: str = "config.json") -> None:
        self.file.set_input_files({"name": name, "mimeType": "application/json", "buffer": content})


class ByToken:
    """The form for a token in the place of a password."""

    def __init__(self, app: Portolan) -> None:
        self.closed = app.page.get_by_text("Use a token instead")
        self.form = app.page.locator('form[data-form="login-token"]')
        self.token = self.form.get_by_label("Token", exact=True)
        self.username = self.form.get_by_label("Username, if it has one")
        self.error = self.form.locator(".field-error")
        self.submit = self.form.locator('button[type="submit"]')

    def kind(self, name: str) -> Locator:
        return self.form.get_by_role("radio", name=re.compile(f"^{name}"))

    def give(self, kind: str, token: str, username: str = "") -> None:
        if not self.token.is_visible():
            self.closed.click()
        self.kind(kind).check()
        self.token.fill(token)
        self.username.fill(username)
        self.submit.click()


class Challenge:
    """The form for a challenge that the page cannot read."""

    def __init__(self, app: Portolan) -> None:
        self.form = app.page.get_by_role("form", name="Enter the challenge")
        self.realm = self.form.get_by_label("Realm")
        self.service = self.form.get_by_label("Service, if there is one")
        self.error = self.form.locator(".field-error")
        self.submit = self.form.get_by_role("button", name="Ask there")

    def give(self, realm: str, service: str) -> None:
        self.realm.fill(realm)
        self.service.fill(service)
        self.submit.click()


def add_another(
    app: Portolan, route: str, user: tuple[str, str], *, approve: bool = False, state: str = "shown"
) -> None:
    """Sign in as one more at the registry of the page that is open."""
    Menu(app).add()
    app.arrive(route, "login")
    app.sign_in(*user)
    if approve:
        approval(app).button("Approve 127").click()
    app.arrive(route, state)


def forward(page: Page, seconds: float) -> None:
    """Put the clocks that Python reads forward; they stay so for as long as the page is loaded."""
    for worker in page.workers:
        worker.evaluate(FORWARD, seconds)


def let_tick(page: Page) -> None:
    """Wait until the app has looked at its clocks anew: what is due by now has been done then, or never is."""
    worker = page.workers[0]
    worker.evaluate(COUNT_TICKS)
    until(page, lambda: worker.evaluate("ticks") >= 1, lambda: "the app does not tick")


def wait_until_kept(app: Portolan, key: str, text: str) -> None:
    """Until the browser has kept that: Python sends it after the control has changed."""

    def found() -> object:
        return app.page.evaluate("(key) => localStorage.getItem(`portolan:${key}`)", key)

    until(app.page, lambda: found() == text, found)  # storage has no event in its own tab


def auth(username: str, password: str) -> str:
    """A user name and a password as docker's configuration and Basic have them."""
    return b64encode(f"{username}:{password}".encode()).decode()


def issued(hosting: Hosting, user: tuple[str, str], **asked: str) -> dict[str, Any]:
    """What the token service gives that user for these parameters, asked without a browser."""
    url = f"{hosting.origins['token']}/token?{urlencode(asked)}"
    with urlopen(Request(url, headers={"Authorization": f"Basic {auth(*user)}"})) as answer:
        found: dict[str, Any] = json.load(answer)
    hosting.forget()
    return found
