"""Without a mouse: from the first page to a manifest, keys, menus, a focus that is always seen."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.forms import SignIn, approval
from tests.e2e.hosting import Hosting
from tests.e2e.portolan import Portolan

FOCUSED = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  return { tag: one.tagName, name: one.getAttribute("aria-label") ?? one.textContent.trim().slice(0, 40),
    outline: style.outlineStyle !== "none" ? parseFloat(style.outlineWidth) : 0, shadow: style.boxShadow,
    inside: box.bottom > 0 && box.top < innerHeight };
}"""


def tab_to(app: Portolan, target: Locator, most: int = 60) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(most):
        app.page.keyboard.press("Tab")
        if target.evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError(f"not reached by {most} tabs: {target}")


def test_from_the_first_page_to_a_manifest_by_keys_alone(app: Portolan, hosting: Hosting) -> None:
    page = app.page
    page.goto(f"{hosting.site}#/")
    host = hosting.netloc("anonymous")
    tab_to(app, page.locator(f'.hero a[href="#/{host}"]'))
    page.keyboard.press("Enter")
    app.arrive(host)
    expect(app.heading).to_be_focused()
    tab_to(app, page.get_by_role("searchbox", name="Filter repositories"))
    page.keyboard.type("sample/harbour")
    # Tab is pressed in a page that does not change meanwhile.
    found = page.locator(f'main a[href="#/{host}/sample/harbour"]')
    expect(app.rows()).to_have_count(1)
    tab_to(app, found)
    page.keyboard.press("Enter")
    app.arrive(f"{host}/sample/harbour")
    expect(app.heading).to_be_focused()
    expect(app.rows().first.locator(".digest")).to_be_visible()
    expect(app.main.locator(".skeleton")).to_have_count(0)
    tab_to(app, page.locator(f'main a[href="#/{host}/sample/harbour:latest"]').first)
    page.keyboard.press("Enter")
    app.arrive(f"{host}/sample/harbour:latest")
    expect(app.heading).to_be_focused()


def test_a_reference_typed_and_entered_opens(app: Portolan, hosting: Hosting) -> None:
    app.page.goto(f"{hosting.site}#/")
    tab_to(app, app.page.locator("#reference"))
    app.page.keyboard.type(f"docker pull {hosting.netloc('anonymous')}/sample/harbour:latest")
    app.page.keyboard.press("Enter")
    app.arrive(f"{hosting.netloc('anonymous')}/sample/harbour:latest")


def test_every_stop_of_the_tab_key_is_seen(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour:latest")
    app.page.evaluate("document.activeElement.blur()")
    unseen, seen = [], 0
    for _ in range(40):
        app.page.keyboard.press("Tab")
        focused = app.page.evaluate(FOCUSED)
        if focused["tag"] == "BODY":
            break
        seen += 1
        if focused["outline"] < 2 and focused["shadow"] == "none":
            unseen.append(focused)
        if not focused["inside"]:
            unseen.append(focused)
    assert unseen == []
    assert seen > 10


def test_the_first_stop_skips_to_the_content(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour")
    app.page.reload()
    app.booted()
    app.arrive(f"{hosting.netloc('anonymous')}/sample/harbour")
    app.page.keyboard.press("Tab")
    skip = app.page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    app.page.keyboard.press("Enter")
    expect(app.main).to_be_focused()
    expect(app.page).to_have_url(f"{hosting.site}#/{hosting.netloc('anonymous')}/sample/harbour")


def test_slash_goes_to_the_input(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour:latest")
    app.page.keyboard.press("/")
    expect(app.page.locator("#omnibox")).to_be_focused()
    expect(app.page.locator("#omnibox")).not_to_have_value(re.compile("/$"))


def test_slash_goes_to_the_input_of_the_first_page(app: Portolan, hosting: Hosting) -> None:
    app.page.goto(f"{hosting.site}#/")
    app.page.locator("h1").focus()
    app.page.keyboard.press("/")
    expect(app.page.locator("#reference")).to_be_focused()


def test_slash_in_a_field_is_a_slash(app: Portolan, hosting: Hosting) -> None:
    app.page.goto(f"{hosting.site}#/")
    app.page.locator("#reference").focus()
    app.page.keyboard.type("a/b")
    expect(app.page.locator("#reference")).to_have_value("a/b")


def test_y_turns_a_tag_into_its_digest(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour:latest")
    app.page.keyboard.press("y")
    expect(app.page).to_have_url(re.compile(r"sample/harbour(:latest)?@sha256:[0-9a-f]{64}$"))


def test_y_with_a_modifier_is_the_browsers(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('anonymous')}/sample/harbour:latest"
    app.open(route)
    app.page.keyboard.press("Control+y")
    app.page.keyboard.press("Alt+y")
    # What y does, it does at once: the address has changed before the next key.
    app.page.keyboard.press("/")
    expect(app.page.locator("#omnibox")).to_be_focused()
    assert app.page.evaluate("location.hash") == f"#/{route}"


def test_escape_closes_the_menu_and_returns_the_focus(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour:latest")
    menu = app.page.locator("main details.menu:has-text('Pull')")
    summary = menu.locator("summary")
    summary.focus()
    app.page.keyboard.press("Enter")
    expect(menu.locator(".menu-panel")).to_be_visible()
    app.page.keyboard.press("Tab")
    app.page.keyboard.press("Tab")
    app.page.keyboard.press("Escape")
    expect(menu.locator(".menu-panel")).to_be_hidden()
    expect(summary).to_be_focused()


def test_one_signs_in_and_approves_by_keys_alone(app: Portolan, hosting: Hosting) -> None:
    route = f"{hosting.netloc('bearer')}/private/logbook"
    app.open(route, "login")
    tab_to(app, SignIn(app).username)
    app.page.keyboard.type("sailor")
    app.page.keyboard.press("Tab")
    expect(SignIn(app).password).to_be_focused()
    app.page.keyboard.type("harbour")
    app.page.keyboard.press("Enter")
    expect(approval(app).card).to_be_visible()
    tab_to(app, approval(app).button("Approve 127"))
    app.page.keyboard.press("Enter")
    app.arrive(route)


def test_a_form_that_appears_is_the_next_stop_of_the_tab_key(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('basic')}/sample/harbour", "login")
    expect(app.heading).to_be_focused()
    tab_to(app, SignIn(app).username, 3)


def test_a_code_that_scrolls_can_be_reached(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour:latest")
    app.page.locator("main details.menu:has-text('Pull') summary").click()
    command = app.page.get_by_role("region", name="docker command").first
    tab_to(app, command, 10)


def test_the_columns_of_a_list_of_tags_are_sorted_by_keys(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour")
    before = app.page.locator("a.tag").all_inner_texts()  # all are there with the page; their rows follow
    button = app.page.locator('button[data-command="sort"]').first
    button.focus()
    app.page.keyboard.press("Enter")
    expect(app.page.locator("a.tag").last).not_to_have_text(before[-1])
    expect(button).to_be_focused()
