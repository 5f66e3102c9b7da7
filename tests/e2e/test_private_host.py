"""From a page that is not local, a host of the person's own network is asked about before it is contacted."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.abroad import far, launch
from tests.e2e.axe import findings
from tests.e2e.forms import private_host
from tests.e2e.hosting import Hosting
from tests.e2e.portolan import Portolan, origin_of


@pytest.fixture(scope="module")
def public(browser: Browser, hosting: Hosting) -> Iterator[Portolan]:
    abroad = launch(browser)
    page = abroad.new_page(viewport={"width": 1280, "height": 900})
    app = Portolan(page, f"{far(hosting.site, 'portolan')}/", set(hosting.origins.values()))
    app.goto()
    app.booted()
    yield app
    abroad.close()


@pytest.fixture
def away(public: Portolan, hosting: Hosting) -> Iterator[Portolan]:
    public.recover()
    public.allowed = {origin_of(public.site), *hosting.origins.values()}
    public.reset()
    public.complaints.clear()
    hosting.forget()
    yield public
    assert public.complaints == []


def test_a_private_host_is_asked_about_and_not_contacted(away: Portolan, hosting: Hosting) -> None:
    away.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    expect(private_host(away).card).to_contain_text(hosting.netloc("basic"))
    expect(away.announced).to_have_text(f"{hosting.netloc('basic')} is on a private network. Contact it?")
    assert hosting.requests("basic") == []


def test_a_deep_link_to_a_private_host_contacts_nobody(away: Portolan, hosting: Hosting) -> None:
    away.goto(f"{hosting.netloc('no-catalog')}/sample/harbour")
    away.page.reload()
    away.booted()
    away.arrive(f"{hosting.netloc('no-catalog')}/sample/harbour", "login")
    assert hosting.requests("no-catalog") == []


def test_axe_finds_nothing_serious_on_the_question(away: Portolan, hosting: Hosting) -> None:
    away.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    expect(private_host(away).card).to_be_visible()
    assert findings(away.page) == []


def test_once_confirmed_it_is_read(away: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('no-catalog')}/sample/harbour"
    away.open(route, "login")
    private_host(away).button("Contact 127").click()
    away.arrive(route)
    expect(away.rows().first).to_be_visible()
    away.open(f"{hosting.netloc('no-catalog')}/sample/harbour:latest")


def test_another_port_is_another_question(away: Portolan, hosting: Hosting) -> None:
    away.open(f"{hosting.netloc('no-catalog')}/sample/harbour", "login")
    private_host(away).button("Contact 127").click()
    away.arrive(f"{hosting.netloc('no-catalog')}/sample/harbour")
    away.open(f"{hosting.netloc('redirect')}/sample/harbour", "login")
    assert hosting.requests("redirect") == []


def test_who_refuses_is_led_to_the_first_page(away: Portolan, hosting: Hosting) -> None:
    away.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    private_host(away).leave.click()
    away.page.locator('main[data-view="landing"]').wait_for()
    assert hosting.requests("basic") == []


def test_a_configured_host_is_not_asked_about(away: Portolan, hosting: Hosting) -> None:
    away.open(f"{hosting.netloc('anonymous')}/sample/harbour")


def test_a_recent_host_is_not_asked_about(away: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('no-catalog')}/sample/harbour"
    away.open(route, "login")
    private_host(away).button("Contact 127").click()
    away.arrive(route)
    away.page.reload()
    away.booted()
    away.arrive(route)


def test_a_host_that_was_forgotten_is_asked_about_again(away: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('no-catalog')}/sample/harbour"
    away.open(route, "login")
    private_host(away).button("Contact 127").click()
    away.arrive(route)
    away.goto("-/settings")
    away.command("forget-all").click()
    expect(away.main).to_contain_text("None is remembered")
    away.page.reload()
    away.booted()
    hosting.forget()
    away.open(route, "login")
    assert hosting.requests("no-catalog") == []


def test_a_name_of_the_own_network_is_private(away: Portolan, hosting: Hosting) -> None:
    away.allowed.add("https://registry.lan")
    away.open("registry.lan/team/app", "login")
    expect(private_host(away).card).to_contain_text("registry.lan")


def test_a_local_page_does_not_ask(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('no-catalog')}/sample/harbour")


def test_the_doctor_asks_about_a_private_host_too(away: Portolan, hosting: Hosting) -> None:
    away.goto(f"{hosting.netloc('no-cors')}/-/doctor")
    away.arrive(hosting.netloc("no-cors"), "login")
    assert hosting.requests("no-cors") == []
    private_host(away).button("Contact").click()
    expect(away.main).to_have_attribute("data-verdict", "no-usable-allow-origin")
