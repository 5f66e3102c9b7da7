"""The JSON of a manifest as it was received: every digest a link to the right view, the exact bytes to take away."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.hosting import Hosting
from tests.e2e.pages import Manifest, Sent, copy, move_on
from tests.e2e.portolan import Portolan


def opened(app: Portolan, hosting: Hosting, reference: str) -> Locator:
    app.open(f"{hosting.netloc('anonymous')}/{reference}/-/raw")
    return app.page.get_by_role("region", name="Manifest as JSON")


def test_the_json_of_a_manifest_is_one_click_away(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/base:12")
    with Sent(app, hosting.origins["anonymous"]) as made:
        app.main.locator(".tabs").get_by_role("link", name="JSON").click()
        app.page.locator('main[data-view="raw"][data-state="shown"]').wait_for()
        expect(app.page).to_have_url(re.compile(r"/sample/base:12/-/raw$"))
        expect(app.page.get_by_role("region", name="Manifest as JSON")).to_contain_text('"schemaVersion": 2')
        expect(app.page).to_have_title("JSON of sample/base:12 · Portolan")
        move_on(app, hosting)
    # It was read for the page before.
    assert made.urls == []


@pytest.mark.parametrize("name", ["harbour:latest", "layers:latest", "classic:latest", "antique:latest", "chart:0.3.0"])
def test_every_digest_is_a_link_to_what_it_names(app: Portolan, hosting: Hosting, name: str) -> None:
    reference = f"sample/{name}"
    document = opened(app, hosting, reference)
    digests = set(re.findall(r'"(sha256:[0-9a-f]{64})"', document.inner_text()))
    links = document.get_by_role("link", name=re.compile('^"sha256:'))
    found = links.evaluate_all("(all) => all.map((one) => [one.textContent, one.getAttribute('href')])")
    assert {text.strip('"') for text, _ in found} == digests
    for text, href in found:
        digest = text.strip('"')
        kind = "@" if reference.startswith(("sample/harbour", "sample/classic")) else "/-/(?:blob|layer)/"
        assert re.search(f"{reference.partition(':')[0]}{kind}{digest}$", href.partition("?")[0])


@pytest.mark.parametrize(
    ("name", "view"), [("harbour:latest", "manifest"), ("layers:latest", "blob"), ("wasm:latest", "blob")]
)
def test_a_digest_leads_there(app: Portolan, hosting: Hosting, name: str, view: str) -> None:
    link = opened(app, hosting, f"sample/{name}").get_by_role("link", name=re.compile('^"sha256:')).first
    digest = link.inner_text().strip('"')
    link.click()
    app.page.locator(f'main[data-view="{view}"][data-state="shown"]').wait_for()
    expect(app.main.locator(".stats .digest--full").first).to_have_text(digest)


def test_a_subject_is_a_link_to_the_manifest_it_refers_to(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour:latest")
    index = Manifest(app).digest.inner_text()
    Manifest(app).referrers.get_by_role("link", name="application/spdx+json").click()
    expect(Manifest(app).kind).to_have_text("sbom")
    app.main.locator(".tabs").get_by_role("link", name="JSON").click()
    app.page.get_by_role("link", name=f'"{index}"').click()
    app.arrive(f"{hosting.netloc('anonymous')}/sample/harbour@{index}")


def test_parts_of_the_document_can_be_folded(app: Portolan, hosting: Hosting) -> None:
    document = opened(app, hosting, "sample/base:12")
    part = document.locator("details details").first
    expect(part.locator("> .body")).to_be_visible()
    part.locator("summary").first.click()
    expect(part.locator("> .body")).to_be_hidden()
    expect(part.locator("summary").first).to_contain_text("items")


def test_the_copy_has_the_exact_bytes(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting, "sample/base:12")
    text = copy(app, app.main.get_by_role("button", name="Copy JSON"))
    digest = app.main.locator(".digest--full").inner_text()
    assert hashlib.sha256(text.encode()).hexdigest() == digest.partition(":")[2]


def test_the_download_has_the_exact_bytes(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting, "sample/classic:latest")
    digest = app.main.locator(".digest--full").inner_text()
    with app.page.expect_download() as waiting:
        app.command("download").click()
    assert waiting.value.suggested_filename == f"classic-{digest[7:19]}.json"
    content = Path(waiting.value.path()).read_bytes()
    assert hashlib.sha256(content).hexdigest() == digest.partition(":")[2]
    assert len(json.loads(content)["manifests"]) == 5


def test_y_leads_to_the_manifest_by_its_digest(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting, "sample/base:12")
    digest = app.main.locator(".digest--full").inner_text()
    app.page.keyboard.press("y")
    app.arrive(f"{hosting.netloc('anonymous')}/sample/base@{digest}")


def test_a_damaged_manifest_shows_no_json(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/damaged:broken-manifest/-/raw", "failed")
    expect(app.main.get_by_role("alert")).to_contain_text("These bytes are not what their digest says")
    expect(app.page.get_by_role("region", name="Manifest as JSON")).to_have_count(0)
    expect(app.command("download")).to_have_count(0)
