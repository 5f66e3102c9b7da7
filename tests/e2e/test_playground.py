"""The playground's pages: the list, one scenario side by side, its fix, and what is recorded for other hosts."""

import re

from playwright.sync_api import expect

from tests.e2e.axe import findings
from tests.e2e.hosting import Hosting
from tests.e2e.portolan import Portolan
from tests.e2e.staging import SCENARIOS, Playground, play, seat, stage
from tests.e2e.test_phone import SIDEWAYS, SMALL
from tools.stage import Stage

__all__ = ["play", "seat", "stage"]


def test_the_first_page_leads_to_the_list_and_the_list_to_a_scenario(play: Playground) -> None:
    play.app.goto("-/settings")
    play.app.page.goto(f"{play.app.site}#/")
    play.page.get_by_role("main").get_by_role("link", name="CORS playground").click()
    expect(play.app.heading).to_have_text("CORS playground")
    expect(play.page.locator(".scenarios > li")).to_have_count(len(SCENARIOS))
    expect(play.page.get_by_role("main")).to_contain_text("each an origin of its own on this machine")
    play.page.get_by_role("link", name="The digest is hidden").click()
    play.arrive("hidden-digest")
    expect(play.page).to_have_url(re.compile(r"#/-/playground/hidden-digest$"))
    expect(play.page).to_have_title(re.compile("^The digest is hidden"))


def test_what_the_server_sent_stands_beside_what_the_page_saw(play: Playground, stage: Stage) -> None:
    play.open("no-allow-origin")
    step = play.step("May a page read it?").first
    server, page = step.locator(".split > *").all()
    expect(server.locator(".request")).to_have_text(re.compile(r"200\s*GET\s*/v2/"))
    expect(server).to_contain_text(f"Origin: {stage.site.rstrip('/')}")
    expect(server.locator(".is-key")).to_have_text("Access-Control-Allow-Origin: not sent")
    expect(page).to_contain_text("a network error, without a reason")
    expect(play.page.get_by_role("link", name="Fetch, “CORS check”")).to_have_attribute(
        "href", "https://fetch.spec.whatwg.org/#concept-cors-check"
    )
    expect(play.verdict).to_contain_text("it does not let this page read its answers")
    expect(play.page.locator("#fix-words")).to_contain_text("Send Access-Control-Allow-Origin on every answer")


def test_a_preflight_that_no_page_ever_sees_is_there(play: Playground) -> None:
    play.open("lacks-authorization")
    server = play.step("May a page sign in?").locator(".split > *").first
    expect(server).to_contain_text("preflight")
    expect(server).to_contain_text("Access-Control-Request-Headers: authorization")
    expect(server.locator(".is-key")).to_contain_text("Access-Control-Allow-Headers: Accept, Range")
    expect(server.locator(".request")).to_have_count(1)


def test_a_header_that_is_kept_from_the_page_is_named(play: Playground) -> None:
    play.open("hidden-content-range")
    page = play.step("Does the page see Content-Range?").locator(".split > *").nth(1)
    expect(page).to_contain_text("Kept from the page:")
    expect(page).to_contain_text("Content-Range")
    play.switch.click()
    play.arrive("hidden-content-range", fixed=True)
    expect(page.locator(".headers")).to_contain_text("Content-Range: bytes 0-9/41")


def test_the_fix_is_turned_on_and_off_and_the_registry_can_then_be_read(play: Playground) -> None:
    play.open("storage-pinned")
    expect(play.switch).not_to_be_checked()
    play.switch.click()
    play.arrive("storage-pinned", fixed=True)
    expect(play.switch).to_be_checked()
    expect(play.switch).to_be_focused()
    expect(play.verdict).to_contain_text("This page can read the registry.")
    expect(play.app.announced).to_have_text(re.compile("^The storage allows this page by name: "))
    play.switch.click()
    play.arrive("storage-pinned")
    expect(play.switch).not_to_be_checked()
    expect(play.verdict).to_contain_text("blob-redirect-without-cors")


