"""What a page says when a registry fails, and what stays of it."""

import re
import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.forms import SAILOR, SignIn, notice, problem, retry, signed_in
from tests.e2e.hosting import Hosting
from tests.e2e.pages import Held, move_on
from tests.e2e.portolan import Portolan


def fail(app: Portolan, route: str, kind: str) -> None:
    """Open a page of which nothing can be shown."""
    app.goto(route)
    problem(app, route, "failed", kind)


def test_a_registry_without_a_list_says_so_and_opens_repositories_by_name(app: Portolan, hosting: Hosting) -> None:
    fail(app, hosting.netloc("no-catalog"), "unsupported")
    expect(notice(app, "This registry does not offer a list")).to_contain_text("not about your rights")
    app.page.get_by_label("Open a repository by name").fill("sample/harbour")
    app.page.get_by_label("Open a repository by name").press("Enter")
    app.arrive(f"{hosting.netloc('no-catalog')}/sample/harbour")


def test_a_list_denied_to_a_user_is_told_apart(app: Portolan, hosting: Hosting) -> None:
    signed_in(app, f"{hosting.netloc('catalog-denied')}/sample/harbour")
    fail(app, hosting.netloc("catalog-denied"), "denied")
    expect(notice(app, "sailor may not list this registry")).to_contain_text("still open by name")
    expect(app.page.get_by_label("Open a repository by name")).to_be_visible()


def test_a_list_denied_to_everyone_is_told(app: Portolan, hosting: Hosting) -> None:
    fail(app, hosting.netloc("catalog-forbidden"), "denied")
    told = notice(app, "The list is not open to everyone")
    expect(told).to_contain_text("403 DENIED")
    expect(told).to_contain_text(f"GET {hosting.origins['catalog-forbidden']}/v2/_catalog")
    expect(app.page.get_by_label("Open a repository by name")).to_be_visible()


@pytest.mark.parametrize("path", ["", "/sample/harbour", "/private/logbook:latest"])
def test_a_challenge_that_the_browser_hides_is_told(app: Portolan, hosting: Hosting, path: str) -> None:
    fail(app, f"{hosting.netloc('hidden')}{path}", "hidden")
    told = notice(app, "The registry wants a sign-in, and the browser hides how")
    expect(told).to_contain_text("Access-Control-Expose-Headers: WWW-Authenticate")
    expect(told).to_contain_text(f"GET {hosting.origins['hidden']}/v2/")
    expect(SignIn(app).form).to_have_count(0)


@pytest.mark.parametrize("path", ["", "/sample/harbour", "/sample/harbour:latest"])
def test_a_registry_without_cors_is_unreachable_and_the_reason_is_named(
    app: Portolan, hosting: Hosting, path: str
) -> None:
    fail(app, f"{hosting.netloc('no-cors')}{path}", "unreachable")
    told = notice(app, f"No answer from {hosting.netloc('no-cors')}")
    expect(told).to_contain_text(f"GET {hosting.origins['no-cors']}/v2/")
    expect(told.locator("ol li").first).to_contain_text("sends no CORS headers")
    expect(told.get_by_role("link")).to_have_attribute("href", f"{hosting.origins['no-cors']}/v2/")
    expect(retry(app)).to_be_visible()


def test_errors_without_cors_are_unreachable(app: Portolan, hosting: Hosting) -> None:
    fail(app, f"{hosting.netloc('no-cors-on-errors')}/sample/harbour", "unreachable")
    expect(notice(app, re.compile("^No answer from"))).to_contain_text("CORS")


def test_a_preflight_that_wants_a_sign_in_is_unreachable_and_keeps_the_form_away(
    app: Portolan, hosting: Hosting
) -> None:
    route = f"{hosting.netloc('preflight')}/sample/harbour"
    app.open(route, "login")
    SignIn(app).give(SAILOR)
    problem(app, route, "failed", "unreachable")
    expect(notice(app, re.compile("^No answer from"))).to_contain_text("CORS")
    expect(SignIn(app).form).to_have_count(0)


