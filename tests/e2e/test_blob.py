"""A blob: JSON, text or bytes, verified before anything of it is shown, and its exact bytes to take away."""

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.hosting import Hosting
from tests.e2e.pages import Manifest, asked, move_on
from tests.e2e.portolan import Portolan

ABSENT = "sha256:" + "0" * 64


def follow(app: Portolan, hosting: Hosting, reference: str, part: str, link: str) -> str:
    """Open a blob from its manifest; its digest."""
    app.open(f"{hosting.netloc('anonymous')}/{reference}")
    row = app.page.locator(f"#{part}")
    digest = row.locator(".digest a").first
    if link:
        row = row.locator("tr", has_text=link)
        digest = row.locator(".digest a")
    named = digest.get_attribute("title") or ""
    digest.click()
    app.page.locator('main[data-view="blob"][data-state="shown"]').wait_for()
    return named


def test_a_config_is_shown_as_json(app: Portolan, hosting: Hosting) -> None:
    digest = follow(app, hosting, "sample/harbour:latest", "config", "")
    expect(app.heading).to_contain_text(digest[:19])
    expect(app.main.locator(".facts")).to_contain_text("OCI image config")
    document = app.page.get_by_role("region", name="Blob as JSON")
    expect(document).to_contain_text('"architecture": "amd64"')
    expect(document).to_contain_text('"StopSignal": "SIGINT"')
    expect(app.main.locator(".stats .verified")).to_have_text("verified")
    expect(app.main.locator(".stats .digest--full")).to_have_text(digest)


def test_text_is_shown_as_text(app: Portolan, hosting: Hosting) -> None:
    follow(app, hosting, "sample/notes:latest", "files", "lights.csv")
    expect(app.main.locator("pre.source")).to_contain_text("North Mole,31")


def test_bytes_are_shown_as_a_hex_dump(app: Portolan, hosting: Hosting) -> None:
    follow(app, hosting, "sample/wasm:latest", "files", "add.wasm")
    app.main.locator(".choices").get_by_role("link", name="bytes").click()
    dump = app.main.locator("pre.dump")
    expect(dump).to_contain_text("00000000  00 61 73 6d 01 00 00 00")
    expect(dump).to_contain_text(".asm")


@pytest.mark.parametrize(
    ("reference", "part", "link"),
    [
        ("sample/harbour:latest", "config", ""),
        ("sample/notes:latest", "files", "notes.md"),
        ("sample/wasm:latest", "files", "add.wasm"),
    ],
)
def test_a_download_has_the_exact_bytes(app: Portolan, hosting: Hosting, reference: str, part: str, link: str) -> None:
    digest = follow(app, hosting, reference, part, link)
    with app.page.expect_download() as waiting:
        app.command("download").click()
    content = Path(waiting.value.path()).read_bytes()
    assert hashlib.sha256(content).hexdigest() == digest.partition(":")[2]
    assert digest[7:19] in waiting.value.suggested_filename


def test_markup_in_a_blob_is_text(app: Portolan, hosting: Hosting) -> None:
    follow(app, hosting, "sample/hostile:artifact", "files", ".bashrc")
    expect(app.main.locator("pre.source")).to_have_text("<script>alert(1)</script>")
    expect(app.main.locator("script")).to_have_count(0)


def test_what_a_link_says_of_a_blob_never_gets_into_its_file_name(app: Portolan, hosting: Hosting) -> None:
    digest = follow(app, hosting, "sample/hostile:artifact", "files", ".bashrc")
    with app.page.expect_download() as waiting:
        app.command("download").click()
    assert waiting.value.suggested_filename.startswith(f"hostile-{digest[7:19]}")


def test_a_blob_that_is_not_what_its_digest_says_is_not_shown(app: Portolan, hosting: Hosting) -> None:
    app.goto(f"{hosting.netloc('anonymous')}/sample/damaged:broken-layer")
    digest = Manifest(app).layers.first.locator(".digest a").get_attribute("title")
    app.goto(f"{hosting.netloc('anonymous')}/sample/damaged/-/blob/{digest}")
    app.page.locator('main[data-view="blob"][data-state="failed"]').wait_for()
    expect(app.main.get_by_role("alert")).to_contain_text("These bytes are not what their digest says")
    expect(app.main).to_have_attribute("data-problem", "bad-digest")
    expect(app.command("download")).to_have_count(0)
    expect(app.main.locator("pre.dump, pre.source, .json")).to_have_count(0)


def test_a_blob_that_is_not_there_is_said_to_be_missing(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/base/-/blob/{ABSENT}", "failed")
    expect(app.main).to_have_attribute("data-problem", "not-found")


def test_a_blob_that_is_said_to_be_large_is_not_downloaded(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/base/-/blob/{ABSENT}?type=application/x&size=5000000")
    expect(app.main.get_by_role("heading", name="This blob is too large to show here")).to_be_visible()
    move_on(app, hosting)
    assert asked(hosting) == []


def test_an_address_without_a_digest_says_what_is_wrong_with_it(app: Portolan, hosting: Hosting) -> None:
    app.goto(f"{hosting.netloc('anonymous')}/sample/base/-/blob/sha256:short")
    expect(app.main.get_by_role("heading", name="This address cannot be read")).to_be_visible()
    expect(app.main).to_have_attribute("data-problem", "bad-input")
    expect(app.page.locator(".refcheck mark")).to_have_text("s")
    app.main.get_by_role("link", name="Start page").click()
    app.page.locator('main[data-view="landing"]').wait_for()
