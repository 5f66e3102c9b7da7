"""A registry's page: 1,500 repositories, filtered, grouped, opened by name."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.hosting import Hosting
from tests.e2e.pages import Catalog, asked, expect_texts
from tests.e2e.portolan import Portolan

REPOSITORIES = 1500


def opened(app: Portolan, hosting: Hosting, query: str = "") -> Catalog:
    app.open(hosting.netloc("anonymous") + query)
    return Catalog(app)


def test_the_catalog_says_how_many_repositories_there_are(app: Portolan, hosting: Hosting) -> None:
    catalog = opened(app, hosting)
    expect(catalog.count).to_have_text("1,500 repositories")
    expect(app.heading).to_have_text(hosting.netloc("anonymous"))


def test_the_catalog_is_read_by_its_links_to_the_last_page_and_no_preflight(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting)
    requests = asked(hosting)
    assert len(requests) == 2
    assert all(one.startswith("GET /v2/_catalog?") for one in requests)


def test_every_repository_can_be_reached_by_scrolling(app: Portolan, hosting: Hosting) -> None:
    catalog = opened(app, hosting)
    shown = app.rows().count()
    assert shown < REPOSITORIES
    while shown < REPOSITORIES:
        catalog.scroll_to_end()
        expect(app.rows()).not_to_have_count(shown)
        shown = app.rows().count()
    names = catalog.names()  # the page has as many rows already, of which none changes any more
    assert len(set(names)) == REPOSITORIES
    assert names == sorted(names)
    expect(app.command("more")).to_have_count(0)


def test_more_repositories_can_be_asked_for_by_a_button(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting)
    shown = app.rows().count()
    # Not a real click: that would scroll to the button, and scrolling brings more rows by itself.
    app.command("more").dispatch_event("click")
    expect(app.rows()).to_have_count(shown + 100)


def test_a_filter_narrows_the_list_as_one_types(app: Portolan, hosting: Hosting) -> None:
    catalog = opened(app, hosting)
    catalog.filter.press_sequentially("many")
    expect(catalog.count).to_have_text("1 of 1,500 repositories")
    expect(app.rows()).to_have_text(["sample/many-tags"])
    catalog.filter.press("Backspace")
    catalog.filter.press("Backspace")
    catalog.filter.press("Backspace")
    expect(app.rows().nth(1)).to_be_visible()


def test_a_filter_matches_words_in_any_order_and_any_case(app: Portolan, hosting: Hosting) -> None:
    catalog = opened(app, hosting)
    app.filter("TAGS sample")
    expect(app.rows()).to_have_text(["sample/many-tags"])
    expect(catalog.filter).to_be_focused()


def test_a_filter_is_in_the_address_and_back_does_not_step_through_its_letters(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/base")
    catalog = opened(app, hosting)
    length = app.page.evaluate("history.length")
    catalog.filter.press_sequentially("harbour")
    expect(app.page).to_have_url(re.compile(r"\?filter=harbour$"))
    assert app.page.evaluate("history.length") == length
    app.page.go_back()
    app.arrive(f"{hosting.netloc('anonymous')}/sample/base")


def test_an_address_with_a_filter_opens_the_list_filtered(app: Portolan, hosting: Hosting) -> None:
    catalog = opened(app, hosting, "?filter=many-tags")
    expect(app.rows()).to_have_text(["sample/many-tags"])
    expect(catalog.filter).to_have_value("many-tags")


def test_a_filter_that_nothing_matches_says_so_and_can_be_cleared(app: Portolan, hosting: Hosting) -> None:
    catalog = opened(app, hosting)
    app.filter("no-such-thing")
    expect(app.main.get_by_role("heading", name="No repository matches “no-such-thing”")).to_be_visible()
    expect(catalog.count).to_have_text("0 of 1,500 repositories")
    expect(app.rows()).to_have_count(0)
    app.filter("")
    expect(catalog.count).to_have_text("1,500 repositories")
    expect(app.rows().first).to_be_visible()
    expect(app.page).to_have_url(re.compile(r"^[^?]*$"))


def test_slash_jumps_to_the_filter(app: Portolan, hosting: Hosting) -> None:
    catalog = opened(app, hosting)
    app.page.keyboard.press("/")
    expect(catalog.filter).to_be_focused()
    expect(catalog.filter).to_have_value("")


def summary_of(group: Locator) -> Locator:
    return group.locator("summary")


def test_repositories_are_grouped_by_namespace_when_asked(app: Portolan, hosting: Hosting) -> None:
    catalog = opened(app, hosting)
    catalog.group.check()
    expect(app.page).to_have_url(re.compile(r"\?group=namespace$"))
    expect(summary_of(catalog.group_of("sample/"))).to_contain_text("17 repositories")
    expect(catalog.group_of("sample/").get_by_role("link", name="many-tags")).to_be_visible()
    expect(catalog.group_of("no namespace").get_by_role("link")).to_have_text(["o"])
    catalog.group.uncheck()
    expect(catalog.groups).to_have_count(0)
    expect(app.rows().first).to_be_visible()


def test_a_large_group_leads_to_all_of_it(app: Portolan, hosting: Hosting) -> None:
    catalog = opened(app, hosting, "?group=namespace")
    catalog.group_of("fleet/").get_by_role("link", name="Show 1,").click()
    expect(app.page).to_have_url(re.compile(r"\?filter=fleet(/|%2F)$"))
    expect(catalog.count).to_contain_text("of 1,500 repositories")
    expect_texts(catalog.links, lambda names: {name.partition("/")[0] for name in names} == {"fleet"})


def test_a_closed_group_stays_closed_when_the_page_changes(app: Portolan, hosting: Hosting) -> None:
    catalog = opened(app, hosting, "?group=namespace")
    summary_of(catalog.group_of("sample/")).click()
    link = catalog.group_of("sample/").get_by_role("link", name="many-tags")
    expect(link).to_be_hidden()
    app.page.locator("#omnibox").fill("sam")
    expect(app.page.locator("#suggestions option").first).to_have_attribute("value", re.compile("sample"))
    expect(link).to_be_hidden()


def test_a_repository_of_the_list_opens_by_its_link(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting, "?filter=sample/wasm")
    app.rows().get_by_role("link", name="sample/wasm").click()
    app.arrive(f"{hosting.netloc('anonymous')}/sample/wasm")
    expect(app.heading).to_be_focused()


def test_a_repository_opens_by_its_name(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting).open_by_name("sample/chart")
    app.arrive(f"{hosting.netloc('anonymous')}/sample/chart")
    app.page.go_back()
    app.arrive(hosting.netloc("anonymous"))


def test_a_tag_opens_by_its_name(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting).open_by_name("sample/chart:0.4.0")
    app.arrive(f"{hosting.netloc('anonymous')}/sample/chart:0.4.0")


def test_a_name_that_cannot_be_is_marked(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting).open_by_name("sample/Chart")
    expect(app.page.locator(".refcheck mark")).to_have_text("C")
    expect(app.page.locator("#reference-error")).to_contain_text("lower", ignore_case=True)


def test_what_loaded_is_announced_and_stands_in_the_title(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting)
    host = hosting.netloc("anonymous")
    expect(app.announced).to_have_text(f"{host}: 1,500 repositories")
    expect(app.page).to_have_title(f"{host} · Portolan")
    expect(app.heading).to_be_focused()