def test_a_refused_connection_is_unreachable(app: Portolan) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
        app.allowed |= {f"http://{host}", f"https://{host}"}  # the doctor looks whether the other scheme answers
        # Taken, so that nobody else gets it meanwhile, and not listened at.
        fail(app, f"{host}/sample/harbour", "unreachable")
        expect(notice(app, f"No answer from {host}")).to_contain_text("Nothing listens at that address")


@pytest.mark.parametrize("path", ["", "/sample/harbour", "/sample/harbour:latest", "/sample/harbour:latest/-/raw"])
def test_a_registry_that_asks_for_a_pause_says_how_long(app: Portolan, hosting: Hosting, path: str) -> None:
    fail(app, f"{hosting.netloc('rate-limited')}{path}", "rate-limited")
    told = notice(app, "The registry asks for a pause")
    expect(told).to_contain_text("60 seconds")
    expect(told).to_contain_text("429 TOOMANYREQUESTS")


@pytest.mark.parametrize("path", ["", "/sample/harbour", "/sample/harbour:latest"])
def test_a_page_for_people_is_no_answer_of_a_registry(app: Portolan, hosting: Hosting, path: str) -> None:
    fail(app, f"{hosting.netloc('html-error')}{path}", "bad-answer")
    expect(app.page.locator(".notice")).to_contain_text("502")
    expect(app.page.locator("main")).not_to_contain_text("Bad Gateway")


def test_an_error_of_the_server_is_told_with_its_code(app: Portolan, hosting: Hosting) -> None:
    fail(app, f"{hosting.netloc('server-error')}/sample/harbour", "bad-answer")
    told = notice(app, f"{hosting.netloc('server-error')} failed to answer")
    expect(told).to_contain_text("500 UNKNOWN")
    expect(told).to_contain_text(f"GET {hosting.origins['server-error']}/v2/sample/harbour/tags/list")


def test_a_failure_is_announced(app: Portolan, hosting: Hosting) -> None:
    fail(app, f"{hosting.netloc('server-error')}/sample/harbour", "bad-answer")
    expect(app.announced).to_have_text(f"{hosting.netloc('server-error')} failed to answer")


def test_retry_shows_the_page_once_the_registry_answers(app: Portolan, hosting: Hosting) -> None:
    hosting.break_anew("once-broken")
    fail(app, f"{hosting.netloc('once-broken')}/sample/harbour", "bad-answer")
    retry(app).focus()
    app.page.keyboard.press("Enter")
    app.arrive(f"{hosting.netloc('once-broken')}/sample/harbour")
    expect(app.main).to_have_attribute("data-problem", "")
    expect(app.page.locator(".notice")).to_have_count(0)
    expect(app.rows().first).to_be_visible()


def test_retry_keeps_the_focus_in_the_page(app: Portolan, hosting: Hosting) -> None:
    hosting.break_anew("once-broken")
    fail(app, f"{hosting.netloc('once-broken')}/sample/harbour", "bad-answer")
    retry(app).focus()
    app.page.keyboard.press("Enter")
    app.arrive(f"{hosting.netloc('once-broken')}/sample/harbour")
    expect(app.page.locator("main *:focus, main:focus")).to_have_count(1)


def test_a_retry_that_fails_keeps_its_button_and_its_focus(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('server-error')}/sample/harbour"
    fail(app, route, "bad-answer")
    retry(app).focus()
    held = Held(app.page, "/tags/list")
    try:
        app.page.keyboard.press("Enter")
        held.wait_for(held.asked, 1)
        # The failure of before is gone, so that the one below is of this try.
        app.arrive(route, "loading")
    finally:
        held.let_go()
    problem(app, route, "failed", "bad-answer")
    expect(app.page.locator("main *:focus, main:focus")).to_have_count(1)
    expect(retry(app)).to_be_visible()


