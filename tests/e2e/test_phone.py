"""Narrow screens: nothing scrolls sideways, fingers hit what they aim at, the forms work."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.forms import KINDS, SAILOR, Kind, SignIn, approval, boot_failure
from tests.e2e.hosting import Hosting
from tests.e2e.pages import PullMenu
from tests.e2e.portolan import Portolan

# How far the page goes beyond the screen, and the elements that reach furthest.
SIDEWAYS = """() => {
  const over = document.documentElement.scrollWidth - innerWidth;
  if (over <= 0) return [];
  return [over, ...[...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5 && !one.closest("svg"))
    .slice(0, 6).map((one) => `${one.tagName}.${one.getAttribute("class")} ${one.textContent.slice(0, 40)}`)];
}"""

# WCAG 2.2, 2.5.8: 24 px, or as much room around; links in a sentence and what the browser draws are exempt.
SMALL = """() => [...document.querySelectorAll("a[href], button, input, select, summary")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".vh, .skip"))
  .filter((one) => getComputedStyle(one).display !== "inline" || one.matches("button, input, select, summary"))
  .map((one) => (one.matches("input[type=checkbox]") && one.closest("label")) || one)
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.width < 23.9 || box.height < 23.9))
  .map(([one, box]) => `${one.outerHTML.slice(0, 90)} is ${box.width.toFixed(1)} x ${box.height.toFixed(1)}`)"""


@pytest.fixture
def phone(app: Portolan) -> Iterator[Portolan]:
    app.page.set_viewport_size({"width": 375, "height": 720})
    yield app
    app.page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_nothing_scrolls_sideways_and_targets_are_large_enough_on(
    phone: Portolan, hosting: Hosting, kind: Kind
) -> None:
    kind.show(phone, hosting)
    for width in (375, 320):
        phone.page.set_viewport_size({"width": width, "height": 720})
        assert phone.page.evaluate(SIDEWAYS) == [], f"at {width} px"
        assert phone.page.evaluate(SMALL) == [], f"at {width} px"


def test_a_failed_start_does_not_scroll_sideways(fresh: Page, hosting: Hosting) -> None:
    fresh.set_viewport_size({"width": 320, "height": 720})
    boot_failure(fresh, hosting.site)
    assert fresh.evaluate(SIDEWAYS) == []


def test_names_at_the_limits_do_not_scroll_sideways(phone: Portolan, hosting: Hosting) -> None:
    phone.open(f"{hosting.netloc('anonymous')}?filter=limits")
    phone.page.set_viewport_size({"width": 320, "height": 720})
    assert phone.page.evaluate(SIDEWAYS) == []
    phone.page.locator("main li a", has_text="zzzz").first.click()
    phone.page.locator('main[data-view="repository"][data-state="shown"]').wait_for()
    phone.rows().first.scroll_into_view_if_needed()  # which is when they are read
    phone.page.locator("main .skeleton").first.wait_for(state="detached")
    assert phone.page.evaluate(SIDEWAYS) == []
    phone.page.locator("a.tag", has_text="long-voyage").first.click()
    phone.page.locator('main[data-view="manifest"][data-state="shown"]').wait_for()
    assert phone.page.evaluate(SIDEWAYS) == []


def test_every_pull_command_is_beside_its_button_and_scrolls_by_itself(phone: Portolan, hosting: Hosting) -> None:
    phone.page.set_viewport_size({"width": 320, "height": 720})
    phone.open(f"{hosting.netloc('anonymous')}/sample/harbour:latest")
    menu = PullMenu(phone)
    menu.open()
    menu.pin.check()
    commands = menu.menu.locator(".commands li:visible")
    expect(commands.filter(has_text="insecure-registries")).to_have_count(1)  # a note below must not push it aside
    for one in commands.all():
        box, button = one.locator("pre").bounding_box(), one.get_by_role("button").bounding_box()
        assert box is not None
        assert button is not None
        assert box["width"] > 200
        assert box["x"] + box["width"] <= button["x"] <= 320 - button["width"]
    assert phone.page.evaluate(SIDEWAYS) == []


def height(app: Portolan, selector: str) -> float:
    box = app.page.locator(selector).first.bounding_box()
    assert box is not None
    return box["height"]


@pytest.mark.parametrize(
    "selector", ["#reference", 'form[data-form="open"].omnibox + nav a', "main button[type=submit]"]
)
def test_the_main_controls_of_the_first_page_are_44_px_high(phone: Portolan, selector: str) -> None:
    phone.page.goto(f"{phone.site}#/")
    phone.page.locator("#reference").wait_for()
    assert height(phone, selector) >= 44


@pytest.mark.parametrize("selector", ["#username", "#password", 'form[data-form="login"] button[type=submit]'])
def test_the_controls_of_a_sign_in_are_44_px_high(phone: Portolan, hosting: Hosting, selector: str) -> None:
    phone.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    assert height(phone, selector) >= 44


@pytest.mark.parametrize("selector", ["#filter", "#omnibox", "a.tag", "main details.menu summary"])
def test_the_main_controls_of_a_repository_are_44_px_high(phone: Portolan, hosting: Hosting, selector: str) -> None:
    phone.open(f"{hosting.netloc('anonymous')}/sample/harbour")
    assert height(phone, selector) >= 44


def test_text_in_inputs_is_large_enough_not_to_be_zoomed(phone: Portolan, hosting: Hosting) -> None:
    phone.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    for field in ("#username", "#password", "#omnibox"):
        assert phone.page.locator(field).evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)") >= 16


def test_one_signs_in_on_a_phone(phone: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('bearer')}/private/logbook"
    phone.open(route, "login")
    for one in (SignIn(phone).username, SignIn(phone).password, SignIn(phone).submit):
        expect(one).to_be_in_viewport(ratio=1)
    SignIn(phone).give(SAILOR)
    expect(approval(phone).button("Approve 127")).to_be_visible()
    approval(phone).button("Approve 127").click()
    phone.arrive(route)
    expect(phone.identity).to_contain_text("sailor")
    expect(phone.command("sign-out")).to_be_visible()


def test_a_page_zoomed_to_four_times_still_reads(phone: Portolan, hosting: Hosting) -> None:
    # WCAG 1.4.10: 1280 px at 400 % is 320 px wide and 225 px high.
    phone.page.set_viewport_size({"width": 320, "height": 225})
    phone.open(f"{hosting.netloc('anonymous')}/sample/harbour:latest")
    assert phone.page.evaluate(SIDEWAYS) == []
    header = phone.page.get_by_role("banner").bounding_box()
    assert header is not None
    phone.page.mouse.wheel(0, 400)
    expect(phone.page.get_by_role("heading").nth(1)).to_be_attached()
