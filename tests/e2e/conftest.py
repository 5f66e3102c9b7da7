"""One browser, one context (a warm cache) and the servers for the whole run; a fresh tab for each file."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.e2e.hosting import Hosting
from tests.e2e.portolan import Portolan, origin_of
from tools.record import NOWHERE

expect.set_options(timeout=30_000)  # for a busy machine; what is there is found at once

ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", NOWHERE]


@pytest.fixture(scope="session")
def hosting() -> Iterator[Hosting]:
    hosting = Hosting()
    yield hosting
    hosting.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Debian's Chromium where there is one, else the one Playwright brought.
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id="UTC")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture(scope="module")
def tab(context: BrowserContext, hosting: Hosting) -> Iterator[Portolan]:
    """A tab with the app started."""
    page = context.new_page()
    tab = Portolan(page, hosting.site, set(hosting.origins.values()))
    tab.goto()
    tab.booted()
    yield tab
    page.close()


@pytest.fixture
def app(tab: Portolan, hosting: Hosting) -> Iterator[Portolan]:
    """The app as newly opened; afterwards the console must be empty and no stranger must have been asked."""
    tab.recover()
    tab.allowed = {origin_of(hosting.site), *hosting.origins.values()}
    tab.reset()
    tab.complaints.clear()
    hosting.forget()
    yield tab
    assert tab.complaints == []


@pytest.fixture
def fresh(browser: Browser, hosting: Hosting) -> Iterator[Page]:
    """An empty tab of a new browser profile, for what happens while the app starts."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
