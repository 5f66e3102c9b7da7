"""A document from its keys to what is encoded in it: searched, filtered by paths, folded, decoded where it stands."""

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.axe import findings
from tests.e2e.hosting import Hosting
from tests.e2e.pages import Sent, copy, move_on
from tests.e2e.portolan import Portolan

PART = "sample/layers:latest/-/raw"


class Document:
    """A page that shows JSON."""

    def __init__(self, app: Portolan) -> None:
        page = app.page
        self.search = page.get_by_role("textbox", name="Search")
        self.path = page.get_by_role("textbox", name="Path")
        self.marks = page.locator(".json mark")
        self.parts = page.locator("div.json")
        self.forms = page.get_by_role("navigation", name="Shown as")
        self.inside = page.locator(".json .inside")


def opened(app: Portolan, hosting: Hosting, route: str) -> Document:
    app.open(f"{hosting.netloc('anonymous')}/{route}")
    return Document(app)


def file_of(app: Portolan, hosting: Hosting, manifest: str, name: str) -> str:
    """Where a file of an artifact leads, and there."""
    app.open(f"{hosting.netloc('anonymous')}/{manifest}")
    app.page.locator("#files tbody tr", has_text=name).locator("th a").click()
    app.page.locator('main[data-view="blob"][data-state="shown"]').wait_for()
    return app.page.url


def test_a_search_marks_its_hits_and_counts_them(app: Portolan, hosting: Hosting) -> None:
    document = opened(app, hosting, PART)
    with Sent(app, hosting.origins["anonymous"]) as made:
        document.search.fill("TAR+*")
        document.search.press("Enter")
        expect(app.main.get_by_role("status")).to_have_text("2 hits for TAR+*.")
        expect(document.marks).to_have_text(["tar+", "tar+"])
        expect(app.page).to_have_url(re.compile(r"\?search=TAR%2B(\*|%2A)$"))
        move_on(app, hosting)
    assert made.urls == []


def test_paths_show_parts_and_are_in_the_address(app: Portolan, hosting: Hosting) -> None:
    document = opened(app, hosting, PART)
    document.path.fill(".layers[].digest")
    document.path.press("Enter")
    expect(document.parts).to_have_text([re.compile('^"digest": "sha256:[0-9a-f]{64}"')] * 3)
    document.path.fill(".config.size")
    app.main.get_by_role("button", name="Show").click()
    expect(document.parts).to_have_count(4)
    app.page.get_by_role("link", name="remove the path .layers[].digest").click()
    expect(document.parts).to_have_text([re.compile('^"size": ')])
    app.page.go_back()
    expect(document.parts).to_have_count(4)


def test_a_part_of_a_part_is_still_a_link_to_its_layer(app: Portolan, hosting: Hosting) -> None:
    document = opened(app, hosting, f"{PART}?path=.layers[1]")
    link = document.parts.get_by_role("link", name=re.compile('^"sha256:'))
    expect(link).to_have_attribute("href", re.compile(r"/sample/layers/-/layer/sha256:[0-9a-f]{64}\?type=.*zstd"))


def test_a_bad_path_says_at_which_character(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting, f"{PART}?path=.layers[x]")
    alert = app.main.get_by_role("alert")
    expect(alert).to_contain_text("Character 9")
    expect(alert.locator("mark")).to_have_text("x")


def test_a_key_leads_to_its_part_alone(app: Portolan, hosting: Hosting) -> None:
    document = opened(app, hosting, PART)
    link = document.parts.get_by_role("link", name="Only .config.size")
    link.focus()
    expect(link).to_be_visible()
    link.press("Enter")
    expect(document.parts).to_have_text([re.compile('^"size": [0-9]+')])


def test_all_is_folded_and_unfolded_whatever_was_opened_by_hand(app: Portolan, hosting: Hosting) -> None:
    document = opened(app, hosting, PART)
    folds = document.parts.locator("details")
    app.main.get_by_role("button", name="Fold all", exact=True).click()
    expect(document.parts.locator("details[open]")).to_have_count(1)
    folds.nth(1).locator("summary").first.click()
    expect(document.parts.locator("details[open]")).to_have_count(2)
    app.main.get_by_role("button", name="Fold all", exact=True).click()
    expect(document.parts.locator("details[open]")).to_have_count(1)
    app.main.get_by_role("button", name="Unfold all").click()
    expect(document.parts.locator("details:not([open])")).to_have_count(0)


def test_the_exact_text_and_bytes_can_be_seen(app: Portolan, hosting: Hosting) -> None:
    document = opened(app, hosting, PART)
    document.forms.get_by_role("link", name="text").click()
    expect(app.main.locator("pre.source")).to_contain_text('"schemaVersion":')
    document.forms.get_by_role("link", name="bytes").click()
    expect(app.main.locator("pre.dump")).to_contain_text("00000000  7b")
    document.forms.get_by_role("link", name="JSON").click()
    expect(document.parts).to_contain_text('"schemaVersion": 2')