def test_a_blob_that_breaks_off_is_not_shown(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('truncated')}/sample/chart")
    tag = app.page.locator("a.tag").first.inner_text()
    app.open(f"{hosting.netloc('truncated')}/sample/chart:{tag}/-/raw")
    app.page.locator('main a[href*="/-/blob/"]').first.click()
    app.page.locator('main[data-view="blob"][data-state="failed"][data-problem="unreachable"]').wait_for(timeout=30_000)
    told = notice(app, f"The answer of {hosting.netloc('truncated')} broke off")
    expect(told).to_contain_text(f"GET {hosting.origins['truncated']}/v2/sample/chart/blobs/")
    expect(app.command("download")).to_have_count(0)


def test_an_image_whose_config_breaks_off_is_shown_without_it(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('truncated')}/sample/many-tags:latest"
    app.goto(route)
    app.page.locator(f'main[data-subject="{route}"]').get_by_text("Layers").first.wait_for(timeout=30_000)
    expect(notice(app, re.compile("broke off"))).to_be_visible(timeout=30_000)


def test_wrong_bytes_are_said_loudly_and_not_shown(app: Portolan, hosting: Hosting) -> None:
    fail(app, f"{hosting.netloc('wrong-digest')}/sample/harbour:latest", "bad-digest")
    alarm = app.page.get_by_role("alert")
    expect(alarm).to_contain_text("These bytes are not what their digest says")
    expect(alarm).to_contain_text("Expected")
    expect(alarm).to_contain_text("Received")
    expect(app.page.locator("main")).not_to_contain_text("verified")
    expect(app.page.locator("main")).not_to_contain_text("linux/amd64")


def test_a_next_page_that_is_the_same_page_ends_the_list(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('loop-link')}/sample/harbour"
    app.goto(route)
    app.arrive(route)
    expect(app.rows().first).to_be_visible()
    lists = [one for one in hosting.requests("loop-link") if "/tags/list" in one["path"]]
    assert len(lists) <= 2


def test_a_next_page_at_another_origin_is_not_followed(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('foreign-link')}/sample/harbour"
    app.goto(route)
    app.arrive(route, "partial")
    expect(app.rows().first).to_be_visible()
    expect(app.main).to_contain_text("This list may not be complete")
    move_on(app, hosting)
    assert hosting.requests("storage") == []


def test_leaving_a_page_that_hangs_aborts_its_requests(app: Portolan, hosting: Hosting) -> None:
    app.goto(f"{hosting.netloc('hang')}/sample/harbour")
    app.page.locator(f'main[data-subject="{hosting.netloc("hang")}/sample/harbour"][data-state="loading"]').wait_for()
    with app.page.expect_event("requestfailed", lambda one: one.url.startswith(hosting.origins["hang"])) as ended:
        app.goto(f"{hosting.netloc('anonymous')}/sample/harbour")
    assert "ABORTED" in (ended.value.failure or "")
    app.arrive(f"{hosting.netloc('anonymous')}/sample/harbour")


def test_a_page_that_waits_is_alive(app: Portolan, hosting: Hosting) -> None:
    app.goto(f"{hosting.netloc('hang')}/sample/harbour")
    app.page.locator(f'main[data-subject="{hosting.netloc("hang")}/sample/harbour"][data-state="loading"]').wait_for()
    app.page.get_by_role("link", name="Settings").click()
    app.page.locator('main[data-view="settings"]').wait_for()


def test_rows_that_cannot_be_filled_in_say_so_and_the_list_stays(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('manifests-fail')}/sample/harbour")
    expect(app.rows().first).to_contain_text("not readable", timeout=30_000)
    expect(app.page.locator("a.tag", has_text="latest").first).to_be_visible()
    expect(app.main).to_have_attribute("data-problem", "")


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/sample/nowhere", "No repository sample/nowhere here"),
        ("/sample/harbour:never", "No tag never in sample/harbour"),
        ("/sample/harbour:never/-/raw", "No tag never in sample/harbour"),
        (f"/sample/harbour@sha256:{'0' * 64}", f"No manifest sha256:{'0' * 64} in sample/harbour"),
    ],
)
def test_what_is_not_there_is_named(app: Portolan, hosting: Hosting, path: str, title: str) -> None:
    fail(app, f"{hosting.netloc('anonymous')}{path}", "not-found")
    expect(notice(app, title)).to_be_visible()
    expect(notice(app, title)).to_contain_text("404")


