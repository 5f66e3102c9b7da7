"""429: the pause is counted down on the page, and one can end or shorten it."""

import re
from collections.abc import Iterator
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from tests.e2e.forms import notice, problem, retry
from tests.e2e.hosting import Hosting
from tests.e2e.identity_forms import forward
from tests.e2e.pages import asked
from tests.e2e.portolan import Portolan


@pytest.fixture(scope="module")
def busy() -> Iterator[Hosting]:
    """A registry that says 429 always, one that says it once, and one whose pause is too long to count."""
    hosting = Hosting(
        ("busy:anonymous,rate-limited=40", "once:anonymous,rate-limited=40x1", "closed:anonymous,rate-limited=86400")
    )
    yield hosting
    hosting.close()


@pytest.fixture
def app(context: BrowserContext, busy: Hosting) -> Iterator[Portolan]:
    """A tab for each test: a clock that was put forward is not put back."""
    for name in ("busy", "once", "closed"):
        urlopen(Request(f"{busy.origins[name]}/_log", method="DELETE")).close()  # faults count anew
    page = context.new_page()
    app = Portolan(page, busy.site, set(busy.origins.values()))
    app.goto()
    app.booted()
    app.reset()
    yield app
    page.close()
    assert app.complaints == []


def paused(app: Portolan, hosting: Hosting, name: str = "busy") -> Locator:
    """The notice of a page that was asked to wait."""
    route = f"{hosting.netloc(name)}/sample/harbour"
    app.goto(route)
    problem(app, route, "failed", "rate-limited")
    return app.main.locator(".notice")


def count(hosting: Hosting, name: str = "busy") -> int:
    return len(asked(hosting, name, "/tags/list"))


def test_the_pause_is_counted_down(app: Portolan, busy: Hosting) -> None:
    found = paused(app, busy)
    expect(found).to_contain_text(re.compile(r"It is asked again by itself in 0:[34]\d"))
    timer = found.locator(".timer")
    before = timer.inner_text()
    expect(timer).not_to_have_text(before)
    assert count(busy) == 1


def test_the_pause_is_shown_as_the_registry_stated_it(app: Portolan, busy: Hosting) -> None:
    expect(paused(app, busy)).to_contain_text("40 s")


def test_when_the_pause_is_over_it_is_asked_again_by_itself(app: Portolan, busy: Hosting) -> None:
    found = paused(app, busy, "once")
    expect(found.locator(".timer")).to_be_visible()
    forward(app.page, 41)
    app.arrive(f"{busy.netloc('once')}/sample/harbour")
    expect(app.rows().first).to_be_visible()
    assert count(busy, "once") == 2


def test_trying_now_asks_at_once(app: Portolan, busy: Hosting) -> None:
    paused(app, busy, "once").get_by_role("button", name="Try now").click()
    app.arrive(f"{busy.netloc('once')}/sample/harbour")
    assert count(busy, "once") == 2


def test_trying_now_too_early_begins_another_pause(app: Portolan, busy: Hosting) -> None:
    found = paused(app, busy)
    found.get_by_role("button", name="Try now").click()
    expect(found).to_contain_text(re.compile(r"by itself in 0:(40|39|38)"))
    assert count(busy) == 2


def test_a_cancelled_countdown_asks_no_more(app: Portolan, busy: Hosting) -> None:
    found = paused(app, busy)
    found.get_by_role("button", name="Cancel").click()
    expect(found.locator(".timer")).to_have_count(0)
    expect(retry(app)).to_be_visible()
    forward(app.page, 120)
    retry(app).click()
    expect(found.locator(".timer")).to_be_visible()
    assert count(busy) == 2  # the one by hand, and none by itself


def test_leaving_the_page_ends_the_countdown(app: Portolan, busy: Hosting) -> None:
    paused(app, busy)
    app.open(f"{busy.netloc('anonymous')}/sample/harbour")
    forward(app.page, 120)
    app.page.locator("a.tag").first.click()
    app.page.locator('main[data-view="manifest"][data-state="shown"]').wait_for()
    assert count(busy) == 1


def test_a_pause_of_a_day_is_not_counted(app: Portolan, busy: Hosting) -> None:
    found = paused(app, busy, "closed")
    expect(found).to_be_visible()
    expect(found.locator(".timer")).to_have_count(0)
    expect(retry(app)).to_be_visible()


def test_the_countdown_is_announced_once(app: Portolan, busy: Hosting) -> None:
    paused(app, busy)
    expect(app.announced).to_have_text("The registry asks for a pause")
    expect(notice(app, "The registry asks for a pause")).to_be_visible()
