"""Moving about: back and forward, where one had scrolled to, deep links, reload, links in tabs of their own."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.hosting import Hosting
from tests.e2e.pages import Manifest, Sent, Tags, move_on, until
from tests.e2e.portolan import Portolan

MANY = "sample/many-tags"


@pytest.fixture
def newcomer(context: BrowserContext, hosting: Hosting) -> Iterator[Portolan]:
    """A tab of its own, in which nothing was started yet."""
    page = context.new_page()
    tab = Portolan(page, hosting.site, set(hosting.origins.values()))
    yield tab
    page.close()
    assert tab.complaints == []


def scrolled(page: Page) -> int:
    return int(page.evaluate("Math.round(scrollY)"))


def kept_position(page: Page, least: int) -> int:
    """How far the page is scrolled, once it is at least so far and the entry of the history knows it."""
    script = "[Math.round(scrollY), Math.round(history.state?.y)]"

    def is_kept() -> bool:
        now, kept = page.evaluate(script)
        return bool(now == kept and now >= least)

    until(page, is_kept, lambda: page.evaluate(script))
    return scrolled(page)


def wait_for_position(page: Page, position: int) -> None:
    """Until the page is scrolled so far; with every row that comes it is scrolled again."""
    until(page, lambda: abs(scrolled(page) - position) <= 2, lambda: scrolled(page))


def test_back_and_forward_go_through_the_pages(app: Portolan, hosting: Hosting) -> None:
    host = hosting.netloc("anonymous")
    app.open(f"{host}?filter=sample/wasm")
    app.rows().get_by_role("link").click()
    app.arrive(f"{host}/sample/wasm")
    Tags(app).row("latest").get_by_role("link", name="latest").click()
    app.arrive(f"{host}/sample/wasm:latest")
    app.page.go_back()
    app.arrive(f"{host}/sample/wasm")
    app.page.go_back()
    app.arrive(host)
    expect(app.page.locator("#filter")).to_have_value("sample/wasm")
    app.page.go_forward()
    app.arrive(f"{host}/sample/wasm")
    app.page.go_forward()
    app.arrive(f"{host}/sample/wasm:latest")


def test_what_was_typed_or_opened_on_a_page_stays_with_it(app: Portolan, hosting: Hosting) -> None:
    host = hosting.netloc("anonymous")
    app.open(f"{host}/sample/wasm")
    app.open(f"{host}/sample/chart")
    app.filter("0.4")
    expect(app.rows()).to_have_count(1)
    app.page.locator("main details.menu summary").click()
    app.page.locator("#omnibox").fill(f"{host}/sample/wasm")
    app.page.locator("#omnibox").press("Enter")
    app.arrive(f"{host}/sample/wasm")
    expect(app.rows()).to_have_count(2)
    expect(app.page.locator("#filter")).to_have_value("")
    expect(app.page.locator("main details.menu[open]")).to_have_count(0)
    app.page.go_back()
    app.arrive(f"{host}/sample/chart")
    expect(app.page.locator("#filter")).to_have_value("0.4")
    expect(app.rows()).to_have_count(1)


def test_back_shows_what_was_read_a_moment_ago_without_asking_again(app: Portolan, hosting: Hosting) -> None:
    host = hosting.netloc("anonymous")
    app.open(host)
    app.open(f"{host}/sample/wasm:latest")
    with Sent(app, hosting.origins["anonymous"]) as made:
        app.page.go_back()
        app.arrive(host)
        app.page.go_forward()
        app.arrive(f"{host}/sample/wasm:latest")
        move_on(app, hosting)
    assert made.urls == []


def test_back_returns_to_where_one_was_in_a_long_table(app: Portolan, hosting: Hosting) -> None:
    host = hosting.netloc("anonymous")
    app.open(f"{host}/{MANY}")
    tags = Tags(app)
    # Past the rows that are shown at first, so that the place is there only once more of them are.
    while app.rows().count() < 400:
        shown = app.rows().count()
        tags.scroll_to_end()
        expect(app.rows()).not_to_have_count(shown)
    name = tags.names()[360]
    tags.row(name).scroll_into_view_if_needed()
    expect(tags.row(name).locator(".digest")).to_be_visible()
    position = kept_position(app.page, 5000)
    tags.row(name).get_by_role("link", name=name, exact=True).click()
    app.arrive(f"{host}/{MANY}:{name}")
    assert scrolled(app.page) == 0  # at once: the page is scrolled before Python hears of the new address
    app.page.go_back()
    app.arrive(f"{host}/{MANY}")
    expect(tags.row(name)).to_be_in_viewport()
    wait_for_position(app.page, position)


def test_a_new_page_begins_at_its_top_and_forward_returns_to_where_one_was(app: Portolan, hosting: Hosting) -> None:
    host = hosting.netloc("anonymous")
    app.open(f"{host}/sample/wasm")
    app.open(f"{host}/sample/harbour:latest")
    app.page.evaluate("scrollTo(0, 700)")
    assert kept_position(app.page, 700) == 700
    app.page.go_back()
    app.arrive(f"{host}/sample/wasm")
    app.page.go_forward()
    app.arrive(f"{host}/sample/harbour:latest")
    expect(Manifest(app).layers.first).to_be_visible()
    wait_for_position(app.page, 700)


def test_a_page_that_is_there_at_once_begins_at_its_top(app: Portolan, hosting: Hosting) -> None:
    host = hosting.netloc("anonymous")
    app.open(host)
    app.open(f"{host}/{MANY}")
    app.page.evaluate("scrollTo(0, 3000)")
    kept_position(app.page, 2000)
    app.open(host)
    expect(app.rows().first).to_be_in_viewport()
    assert scrolled(app.page) == 0  # at once: the page is scrolled before Python hears of the new address


def test_the_heading_of_each_new_page_has_the_focus(app: Portolan, hosting: Hosting) -> None:
    host = hosting.netloc("anonymous")
    for route in (host, f"{host}/sample/wasm", f"{host}/sample/wasm:latest", f"{host}/sample/wasm:latest/-/raw"):
        app.open(route)
        expect(app.heading).to_be_focused()
    app.page.go_back()
    app.page.locator('main[data-view="manifest"]').wait_for()
    expect(app.heading).to_be_focused()


def test_title_and_announcement_follow_the_page(app: Portolan, hosting: Hosting) -> None:
    host = hosting.netloc("anonymous")
    for route, title, announced in (
        (host, f"{host} · Portolan", f"{host}: 1,500 repositories"),
        (f"{host}/sample/wasm", "sample/wasm · Portolan", "sample/wasm: 2 tags"),
        (f"{host}/sample/wasm:latest", "sample/wasm:latest · Portolan", "sample/wasm:latest: wasm, 1 layer"),
    ):
        app.open(route)
        expect(app.page).to_have_title(title)
        expect(app.announced).to_have_text(announced)


def test_the_breadcrumb_leads_upwards(app: Portolan, hosting: Hosting) -> None:
    host = hosting.netloc("anonymous")
    app.open(f"{host}/sample/wasm:latest")
    crumbs = app.page.get_by_role("navigation", name="Breadcrumb")
    expect(crumbs.get_by_role("listitem")).to_have_text([host, "sample", "wasm", "latest"])
    expect(crumbs.locator("[aria-current='page']")).to_have_text("latest")
    crumbs.get_by_role("link", name="wasm").click()
    app.arrive(f"{host}/sample/wasm")
    crumbs.get_by_role("link", name="sample").click()
    app.arrive(host)
    expect(app.page.locator("#filter")).to_have_value("sample/")


def test_a_deep_link_opens_its_page(newcomer: Portolan, hosting: Hosting) -> None:
    host = hosting.netloc("anonymous")
    newcomer.goto(f"{host}/sample/harbour:latest?platform=linux/arm/v7")
    newcomer.arrive(f"{host}/sample/harbour:latest")
    expect(Manifest(newcomer).setting("Platform")).to_have_text("linux/arm/v7")
    # Nobody clicked: the focus stays where a page begins.
    expect(newcomer.page.locator("body")).to_be_focused()


def test_a_reload_shows_the_same_page_at_the_same_place(newcomer: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('anonymous')}/sample/harbour:latest"
    newcomer.open(route)
    newcomer.page.evaluate("scrollTo(0, 700)")
    assert kept_position(newcomer.page, 700) == 700
    newcomer.page.reload()
    newcomer.booted()
    newcomer.arrive(route)
    expect(Manifest(newcomer).layers.first).to_be_visible()
    wait_for_position(newcomer.page, 700)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("http://{host}/sample/wasm", "{host}/sample/wasm"),
        ("{host}/sample/wasm/", "{host}/sample/wasm"),
        ("{host}/", "{host}"),
    ],
)
def test_an_address_is_rewritten_to_its_one_form(app: Portolan, hosting: Hosting, written: str, canonical: str) -> None:
    host = hosting.netloc("anonymous")
    app.goto(written.format(host=host))
    app.arrive(canonical.format(host=host))
    expect(app.page).to_have_url(f"{hosting.site}#/{canonical.format(host=host)}")
    # The form as written has no entry of its own.
    app.page.go_back()
    app.page.locator('main[data-view="landing"]').wait_for()


def test_a_mistyped_address_stays_to_be_mended(app: Portolan, hosting: Hosting) -> None:
    app.goto("ghcr.io/Org/app")
    expect(app.main.get_by_role("heading", name="This address cannot be read")).to_be_visible()
    expect(app.page.locator(".refcheck mark")).to_have_text("O")
    expect(app.page).to_have_url(f"{hosting.site}#/ghcr.io/Org/app")


def test_a_view_of_a_later_version_is_said_to_be_missing(app: Portolan, hosting: Hosting) -> None:
    app.goto(f"{hosting.netloc('anonymous')}/sample/wasm:latest/-/where")
    expect(app.heading).to_have_text("This version has no such page")
    app.main.get_by_role("link", name="The repository").click()
    app.arrive(f"{hosting.netloc('anonymous')}/sample/wasm")


def test_a_view_that_never_was_is_a_mistake_in_the_address(app: Portolan, hosting: Hosting) -> None:
    app.goto(f"{hosting.netloc('anonymous')}/sample/wasm:latest/-/crystal-ball")
    expect(app.heading).to_have_text("This address cannot be read")
    expect(app.page.locator("#reference-error")).to_contain_text("There is no such view.")


def test_a_middle_click_opens_the_page_in_a_tab_of_its_own(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/wasm")
    with app.page.context.expect_page() as opening:
        Tags(app).row("latest").get_by_role("link", name="latest").click(button="middle")
    other = opening.value
    expect(other).to_have_url(f"{hosting.site}#/{hosting.netloc('anonymous')}/sample/wasm:latest")
    other.close()
    expect(app.main).to_have_attribute("data-view", "repository")


def test_the_link_past_the_header_keeps_the_page_and_its_address(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/wasm")
    skip = app.page.get_by_role("link", name="Skip to content")
    skip.focus()
    skip.press("Enter")
    expect(app.main).to_be_focused()
    expect(app.page).to_have_url(re.compile("/sample/wasm$"))
    expect(app.main).to_have_attribute("data-view", "repository")
