"""What axe-core finds on every kind of page, wide and narrow, light and dark; names that a screen reader reads."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import findings
from tests.e2e.forms import KINDS, Kind, SignIn, approval, boot_failure
from tests.e2e.hosting import Hosting
from tests.e2e.portolan import Portolan


@pytest.fixture
def coloured(app: Portolan) -> Iterator[Portolan]:
    yield app
    app.page.emulate_media(color_scheme="light", forced_colors="none")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_axe_finds_nothing_serious_on(coloured: Portolan, hosting: Hosting, kind: Kind) -> None:
    kind.show(coloured, hosting)
    assert findings(coloured.page) == []


def test_axe_finds_nothing_serious_on_a_failed_start(fresh: Page, hosting: Hosting) -> None:
    boot_failure(fresh, hosting.site)
    assert findings(fresh) == []


def test_axe_finds_nothing_serious_during_the_start(fresh: Page, hosting: Hosting) -> None:
    fresh.route("**/*.wasm", lambda route: None)  # never answered
    fresh.goto(hosting.site)
    fresh.locator("#boot").get_by_text("step 1 of 4").wait_for()
    assert findings(fresh) == []


def test_axe_is_run(coloured: Portolan) -> None:
    coloured.page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert any("button-name" in one for one in findings(coloured.page))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_there_is_one_heading_of_the_first_level_and_one_main_on(app: Portolan, hosting: Hosting, kind: Kind) -> None:
    kind.show(app, hosting)
    expect(app.page.locator("h1")).to_have_count(1)
    expect(app.page.get_by_role("main")).to_have_count(1)
    expect(app.page).to_have_title(re.compile("."))


def test_the_parts_of_the_frame_have_roles_and_names(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour")
    page = app.page
    expect(page.get_by_role("banner").get_by_role("search").get_by_role("combobox")).to_have_accessible_name(
        "Registry or image reference"
    )
    expect(page.get_by_role("navigation", name="Breadcrumb")).to_be_visible()
    expect(page.get_by_role("navigation", name="Tools").get_by_role("link", name="Settings")).to_be_visible()
    expect(page.get_by_role("searchbox", name="Filter tags")).to_be_visible()
    expect(page.get_by_role("contentinfo")).to_be_visible()


def test_every_control_of_a_list_of_tags_has_a_name_of_its_own(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour")
    # Until every row has its controls.
    expect(app.rows().first.locator(".digest")).to_be_visible()
    expect(app.main.locator(".skeleton")).to_have_count(0)
    copies = app.page.get_by_role("main").get_by_role("button", name="Copy ")
    names = copies.evaluate_all("(all) => all.map((one) => one.getAttribute('aria-label'))")
    assert names
    assert all(len(name) > len("Copy ") for name in names)
    expect(app.page.get_by_role("columnheader").first).to_be_visible()
    expect(app.page.get_by_role("rowheader", name="latest").first).to_be_visible()


def test_the_form_of_a_sign_in_has_names_and_belongs_together(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    form = app.page.get_by_role("form", name=f"Sign in to {hosting.netloc('basic')}")
    expect(form.get_by_role("textbox", name="Username")).to_be_visible()
    expect(form.get_by_label("Password or access token")).to_have_accessible_description(
        "Held in this tab's memory alone. Closing or reloading the tab forgets it."
    )
    expect(form.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(SignIn(app).asked).to_be_visible()


def test_a_wrong_password_is_tied_to_its_field(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    app.sign_in("sailor", "wrong")
    expect(SignIn(app).password).to_have_accessible_description("The registry did not accept them. Nothing was kept.")


def test_an_approval_names_the_host_in_its_button(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('bearer')}/private/logbook", "login")
    app.sign_in("sailor", "harbour")
    expect(approval(app).button(f"Approve {hosting.netloc('token')}")).to_be_visible()


def test_buttons_of_a_list_name_what_they_forget(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour")
    app.page.goto(f"{hosting.site}#/")
    expect(app.page.get_by_role("button", name=f"Forget {hosting.netloc('anonymous')}")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_high_contrast_keeps_borders_of_controls(coloured: Portolan, hosting: Hosting, scheme: str) -> None:
    page = coloured.page
    page.emulate_media(forced_colors="active", color_scheme="light" if scheme == "light" else "dark")
    page.goto(f"{hosting.site}#/")
    width = page.locator("#reference").evaluate("(one) => parseFloat(getComputedStyle(one).borderTopWidth)")
    assert width > 0
