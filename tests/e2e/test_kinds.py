"""What a manifest is: each kind says so, and leads to what is in it."""

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import findings
from tests.e2e.hosting import Hosting
from tests.e2e.pages import Manifest, copy
from tests.e2e.portolan import Portolan


def opened(app: Portolan, hosting: Hosting, reference: str) -> Manifest:
    app.open(f"{hosting.netloc('anonymous')}/{reference}")
    return Manifest(app)


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("sample/chart:0.4.0", "A Helm chart"),
        ("sample/wasm:latest", "WebAssembly"),
        ("sample/flux:latest", "A Flux artifact"),
        ("sample/policy:conftest", "An OPA bundle"),
        ("sample/harbour:latest", "unknown/unknown"),
    ],
)
def test_a_kind_is_explained(app: Portolan, hosting: Hosting, reference: str, said: str) -> None:
    opened(app, hosting, reference)
    expect(app.main.locator("p.muted").filter(has_text=said).first).to_be_visible()


def test_a_chart_says_what_is_in_its_chart_yaml_and_leads_to_its_files(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting, "sample/chart:1.0.0_tide.5")
    chart = app.page.locator("#chart")
    expect(chart.locator("dt", has_text=re.compile("^Version$")).locator("+ dd")).to_have_text("1.0.0+tide.5")
    chart.get_by_role("link", name="values.yaml").click()
    app.page.locator('main[data-view="layer"][data-state="shown"]').wait_for()
    expect(app.main).to_contain_text("replicas")


def test_a_module_leads_to_what_it_exports(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting, "sample/wasm:latest")
    app.page.locator("#module").get_by_role("link", name="Imports and exports").click()
    app.page.locator('main[data-view="blob"][data-state="shown"]').wait_for()
    expect(app.main.get_by_text("add", exact=True).first).to_be_visible()


def test_an_index_of_indexes_leads_on_to_each(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/nested:latest")
    expect(manifest.platforms).to_have_count(2)
    expect(manifest.platforms.locator(".badge")).to_have_text(["index", "index"])
    manifest.platforms.get_by_role("link", name="Linux").click()
    expect(manifest.platforms.get_by_role("rowheader")).to_have_text(["linux/amd64", "linux/riscv64"])


def test_files_of_an_artifact_are_downloaded_under_their_names(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/notes:latest")
    row = manifest.files.filter(has_text="lights.csv")
    digest = row.locator(".digest a").get_attribute("title") or ""
    with app.page.expect_download() as waiting:
        row.get_by_role("button", name="Download lights.csv").click()
    assert waiting.value.suggested_filename == "lights.csv"
    assert hashlib.sha256(Path(waiting.value.path()).read_bytes()).hexdigest() == digest.partition(":")[2]


def test_an_attestation_of_an_index_names_what_it_claims(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/harbour:latest")
    manifest.platforms.nth(3).locator(".digest a").click()
    expect(manifest.kind).to_have_text("attestation")
    manifest.files.get_by_role("link", name="https://slsa.dev/provenance/v1").first.click()
    app.page.locator('main[data-view="blob"][data-state="shown"]').wait_for()
    expect(app.main.get_by_role("heading", name="in-toto statement")).to_be_visible()


def test_the_history_reads_as_a_dockerfile_and_can_be_copied(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting, "sample/harbour:2.0.0")
    app.main.locator(".tabs").get_by_role("link", name="Layers").click()
    file = app.page.get_by_role("region", name="History as a Dockerfile")
    expect(file.get_by_role("listitem")).to_have_count(15)
    expect(file.get_by_role("listitem").nth(4)).to_contain_text(
        re.compile(r"RUN apk add .*layer 2 · [\d.]+ kB · files")
    )
    text = copy(app, file.get_by_role("button", name="Copy Dockerfile"))
    assert 'ENTRYPOINT ["/usr/bin/entrypoint.sh"]\nCMD ["harbour", "serve", "--port", "8080"]\n' in text
    assert "HEALTHCHECK --interval=30s --timeout=3s --start-period=5s --retries=3 CMD harbour check || exit 1" in text
    file.get_by_role("link", name="Files of layer 2").click()
    app.page.locator('main[data-view="files"]').wait_for()
    expect(app.page).to_have_url(re.compile(r"/-/files\?layer=2$"))


def test_the_config_has_a_part_of_its_own_for_each_platform(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/harbour:2.0.0")
    app.main.locator(".tabs").get_by_role("link", name="Config").click()
    expect(manifest.layers).to_have_count(0)
    app.page.get_by_role("navigation", name="Platform").get_by_role("link", name="linux/arm64/v8").click()
    expect(manifest.setting("Platform")).to_have_text("linux/arm64/v8")
    folder = manifest.setting("Env").get_by_role("link", name="/usr/sbin")
    expect(folder).to_have_attribute("href", re.compile(r"/-/files/usr/sbin\?platform="))


def test_times_that_repeat_are_noticed(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting, "sample/harbour:2.0.0")
    expect(app.page.locator("#origin")).to_contain_text("a sign of a reproducible build")


def test_whether_the_base_image_has_moved_on_is_asked_at_a_click(app: Portolan, hosting: Hosting) -> None:
    app.page.route("https://registry.example/**", lambda route: route.abort())
    app.allowed.add("https://registry.example")
    opened(app, hosting, "sample/harbour:2.0.0")
    origin = app.page.locator("#origin")
    expect(origin.get_by_role("link", name="registry.example/sample/base:12")).to_have_attribute(
        "href", re.compile("^#/registry.example/sample/base@sha256:")
    )
    origin.get_by_role("button", name="Has it moved on?").click()
    expect(origin.get_by_role("status")).to_have_text("Its registry gave no answer: it could not be reached from here")
    app.complaints[:] = [one for one in app.complaints if "registry.example" not in one and "ERR_FAILED" not in one]


@pytest.mark.parametrize(
    "reference", ["sample/harbour:2.0.0?part=layers", "sample/harbour:2.0.0?part=config", "sample/chart:0.4.0"]
)
def test_it_is_for_everybody_and_fits_a_small_phone(app: Portolan, hosting: Hosting, reference: str) -> None:
    opened(app, hosting, reference)
    expect(app.page.locator("main .skeleton")).to_have_count(0)
    assert findings(app.page) == []
    app.page.set_viewport_size({"width": 320, "height": 900})
    assert app.page.evaluate("document.documentElement.scrollWidth") == 320
