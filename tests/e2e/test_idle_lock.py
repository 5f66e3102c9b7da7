"""The lock: after a while without a hand on the page, the tab forgets who one is everywhere."""

from playwright.sync_api import expect

from tests.e2e.forms import SignIn, notice, signed_in
from tests.e2e.hosting import Hosting
from tests.e2e.identity_forms import Identities, Menu, forward, let_tick, wait_until_kept
from tests.e2e.portolan import Portolan

LOCKED = "Signed out: nobody touched this page"

# A clock that was put forward is not put back, and counts on from there: the tab is this file's own.


def lock_after(app: Portolan, words: str, minutes: int) -> None:
    Identities(app).open().lock.select_option(words)
    wait_until_kept(app, "idle-lock", str(minutes))


def test_the_lock_signs_out_of_everything_and_says_so(app: Portolan, hosting: Hosting) -> None:
    lock_after(app, "after 5 minutes", 5)
    route = f"{hosting.netloc('basic')}/private/logbook"
    signed_in(app, route)
    expect(app.rows().first).to_be_visible()
    forward(app.page, 5 * 60 + 1)
    expect(notice(app, LOCKED)).to_contain_text("After 5 minutes without a hand on it")
    expect(app.announced).to_contain_text(LOCKED)
    app.arrive(route, "login")
    expect(app.rows()).to_have_count(0)
    expect(SignIn(app).username).to_have_value("")


def test_nothing_is_left_in_the_list_of_identities(app: Portolan, hosting: Hosting) -> None:
    lock_after(app, "after 5 minutes", 5)
    signed_in(app, f"{hosting.netloc('basic')}/sample/harbour")
    Identities(app).open()
    forward(app.page, 5 * 60 + 1)
    expect(notice(app, LOCKED)).to_be_visible()
    expect(app.main).to_contain_text("You are signed in to no registry.")


def test_after_the_lock_one_signs_in_again_where_one_was(app: Portolan, hosting: Hosting) -> None:
    lock_after(app, "after 15 minutes", 15)
    route = f"{hosting.netloc('basic')}/sample/harbour"
    signed_in(app, route)
    forward(app.page, 15 * 60 + 1)
    app.arrive(route, "login")
    app.sign_in("sailor", "harbour")
    app.arrive(route)
    expect(notice(app, LOCKED)).to_have_count(0)
    expect(app.identity).to_contain_text("signed in as sailor")


def test_a_click_puts_the_lock_off(app: Portolan, hosting: Hosting) -> None:
    lock_after(app, "after 5 minutes", 5)
    route = f"{hosting.netloc('basic')}/sample/harbour"
    signed_in(app, route)
    breadcrumb = app.page.get_by_role("navigation", name="Breadcrumb")
    for link, there in (
        (app.page.locator("a.tag", has_text="latest").first, f"{route}:latest"),
        (breadcrumb.get_by_role("link", name="harbour"), route),
    ):
        forward(app.page, 4 * 60)
        let_tick(app.page)
        link.click()
        app.arrive(there)
    expect(app.identity).to_contain_text("signed in as sailor")
    expect(notice(app, LOCKED)).to_have_count(0)


def test_before_the_time_nothing_happens(app: Portolan, hosting: Hosting) -> None:
    lock_after(app, "after an hour", 60)
    signed_in(app, f"{hosting.netloc('basic')}/sample/harbour")
    forward(app.page, 59 * 60)
    let_tick(app.page)
    app.open(f"{hosting.netloc('basic')}/private/logbook")
    expect(app.identity).to_contain_text("signed in as sailor")


def test_without_the_setting_nothing_locks(app: Portolan, hosting: Hosting) -> None:
    signed_in(app, f"{hosting.netloc('basic')}/sample/harbour")
    forward(app.page, 12 * 3600)
    let_tick(app.page)
    app.open(f"{hosting.netloc('basic')}/private/logbook")
    expect(app.identity).to_contain_text("signed in as sailor")
    Menu(app).open()
    expect(Menu(app).people).to_have_count(2)


def test_the_setting_is_kept_over_a_reload_and_stands_in_both_places(app: Portolan) -> None:
    lock_after(app, "after 30 minutes", 30)
    app.page.reload()
    app.booted()
    expect(Identities(app).lock).to_have_value("30")
    app.goto("-/settings")
    app.page.locator('main[data-view="settings"]').wait_for()
    expect(app.main.get_by_label("Sign out of everything when idle")).to_have_value("30")