def test_a_blob_that_is_not_there_is_named(app: Portolan, hosting: Hosting) -> None:
    app.goto(f"{hosting.netloc('anonymous')}/sample/harbour/-/blob/sha256:{'0' * 64}")
    app.page.locator('main[data-view="blob"][data-state="failed"][data-problem="not-found"]').wait_for(timeout=30_000)
    expect(notice(app, "The blob is not there")).to_be_visible()


def test_an_address_that_cannot_be_read_is_marked_at_its_character(app: Portolan) -> None:
    app.goto("ghcr.io/team/App:1.0")
    app.page.locator('main[data-state="failed"][data-problem="bad-input"]').wait_for()
    expect(app.heading).to_have_text("This address cannot be read")
    expect(app.page.locator("mark.offend")).to_have_text("A")
    expect(app.page.locator(".refcheck")).to_contain_text("ghcr.io/team/App:1.0")


def test_a_view_that_does_not_exist_is_told(app: Portolan, hosting: Hosting) -> None:
    app.goto(f"{hosting.netloc('anonymous')}/sample/harbour/-/periscope")
    app.page.locator('main[data-state="failed"]').wait_for()
    expect(app.heading).to_be_visible()
    expect(app.page.get_by_role("link", name="Start page")).to_be_visible()


def test_what_was_typed_wrong_is_marked_on_the_first_page(app: Portolan) -> None:
    app.page.goto(f"{app.site}#/")
    app.search("ghcr.io/team/App")
    app.page.locator('main[data-view="landing"][data-problem="bad-input"]').wait_for()
    expect(app.page.locator("mark.offend")).to_have_text("A")
    expect(app.page.locator("#reference")).to_have_attribute("aria-invalid", "true")
    expect(app.page.locator("#reference")).to_have_value("ghcr.io/team/App")
    expect(app.page.locator("#reference")).to_be_focused()


SECOND_PAGE = re.compile(r"/tags/list\?.*last=")


@pytest.fixture
def torn(app: Portolan, hosting: Hosting) -> Iterator[str]:
    """A list of tags of which the second page did not come; now it would."""
    app.page.route(SECOND_PAGE, lambda route: route.abort("connectionfailed"))
    route = f"{hosting.netloc('anonymous')}/sample/many-tags"
    app.goto(route)
    problem(app, route, "partial", "unreachable")
    app.page.unroute(SECOND_PAGE)
    yield route
    app.page.unroute_all()


def test_what_came_of_a_list_stays_when_the_rest_fails(app: Portolan, torn: str) -> None:
    expect(app.page.locator("#count")).to_contain_text("1,000 tags so far")
    expect(app.rows().first).to_be_visible()
    expect(notice(app, re.compile("^No answer from"))).to_contain_text("last=")


def test_what_came_of_a_list_stays_when_a_retry_fails(app: Portolan, torn: str) -> None:
    hidden = app.page.locator("a.tag").first
    held = Held(app.page, SECOND_PAGE.pattern)
    try:
        retry(app).click()
        held.wait_for(held.asked, 1)
        # The failure of before is gone, so that the one below is of this try.
        expect(app.main).to_have_attribute("data-problem", "")
    finally:
        held.stop()
    problem(app, torn, "partial", "unreachable")
    expect(app.page.locator("#count")).to_contain_text("1,000 tags so far")
    expect(hidden).to_be_visible()


def test_retry_goes_on_where_a_list_broke_off(app: Portolan, hosting: Hosting, torn: str) -> None:
    hosting.forget()
    retry(app).click()
    app.arrive(torn)
    expect(app.page.locator("#count")).to_have_text("1,200 tags")
    lists = [one["path"] for one in hosting.requests("anonymous") if "/tags/list" in one["path"]]
    assert len(lists) == 1
    assert "last=" in lists[0]


def test_failures_of_requests_are_no_words_in_the_console(app: Portolan, hosting: Hosting) -> None:
    fail(app, f"{hosting.netloc('no-cors')}/sample/harbour", "unreachable")
    move_on(app, hosting)  # what the console has to say of it has come by then
    assert app.complaints == []
