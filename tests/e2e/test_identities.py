"""More than one identity at a registry, several registries at once: who one is, switching, signing out."""

import re

from playwright.sync_api import expect

from tests.e2e.forms import ADMIN, SAILOR, SignIn, notice, problem, signed_in, signed_in_by_token
from tests.e2e.hosting import Hosting
from tests.e2e.identity_forms import Identities, Menu, add_another
from tests.e2e.portolan import Portolan

PRIVATE = "/private/chartroom"


def schemes(hosting: Hosting, name: str) -> set[str | None]:
    """The schemes of Authorization that a listener was sent, preflights left out."""
    return {one["authorization"] for one in hosting.requests(name) if one["method"] != "OPTIONS"}


def two_at_bearer(app: Portolan, hosting: Hosting) -> str:
    """The administrator and then the sailor, who is in use, on a page that both may read."""
    route = f"{hosting.netloc('bearer')}/private/logbook"
    signed_in_by_token(app, route, ADMIN)
    add_another(app, route, SAILOR)
    expect(app.identity).to_contain_text("signed in as sailor")
    return route


def test_another_identity_is_added_beside_the_first(app: Portolan, hosting: Hosting) -> None:
    two_at_bearer(app, hosting)
    Menu(app).open()
    expect(Menu(app).people).to_have_text([re.compile("admin"), re.compile("sailor"), re.compile("anonymous")])
    expect(Menu(app).people.filter(has_text="in use")).to_have_text(re.compile("sailor"))


def test_the_form_for_another_one_is_empty(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('basic')}/sample/harbour"
    signed_in(app, route)
    Menu(app).add()
    app.arrive(route, "login")
    expect(SignIn(app).username).to_have_value("")
    expect(SignIn(app).password).to_have_value("")


def test_leaving_the_form_for_another_one_leaves_the_first_in_use(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('basic')}/sample/harbour"
    signed_in(app, route)
    Menu(app).add()
    app.arrive(route, "login")
    SignIn(app).leave.click()
    app.arrive(route)
    expect(app.identity).to_contain_text("signed in as sailor")
    expect(app.rows().first).to_be_visible()


def test_a_wrong_password_of_another_one_leaves_the_first(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('basic')}/sample/harbour"
    signed_in(app, route)
    Menu(app).add()
    app.arrive(route, "login")
    SignIn(app).give(("admin", "wrong"))
    expect(SignIn(app).error).to_be_visible()
    SignIn(app).leave.click()
    app.arrive(route)
    expect(app.identity).to_contain_text("signed in as sailor")


def test_switching_reads_the_page_as_the_other_one(app: Portolan, hosting: Hosting) -> None:
    two_at_bearer(app, hosting)
    route = f"{hosting.netloc('bearer')}{PRIVATE}"
    app.goto(route)
    problem(app, route, "failed", "denied")
    Menu(app).use("admin")
    app.arrive(route)
    expect(app.identity).to_contain_text("signed in as admin")
    expect(app.rows().first).to_be_visible()
    Menu(app).use("sailor")
    problem(app, route, "failed", "denied")
    expect(notice(app, "sailor may not pull private/chartroom")).to_be_visible()
    expect(app.rows()).to_have_count(0)


def test_switching_at_a_basic_registry_reads_the_page_as_the_other_one(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('basic')}{PRIVATE}"
    signed_in(app, route, ADMIN)
    Menu(app).add()
    app.arrive(route, "login")
    SignIn(app).give(SAILOR)
    problem(app, route, "failed", "denied")
    expect(app.rows()).to_have_count(0)
    Menu(app).use("admin")
    app.arrive(route)
    expect(app.identity).to_contain_text(re.compile(r"signed in as admin.*Basic"))


