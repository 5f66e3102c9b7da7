"""Digests of a large layer: by a worker of their own, and by Python itself where that worker cannot start."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.hosting import Hosting
from tests.e2e.portolan import Portolan

# What the worker computes with. (Its own file is asked for by the worker of the app: Playwright sees that nowhere.)
ENGINE = "**/hash-wasm/sha256.umd.min.js"

# The same, but every digest is wrong: to be seen in what the page says when it is this that computes.
LYING = """;{
  const { createSHA256 } = globalThis.hashwasm;
  globalThis.hashwasm = { createSHA256: async () => ({ ...(await createSHA256()), digest: () => "0".repeat(64) }) };
}"""


def lie(route: Route) -> None:
    response = route.fetch()
    route.fulfill(response=response, body=response.text() + LYING)


@pytest.fixture
def verdicts(fresh: Page, hosting: Hosting) -> Locator:
    """The table that says what was checked, in a new tab: of an image with one layer of 4.7 MB, not read yet."""
    app = Portolan(fresh, hosting.site, set(hosting.origins.values()))
    app.goto(f"{hosting.netloc('anonymous')}/sample/streams:soci/-/files/srv")
    app.booted()
    fresh.locator('main[data-view="files"][data-state="shown"]').wait_for()
    fresh.get_by_text("Where this comes from").click()
    table = fresh.get_by_role("table", name="Layers read")
    expect(table).to_contain_text("not checked yet")
    return table


def verify(table: Locator) -> None:
    table.page.get_by_role("main").get_by_role("button", name="Verify", exact=True).click()


def test_a_large_layer_is_verified_by_the_worker(verdicts: Locator) -> None:
    with verdicts.page.expect_request(ENGINE):
        verify(verdicts)
    expect(verdicts.get_by_text("verified")).to_have_count(2)


def test_what_the_worker_says_is_what_counts(verdicts: Locator) -> None:
    verdicts.page.route(ENGINE, lie)
    verify(verdicts)
    expect(verdicts.get_by_text("wrong")).to_have_count(2)


def test_a_large_layer_is_verified_where_the_worker_cannot_start(verdicts: Locator) -> None:
    with verdicts.page.expect_event("requestfailed", lambda request: "hash-wasm" in request.url):
        verdicts.page.route(ENGINE, lambda route: route.abort())
        verify(verdicts)
    expect(verdicts.get_by_text("verified")).to_have_count(2)