def test_a_registry_with_its_fix_can_be_opened(play: Playground, stage: Stage) -> None:
    play.open("no-allow-origin")
    play.switch.click()
    play.arrive("no-allow-origin", fixed=True)
    play.page.get_by_role("link", name="Open this registry").click()
    play.app.arrive(stage.origins["no-allow-origin"].partition("//")[2])
    play.page.go_back()
    play.arrive("no-allow-origin")


def test_one_goes_from_scenario_to_scenario(play: Playground) -> None:
    play.open("no-allow-origin")
    play.page.get_by_role("link", name="Next").click()
    play.arrive("other-origin")
    expect(play.app.heading).to_be_focused()
    play.page.get_by_role("link", name="Previous").click()
    play.arrive("no-allow-origin")
    play.page.go_back()
    play.arrive("other-origin")


def test_a_closed_port_is_run_again_by_hand(play: Playground) -> None:
    play.open("closed-port")
    expect(play.step("May a page read it?").first).to_contain_text("It logged nothing: no request arrived.")
    play.page.get_by_role("button", name="Run again").click()
    play.arrive("closed-port")
    expect(play.verdict).to_contain_text("Verdict: unreachable")


def test_it_works_by_the_keyboard_alone(play: Playground) -> None:
    play.list()
    play.page.get_by_role("link", name="No Access-Control-Allow-Origin", exact=True).focus()
    play.page.keyboard.press("Enter")
    play.arrive("no-allow-origin")
    play.switch.focus()
    play.page.keyboard.press("Space")
    play.arrive("no-allow-origin", fixed=True)
    expect(play.switch).to_be_focused()
    first = play.steps.first
    expect(first).to_have_attribute("open", "")
    first.locator("summary").focus()
    play.page.keyboard.press("Enter")
    expect(first).not_to_have_attribute("open", "")


def test_what_is_only_explained_asks_nothing(play: Playground) -> None:
    play.app.goto("-/playground/mixed-content")
    play.arrive("mixed-content")
    expect(play.page.get_by_role("main")).to_contain_text("explained only")
    expect(play.verdict).to_contain_text("A page that came by https may not ask for plain http.")
    expect(play.switch).to_have_count(0)


def test_a_name_that_is_no_scenario_leads_to_the_list(play: Playground) -> None:
    play.app.goto("-/playground/sirens")
    expect(play.page.get_by_role("heading", name="There is no such scenario")).to_be_visible()
    expect(play.page.locator(".scenarios > li")).to_have_count(len(SCENARIOS))


def test_a_copied_exchange_has_both_sides_and_no_secret(play: Playground) -> None:
    play.open("only-on-success")
    play.page.get_by_role("button", name="Copy this exchange").click()
    copied = play.page.evaluate("navigator.clipboard.readText()")
    assert '"answered"' in copied
    assert '"visible"' in copied
    assert "c2FpbG9yOmhhcmJvdXI" not in copied


def test_on_a_static_host_the_recorded_exchange_is_shown_and_said_to_be(app: Portolan, hosting: Hosting) -> None:
    recorded = Playground(app)
    recorded.list()
    expect(app.page.get_by_role("heading", name="Recorded, not live")).to_be_visible()
    recorded.open("lacks-authorization")
    expect(app.page.get_by_role("heading", name="This exchange was recorded")).to_be_visible()
    expect(recorded.verdict).to_contain_text("allow-headers-lacks-authorization")
    server = recorded.step("May a page sign in?").locator(".split > *").first
    expect(server.locator(".is-key")).to_contain_text("Access-Control-Allow-Headers: Accept, Range")
    recorded.switch.click()
    recorded.arrive("lacks-authorization", fixed=True)
    expect(app.main).to_have_attribute("data-verdict", "ok")
    expect(app.page.get_by_role("button", name="Run again")).to_have_count(0)
    assert not any(hosting.requests(name) for name in ("anonymous", "basic", "bearer"))


def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(play: Playground) -> None:
    play.open("storage-without-cors")
    play.steps.evaluate_all("(all) => { for (const one of all) one.open = true; }")
    assert findings(play.page) == []
    for width in (375, 320):
        play.page.set_viewport_size({"width": width, "height": 720})
        assert play.page.evaluate(SIDEWAYS) == [], f"at {width} px"
        assert play.page.evaluate(SMALL) == [], f"at {width} px"