def test_the_configs_of_schema_1_are_decoded(app: Portolan, hosting: Hosting) -> None:
    document = opened(app, hosting, "sample/antique:latest/-/raw")
    expect(document.inside.first).to_contain_text("config of the layer, decoded from a string")
    expect(document.inside.first).to_contain_text('"container_config"')
    expect(document.inside.filter(has_text="protected header")).to_contain_text('"formatLength"')


def attestation(app: Portolan, hosting: Hosting) -> Locator:
    """The page of an in-toto envelope."""
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour:latest/-/raw")
    digest = app.main.locator(".digest--full").inner_text().partition(":")[2]
    file_of(app, hosting, f"sample/harbour:sha256-{digest}.att", "slsa.dev")
    return app.main


def test_an_envelope_is_decoded_and_its_payload_stands_in_its_json(app: Portolan, hosting: Hosting) -> None:
    main = attestation(app, hosting)
    expect(main.get_by_role("heading", name="in-toto statement")).to_be_visible()
    Document(app).forms.get_by_role("link", name="JSON").click()
    inside = Document(app).inside.first
    expect(inside).to_contain_text("payload, decoded from base64")
    subject = inside.get_by_role("link", name=re.compile('^"[0-9a-f]{64}"$'))
    expect(subject).to_have_attribute("href", re.compile("/sample/harbour@sha256:[0-9a-f]{64}$"))
    app.page.get_by_role("textbox", name="Search").fill("buildType")
    app.page.get_by_role("textbox", name="Search").press("Enter")
    expect(Document(app).marks).to_have_text(["buildType"])


def test_packages_are_recognised(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/harbour:latest/-/raw")
    digest = app.main.locator(".digest--full").inner_text().partition(":")[2]
    url = file_of(app, hosting, f"sample/harbour:sha256-{digest}.sbom", "blob")
    app.page.goto(f"{url}&as=json&search=pkg:apk")
    expect(app.main.get_by_role("status")).to_have_text(re.compile(r"^\d+ hits for pkg:apk"))
    expect(app.main.locator(".json .gloss", has_text="apk package harbour/").first).to_be_visible()


@pytest.mark.parametrize("name", ["notices.pem", "notices.der"])
def test_a_certificate_is_read(app: Portolan, hosting: Hosting, name: str) -> None:
    file_of(app, hosting, "sample/pki:latest", name)
    for word in ("Subject", "Valid"):
        expect(app.main.get_by_text(word, exact=True).first).to_be_visible()
    expect(app.main).to_contain_text("Harbour Office signer-of-notices")


def test_a_module_shows_what_it_exports_and_its_bytes_by_pages(app: Portolan, hosting: Hosting) -> None:
    file_of(app, hosting, "sample/wasm:latest", "add.wasm")
    expect(app.main).to_contain_text("add")
    Document(app).forms.get_by_role("link", name="bytes").click()
    expect(app.main.locator("pre.dump")).to_contain_text("00 61 73 6d")


def test_parts_of_a_large_blob_are_read_where_they_are_asked_for(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/layers:latest")
    digest = app.page.locator("#layers tbody tr .digest a").last.get_attribute("title")
    # Said to be large, so that nothing but what is asked for is read.
    app.open(f"{hosting.netloc('anonymous')}/sample/layers/-/blob/{digest}?type=application/x&size=9000000")
    with Sent(app, hosting.origins["anonymous"]) as made:
        app.main.get_by_role("link", name="First bytes").click()
        expect(app.main.locator("pre.dump")).to_contain_text("00000000  ")
        app.main.get_by_role("link", name="Next").click()
        expect(app.main.locator("pre.dump")).to_contain_text("00001000  ")
    assert len(made.urls) == 2
    expect(app.main).to_contain_text("it is not verified")


def test_a_large_blob_is_downloaded_and_verified(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('anonymous')}/sample/layers:latest")
    digest = app.page.locator("#layers tbody tr .digest a").last.get_attribute("title") or ""
    app.open(f"{hosting.netloc('anonymous')}/sample/layers/-/blob/{digest}?type=application/x&size=9000000")
    with app.page.expect_download() as waiting:
        app.command("download").click()
    assert hashlib.sha256(Path(waiting.value.path()).read_bytes()).hexdigest() == digest.partition(":")[2]


def test_the_values_of_a_path_can_be_copied(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting, f"{PART}?path=.layers[].size")
    sizes = copy(app, app.main.get_by_role("button", name="Copy values of .layers[].size"))
    assert re.fullmatch(r"\d+\n\d+\n\d+", sizes)


@pytest.mark.parametrize(
    "route",
    ["sample/harbour:latest/-/raw?search=linux", "sample/antique:latest/-/raw", f"{PART}?path=.layers[]&path=.["],
)
def test_it_is_for_everybody_and_fits_a_small_phone(app: Portolan, hosting: Hosting, route: str) -> None:
    app.goto(f"{hosting.netloc('anonymous')}/{route}")
    app.page.locator('main[data-view="raw"][data-state="shown"]').wait_for()
    assert findings(app.page) == []
    app.page.set_viewport_size({"width": 320, "height": 900})
    assert app.page.evaluate("document.documentElement.scrollWidth") == 320