def test_what_one_read_is_not_shown_to_the_other_from_memory(app: Portolan, hosting: Hosting) -> None:
    two_at_bearer(app, hosting)
    route = f"{hosting.netloc('bearer')}{PRIVATE}"
    app.goto(route)
    problem(app, route, "failed", "denied")
    Menu(app).use("admin")
    app.arrive(route)
    Menu(app).use("sailor")
    problem(app, route, "failed", "denied")
    app.open(f"{hosting.netloc('bearer')}/private/logbook")
    app.page.go_back()
    problem(app, route, "failed", "denied")


def test_switching_back_needs_neither_password_nor_approval_again(app: Portolan, hosting: Hosting) -> None:
    route = two_at_bearer(app, hosting)
    for name in ("admin", "sailor", "admin"):
        Menu(app).use(name)
        expect(app.identity).to_contain_text(f"signed in as {name}")
        app.arrive(route)
    expect(SignIn(app).form).to_have_count(0)


def test_each_identity_asks_for_tokens_of_its_own(app: Portolan, hosting: Hosting) -> None:
    route = two_at_bearer(app, hosting)
    hosting.forget()
    Menu(app).use("admin")
    expect(app.identity).to_contain_text("signed in as admin")
    app.arrive(route)
    # The administrator's token of this repository is still in memory.
    assert schemes(hosting, "token") == set()
    assert schemes(hosting, "bearer") == {"bearer"}


def test_nobody_can_be_in_use_while_others_stay_signed_in(app: Portolan, hosting: Hosting) -> None:
    two_at_bearer(app, hosting)
    app.open(f"{hosting.netloc('bearer')}/sample/harbour")
    hosting.forget()
    with app.page.expect_response(lambda answer: answer.url.startswith(hosting.origins["token"])):
        Menu(app).use("no identity")
    expect(app.identity).to_contain_text("anonymous")
    app.arrive(f"{hosting.netloc('bearer')}/sample/harbour")
    assert schemes(hosting, "token") == {None}
    Menu(app).use("admin")
    expect(app.identity).to_contain_text("signed in as admin")


def test_signing_out_of_one_leaves_the_other(app: Portolan, hosting: Hosting) -> None:
    two_at_bearer(app, hosting)
    netloc = hosting.netloc("bearer")
    page = Identities(app).open()
    page.sign_out(netloc, "sailor")
    expect(page.row(netloc, "sailor")).to_have_count(0)
    expect(page.row(netloc, "admin")).to_be_visible()
    page.use(netloc, "admin")
    expect(page.row(netloc, "admin")).to_contain_text("in use")
    app.open(f"{netloc}{PRIVATE}")


def test_signing_out_in_the_bar_is_of_the_one_in_use(app: Portolan, hosting: Hosting) -> None:
    two_at_bearer(app, hosting)
    netloc = hosting.netloc("bearer")
    app.open(f"{netloc}/sample/harbour")
    app.command("sign-out").click()
    expect(app.identity).not_to_contain_text("sailor")
    page = Identities(app).open()
    expect(page.row(netloc, "sailor")).to_have_count(0)
    expect(page.row(netloc, "admin")).to_be_visible()


def test_signing_out_of_the_last_one_empties_the_list(app: Portolan, hosting: Hosting) -> None:
    signed_in(app, f"{hosting.netloc('basic')}/sample/harbour")
    page = Identities(app).open()
    page.sign_out(hosting.netloc("basic"), "sailor")
    expect(page.main).to_contain_text("You are signed in to no registry.")
    expect(page.sign_out_all).to_have_count(0)
    app.open(f"{hosting.netloc('basic')}/sample/harbour", "login")


def test_several_registries_are_signed_in_at_once(app: Portolan, hosting: Hosting) -> None:
    signed_in(app, f"{hosting.netloc('basic')}/sample/harbour")
    signed_in_by_token(app, f"{hosting.netloc('bearer')}/private/logbook", ADMIN)
    page = Identities(app).open()
    expect(page.tables).to_have_count(2)
    expect(page.row(hosting.netloc("basic"), "sailor")).to_contain_text(re.compile("password.*Basic.*in use"))
    expect(page.row(hosting.netloc("bearer"), "admin")).to_contain_text(
        re.compile(r"password.*Bearer.*[45]:\d\d.*in use")
    )
    expect(app.page.locator("main .facts")).to_contain_text("2 identities at 2 registries")


