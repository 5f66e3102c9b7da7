"""A token in the place of a password, how long tokens are used, refresh tokens, remembered approvals."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.e2e.forms import ADMIN, SAILOR, SignIn, approval, problem, signed_in_by_token
from tests.e2e.hosting import Hosting
from tests.e2e.identity_forms import ByToken, Identities, issued, wait_until_kept
from tests.e2e.pages import Sent, rows_read, until
from tests.e2e.portolan import Portolan

SERVICE = "bearer.playground"
LOGBOOK = "repository:private/logbook:pull"


def asked(hosting: Hosting, name: str = "token") -> list[tuple[str, str | None]]:
    """Methods and schemes of Authorization, preflights left out."""
    return [(one["method"], one["authorization"]) for one in hosting.requests(name) if one["method"] != "OPTIONS"]


def wait_for_a_token_each(app: Portolan, hosting: Hosting, made: Sent) -> None:
    """Until as many tokens were asked for as requests were made of the registry."""
    until(app.page, lambda: len(asked(hosting)) == len(made.urls), lambda: (asked(hosting), made.urls))


def manifests(hosting: Hosting) -> list[str]:
    """The schemes under which manifests were asked for."""
    found = (one for one in hosting.requests("bearer") if one["method"] != "OPTIONS" and "/manifests/" in one["path"])
    return [str(one["authorization"]) for one in found]


def asking(app: Portolan, hosting: Hosting, repository: str = "private/logbook") -> str:
    """Open a page that asks for a sign-in; its route."""
    route = f"{hosting.netloc('bearer')}/{repository}"
    app.open(route, "login")
    hosting.forget()
    return route


def kept(app: Portolan) -> dict[str, str]:
    return dict(json.loads(app.page.evaluate("JSON.stringify(localStorage)")))


def test_a_registry_token_goes_to_the_registry_as_it_is(app: Portolan, hosting: Hosting) -> None:
    token = issued(hosting, SAILOR, service=SERVICE, scope=LOGBOOK)["token"]
    route = asking(app, hosting)
    ByToken(app).give("Registry token", token)
    app.arrive(route)
    expect(app.rows().first).to_be_visible()
    assert asked(hosting) == []
    assert {scheme for _, scheme in asked(hosting, "bearer")} == {"bearer"}


def test_a_registry_token_needs_no_approval(app: Portolan, hosting: Hosting) -> None:
    token = issued(hosting, SAILOR, service=SERVICE, scope=LOGBOOK)["token"]
    route = asking(app, hosting)
    ByToken(app).give("Registry token", token)
    app.arrive(route)
    expect(approval(app).card).to_have_count(0)


def test_a_registry_token_is_shown_as_what_one_is_signed_in_by(app: Portolan, hosting: Hosting) -> None:
    token = issued(hosting, SAILOR, service=SERVICE, scope=LOGBOOK)["token"]
    route = asking(app, hosting)
    ByToken(app).give("Registry token", token)
    app.arrive(route)
    expect(app.identity).to_contain_text(re.compile("signed in as registry token.*Bearer"))
    table = Identities(app).open().at(hosting.netloc("bearer"))
    expect(table).to_contain_text(re.compile("no user name.*registry token.*Bearer.*in use"))


def test_what_a_registry_token_does_not_allow_is_denied(app: Portolan, hosting: Hosting) -> None:
    token = issued(hosting, SAILOR, service=SERVICE, scope=LOGBOOK)["token"]
    route = asking(app, hosting)
    ByToken(app).give("Registry token", token)
    app.arrive(route)
    other = f"{hosting.netloc('bearer')}/private/chartroom"
    app.goto(other)
    problem(app, other, "failed", "denied")
    expect(app.main).to_contain_text("repository:private/chartroom:pull")


def test_a_registry_token_that_is_wrong_is_told(app: Portolan, hosting: Hosting) -> None:
    route = asking(app, hosting)
    ByToken(app).give("Registry token", "no-token-at-all")
    app.arrive(route, "login")
    expect(app.main).to_contain_text("did not accept")
    expect(app.identity).not_to_contain_text("signed in")


def test_an_identity_token_is_exchanged_at_the_token_service(app: Portolan, hosting: Hosting) -> None:
    refresh = issued(hosting, ADMIN, service=SERVICE, offline_token="true")["refresh_token"]
    route = asking(app, hosting, "private/chartroom")
    ByToken(app).give("Identity token", refresh, "admin")
    expect(approval(app).card).to_contain_text(hosting.netloc("token"))
    approval(app).button("Approve 127").click()
    app.arrive(route)
    expect(app.identity).to_contain_text(re.compile(r"signed in as admin.*Bearer.*[45]:\d\d left"))
    assert asked(hosting) == [("POST", None)]


def test_an_identity_token_without_a_name_will_do(app: Portolan, hosting: Hosting) -> None:
    refresh = issued(hosting, SAILOR, service=SERVICE, offline_token="true")["refresh_token"]
    route = asking(app, hosting)
    ByToken(app).give("Identity token", refresh)
    approval(app).button("Approve 127").click()
    app.arrive(route)
    expect(app.identity).to_contain_text("signed in as identity token")


def test_an_identity_token_that_is_wrong_is_told(app: Portolan, hosting: Hosting) -> None:
    route = asking(app, hosting)
    ByToken(app).give("Identity token", "worn-out", "sailor")
    approval(app).button("Approve 127").click()
    app.arrive(route, "login")
    expect(app.main).to_contain_text(f"The token server {hosting.netloc('token')} did not accept")


@pytest.mark.parametrize(
    ("token", "said"), [("", "No token was entered."), ("two words", "holds characters that no header can carry")]
)
def test_a_token_that_cannot_be_sent_is_told_beside_its_field(
    app: Portolan, hosting: Hosting, token: str, said: str
) -> None:
    asking(app, hosting)
    ByToken(app).give("Registry token", token)
    expect(ByToken(app).error).to_contain_text(said)
    expect(ByToken(app).token).to_have_attribute("aria-invalid", "true")
    expect(SignIn(app).form).to_be_visible()
    assert hosting.requests("bearer") == []


def test_a_basic_registry_has_no_use_for_an_identity_token(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    ByToken(app).closed.click()
    expect(ByToken(app).kind("Registry token")).to_be_checked()
    expect(ByToken(app).kind("Identity token")).to_have_count(0)


def test_the_token_is_not_left_in_the_page(app: Portolan, hosting: Hosting) -> None:
    token = issued(hosting, SAILOR, service=SERVICE, scope=LOGBOOK)["token"]
    route = asking(app, hosting)
    ByToken(app).give("Registry token", token)
    app.arrive(route)
    kept = app.page.evaluate("JSON.stringify([document.documentElement.outerHTML, localStorage, location.href])")
    assert token not in kept


def settings(app: Portolan) -> None:
    app.goto("-/settings")
    app.page.locator('main[data-view="settings"][data-state="shown"]').wait_for()


def choose_lifetime(app: Portolan, words: str) -> None:
    settings(app)
    app.main.get_by_label("Use a token").select_option(words)


NEVER = "not at all: a token for each request"


def test_with_a_lifetime_of_nothing_each_request_asks_for_its_own_token(app: Portolan, hosting: Hosting) -> None:
    choose_lifetime(app, NEVER)
    app.open(f"{hosting.netloc('bearer')}/sample/many-tags:latest")
    hosting.forget()
    with Sent(app, hosting.origins["bearer"]) as made:
        app.open(f"{hosting.netloc('bearer')}/sample/many-tags:0.0.1")
        expect(app.main.locator("#referrers")).to_be_visible()
        assert manifests(hosting) == ["bearer"]
        wait_for_a_token_each(app, hosting, made)
    assert len(made.urls) >= 2


def test_that_holds_for_who_is_signed_in_too(app: Portolan, hosting: Hosting) -> None:
    choose_lifetime(app, NEVER)
    route = f"{hosting.netloc('bearer')}/private/logbook"
    signed_in_by_token(app, route)
    rows_read(app, 2)  # what they ask for is not of the next page
    hosting.forget()
    with Sent(app, hosting.origins["bearer"]) as made:
        app.open(f"{route}:latest")
        expect(app.main.locator("#referrers")).to_be_visible()
        assert {scheme for _, scheme in asked(hosting)} == {"basic"}
        wait_for_a_token_each(app, hosting, made)
    assert len(made.urls) >= 2


def test_a_lifetime_of_nothing_shows_no_time_that_is_left(app: Portolan, hosting: Hosting) -> None:
    choose_lifetime(app, NEVER)
    app.open(f"{hosting.netloc('bearer')}/sample/harbour")
    expect(app.identity).to_contain_text("anonymous")
    expect(app.identity.locator(".timer")).to_have_count(0)


def test_choosing_nothing_drops_the_tokens_at_hand(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/sample/many-tags:latest")
    choose_lifetime(app, NEVER)
    hosting.forget()
    app.open(f"{hosting.netloc('bearer')}/sample/many-tags:0.0.1")
    assert len(asked(hosting)) >= 1


def test_a_shorter_lifetime_counts_from_less(app: Portolan, hosting: Hosting) -> None:
    choose_lifetime(app, "1 minute at most")
    app.open(f"{hosting.netloc('bearer')}/sample/harbour")
    expect(app.identity).to_contain_text(re.compile(r"(0:\d\d|1:00) left"))


def test_as_long_as_the_registry_says_takes_it_back(app: Portolan, hosting: Hosting) -> None:
    choose_lifetime(app, "1 minute at most")
    choose_lifetime(app, "as long as the registry says")
    app.open(f"{hosting.netloc('bearer')}/sample/harbour")
    expect(app.identity).to_contain_text(re.compile(r"[45]:\d\d left"))
    assert "portolan:token-lifetime" not in kept(app)  # done with the choice, before the page that was opened after


def test_the_lifetime_is_kept_over_a_reload(app: Portolan, hosting: Hosting) -> None:
    choose_lifetime(app, NEVER)
    wait_until_kept(app, "token-lifetime", "0")
    app.page.reload()
    app.booted()
    expect(app.main.get_by_label("Use a token")).to_have_value("0")
    app.open(f"{hosting.netloc('bearer')}/sample/many-tags:latest")
    hosting.forget()
    app.open(f"{hosting.netloc('bearer')}/sample/many-tags:0.0.1")
    assert len(asked(hosting)) >= 1


def test_refresh_tokens_are_asked_for_only_when_chosen(app: Portolan, hosting: Hosting) -> None:
    signed_in_by_token(app, f"{hosting.netloc('bearer')}/private/logbook")
    paths = [one["path"] for one in hosting.requests("token")]
    assert paths
    assert not [path for path in paths if "offline" in path]


def test_a_refresh_token_stands_in_for_the_password(app: Portolan, hosting: Hosting) -> None:
    settings(app)
    app.main.get_by_label("Ask token services for a refresh token").check()
    route = asking(app, hosting)
    app.sign_in(*ADMIN)
    approval(app).button("Approve 127").click()
    app.arrive(route)
    first = asked(hosting)
    hosting.forget()
    app.open(f"{hosting.netloc('bearer')}/private/chartroom")
    # The password went out once; the next scope is asked for with what came back.
    assert first
    assert "basic" not in {scheme for _, scheme in asked(hosting)}
    assert asked(hosting) == [("POST", None)]


def test_the_choice_of_refresh_tokens_is_kept(app: Portolan) -> None:
    settings(app)
    box = app.main.get_by_label("Ask token services for a refresh token")
    box.check()
    wait_until_kept(app, "offline", "yes")
    app.page.reload()
    app.booted()
    expect(box).to_be_checked()


def test_a_remembered_approval_counts_for_a_token_too(app: Portolan, hosting: Hosting) -> None:
    route = asking(app, hosting)
    SignIn(app).give(SAILOR)
    approval(app).button("Approve and remember").click()
    app.arrive(route)
    refresh = issued(hosting, SAILOR, service=SERVICE, offline_token="true")["refresh_token"]
    app.page.reload()
    app.booted()
    app.arrive(route, "login")
    ByToken(app).give("Identity token", refresh, "sailor")
    app.arrive(route)
    expect(approval(app).card).to_have_count(0)
