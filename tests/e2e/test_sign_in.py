"""Basic: the form, right and wrong passwords, leaving it, signing out, and what a user may not read."""

import re

from playwright.sync_api import Route, expect

from tests.e2e.forms import ADMIN, SAILOR, SignIn, notice, problem, retry, signed_in
from tests.e2e.hosting import Hosting
from tests.e2e.pages import Said
from tests.e2e.portolan import Portolan


def sent(hosting: Hosting, name: str = "basic") -> list[str | None]:
    """The schemes of Authorization that a listener was sent, preflights left out."""
    return [one["authorization"] for one in hosting.requests(name) if one["method"] != "OPTIONS"]


def test_the_form_says_which_registry_scheme_realm_and_scope(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    expect(SignIn(app).form.get_by_role("heading")).to_have_text(f"Sign in to {hosting.netloc('basic')}")
    asked = SignIn(app).asked
    expect(asked).to_contain_text("Basic")
    expect(asked).to_contain_text("Portolan sample registry")
    expect(asked).to_contain_text("read sample/harbour")
    expect(asked).to_contain_text("repository:sample/harbour:pull")


def test_the_form_says_where_the_password_goes(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    expect(SignIn(app).asked).to_contain_text("The password goes to the registry itself, over plain HTTP")


def test_the_form_of_a_list_of_repositories_names_that_scope(app: Portolan, hosting: Hosting) -> None:
    app.open(hosting.netloc("basic"), "login")
    expect(SignIn(app).asked).to_contain_text("list the repositories")


def test_nothing_is_sent_with_credentials_before_one_signs_in(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    assert set(sent(hosting)) == {None}


def test_a_form_that_appears_is_announced(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    expect(app.announced).to_have_text(f"Sign in to {hosting.netloc('basic')}")


def test_password_managers_find_the_fields(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    expect(SignIn(app).username).to_have_attribute("autocomplete", "username")
    expect(SignIn(app).password).to_have_attribute("autocomplete", "current-password")
    expect(SignIn(app).password).to_have_attribute("type", "password")


def test_the_right_password_opens_the_page_that_was_asked_for(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('basic')}/sample/harbour"
    signed_in(app, route)
    expect(app.page.locator("a.tag", has_text="latest").first).to_be_visible()
    expect(SignIn(app).form).to_have_count(0)
    expect(app.page).to_have_url(f"{hosting.site}#/{route}")


def signed_in_by_enter(app: Portolan, route: str) -> None:
    app.open(route, "login")
    SignIn(app).username.fill("sailor")
    SignIn(app).password.fill("harbour")
    SignIn(app).password.press("Enter")
    app.arrive(route)


def test_enter_in_the_password_field_signs_in(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('basic')}/sample/harbour"
    signed_in_by_enter(app, route)


def test_one_sign_in_serves_all_pages_of_the_registry(app: Portolan, hosting: Hosting) -> None:
    signed_in(app, f"{hosting.netloc('basic')}/sample/harbour:1.0")  # which reads no rows afterwards
    hosting.forget()
    app.open(f"{hosting.netloc('basic')}/private/logbook:latest")
    app.open(hosting.netloc("basic"))
    assert set(sent(hosting)) == {"basic"}
    assert all(one["status"] < 400 or one["path"].count("referrers") for one in hosting.requests("basic"))


def test_who_is_signed_in_and_by_what_is_shown_on_every_page(app: Portolan, hosting: Hosting) -> None:
    signed_in(app, f"{hosting.netloc('basic')}/sample/harbour")
    for route in ("", "/sample/harbour", "/sample/harbour:latest", "/sample/harbour:latest/-/raw"):
        app.open(f"{hosting.netloc('basic')}{route}")
        expect(app.identity).to_contain_text(re.compile(r"signed in as sailor.*Basic"))
    expect(app.page.get_by_label("Signed in", exact=True)).to_be_visible()


def test_another_registry_does_not_get_the_credential(app: Portolan, hosting: Hosting) -> None:
    signed_in(app, f"{hosting.netloc('basic')}/sample/harbour")
    app.open(f"{hosting.netloc('catalog-denied')}/sample/harbour", "login")
    assert set(sent(hosting, "catalog-denied")) == {None}
    expect(app.identity).to_contain_text("not signed in")


def test_a_wrong_password_is_told_and_the_name_stays(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    SignIn(app).give(("sailor", "wrong"))
    expect(SignIn(app).error).to_have_text(re.compile("The registry did not accept them"))
    expect(SignIn(app).username).to_have_value("sailor")
    expect(SignIn(app).password).to_have_attribute("aria-invalid", "true")
    expect(app.announced).to_have_text(f"Wrong user name or password for {hosting.netloc('basic')}")
    expect(app.identity).to_contain_text("not signed in")


def test_after_a_wrong_password_one_types_on_in_the_form(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('basic')}/sample/harbour"
    app.open(route, "login")
    SignIn(app).username.fill("sailor")
    SignIn(app).password.fill("wrong")
    SignIn(app).password.press("Enter")
    expect(SignIn(app).error).to_be_visible()
    expect(SignIn(app).password).to_be_focused()
    SignIn(app).password.fill("harbour")
    SignIn(app).password.press("Enter")
    app.arrive(route)


def test_a_wrong_password_twice_is_announced_twice(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    said = Said(app)
    for count in (1, 2):
        SignIn(app).give(("sailor", "wrong"))
        said.wait_for("Wrong user name or password", count)


def test_a_wrong_password_is_not_sent_again(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    SignIn(app).give(("sailor", "wrong"))
    expect(SignIn(app).error).to_be_visible()
    hosting.forget()
    app.open(f"{hosting.netloc('basic')}/sample/base", "login")
    assert set(sent(hosting)) == {None}


def test_while_a_sign_in_is_tried_one_can_leave(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('basic')}/sample/harbour"
    app.open(route, "login")
    # Never answered: what is sent with credentials.
    held = re.compile(re.escape(hosting.origins["basic"]))
    app.page.route(held, lambda one: None if "authorization" in one.request.headers else one.continue_())
    SignIn(app).give(SAILOR)
    expect(SignIn(app).submit).to_have_text("Signing in…")
    expect(SignIn(app).submit).to_be_disabled()
    expect(app.page.locator("#context")).not_to_contain_text("signed in as")
    SignIn(app).leave.click()
    problem(app, route, "failed", "denied")
    expect(app.identity).to_contain_text("not signed in")
    app.page.unroute_all()
    retry(app).click()
    app.arrive(route, "login")
    expect(SignIn(app).submit).to_be_enabled()


def test_signing_out_forgets_the_credential_and_what_it_brought(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('basic')}/sample/harbour"
    signed_in(app, route)
    app.command("sign-out").click()
    app.arrive(route, "login")
    expect(app.page.locator("a.tag")).to_have_count(0)
    expect(app.identity).to_contain_text("not signed in")
    hosting.forget()
    app.open(f"{hosting.netloc('basic')}/sample/base", "login")
    assert set(sent(hosting)) == {None}


def test_after_signing_out_going_back_shows_nothing_of_before(app: Portolan, hosting: Hosting) -> None:
    signed_in(app, f"{hosting.netloc('basic')}/sample/harbour:latest")
    app.open(f"{hosting.netloc('basic')}/sample/harbour")
    app.command("sign-out").click()
    app.arrive(f"{hosting.netloc('basic')}/sample/harbour", "login")
    app.page.go_back()
    app.arrive(f"{hosting.netloc('basic')}/sample/harbour:latest", "login")
    expect(app.page.locator("main")).not_to_contain_text("sha256:")


def test_signing_in_as_somebody_else(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('basic')}/private/chartroom"
    app.open(route, "login")
    SignIn(app).give(SAILOR)
    problem(app, route, "failed", "denied")
    app.page.get_by_role("button", name="Sign in as someone else").click()
    SignIn(app).give(ADMIN)
    app.arrive(route)
    expect(app.identity).to_contain_text("signed in as admin")


def test_a_repository_that_the_user_may_not_read_is_denied(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('basic')}/private/chartroom"
    app.open(route, "login")
    SignIn(app).give(SAILOR)
    problem(app, route, "failed", "denied")
    told = notice(app, "sailor may not pull private/chartroom")
    expect(told).to_contain_text(f"GET http://{route.replace('/private', '/v2/private')}/tags/list")
    expect(told).to_contain_text("403 DENIED")
    expect(retry(app)).to_be_visible()
    expect(app.identity).to_contain_text("signed in as sailor")


def test_leaving_the_form_leaves_the_page_usable(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('basic')}/sample/harbour"
    app.open(route, "login")
    SignIn(app).leave.click()
    problem(app, route, "failed", "denied")
    expect(notice(app, f"{hosting.netloc('basic')} wants to know who you are")).to_be_visible()
    retry(app).click()
    app.arrive(route, "login")
    SignIn(app).give(SAILOR)
    app.arrive(route)


def test_after_leaving_the_form_one_can_open_it_again(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('basic')}/sample/harbour"
    app.open(route, "login")
    SignIn(app).leave.click()
    problem(app, route, "failed", "denied")
    notice(app, re.compile("wants to know")).get_by_role("button", name="Sign in").click()
    app.arrive(route, "login")
    expect(SignIn(app).asked).to_contain_text("Portolan sample registry")
    SignIn(app).give(SAILOR)
    app.arrive(route)


def test_after_signing_in_the_focus_is_in_the_page(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('basic')}/sample/harbour"
    signed_in_by_enter(app, route)
    expect(app.page.locator("main *:focus, main:focus")).to_have_count(1)


def test_leaving_the_form_keeps_the_focus_in_the_page(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('basic')}/sample/harbour"
    app.open(route, "login")
    SignIn(app).leave.focus()
    app.page.keyboard.press("Enter")
    problem(app, route, "failed", "denied")
    expect(app.page.locator("main *:focus, main:focus")).to_have_count(1)


def test_a_form_does_not_follow_to_another_page(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    SignIn(app).username.fill("sailor")
    SignIn(app).password.fill("harbour")
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour")
    expect(SignIn(app).form).to_have_count(0)
    app.page.go_back()
    app.arrive(f"{hosting.netloc('basic')}/sample/harbour", "login")
    expect(SignIn(app).password).to_have_value("")
    expect(SignIn(app).username).to_have_value("")


def test_a_listing_stays_while_a_sign_in_is_asked(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('anonymous')}/sample/many-tags"

    # As from a registry whose session ends between two pages of a list.
    def refuse(one: Route) -> None:
        one.fulfill(
            status=401,
            headers={
                "WWW-Authenticate": 'Basic realm="gone"',
                "Access-Control-Allow-Origin": "*",
                "Access-Control-Expose-Headers": "WWW-Authenticate",
            },
            body="",
        )

    app.page.route(re.compile(r"/tags/list\?.*last="), refuse)
    app.open(route, "login")
    expect(SignIn(app).form).to_be_visible()
    expect(app.page.locator("main")).to_contain_text("1,000 tags so far")
    expect(app.rows().first).to_be_visible()
    app.page.unroute_all()
    SignIn(app).leave.click()
    app.page.locator(f'main[data-subject="{route}"][data-state="partial"]').wait_for()
    expect(app.rows().first).to_be_visible()
