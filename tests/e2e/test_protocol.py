"""The wall between the page and Python: what a commit may bring, what of it is dropped, what scripts may hold on to."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.hosting import Hosting
from tests.e2e.pages import Held, Tags, asked, home, move_on
from tests.e2e.portolan import Portolan

# A commit is applied in one task, so that all it changes comes to an observer at once.
WATCH = """() => {
  const seen = { rows: [], pages: [] };
  let asked = location.hash;
  const onHash = (event) => { asked = new URL(event.newURL).hash; };
  addEventListener("hashchange", onHash, true);
  const main = document.getElementById("main");
  const observer = new MutationObserver((records) => {
    const added = records.flatMap((one) => (one.target.matches?.("[data-chunk]") ? [...one.addedNodes] : []));
    if (added.length) seen.rows.push(added.length);
    if (records.some((one) => one.target === main && one.type === "attributes"))
      seen.pages.push([asked.replace(/^#\\/?/, ""), main.dataset.subject]);
  });
  const attributeFilter = ["data-subject", "data-state"];
  observer.observe(main, { subtree: true, childList: true, attributes: true, attributeFilter });
  globalThis.watched = () => { observer.disconnect(); removeEventListener("hashchange", onHash, true); return seen; };
}"""


def marks(app: Portolan) -> list[dict[str, Any]]:
    script = "performance.getEntriesByType('mark').map(({name, detail}) => ({name, nav: detail.nav}))"
    return list(app.page.evaluate(script))


@pytest.mark.parametrize(
    ("route", "view", "state"),
    [
        ("{host}", "registry", "shown"),
        ("{host}/sample/wasm", "repository", "shown"),
        ("{host}/sample/wasm:latest", "manifest", "shown"),
        ("{host}/sample/wasm:latest/-/raw", "raw", "shown"),
        ("{host}/sample/no-such", "repository", "failed"),
    ],
)
def test_main_says_what_page_it_is_and_how_far_it_came(
    app: Portolan, hosting: Hosting, route: str, view: str, state: str
) -> None:
    host = hosting.netloc("anonymous")
    app.open(route.format(host=host), state)
    expect(app.main).to_have_attribute("data-view", view)
    expect(app.main).to_have_attribute("data-subject", route.format(host=host).partition("/-/")[0])
    expect(app.main).to_have_attribute("data-problem", "not-found" if state == "failed" else "")


def test_main_of_the_first_page_is_idle_and_has_no_subject(app: Portolan) -> None:
    expect(app.main).to_have_attribute("data-view", "landing")
    expect(app.main).to_have_attribute("data-state", "idle")
    expect(app.main).to_have_attribute("data-subject", "")
    expect(app.main).to_have_attribute("data-problem", "")


def test_a_page_is_loading_until_something_was_read(app: Portolan, hosting: Hosting) -> None:
    held = Held(app.page, "/tags/list")
    try:
        app.goto(f"{hosting.netloc('anonymous')}/sample/wasm")
        app.page.locator('main[data-view="repository"][data-state="loading"]').wait_for()
        expect(app.heading).to_contain_text("sample/wasm")
    finally:
        held.stop()
        home(app)


def test_a_list_is_partial_while_more_is_to_come(app: Portolan, hosting: Hosting) -> None:
    held = Held(app.page, "_catalog.*last=")
    try:
        app.open(hosting.netloc("anonymous"), "partial")
        expect(app.page.locator("#count")).to_have_text("1,000 repositories so far, more are coming")
        expect(app.rows().first).to_be_visible()
        names = [one["name"] for one in marks(app)]  # set in the task that painted those rows
        assert names[-1] == "portolan:first-data"
    finally:
        held.stop()
        home(app)


def test_each_navigation_has_its_mark_once(app: Portolan, hosting: Hosting) -> None:
    app.page.evaluate("performance.clearMarks()")
    host = hosting.netloc("anonymous")
    app.open(f"{host}/sample/wasm")
    Tags(app).row("latest").locator(".digest").wait_for()
    app.open(f"{host}/sample/wasm:latest")
    found = [one for one in marks(app) if one["name"] == "portolan:shown"]
    assert len(found) == 2
    assert found[1]["nav"] == found[0]["nav"] + 1


def test_a_commit_brings_at_most_200_rows(app: Portolan, hosting: Hosting) -> None:
    app.page.evaluate(WATCH)
    host = hosting.netloc("anonymous")
    app.open(host)
    app.page.get_by_role("checkbox", name="Group by namespace").check()
    app.page.locator("details.group").first.wait_for()
    app.open(f"{host}/sample/many-tags")
    tags = Tags(app)
    for order in ("name", "-version"):
        tags.sort.select_option(order)
        expect(app.rows().first).to_contain_text({"name": "0.0.1", "-version": "latest"}[order])
    while app.rows().count() < 500:
        shown = app.rows().count()
        tags.scroll_to_end()
        expect(app.rows()).not_to_have_count(shown)
    app.open(f"{host}/sample/wasm")
    app.page.go_back()
    expect(app.rows().nth(shown)).to_be_attached()
    brought = app.page.evaluate("watched()")["rows"]
    assert max(brought) <= 200
    assert max(brought) > 100


def test_a_page_that_was_left_never_paints_over_a_newer_one(app: Portolan, hosting: Hosting) -> None:
    host = hosting.netloc("anonymous")
    names = ("many-tags", "harbour:latest", "wasm", "chart:0.4.0")
    pages = [host, *(f"{host}/sample/{name}" for name in names)]
    app.page.evaluate(WATCH)
    # Faster than Python answers, and then as fast as a browser lets go of one page for another.
    app.page.evaluate("(pages) => { for (const one of pages) location.hash = `#/${one}`; }", pages)
    app.arrive(pages[-1])
    for route in pages * 3:
        app.page.evaluate("(route) => { location.hash = `#/${route}`; }", route)
    app.arrive(pages[-1])
    seen = app.page.evaluate("watched()")["pages"]
    assert [(route, subject) for route, subject in seen if route != subject] == []
    assert seen[-1] == [pages[-1], pages[-1]]


def test_a_commit_that_comes_between_a_click_and_its_navigation_does_not_undo_it(
    app: Portolan, hosting: Hosting
) -> None:
    app.open(hosting.netloc("anonymous"))
    # The page stands still until Python has written the filter into the address: that commit is then handled
    # after the address has changed, and before the page is told so.
    app.page.evaluate("""() => {
      const field = document.getElementById("filter");
      field.value = "many";
      field.dispatchEvent(new Event("input", { bubbles: true }));
      setTimeout(() => {
        const end = performance.now() + 500;
        while (performance.now() < end);
        location.hash = "#/-/settings";
      });
    }""")
    app.page.locator('main[data-view="settings"]').wait_for()
    expect(app.page).to_have_url(f"{hosting.site}#/-/settings")


def test_requests_of_a_page_that_was_left_are_aborted(app: Portolan, hosting: Hosting) -> None:
    host = hosting.netloc("anonymous")
    held = Held(app.page, "sample/many-tags/tags/list")
    try:
        app.goto(f"{host}/sample/many-tags")
        held.wait_for(held.asked, 1)
        app.open(f"{host}/sample/wasm")
        held.wait_for(held.aborted, 1)
        assert held.aborted == held.asked  # one request: the next page of the list is asked for after the first
    finally:
        held.stop()


def test_a_page_that_hangs_can_be_left(app: Portolan, hosting: Hosting) -> None:
    app.goto(f"{hosting.netloc('hang')}/sample/wasm")
    app.page.locator('main[data-view="repository"][data-state="loading"]').wait_for()
    app.open(f"{hosting.netloc('anonymous')}/sample/wasm")
    app.page.get_by_role("link", name="Portolan").click()
    app.page.locator('main[data-view="landing"]').wait_for()


def test_nothing_is_asked_of_a_registry_before_it_is_opened(app: Portolan, hosting: Hosting) -> None:
    app.page.get_by_role("link", name="Settings").click()
    app.page.locator('main[data-view="settings"]').wait_for()
    home(app)
    move_on(app, hosting)
    elsewhere = [name for name in hosting.origins if name != "no-catalog"]
    assert [one for name in elsewhere for one in asked(hosting, name)] == []
    assert len(asked(hosting, "no-catalog")) == 1


def test_links_of_the_page_are_routes_or_lead_out_without_a_trace(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour:latest")
    script = "(all) => all.map((one) => [one.getAttribute('href'), one.rel, one.target])"
    for href, rel, target in app.page.locator("a").evaluate_all(script):
        if href == "#main":
            continue
        assert href.startswith("#/") or (rel, target) == ("noreferrer noopener", "_blank")


def test_ids_in_the_page_are_unique(app: Portolan, hosting: Hosting) -> None:
    for route in ("", "/sample/many-tags", "/sample/harbour:latest", "/sample/hostile:latest"):
        app.open(hosting.netloc("anonymous") + route)
        ids = app.page.locator("[id]").evaluate_all("(all) => all.map((one) => one.id)")
        assert sorted(ids) == sorted(set(ids))
