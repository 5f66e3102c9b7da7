"""Portolan in a browser, by what tests may hold on to."""

import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.servers.people import Person

PATIENCE = 45_000  # ms; a page takes 0.3 s, on a busy machine more

RUN = """command => {
  const button = document.createElement("button");
  button.dataset.command = command;
  document.body.append(button);
  button.click();
  button.remove();
}"""


class Explorer:
    """One tab that shows Portolan."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def reset(self) -> None:
        """Sign out everywhere and forget everything, without another boot."""
        self.run("reset")
        self.awaits("landing", "idle")

    def run(self, command: str) -> None:
        """A command, whether the page has a button for it now or not."""
        self.page.evaluate(RUN, command)

    def open(self, subject: str) -> None:
        """Go to `#/subject`, as a link does."""
        self.page.evaluate("hash => { location.hash = hash }", f"#/{subject}")

    def type_reference(self, text: str) -> None:
        """Enter it on the landing page."""
        form = self.page.locator("main form[data-form=open]")
        form.locator("input[name=reference]").fill(text)
        form.locator("button[type=submit]").click()

    def awaits(self, view: str, state: str, subject: str | None = None, problem: str | None = None) -> None:
        """Wait until `<main>` is that."""
        wanted = f'main[data-view="{view}"][data-state="{state}"]'
        if subject is not None:
            wanted += f'[data-subject="{subject}"]'
        if problem is not None:
            wanted += f'[data-problem="{problem}"]'
        expect(self.page.locator(wanted)).to_have_count(1)

    def waits_for(self, reached: Callable[[], bool]) -> None:
        """Until something outside the page is so, such as a line in a server's log, which comes after its answer."""
        end = time.monotonic() + PATIENCE / 1000
        while not reached():
            if time.monotonic() > end:
                raise AssertionError(f"not reached in {PATIENCE / 1000:.0f} s")
            self.page.wait_for_timeout(50)

    @property
    def login(self) -> Locator:
        return self.page.locator("form[data-form=login]")

    @property
    def approve(self) -> Locator:
        """The button that lets credentials go to this realm, until the tab is closed."""
        return self.page.locator("[data-command=approve]").first

    def sign_in(self, person: Person) -> None:
        """Fill in the form once it is there, and send it."""
        expect(self.login).to_be_visible()
        self.login.locator("input[name=username]").fill(person.name)
        self.login.locator("input[name=password]").fill(person.password)
        self.login.locator("button[type=submit]").click()

    def enter(self, person: Person | None, approval: bool) -> None:
        """Whatever stands before the page: nothing, the form, and the approval of the realm."""
        if person is None:
            return
        self.sign_in(person)
        if approval:
            expect(self.approve).to_be_visible()
            self.approve.click()

    def links_to(self, route: str) -> Locator:
        """Links in the page's body to `#/route`."""
        return self.main.locator(f'a[href="#/{route}"]')
