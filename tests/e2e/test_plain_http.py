"""On plain http, under a name that is not local: no secure context, and registries that speak http themselves."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.abroad import far, launch
from tests.e2e.axe import findings
from tests.e2e.forms import SAILOR, Question, SignIn, insecure, problem
from tests.e2e.hosting import Hosting
from tests.e2e.portolan import Portolan


@pytest.fixture(scope="module")
def booted(browser: Browser, hosting: Hosting) -> Iterator[Portolan]:
    abroad = launch(browser)
    page = abroad.new_page(viewport={"width": 1280, "height": 900})
    allowed = {*hosting.origins.values(), *(far(one, "registry") for one in hosting.origins.values())}
    app = Portolan(page, f"{far(hosting.site, 'portolan')}/", allowed)
    app.goto()
    app.booted()
    yield app
    abroad.close()


@pytest.fixture
def plain(booted: Portolan, hosting: Hosting) -> Iterator[Portolan]:
    booted.recover()
    booted.reset()
    booted.complaints.clear()
    hosting.forget()
    yield booted
    assert booted.complaints == []


def registry(hosting: Hosting, name: str) -> str:
    """The route of a listener under a public name."""
    return far(hosting.origins[name], "registry")


def test_the_app_starts_without_a_secure_context(plain: Portolan) -> None:
    assert plain.page.evaluate("isSecureContext") is False
    expect(plain.page.get_by_role("heading", name="Explore a container registry")).to_be_visible()


def test_a_registry_is_read(plain: Portolan, hosting: Hosting) -> None:
    host = registry(hosting, "anonymous")
    plain.open(host)
    plain.open(f"{host}/sample/harbour")
    plain.open(f"{host}/sample/harbour:latest")
    expect(plain.main).to_contain_text("verified")
    expect(plain.main).to_contain_text("linux/amd64")


def test_the_page_says_that_the_registry_speaks_plain_http(plain: Portolan, hosting: Hosting) -> None:
    plain.open(f"{registry(hosting, 'anonymous')}/sample/harbour")
    expect(plain.main).to_contain_text("plain HTTP, not encrypted")


def test_copying_works_without_the_clipboard_api(plain: Portolan, hosting: Hosting) -> None:
    plain.open(f"{registry(hosting, 'anonymous')}/sample/harbour")
    assert plain.page.evaluate("navigator.clipboard") is None
    button = plain.page.locator("main button.copy").first
    button.click()
    expect(plain.announced).to_have_text("Copied")
    expect(button).to_be_focused()
    plain.page.locator("#omnibox").fill("")
    plain.page.keyboard.press("Control+v")
    expect(plain.page.locator("#omnibox")).to_have_value(button.get_attribute("data-copy") or "")


def test_the_settings_say_what_plain_http_means(plain: Portolan) -> None:
    plain.goto("-/settings")
    expect(plain.main).to_contain_text("This page came over plain HTTP")
    expect(plain.main).to_contain_text("HTTPS")


def test_what_is_recent_is_kept(plain: Portolan, hosting: Hosting) -> None:
    host = registry(hosting, "anonymous")
    plain.open(f"{host}/sample/harbour")
    plain.page.goto(f"{plain.site}#/")
    expect(plain.page.get_by_role("link", name=host.removeprefix("http://")).first).to_be_visible()


def test_a_password_goes_over_plain_http_only_after_a_warning(plain: Portolan, hosting: Hosting) -> None:
    route = f"{registry(hosting, 'basic')}/sample/harbour"
    plain.open(route, "login")
    expect(SignIn(plain).form).to_have_count(0)
    expect(insecure(plain).card).to_contain_text("speaks plain HTTP")
    insecure(plain).button("Sign in all the same").click()
    SignIn(plain).give(SAILOR)
    plain.arrive(route)
    expect(plain.identity).to_contain_text("signed in as sailor")


def test_axe_finds_nothing_serious_on_the_warning(plain: Portolan, hosting: Hosting) -> None:
    plain.open(f"{registry(hosting, 'basic')}/sample/harbour", "login")
    expect(insecure(plain).card).to_be_visible()
    assert findings(plain.page) == []


def test_axe_finds_nothing_serious_on_the_settings(plain: Portolan) -> None:
    plain.goto("-/settings")
    expect(plain.main).to_contain_text("This page came over plain HTTP")
    assert findings(plain.page) == []


def test_leaving_the_warning_sends_nothing(plain: Portolan, hosting: Hosting) -> None:
    route = f"{registry(hosting, 'basic')}/sample/harbour"
    plain.open(route, "login")
    insecure(plain).leave.click()
    problem(plain, route, "failed", "denied")
    assert {one["authorization"] for one in hosting.requests("basic")} == {None}


def test_a_token_server_on_a_private_host_is_asked_about_even_for_an_anonymous_token(
    plain: Portolan, hosting: Hosting
) -> None:
    route = f"{registry(hosting, 'bearer')}/sample/harbour"
    plain.open(route, "login")
    question = Question(plain, "Contact another host?")
    expect(question.card).to_contain_text(hosting.netloc("token"))
    assert hosting.requests("token") == []
    question.button("Approve 127").click()
    plain.arrive(route)
    assert len(hosting.requests("token")) == 1
