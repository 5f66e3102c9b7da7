"""The first page: one input that takes whatever names a registry, a repository or a manifest."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.hosting import Hosting
from tests.e2e.pages import Landing, home
from tests.e2e.portolan import Portolan

DIGEST = "sha256:" + "0" * 64


@pytest.mark.parametrize(
    ("typed", "subject", "view"),
    [
        ("{host}", "{host}", "registry"),
        ("{host}/sample/base", "{host}/sample/base", "repository"),
        ("{host}/sample/base:12", "{host}/sample/base:12", "manifest"),
        ("{host}/sample/base@" + DIGEST, "{host}/sample/base@" + DIGEST, "manifest"),
        ("docker pull {host}/sample/base:12", "{host}/sample/base:12", "manifest"),
        ("$ sudo docker run --rm -it -p 80:80 {host}/sample/base:12 sh", "{host}/sample/base:12", "manifest"),
        ("skopeo inspect docker://{host}/sample/base:12", "{host}/sample/base:12", "manifest"),
        ("http://{host}/v2/sample/base/manifests/12", "{host}/sample/base:12", "manifest"),
        ("http://{host}/v2/_catalog", "{host}", "registry"),
        ("{site}#/{host}/sample/base", "{host}/sample/base", "repository"),
        ("  {host}/sample/base:12\u00a0", "{host}/sample/base:12", "manifest"),
    ],
)
def test_whatever_names_a_page_opens_it(app: Portolan, hosting: Hosting, typed: str, subject: str, view: str) -> None:
    names = {"host": hosting.netloc("anonymous"), "site": hosting.site}
    app.search(typed.format(**names))
    wanted = subject.format(**names)
    app.page.locator(f'main[data-view="{view}"]').wait_for()
    expect(app.main).to_have_attribute("data-subject", wanted + "/" * (view == "registry" and "." not in wanted))
    expect(app.page).to_have_url(f"{hosting.site}#/{wanted}")


def test_the_open_button_does_as_enter_does(app: Portolan, hosting: Hosting) -> None:
    Landing(app).field.fill(f"{hosting.netloc('anonymous')}/sample/base")
    app.main.get_by_role("button", name="Open").click()
    app.arrive(f"{hosting.netloc('anonymous')}/sample/base")


@pytest.mark.parametrize(
    ("typed", "offending", "where", "reason"),
    [
        ("ghcr.io/Org/app", "O", "Character 9:", "lower"),
        ("ghcr.io/org/app:1 2", " ", "Character 18:", "space"),
        ("ghcr.io/org/app:v1+2", "+", "Character 19:", "tag"),
        ("ghcr.io/org/app@sha256:12g", "g", "Character 26:", "digest"),
        ("ghcr.io:http/org", "h", "Character 9:", "port"),
        ("", "", "", "missing"),
        ("docker pull", "", "At the end:", "missing"),
    ],
)
def test_wrong_input_is_marked_where_it_goes_wrong(
    app: Portolan, typed: str, offending: str, where: str, reason: str
) -> None:
    landing = Landing(app)
    app.search(typed)
    expect(landing.error).to_contain_text(reason, ignore_case=True)
    expect(landing.error).to_contain_text(where)
    if offending.strip():
        expect(landing.offending).to_have_text(offending)
    expect(landing.field).to_have_attribute("aria-invalid", "true")
    expect(landing.field).to_be_focused()
    expect(landing.field).to_have_value(typed)
    expect(app.main).to_have_attribute("data-problem", "bad-input")


def test_the_reason_is_read_out_with_the_input_and_announced(app: Portolan) -> None:
    app.search("ghcr.io/Org/app")
    landing = Landing(app)
    expect(landing.error).to_be_visible()
    expect(landing.field).to_have_attribute("aria-describedby", re.compile(r"^reference-error\b"))
    expect(app.announced).to_contain_text("Not opened")


def test_a_corrected_input_opens_and_the_mark_is_gone(app: Portolan, hosting: Hosting) -> None:
    app.search(f"{hosting.netloc('anonymous')}/Sample/base")
    expect(Landing(app).error).to_be_visible()
    app.search(f"{hosting.netloc('anonymous')}/sample/base")
    app.arrive(f"{hosting.netloc('anonymous')}/sample/base")
    app.page.go_back()
    app.page.locator('main[data-view="landing"]').wait_for()
    expect(Landing(app).error).to_have_count(0)


def test_the_registries_of_the_configuration_are_listed(app: Portolan, hosting: Hosting) -> None:
    landing = Landing(app)
    expect(landing.offered).to_have_count(1)
    expect(landing.offered).to_contain_text("Sample registry")
    landing.offered.get_by_role("link").click()
    app.arrive(hosting.netloc("anonymous"))


def test_an_opened_registry_is_remembered_by_its_name_alone(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/base:12")
    app.goto()  # starts the app anew
    landing = Landing(app)
    expect(landing.remembered).to_have_text([hosting.netloc("anonymous")])
    kept = app.page.evaluate("JSON.stringify(localStorage)")
    assert hosting.netloc("anonymous") in kept
    assert "sample" not in kept


def test_a_registry_that_could_not_be_read_is_not_remembered(app: Portolan, hosting: Hosting) -> None:
    app.open(hosting.netloc("no-cors"), "failed")
    home(app)
    expect(Landing(app).remembered).to_have_count(0)


# What the browser keeps is kept before the page shows it: the shell is told of both in that order.


def open_two(app: Portolan, hosting: Hosting) -> None:
    for name in ("anonymous", "no-catalog"):
        app.open(f"{hosting.netloc(name)}/sample/base")
    home(app)


def test_one_registry_can_be_forgotten(app: Portolan, hosting: Hosting) -> None:
    open_two(app, hosting)
    landing = Landing(app)
    expect(landing.remembered).to_have_text([hosting.netloc("no-catalog"), hosting.netloc("anonymous")])
    landing.recent.get_by_role("button", name=f"Forget {hosting.netloc('no-catalog')}").click()
    expect(landing.remembered).to_have_text([hosting.netloc("anonymous")])
    assert hosting.netloc("no-catalog") not in app.page.evaluate("JSON.stringify(localStorage)")


def test_all_registries_can_be_forgotten(app: Portolan, hosting: Hosting) -> None:
    open_two(app, hosting)
    landing = Landing(app)
    landing.recent.get_by_role("button", name="Forget all").click()
    expect(landing.remembered).to_have_count(0)
    assert app.page.evaluate("JSON.stringify(localStorage)") == "{}"


def test_remembering_can_be_turned_off(app: Portolan, hosting: Hosting) -> None:
    open_two(app, hosting)
    landing = Landing(app)
    landing.remember.uncheck()
    expect(landing.remembered).to_have_count(0)
    app.open(f"{hosting.netloc('anonymous')}/sample/base")
    home(app)
    expect(landing.remember).not_to_be_checked()
    expect(landing.remembered).to_have_count(0)
    assert hosting.netloc("anonymous") not in app.page.evaluate("JSON.stringify(localStorage)")


def test_the_input_offers_what_is_known(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/base")
    home(app)
    Landing(app).field.press_sequentially("127")
    options = app.page.locator("#suggestions option")
    expect(options).to_have_count(1)
    expect(options.first).to_have_attribute("value", hosting.netloc("anonymous"))


def test_the_input_in_the_header_offers_repositories_that_are_loaded(app: Portolan, hosting: Hosting) -> None:
    app.open(hosting.netloc("anonymous"))
    app.page.locator("#omnibox").fill("many-t")
    options = app.page.locator("#suggestions option")
    expect(options).to_have_count(1)
    expect(options.first).to_have_attribute("value", f"{hosting.netloc('anonymous')}/sample/many-tags")


def test_the_input_in_the_header_offers_tags_that_are_loaded(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/chart")
    app.page.locator("#omnibox").fill("chart:0.")
    values = [f"{hosting.netloc('anonymous')}/sample/chart:{tag}" for tag in ("0.3.0", "0.4.0")]
    options = app.page.locator("#suggestions option")
    expect(options).to_have_count(2)
    assert sorted(options.evaluate_all("(all) => all.map((one) => one.value)")) == values


def test_the_input_in_the_header_opens_what_is_typed_into_it(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/chart")
    field = app.page.locator("#omnibox")
    expect(field).to_have_value(f"{hosting.netloc('anonymous')}/sample/chart")
    field.fill(f"{hosting.netloc('anonymous')}/sample/wasm")
    field.press("Enter")
    app.arrive(f"{hosting.netloc('anonymous')}/sample/wasm")
    expect(app.heading).to_be_focused()


def test_the_input_in_the_header_names_the_page_that_a_pasted_command_opened(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/chart")
    field = app.page.locator("#omnibox")
    field.fill(f"docker pull {hosting.netloc('anonymous')}/sample/wasm:latest")
    field.press("Enter")
    app.arrive(f"{hosting.netloc('anonymous')}/sample/wasm:latest")
    expect(field).to_have_value(f"{hosting.netloc('anonymous')}/sample/wasm:latest")


def test_wrong_input_in_the_header_is_marked_on_the_first_page(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/chart")
    app.page.locator("#omnibox").fill("ghcr.io/Org/app")
    app.page.locator("#omnibox").press("Enter")
    landing = Landing(app)
    expect(landing.offending).to_have_text("O")
    expect(landing.field).to_have_value("ghcr.io/Org/app")
    expect(landing.field).to_be_focused()
    app.page.go_back()
    app.arrive(f"{hosting.netloc('anonymous')}/sample/chart")
