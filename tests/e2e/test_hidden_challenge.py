"""A registry that hides its challenge from pages: what is said, and realm and service entered by hand."""

import pytest
from playwright.sync_api import expect

from tests.e2e.forms import SAILOR, SignIn, approval, notice, problem
from tests.e2e.hosting import Hosting
from tests.e2e.identity_forms import Challenge
from tests.e2e.pages import move_on
from tests.e2e.portolan import Portolan

SERVICE = "hidden.playground"


def asking(app: Portolan, hosting: Hosting, repository: str = "sample/harbour") -> str:
    """Open a page whose challenge is hidden; its route."""
    route = f"{hosting.netloc('hidden')}/{repository}"
    app.goto(route)
    problem(app, route, "failed", "hidden")
    return route


def realm(hosting: Hosting) -> str:
    return f"{hosting.origins['token']}/token"


def test_the_form_says_why_it_is_needed(app: Portolan, hosting: Hosting) -> None:
    asking(app, hosting)
    told = notice(app, "The registry wants a sign-in, and the browser hides how")
    expect(told).to_contain_text("this page cannot read it")
    expect(told).to_contain_text("Access-Control-Expose-Headers: WWW-Authenticate")
    expect(told).to_contain_text("challenge hidden")
    expect(told).to_contain_text("repository:sample/harbour:pull")
    expect(Challenge(app).form).to_contain_text(f"curl -i {hosting.origins['hidden']}/v2/")


def test_realm_and_service_by_hand_lead_to_the_page(app: Portolan, hosting: Hosting) -> None:
    route = asking(app, hosting)
    Challenge(app).give(realm(hosting), SERVICE)
    app.arrive(route)
    expect(app.rows().first).to_be_visible()
    paths = [one["path"] for one in hosting.requests("token")]
    assert paths == [f"/token?service={SERVICE}&scope=repository:sample/harbour:pull"]


def test_what_was_entered_holds_for_the_other_pages_of_the_registry(app: Portolan, hosting: Hosting) -> None:
    route = asking(app, hosting)
    Challenge(app).give(realm(hosting), SERVICE)
    app.arrive(route)
    app.open(f"{hosting.netloc('hidden')}/sample/chart")
    expect(Challenge(app).form).to_have_count(0)


def test_a_private_repository_then_asks_for_a_sign_in(app: Portolan, hosting: Hosting) -> None:
    route = asking(app, hosting, "private/logbook")
    Challenge(app).give(realm(hosting), SERVICE)
    app.arrive(route, "login")
    SignIn(app).give(SAILOR)
    approval(app).button("Approve 127").click()
    app.arrive(route)
    expect(app.identity).to_contain_text("signed in as sailor")


def test_the_list_of_repositories_can_be_reached_by_it_too(app: Portolan, hosting: Hosting) -> None:
    netloc = hosting.netloc("hidden")
    app.goto(netloc)
    problem(app, netloc, "failed", "hidden")
    Challenge(app).give(realm(hosting), SERVICE)
    app.arrive(netloc, "login")
    SignIn(app).give(SAILOR)
    approval(app).button("Approve 127").click()
    app.arrive(netloc)
    expect(app.rows().first).to_be_visible()


@pytest.mark.parametrize(
    "entered", ["auth.example.org/token", "//auth.example.org", "https://sailor@auth.example.org/"]
)
def test_what_is_no_realm_is_told_beside_its_field(app: Portolan, hosting: Hosting, entered: str) -> None:
    asking(app, hosting)
    Challenge(app).give(entered, SERVICE)
    expect(Challenge(app).error).to_be_visible()
    expect(Challenge(app).realm).to_have_attribute("aria-invalid", "true")
    expect(Challenge(app).realm).to_have_value(entered)
    expect(Challenge(app).service).to_have_value(SERVICE)
    move_on(app, hosting)
    assert hosting.requests("token") == []


def test_an_empty_realm_is_not_sent(app: Portolan, hosting: Hosting) -> None:
    asking(app, hosting)
    hosting.forget()
    Challenge(app).give("", "")
    expect(Challenge(app).realm).to_have_js_property("validity.valueMissing", True)
    move_on(app, hosting)
    assert hosting.requests("hidden") == []


def test_a_mistaken_realm_can_be_mended(app: Portolan, hosting: Hosting) -> None:
    route = asking(app, hosting)
    Challenge(app).give("nowhere", SERVICE)
    expect(Challenge(app).error).to_be_visible()
    Challenge(app).give(realm(hosting), SERVICE)
    app.arrive(route)


def test_a_wrong_service_ends_in_a_denial_and_not_in_a_loop(app: Portolan, hosting: Hosting) -> None:
    route = asking(app, hosting)
    hosting.forget()
    Challenge(app).give(realm(hosting), "another.example")
    app.arrive(route, "login")
    expect(SignIn(app).asked).to_contain_text("another.example")
    move_on(app, hosting)
    assert 1 <= len(hosting.requests("token")) <= 4
