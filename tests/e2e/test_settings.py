"""The settings: what this browser keeps, and how the page looks."""

import json

from playwright.sync_api import Locator, expect

from tests.e2e.hosting import Hosting
from tests.e2e.pages import Held
from tests.e2e.portolan import Portolan


def opened(app: Portolan) -> Locator:
    app.page.get_by_role("link", name="Settings").click()
    app.page.locator('main[data-view="settings"][data-state="shown"]').wait_for()
    return app.main


def kept(app: Portolan) -> dict[str, str]:
    """What the browser keeps. The shell is told of it before it is told what to show: what shows a choice comes after
    it was kept."""
    return dict(json.loads(app.page.evaluate("JSON.stringify(localStorage)")))


def test_the_settings_are_a_page_with_an_address(app: Portolan, hosting: Hosting) -> None:
    opened(app)
    expect(app.page).to_have_url(f"{hosting.site}#/-/settings")
    expect(app.page).to_have_title("Settings · Portolan")
    expect(app.heading).to_be_focused()
    app.page.go_back()
    app.page.locator('main[data-view="landing"]').wait_for()


def test_a_colour_scheme_is_chosen_and_kept(app: Portolan) -> None:
    choice = opened(app).get_by_label("Colours")
    root = app.page.locator("html")
    light = app.page.evaluate("getComputedStyle(document.body).backgroundColor")
    choice.select_option("dark")
    expect(root).to_have_attribute("data-theme", "dark")
    assert app.page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    assert kept(app) == {"portolan:theme": "dark"}
    choice.select_option("auto")
    expect(root).not_to_have_attribute("data-theme", "dark")
    assert kept(app) == {}


def test_a_colour_scheme_holds_before_python_is_up(app: Portolan) -> None:
    opened(app).get_by_label("Colours").select_option("dark")
    expect(app.page.locator("html")).to_have_attribute("data-theme", "dark")
    held = Held(app.page, r"pyodide\.asm\.wasm")
    try:
        app.page.reload()
        expect(app.page.locator('html[data-boot="loading"][data-theme="dark"]')).to_have_count(1)
    finally:
        held.let_go()
    app.booted()
    expect(app.main.get_by_label("Colours")).to_have_value("dark")


def test_recent_registries_are_listed_and_can_be_forgotten(app: Portolan, hosting: Hosting) -> None:
    host = hosting.netloc("anonymous")
    app.open(f"{host}/sample/wasm")
    recents = opened(app).get_by_role("region", name="Recent registries")
    expect(recents.get_by_role("link")).to_have_text([host])
    recents.get_by_role("button", name=f"Forget {host}").click()
    expect(recents).to_contain_text("None is remembered.")
    assert kept(app) == {}


def test_remembering_can_be_turned_off(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/wasm")
    recents = opened(app).get_by_role("region", name="Recent registries")
    recents.get_by_role("checkbox").uncheck()
    expect(recents).to_contain_text("None is remembered.")
    assert kept(app) == {"portolan:remember": "no"}
    app.open(f"{hosting.netloc('anonymous')}/sample/base")
    opened(app)
    expect(recents).to_contain_text("None is remembered.")
    assert kept(app) == {"portolan:remember": "no"}


def test_starting_afresh_forgets_everything(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/wasm")
    opened(app).get_by_label("Colours").select_option("dark")
    expect(app.page.locator("html")).to_have_attribute("data-theme", "dark")
    app.command("reset").click()
    app.page.locator('main[data-view="landing"]').wait_for()
    expect(app.page.locator("html")).not_to_have_attribute("data-theme", "dark")
    assert kept(app) == {}
    expect(app.page.get_by_role("region", name="Recent registries")).to_have_count(0)
