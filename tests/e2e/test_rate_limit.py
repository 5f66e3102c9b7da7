"""429: the pause is counted down on the page, and one can end or shorten it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from tests.e2e.forms import notice, problem, retry
from tests.e2e.hosting import Hosting
from tests.e2e.identity_forms import forward, let_tick
from tests.e2e.pages import Said, asked
from tests.e2e.portolan import Portolan

TITLE = "The registry asks for a pause"

# Ten minutes, so that no pause ends, and none is hard to tell from another, however slow the machine is.
FRESH = re.compile(r"^(10:00|9:\d\d)$")
HALF_OVER = re.compile(r"^[0-4]:\d\d$")


@pytest.fixture(scope="module")
def busy() -> Iterator[Hosting]:
    """A registry that says 429 always, one that says it once, and one whose pause is too long to count."""
    hosting = Hosting(
        ("busy:anonymous,rate-limited=600", "once:anonymous,rate-limited=600x1", "closed:anonymous,rate-limited=86400")
    )
    yield hosting
    hosting.close()


@pytest.fixture(scope="module")
def tab(context: BrowserContext, busy: Hosting) -> Iterator[Portolan]:
    """A tab of this file's own: a clock that was put forward is not put back, and counts on from there."""
    page = context.new_page()
    tab = Portolan(page, busy.site, set(busy.origins.values()))
    tab.goto()
    tab.booted()
    yield tab
    page.close()


@pytest.fixture
def app(tab: Portolan, busy: Hosting) -> Iterator[Portolan]:
    tab.recover()
    tab.reset()
    tab.complaints.clear()
    busy.forget()
    busy.break_anew("busy", "once", "closed")
    yield tab
    assert tab.complaints == []


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
    expect(found).to_contain_text(re.compile(r"It is asked again by itself in (10:00|9:\d\d)"))
    timer = found.locator(".timer")
    before = timer.inner_text()
    expect(timer).not_to_have_text(before)
    assert count(busy) == 1


def test_the_pause_is_shown_as_the_registry_stated_it(app: Portolan, busy: Hosting) -> None:
    expect(paused(app, busy)).to_contain_text("10 minutes")


def test_when_the_pause_is_over_it_is_asked_again_by_itself(app: Portolan, busy: Hosting) -> None:
    found = paused(app, busy, "once")
    expect(found.locator(".timer")).to_be_visible()
    forward(app.page, 601)
    app.arrive(f"{busy.netloc('once')}/sample/harbour")
    expect(app.rows().first).to_be_visible()
    assert count(busy, "once") == 2


def test_trying_now_asks_at_once(app: Portolan, busy: Hosting) -> None:
    paused(app, busy, "once").get_by_role("button", name="Try now").click()
    app.arrive(f"{busy.netloc('once')}/sample/harbour")
    assert count(busy, "once") == 2


def test_trying_now_too_early_begins_another_pause(app: Portolan, busy: Hosting) -> None:
    found = paused(app, busy)
    forward(app.page, 301)
    expect(found.locator(".timer")).to_have_text(HALF_OVER)
    found.get_by_role("button", name="Try now").click()
    # It begins anew with the second answer, so both requests are in the log.
    expect(found.locator(".timer")).to_have_text(FRESH)
    assert count(busy) == 2


def test_a_cancelled_countdown_asks_no_more(app: Portolan, busy: Hosting) -> None:
    found = paused(app, busy)
    found.get_by_role("button", name="Cancel").click()
    expect(found.locator(".timer")).to_have_count(0)
    expect(retry(app)).to_be_visible()
    forward(app.page, 1200)
    let_tick(app.page)
    assert count(busy) == 1
    retry(app).click()
    expect(found.locator(".timer")).to_have_text(FRESH)
    assert count(busy) == 2  # the one by hand, and none by itself


def test_leaving_the_page_ends_the_countdown(app: Portolan, busy: Hosting) -> None:
    paused(app, busy)
    app.open(f"{busy.netloc('anonymous')}/sample/harbour")
    forward(app.page, 1200)
    let_tick(app.page)
    app.page.locator("a.tag").first.click()
    app.page.locator('main[data-view="manifest"][data-state="shown"]').wait_for()
    assert count(busy) == 1
    assert count(busy, "anonymous") == 1  # nor is the page asked again that is there instead


def test_a_pause_of_a_day_is_not_counted(app: Portolan, busy: Hosting) -> None:
    found = paused(app, busy, "closed")
    expect(found).to_be_visible()
    # A countdown would be there with the notice: both come of one answer.
    expect(found.locator(".timer")).to_have_count(0)
    expect(retry(app)).to_be_visible()


def test_the_countdown_is_announced_once(app: Portolan, busy: Hosting) -> None:
    said = Said(app)
    timer = paused(app, busy).locator(".timer")
    expect(notice(app, TITLE)).to_be_visible()
    said.wait_for(TITLE, 1)
    for _ in range(2):
        before = timer.inner_text()
        expect(timer).not_to_have_text(before)
    expect(app.announced).to_have_text(TITLE)
    assert said.count(TITLE) == 1