def test_an_identity_of_one_registry_is_unknown_to_the_other(app: Portolan, hosting: Hosting) -> None:
    signed_in(app, f"{hosting.netloc('basic')}/sample/harbour")
    signed_in_by_token(app, f"{hosting.netloc('bearer')}/private/logbook", ADMIN)
    app.open(f"{hosting.netloc('basic')}/sample/harbour")
    expect(app.identity).to_contain_text("signed in as sailor")
    Menu(app).open()
    expect(Menu(app).people).to_have_text([re.compile("sailor"), re.compile("anonymous")])


def test_signing_out_of_all_signs_out_everywhere(app: Portolan, hosting: Hosting) -> None:
    signed_in(app, f"{hosting.netloc('basic')}/sample/harbour")
    signed_in_by_token(app, f"{hosting.netloc('bearer')}/private/logbook", ADMIN)
    Identities(app).open().sign_out_all.click()
    expect(app.main).to_contain_text("You are signed in to no registry.")
    app.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    app.open(f"{hosting.netloc('bearer')}/private/logbook", "login")


def test_the_list_counts_the_time_that_is_left(app: Portolan, hosting: Hosting) -> None:
    signed_in_by_token(app, f"{hosting.netloc('bearer')}/private/logbook")
    timer = Identities(app).open().row(hosting.netloc("bearer"), "sailor").locator(".timer")
    before = timer.inner_text()
    expect(timer).not_to_have_text(before)


def test_the_one_in_use_is_changed_in_the_list(app: Portolan, hosting: Hosting) -> None:
    two_at_bearer(app, hosting)
    netloc = hosting.netloc("bearer")
    page = Identities(app).open()
    expect(page.row(netloc, "sailor")).to_contain_text("in use")
    page.use(netloc, "admin")
    expect(page.row(netloc, "admin")).to_contain_text("in use")
    expect(page.row(netloc, "sailor")).not_to_contain_text("in use")
    page.read_anonymously(netloc)
    expect(page.row(netloc, "nobody")).to_contain_text("in use")
    app.open(f"{netloc}/private/logbook", "login")


def test_another_one_is_added_from_the_list(app: Portolan, hosting: Hosting) -> None:
    signed_in_by_token(app, f"{hosting.netloc('bearer')}/private/logbook")
    netloc = hosting.netloc("bearer")
    Identities(app).open().add(netloc)
    expect(SignIn(app).form).to_be_visible()
    app.sign_in(*ADMIN)
    app.arrive(netloc)
    expect(app.identity).to_contain_text("signed in as admin")


def test_who_is_in_use_is_on_every_page_with_the_time_left(app: Portolan, hosting: Hosting) -> None:
    two_at_bearer(app, hosting)
    netloc = hosting.netloc("bearer")
    pages = ("", "/sample/harbour", "/sample/harbour:latest", "/sample/harbour:latest/-/raw")
    for route in (*pages, "/-/transcript", "/-/token", "/-/use-cases"):
        app.open(f"{netloc}{route}")
        expect(app.identity).to_contain_text(re.compile(r"signed in as sailor.*Bearer.*\d:\d\d left"))


def test_the_menu_leads_to_all_identities(app: Portolan, hosting: Hosting) -> None:
    signed_in(app, f"{hosting.netloc('basic')}/sample/harbour")
    Menu(app).open().menu.get_by_role("link", name="All identities").click()
    app.page.locator('main[data-view="identities"]').wait_for()
    expect(app.heading).to_be_focused()


def test_without_any_identity_the_page_says_so(app: Portolan) -> None:
    page = Identities(app).open()
    expect(page.main).to_contain_text("You are signed in to no registry.")
    expect(page.tables).to_have_count(0)
    expect(app.page).to_have_title("Identities · Portolan")
