"""Two references side by side: of one registry, and of two."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.axe import findings
from tests.e2e.forms import SAILOR
from tests.e2e.hosting import Hosting
from tests.e2e.portolan import Portolan


def compared(app: Portolan, hosting: Hosting, first: str, second: str, other: str = "anonymous") -> None:
    host = hosting.netloc("anonymous")
    app.open(f"{host}/{first}/-/compare/{hosting.netloc(other)}/{second}")


def row(app: Portolan, table: str, name: str) -> Locator:
    rows = app.page.get_by_role("table", name=table).locator("tbody tr")
    return rows.filter(has=app.page.get_by_role("rowheader", name=name, exact=True))


def test_two_tags_are_compared_by_platform_config_layers_and_packages(app: Portolan, hosting: Hosting) -> None:
    compared(app, hosting, "sample/harbour:1.0", "sample/harbour:2.0.0")
    expect(row(app, "Platforms of both", "linux/amd64 (compared below)")).to_contain_text("differs")
    expect(row(app, "Settings that differ", "Env HARBOUR_VERSION")).to_contain_text("2.0.0")
    expect(app.page.locator("#config")).to_contain_text("the same on both sides")
    expect(app.page.locator("#layers")).to_contain_text(re.compile(r"A pull of the second after the first fetches \d"))
    expect(app.page.get_by_role("table", name="Layers of the first").locator("tbody tr").first).to_contain_text(
        "shared"
    )
    expect(app.page.locator("#packages")).to_contain_text("First: ")


def test_an_image_is_compared_with_its_platform_of_an_index_and_packages_by_their_lists(
    app: Portolan, hosting: Hosting
) -> None:
    compared(app, hosting, "sample/harbour:latest", "sample/wharf:latest")
    expect(row(app, "Platforms of both", "linux/amd64 (compared below)")).to_contain_text("differs")
    expect(row(app, "Platforms of both", "linux/arm/v7")).to_contain_text("only in the first")
    expect(row(app, "Packages that differ", "barque")).to_contain_text("9.0.1")
    expect(row(app, "Packages that differ", "gangway")).to_contain_text("only in the second")
    expect(row(app, "Packages that differ", "cog")).to_contain_text("only in the first")


def test_files_are_read_when_asked_for_and_compared_by_content_where_nothing_else_tells(
    app: Portolan, hosting: Hosting
) -> None:
    compared(app, hosting, "sample/harbour:1.0", "sample/harbour:2.0.0")
    app.command("compare-files").click()
    files = app.page.locator("#files")
    expect(files.get_by_role("status")).to_have_text(re.compile(r"^0 added, 0 removed, \d+ changed and \d+ the same$"))
    # Of the same size and the same time: its bytes alone tell.
    expect(row(app, "Files that differ", "srv/harbour/VERSION")).to_contain_text("changed: content")
    files.get_by_role("button", name="Added").click()
    expect(files.locator("tbody tr")).to_have_count(0)
    files.get_by_role("button", name="Changed").click()
    expect(files.locator("tbody tr").first).to_contain_text("changed:")


def test_an_index_and_another_registry_with_its_own_identity(app: Portolan, hosting: Hosting) -> None:
    host = hosting.netloc("basic")
    app.open(f"{hosting.netloc('anonymous')}/sample/base:12/-/compare/{host}/sample/base:12", "partial")
    note = app.page.get_by_role("heading", name="The second one could not be read")
    expect(note).to_be_visible()
    expect(app.main).to_contain_text("sign-in needed")
    app.page.get_by_role("link", name="the second one on its own page").click()
    app.sign_in(*SAILOR)
    app.arrive(f"{host}/sample/base:12")
    app.page.go_back()
    expect(row(app, "Both references", "Read as")).to_contain_text("sailor")
    expect(row(app, "Both references", "Digest")).to_contain_text("same")
    expect(row(app, "Both references", "Registry")).to_contain_text("differs")


def test_the_form_of_a_manifest_takes_a_tag_of_the_same_repository(app: Portolan, hosting: Hosting) -> None:
    host = hosting.netloc("anonymous")
    app.open(f"{host}/sample/harbour:1.0")
    app.page.locator("summary", has_text="Compare").click()
    app.page.locator("#compared").fill(":2.0.0")
    app.page.locator("#compared").press("Enter")
    expect(app.heading).to_have_text("Compare sample/harbour:1.0 with sample/harbour:2.0.0")
    expect(app.page).to_have_url(re.compile(rf"/-/compare/{host}/sample/harbour:2.0.0$"))


def test_what_is_no_reference_is_marked_and_can_be_mended(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour:1.0/-/compare")
    app.page.locator("#other").fill("sample/Harbour UP")
    app.page.locator("#other").press("Enter")
    expect(app.main.get_by_role("alert")).to_be_visible()
    app.page.locator("#other").fill(":2.0.0")
    app.page.locator("#other").press("Enter")
    expect(app.page.locator("#layers")).to_be_visible()


def test_the_page_is_accessible_and_fits_a_phone(app: Portolan, hosting: Hosting) -> None:
    compared(app, hosting, "sample/wharf:1.0.0", "sample/wharf:1.1.0")
    app.command("compare-files").click()
    expect(app.page.locator("#files table")).to_be_visible()
    assert findings(app.page) == []
    app.page.set_viewport_size({"width": 320, "height": 800})
    assert app.page.evaluate("document.documentElement.scrollWidth") <= 320
