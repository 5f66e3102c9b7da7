"""A region that is patched keeps what the person did to it, control by control.

A patch is applied when `patch` returns, and Python writes nothing on the first page by itself: what comes of it is
there at once. The next test begins with another page, which Python writes as a whole.
"""

import pytest
from playwright.sync_api import expect

from tests.e2e.portolan import Portolan

APPLY = """async ([html, extra]) => {
  const shell = await import(new URL("static/shell/commit.js", document.baseURI).href);
  const main = { view: "landing", state: "idle", subject: "", verdict: "", problem: "" };
  shell.apply({ nav: 0, patches: [{ region: "main", html }], main, title: "t", route: null, replace: true,
    focus: null, announce: null, mark: null, ...extra });
}"""


@pytest.fixture
def page(app: Portolan) -> Portolan:
    return app


def patch(tab: Portolan, html: str, **extra: object) -> None:
    tab.page.evaluate(APPLY, [f"<h1 tabindex='-1'>Title</h1>{html}", extra])


def test_open_details_stay_open(page: Portolan) -> None:
    patch(page, "<details id='d'><summary>More</summary><p>one</p></details>")
    page.page.locator("summary").click()
    patch(page, "<details id='d'><summary>More</summary><p>two</p></details>")
    expect(page.page.locator("#d p")).to_be_visible()
    expect(page.page.locator("#d p")).to_have_text("two")


def test_closed_details_stay_closed(page: Portolan) -> None:
    patch(page, "<details id='d' open><summary>More</summary><p>one</p></details>")
    page.page.locator("summary").click()
    patch(page, "<details id='d' open><summary>More</summary><p>two</p></details>")
    expect(page.page.locator("#d p")).to_be_hidden()


def test_typed_text_stays(page: Portolan) -> None:
    patch(page, "<input id='i' value=''><p>one</p>")
    page.page.locator("#i").fill("typed")
    patch(page, "<input id='i' value='' class='x'><p>two</p>")
    expect(page.page.locator("#i")).to_have_value("typed")


def test_python_overrides_typed_text_by_data_reset(page: Portolan) -> None:
    patch(page, "<input id='i' value=''><p>one</p>")
    page.page.locator("#i").fill("typed")
    patch(page, "<input id='i' value='other' data-reset><p>two</p>")
    expect(page.page.locator("#i")).to_have_value("other")


def test_text_in_an_area_stays(page: Portolan) -> None:
    patch(page, "<textarea id='a'></textarea><p>one</p>")
    page.page.locator("#a").fill("typed")
    patch(page, "<textarea id='a' class='x'></textarea><p>two</p>")
    expect(page.page.locator("#a")).to_have_value("typed")


def test_a_ticked_box_stays_ticked(page: Portolan) -> None:
    patch(page, "<input type='checkbox' id='c'><p>one</p>")
    page.page.locator("#c").check()
    patch(page, "<input type='checkbox' id='c' class='x'><p>two</p>")
    expect(page.page.locator("#c")).to_be_checked()


def test_python_overrides_a_box_by_data_reset(page: Portolan) -> None:
    patch(page, "<input type='checkbox' id='c'><p>one</p>")
    page.page.locator("#c").check()
    patch(page, "<input type='checkbox' id='c' data-reset><p>two</p>")
    expect(page.page.locator("#c")).not_to_be_checked()


def test_a_chosen_option_stays_chosen(page: Portolan) -> None:
    options = "<option value='a'>A</option><option value='b'>B</option>"
    patch(page, f"<select id='s'>{options}</select><p>one</p>")
    page.page.locator("#s").select_option("b")
    patch(page, f"<select id='s' class='x'>{options}</select><p>two</p>")
    expect(page.page.locator("#s")).to_have_value("b")


def test_python_overrides_a_choice_by_data_reset(page: Portolan) -> None:
    patch(page, "<select id='s'><option value='a'>A</option><option value='b'>B</option></select>")
    page.page.locator("#s").select_option("b")
    patch(page, "<select id='s' data-reset><option value='a' selected>A</option><option value='b'>B</option></select>")
    expect(page.page.locator("#s")).to_have_value("a")


def test_the_focus_and_the_selection_in_an_input_stay(page: Portolan) -> None:
    patch(page, "<input id='i'><p>one</p>")
    page.page.locator("#i").fill("abcdef")
    page.page.evaluate("document.getElementById('i').setSelectionRange(1, 3)")
    patch(page, "<p>before</p><input id='i' class='x'><p>two</p>")
    expect(page.page.locator("#i")).to_be_focused()
    selection = "[document.getElementById('i').selectionStart, document.getElementById('i').selectionEnd]"
    assert page.page.evaluate(selection) == [1, 3]


def test_a_scrolled_box_stays_scrolled(page: Portolan) -> None:
    rows = "".join(f"<p>{number}</p>" for number in range(200))
    patch(page, f"<div id='b' class='source'>{rows}</div><p>one</p>")
    page.page.evaluate("document.getElementById('b').scrollTop = 120")
    patch(page, f"<div id='b' class='source x'>{rows}</div><p>two</p>")
    assert page.page.evaluate("document.getElementById('b').scrollTop") == 120


def test_a_region_inside_a_region_keeps_what_its_own_patches_brought(page: Portolan) -> None:
    patch(
        page,
        "<ul id='inner' data-region></ul>",
        patches=[
            {"region": "main", "html": "<h1 tabindex='-1'>Title</h1><ul id='inner' data-region></ul>"},
            {"region": "inner", "html": "<li>row</li>"},
        ],
    )
    patch(page, "<p>new</p><ul id='inner' data-region></ul>")
    expect(page.page.locator("#inner li")).to_have_text("row")


def test_the_focus_goes_to_the_heading_when_asked(page: Portolan) -> None:
    patch(page, "<p>one</p>", focus="heading")
    expect(page.page.locator("main h1")).to_be_focused()


def test_what_loaded_is_announced(page: Portolan) -> None:
    patch(page, "<p>one</p>", announce="24 tags")
    expect(page.announced).to_have_text("24 tags")


def test_a_chosen_file_is_read_and_submitted(page: Portolan) -> None:
    patch(page, "<form data-form='open'><input type='file' id='f' data-file='open' data-field='reference'></form>")
    page.page.locator("#f").set_input_files(
        {"name": "config.json", "mimeType": "text/plain", "buffer": b"no such Place"}
    )
    expect(page.page.locator("#reference")).to_have_attribute("aria-invalid", "true")
