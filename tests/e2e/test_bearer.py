"""Bearer: tokens of a token service on another origin, approvals, what is asked how often, expiry."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.forms import ADMIN, SAILOR, SignIn, approval, notice, problem, signed_in_by_token
from tests.e2e.hosting import Hosting
from tests.e2e.pages import rows_read
from tests.e2e.portolan import Portolan


def asked(hosting: Hosting, name: str) -> list[tuple[str, str | None]]:
    """Paths and schemes of Authorization, preflights left out."""
    return [(one["path"], one["authorization"]) for one in hosting.requests(name) if one["method"] != "OPTIONS"]


def test_a_public_repository_opens_by_an_anonymous_token(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/sample/harbour")
    expect(SignIn(app).form).to_have_count(0)
    assert asked(hosting, "token") == [("/token?service=bearer.playground&scope=repository:sample/harbour:pull", None)]


def test_an_anonymous_token_needs_no_preflight(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/sample/chart")
    assert [one["method"] for one in hosting.requests("token")] == ["GET"]


def test_an_anonymous_token_is_shown_with_the_time_that_is_left(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/sample/harbour")
    expect(app.identity).to_contain_text(re.compile(r"anonymous.*Bearer.*[45]:\d\d left"))


def test_the_time_that_is_left_runs_down(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/sample/harbour")
    before = app.identity.locator(".timer").inner_text()
    expect(app.identity.locator(".timer")).not_to_have_text(before)


def test_the_token_is_sent_to_the_registry_alone(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/sample/harbour:latest")
    assert {scheme for _, scheme in asked(hosting, "bearer")} == {None, "bearer"}
    assert {scheme for _, scheme in asked(hosting, "token")} == {None}


def test_a_second_manifest_of_a_repository_needs_one_request(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/sample/many-tags:latest")
    hosting.forget()
    app.open(f"{hosting.netloc('bearer')}/sample/many-tags:0.0.1")
    manifests = [one for one in asked(hosting, "bearer") if "/manifests/" in one[0]]
    assert manifests == [("/v2/sample/many-tags/manifests/0.0.1", "bearer")]
    assert all(scheme == "bearer" for _, scheme in asked(hosting, "bearer"))
    assert asked(hosting, "token") == []


def test_many_requests_of_one_page_share_one_token_request(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/sample/many-tags")
    rows_read(app, 25)  # all that are in view
    assert len(asked(hosting, "token")) == 1


def test_a_private_repository_asks_for_a_sign_in(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/private/logbook", "login")
    told = SignIn(app).asked
    expect(told).to_contain_text("Bearer")
    expect(told).to_contain_text(hosting.origins["token"])
    expect(told).to_contain_text("bearer.playground")
    expect(told).to_contain_text("repository:private/logbook:pull")
    assert {scheme for _, scheme in asked(hosting, "token")} == {None}


def test_before_credentials_go_to_another_origin_it_is_asked(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('bearer')}/private/logbook"
    app.open(route, "login")
    SignIn(app).give(SAILOR)
    expect(approval(app).card).to_contain_text(hosting.netloc("token"))
    expect(approval(app).card).to_contain_text("would receive your password")
    expect(app.main).to_have_attribute("data-state", "login")
    expect(app.announced).to_contain_text(f"signs in through {hosting.netloc('token')}")
    for name in ("token", "bearer"):
        assert "basic" not in {scheme for _, scheme in asked(hosting, name)}


def test_before_the_approval_nobody_is_said_to_be_signed_in(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/private/logbook", "login")
    SignIn(app).give(SAILOR)
    expect(approval(app).card).to_be_visible()
    expect(app.page.locator("#context")).not_to_contain_text("signed in as")


def test_an_approval_lets_the_credentials_go_there(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('bearer')}/private/logbook"
    app.open(route, "login")
    SignIn(app).give(SAILOR)
    expect(app.command("approve")).to_have_count(2)
    approval(app).button("Approve 127").click()
    app.arrive(route)
    expect(app.identity).to_contain_text(re.compile(r"signed in as sailor.*Bearer.*[45]:\d\d left"))
    assert "basic" in {scheme for _, scheme in asked(hosting, "token")}
    assert "basic" not in {scheme for _, scheme in asked(hosting, "bearer")}


def test_an_approval_holds_for_the_whole_tab_and_is_not_kept(app: Portolan, hosting: Hosting) -> None:
    signed_in_by_token(app, f"{hosting.netloc('bearer')}/private/logbook")
    app.command("sign-out").click()
    app.arrive(f"{hosting.netloc('bearer')}/private/logbook", "login")
    SignIn(app).give(SAILOR)
    app.arrive(f"{hosting.netloc('bearer')}/private/logbook")
    app.page.goto(f"{hosting.site}#/-/settings")
    expect(app.page.get_by_text("None was approved for good.")).to_be_visible()


def test_a_remembered_approval_survives_a_reload(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('bearer')}/private/logbook"
    app.open(route, "login")
    SignIn(app).give(SAILOR)
    approval(app).button("Approve and remember").click()
    app.arrive(route)
    app.page.reload()
    app.booted()
    app.arrive(route, "login")
    SignIn(app).give(SAILOR)
    app.arrive(route)
    expect(approval(app).card).to_have_count(0)


def test_a_remembered_approval_can_be_withdrawn(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('bearer')}/private/logbook"
    app.open(route, "login")
    SignIn(app).give(SAILOR)
    approval(app).button("Approve and remember").click()
    app.arrive(route)
    app.page.goto(f"{hosting.site}#/-/settings")
    app.page.get_by_role("button", name=f"Withdraw the approval of {hosting.origins['token']}").click()
    expect(app.page.get_by_text("None was approved for good.")).to_be_visible()
    app.open(route, "login")
    SignIn(app).give(SAILOR)
    expect(approval(app).card).to_be_visible()


def test_a_refused_approval_sends_nothing(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('bearer')}/private/logbook"
    app.open(route, "login")
    SignIn(app).give(SAILOR)
    approval(app).leave.click()
    problem(app, route, "failed", "denied")
    expect(notice(app, re.compile("names a token server on another host"))).to_contain_text(hosting.netloc("token"))
    app.open(f"{hosting.netloc('bearer')}/sample/harbour")
    for name in ("token", "bearer"):
        assert "basic" not in {scheme for _, scheme in asked(hosting, name)}


def test_after_a_refused_approval_public_repositories_stay_open(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/private/logbook", "login")
    SignIn(app).give(SAILOR)
    approval(app).leave.click()
    problem(app, f"{hosting.netloc('bearer')}/private/logbook", "failed", "denied")
    app.open(f"{hosting.netloc('bearer')}/sample/harbour")
    expect(app.rows().first).to_be_visible()


def test_a_wrong_password_is_told_by_the_token_service(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/private/logbook", "login")
    SignIn(app).give(("sailor", "wrong"))
    approval(app).button("Approve 127").click()
    expect(SignIn(app).error).to_contain_text(f"The token server {hosting.netloc('token')} did not accept them")
    expect(SignIn(app).username).to_have_value("sailor")
    SignIn(app).give(SAILOR)
    app.arrive(f"{hosting.netloc('bearer')}/private/logbook")


def test_a_repository_that_the_user_may_not_read_is_denied_with_its_scope(app: Portolan, hosting: Hosting) -> None:
    signed_in_by_token(app, f"{hosting.netloc('bearer')}/private/logbook")
    route = f"{hosting.netloc('bearer')}/private/chartroom"
    app.goto(route)
    problem(app, route, "failed", "denied")
    told = notice(app, "sailor may not pull private/chartroom")
    expect(told).to_contain_text("repository:private/chartroom:pull")
    expect(told).to_contain_text("UNAUTHORIZED")


def test_the_administrator_may(app: Portolan, hosting: Hosting) -> None:
    signed_in_by_token(app, f"{hosting.netloc('bearer')}/private/chartroom", ADMIN)


def test_the_list_of_repositories_opens_after_the_sign_in(app: Portolan, hosting: Hosting) -> None:
    app.open(hosting.netloc("bearer"), "login")
    expect(SignIn(app).asked).to_contain_text("registry:catalog:*")
    SignIn(app).give(SAILOR)
    approval(app).button("Approve 127").click()
    app.arrive(hosting.netloc("bearer"))
    expect(app.rows().first).to_be_visible()


def test_public_tags_stay_while_one_signs_in_by_hand(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('bearer')}/sample/harbour"
    app.open(route)
    app.command("sign-in").click()
    app.arrive(route, "login")
    expect(app.page.locator("a.tag").first).to_be_visible()
    SignIn(app).give(SAILOR)
    expect(approval(app).card).to_be_visible()
    expect(app.page.locator("a.tag").first).to_be_visible()
    approval(app).button("Approve 127").click()
    app.arrive(route)
    expect(app.identity).to_contain_text("signed in as sailor")


def test_leaving_a_form_opened_by_hand_leaves_the_page_as_it_was(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('bearer')}/sample/harbour"
    app.open(route)
    app.command("sign-in").click()
    app.arrive(route, "login")
    SignIn(app).leave.click()
    app.arrive(route)
    expect(app.main).to_have_attribute("data-problem", "")


def test_signing_out_goes_back_to_anonymous(app: Portolan, hosting: Hosting) -> None:
    signed_in_by_token(app, f"{hosting.netloc('bearer')}/private/logbook")
    app.open(f"{hosting.netloc('bearer')}/sample/harbour")
    app.command("sign-out").click()
    expect(app.identity).to_contain_text("anonymous")
    app.arrive(f"{hosting.netloc('bearer')}/sample/harbour")
    app.open(f"{hosting.netloc('bearer')}/private/logbook", "login")


def test_a_token_service_without_cors_is_named(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('mute-tokens')}/sample/harbour"
    app.goto(route)
    problem(app, route, "failed", "unreachable")
    told = notice(app, f"No answer from the token server {hosting.netloc('mute')}")
    expect(told).to_contain_text(f"GET {hosting.origins['mute']}/token")
    expect(told).to_contain_text("CORS")


class Voyage(Hosting):
    """A registry whose clock can be put forward."""

    def pass_time(self, seconds: float) -> None:
        """Every token issued so far is that much older."""
        tokens = self._registry.listeners["bearer"].shared.tokens
        clock = tokens.clock
        tokens.clock = lambda: clock() + seconds


@pytest.fixture(scope="module")
def sailing(context: BrowserContext) -> Iterator[tuple[Voyage, Portolan]]:
    voyage = Voyage(())
    page = context.new_page()
    app = Portolan(page, voyage.site, set(voyage.origins.values()))
    app.goto()
    app.booted()
    yield voyage, app
    page.close()
    voyage.close()


@pytest.fixture
def voyage(sailing: tuple[Voyage, Portolan]) -> Iterator[tuple[Voyage, Portolan]]:
    sea, app = sailing
    app.recover()
    app.reset()
    app.complaints.clear()
    sea.forget()
    yield sea, app
    assert app.complaints == []


def test_an_expired_anonymous_token_is_renewed_silently(voyage: tuple[Voyage, Portolan]) -> None:
    sea, app = voyage
    app.open(f"{sea.netloc('bearer')}/sample/harbour:1.0")  # which reads no rows afterwards
    sea.forget()
    sea.pass_time(3600)
    app.open(f"{sea.netloc('bearer')}/sample/harbour:latest")
    assert len(asked(sea, "token")) == 1


def test_an_expired_token_of_a_user_is_renewed_silently(voyage: tuple[Voyage, Portolan]) -> None:
    sea, app = voyage
    signed_in_by_token(app, f"{sea.netloc('bearer')}/private/logbook")
    rows_read(app, 2)
    sea.forget()
    sea.pass_time(3600)
    app.open(f"{sea.netloc('bearer')}/private/logbook:latest")
    assert [scheme for _, scheme in asked(sea, "token")] == ["basic"]
    expect(app.identity).to_contain_text("signed in as sailor")


def test_a_token_that_expires_while_reading_leaves_what_is_on_screen(voyage: tuple[Voyage, Portolan]) -> None:
    sea, app = voyage
    app.open(f"{sea.netloc('bearer')}/sample/many-tags")
    expect(app.rows().first.locator(".digest")).to_be_visible()
    sea.pass_time(3600)
    app.page.locator("#sort").select_option("-name")
    expect(app.rows().first).to_contain_text("nightly-")
    expect(app.rows().first.locator(".digest")).to_be_visible()
    expect(app.main).to_have_attribute("data-problem", "")
