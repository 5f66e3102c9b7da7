"""What a registry may send that must neither be believed nor run."""

import pytest
from playwright.sync_api import Dialog, expect

from tests.e2e.hosting import Hosting
from tests.e2e.pages import Manifest
from tests.e2e.portolan import Portolan

PAGES = ("sample/hostile", "sample/hostile:latest", "sample/hostile:artifact", "sample/hostile:latest/-/raw")
REVERSED = "invoice\\u202egnp.exe"


def opened(app: Portolan, hosting: Hosting, route: str) -> Manifest:
    """Open it, and wait for the rows that are filled in where it has some."""
    app.open(f"{hosting.netloc('anonymous')}/{route}")
    app.page.locator("main .skeleton").first.wait_for(state="detached")
    return Manifest(app)


@pytest.mark.parametrize("route", PAGES)
def test_nothing_of_it_becomes_an_element_or_runs(app: Portolan, hosting: Hosting, route: str) -> None:
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    app.page.on("dialog", note)
    opened(app, hosting, route)
    expect(app.main.locator("script, img, iframe, object, embed, style, base, meta, link")).to_have_count(0)
    names = app.main.locator("*").evaluate_all("(all) => all.flatMap((one) => one.getAttributeNames())")
    assert [name for name in names if name.startswith("on") or name in ("style", "srcdoc", "src")] == []
    hrefs = app.main.locator("a").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    assert [href for href in hrefs if not href.startswith(("#/", "http://", "https://"))] == []
    assert app.page.evaluate("({}).polluted") is None
    app.page.remove_listener("dialog", note)
    assert dialogs == []


def test_its_markup_is_shown_as_text(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/hostile:latest")
    expect(manifest.setting("Env")).to_contain_text("HTML=<script>alert(1)</script>")
    expect(manifest.setting("User")).to_have_text('"><img src=x onerror=alert(1)>')
    expect(manifest.layers.first).to_contain_text("<script>alert(1)</script>")


def test_its_scripts_in_place_of_addresses_are_no_links(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/hostile:latest")
    for key, said in {
        "source": "javascript:alert(document.domain)",
        "url": "jAvAsCrIpT:alert(1)",
        "documentation": "data:text/html,<script>alert(1)</script>",
    }.items():
        shown = manifest.annotation(f"org.opencontainers.image.{key}")
        expect(shown).to_have_text(said)
        expect(shown.get_by_role("link")).to_have_count(0)


def test_characters_that_reorder_text_are_spelled_out(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/hostile:latest")
    expect(manifest.setting("Working dir")).to_have_text(REVERSED)
    expect(manifest.annotation("org.opencontainers.image.vendor")).to_have_text(REVERSED)
    expect(manifest.annotation("org.opencontainers.image.version")).to_have_text("1.0\\u200b\\u0000\\u0007")
    assert "\u202e" not in app.page.content()


@pytest.mark.parametrize("width", [320, 375])
def test_it_does_not_scroll_the_page_sideways(app: Portolan, hosting: Hosting, width: int) -> None:
    app.page.set_viewport_size({"width": width, "height": 700})
    for route in PAGES:
        opened(app, hosting, route)
        wide = app.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (route, wide) == (route, 0)
