"""A manifest's page: an index with its platforms, an image, an artifact, and what is not what it should be."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.hosting import Hosting
from tests.e2e.pages import Manifest, PullMenu, asked, copy, move_on
from tests.e2e.portolan import Portolan


def opened(app: Portolan, hosting: Hosting, reference: str, state: str = "shown") -> Manifest:
    app.open(f"{hosting.netloc('anonymous')}/{reference}", state)
    return Manifest(app)


def test_an_index_lists_its_platforms_with_their_sizes(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/harbour:latest")
    expect(manifest.kind).to_have_text("index")
    rows = manifest.platforms
    expect(rows).to_have_count(6)
    for row, platform in enumerate(("linux/amd64", "linux/arm64/v8", "linux/arm/v7")):
        expect(rows.nth(row).get_by_role("rowheader")).to_have_text(platform)
        expect(rows.nth(row).locator(".num").last).to_have_text(re.compile(r"^\d+\.\d kB$"))
    expect(rows.nth(0)).to_have_attribute("aria-current", "true")


def test_attestations_in_an_index_are_named_as_such(app: Portolan, hosting: Hosting) -> None:
    rows = opened(app, hosting, "sample/harbour:latest").platforms
    expect(rows.nth(3).get_by_role("rowheader")).to_have_text("for linux/amd64")
    expect(rows.nth(3).locator(".badge")).to_have_text("attestation")


def test_choosing_a_platform_shows_its_image_and_writes_the_address(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/harbour:latest")
    expect(manifest.setting("Platform")).to_have_text("linux/amd64")
    manifest.platforms.get_by_role("link", name="linux/arm64/v8").click()
    expect(app.page).to_have_url(re.compile(r"\?platform=linux(/|%2F)arm64(/|%2F)v8$"))
    expect(manifest.platforms.nth(1)).to_have_attribute("aria-current", "true")
    expect(manifest.setting("Platform")).to_have_text("linux/arm64/v8")
    app.page.go_back()
    expect(manifest.platforms.nth(0)).to_have_attribute("aria-current", "true")
    expect(manifest.setting("Platform")).to_have_text("linux/amd64")


def test_a_platform_that_the_index_lacks_is_said(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting, "sample/harbour:latest?platform=plan9/mips")
    expect(app.main.get_by_role("heading", name="This index has no plan9/mips")).to_be_visible()


CONFIG: dict[str, str | re.Pattern[str]] = {
    "Entrypoint": "/usr/bin/entrypoint.sh",
    "Cmd": "harbour serve --port 8080",
    "Working dir": "/srv/harbour",
    "User": "1000:1000",
    "Ports": "8080/tcp 9090/udp",
    "Volumes": "/var/lib/harbour",
    "Env": re.compile("PATH=/usr/local/sbin:.*HARBOUR_ROOT=/srv/harbour.*HARBOUR_VERSION=2.0.0.*LANG=C.UTF-8"),
    "Labels": re.compile("example.harbour.master=Ada Marlin.*org.opencontainers.image.version=2.0.0"),
    "Stop signal": "SIGINT",
    "Healthcheck": "harbour check || exit 1 every 30 seconds",
}


def test_the_config_says_how_a_container_starts(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/harbour:2.0.0")
    for name, said in CONFIG.items():
        expect(manifest.setting(name)).to_have_text(said)


def test_layers_stand_beside_the_lines_that_made_them(app: Portolan, hosting: Hosting) -> None:
    layers = opened(app, hosting, "sample/harbour:latest").layers
    with_layer = layers.filter(has=app.page.locator(".digest"))
    expect(with_layer.get_by_role("rowheader")).to_contain_text(
        ["ADD harbour-minirootfs-amd64.tar.gz /", "RUN apk add", "RUN make install", "COPY ./site /srv/harbour"]
    )
    for row in with_layer.all():
        expect(row.locator(".num").first).to_have_text(re.compile(r"^\d+\.\d kB$"))
    without = layers.filter(has_text="no layer")
    expect(without).to_have_count(10)
    expect(without.filter(has_text="EXPOSE 8080/tcp 9090/udp")).to_have_count(1)


def test_a_layer_leads_to_its_files(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/layers:zstd")
    expect(manifest.layers.first).to_contain_text("zstd")
    link = manifest.layers.first.locator(".digest a")
    digest = link.get_attribute("title")
    link.click()
    app.page.locator('main[data-view="layer"]').wait_for()
    expect(app.page).to_have_url(re.compile(rf"/sample/layers/-/layer/{digest}\?type=.*zstd&size=\d+$"))


def test_a_docker_list_is_shown_with_all_its_platforms(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/classic:latest")
    expect(manifest.media_type).to_have_text("application/vnd.docker.distribution.manifest.list.v2+json")
    expect(manifest.platforms).to_have_count(5)
    expect(manifest.platforms.last.get_by_role("rowheader")).to_have_text("windows/amd64 10.0.20348.2113")
    expect(manifest.layers).to_have_count(3)


def test_a_schema_2_image_is_shown_with_layers_and_config(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/classic:single")
    expect(manifest.kind).to_have_text("image")
    expect(manifest.media_type).to_have_text("application/vnd.docker.distribution.manifest.v2+json")
    expect(manifest.layers).to_have_count(3)
    expect(manifest.setting("Platform")).to_have_text("linux/s390x")


def test_schema_1_is_shown_as_what_it_is(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/antique:latest")
    expect(manifest.kind).to_have_text("schema 1")
    expect(app.main.get_by_role("heading", name="Docker schema 1, a format of the past")).to_be_visible()
    expect(manifest.layers.get_by_role("rowheader")).to_have_text(["ADD older", "ADD newer"])
    expect(manifest.verified).to_have_text("verified")


@pytest.mark.parametrize(
    ("reference", "kind", "file"),
    [
        ("sample/chart:0.4.0", "helm chart", "application/vnd.cncf.helm.chart.content.v1.tar+gzip"),
        ("sample/wasm:latest", "wasm", "add.wasm"),
        ("sample/notes:latest", "artifact", "lights.csv"),
        ("sample/notes:legacy", "artifact", "application/vnd.example.harbour.config.v1+json"),
    ],
)
def test_an_artifact_is_shown_by_its_type(
    app: Portolan, hosting: Hosting, reference: str, kind: str, file: str
) -> None:
    manifest = opened(app, hosting, reference)
    expect(manifest.kind).to_have_text(kind)
    expect(manifest.files.filter(has_text=file)).to_have_count(1)


@pytest.mark.parametrize(
    ("artifact_type", "kind"),
    [
        ("application/vnd.dev.cosign.artifact.sig.v1+json", "signature"),
        ("application/vnd.in-toto+json", "attestation"),
        ("application/spdx+json", "sbom"),
        ("application/vnd.cyclonedx+json", "sbom"),
    ],
)
def test_a_referrer_is_listed_by_its_kind_and_opens(
    app: Portolan, hosting: Hosting, artifact_type: str, kind: str
) -> None:
    manifest = opened(app, hosting, "sample/harbour:latest")
    entry = manifest.referrers.get_by_role("listitem").filter(has_text=artifact_type)
    expect(entry.locator(".badge")).to_have_text(kind)
    entry.get_by_role("link").click()
    expect(app.page).to_have_url(re.compile(r"/sample/harbour@sha256:[0-9a-f]{64}$"))
    expect(manifest.kind).to_have_text(kind)
    expect(app.main.locator(".facts")).to_contain_text("refers to sha256:")


def test_a_manifest_without_referrers_says_so(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/wasm:latest")
    expect(manifest.referrers).to_contain_text("No signature, SBOM or other manifest refers to this one.")


def test_annotations_are_listed_and_addresses_in_them_are_links(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/harbour:latest")
    section = "Annotations of the index"
    expect(manifest.annotation("org.opencontainers.image.licenses", section)).to_have_text("Apache-2.0")
    link = manifest.annotation("org.opencontainers.image.source", section).get_by_role("link")
    expect(link).to_have_attribute("href", "https://git.example/harbour/harbour")
    expect(link).to_have_attribute("rel", "noreferrer noopener")
    expect(link).to_have_attribute("target", "_blank")


def test_the_digest_is_verified_and_can_be_copied(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/wasm:latest")
    expect(manifest.verified).to_have_text("verified")
    digest = manifest.digest.inner_text()
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", digest)
    assert copy(app, app.main.get_by_role("button", name="Copy full digest")) == digest
    expect(app.announced).to_have_text("Copied")


def test_a_digest_that_the_registry_does_not_state_is_not_called_verified(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('hidden-digest')}/sample/wasm:latest")
    expect(Manifest(app).verified).to_have_text("computed from the bytes")


def test_the_reference_can_be_copied(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting, "sample/wasm:latest")
    button = app.heading.get_by_role("button", name="Copy reference")
    assert copy(app, button) == f"{hosting.netloc('anonymous')}/sample/wasm:latest"


def test_a_damaged_manifest_is_told_loudly_and_nothing_of_it_is_shown(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/damaged:broken-manifest", "failed")
    alert = app.main.get_by_role("alert")
    expect(alert).to_contain_text("These bytes are not what their digest says")
    digest = re.compile("^sha256:[0-9a-f]{64}$")
    expect(alert.locator("dl.compare dd")).to_have_text([digest, digest, re.compile("B$")])
    expect(app.main).to_have_attribute("data-problem", "bad-digest")
    expect(app.announced).to_have_text("These bytes are not what their digest says")
    expect(app.main.locator(".verified")).to_have_count(0)
    expect(manifest.layers).to_have_count(0)
    expect(app.page.locator("main details.menu")).to_have_count(0)


def test_every_byte_that_is_wrong_on_the_way_is_noticed(app: Portolan, hosting: Hosting) -> None:
    app.open(f"{hosting.netloc('wrong-digest')}/sample/harbour:latest", "failed")
    expect(app.main.get_by_role("alert")).to_contain_text("These bytes are not what their digest says")
    expect(app.main.locator(".verified")).to_have_count(0)
    expect(Manifest(app).platforms).to_have_count(0)


def test_a_config_that_is_not_what_its_digest_says_is_told_loudly(app: Portolan, hosting: Hosting) -> None:
    app.goto(f"{hosting.netloc('anonymous')}/sample/damaged:latest")
    manifest = Manifest(app)
    expect(manifest.config.get_by_role("alert")).to_contain_text("These bytes are not what their digest says")
    expect(manifest.setting("Env")).to_have_count(0)
    # The manifest itself is sound.
    expect(manifest.layers).to_have_count(1)
    expect(app.main).to_have_attribute("data-problem", "bad-digest")
    expect(app.main).to_have_attribute("data-state", "partial")


def test_a_tag_that_is_not_there_is_said_to_be_missing(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting, "sample/wasm:no-such-tag", "failed")
    expect(app.main).to_have_attribute("data-problem", "not-found")
    expect(app.main.get_by_role("heading", name="No tag no-such-tag in sample/wasm")).to_be_visible()
    app.main.get_by_role("link", name="All tags").click()
    app.arrive(f"{hosting.netloc('anonymous')}/sample/wasm")


def test_y_turns_a_tag_into_its_permanent_link(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/harbour:1.0?platform=linux/arm/v7")
    digest = manifest.digest.inner_text()
    app.page.keyboard.press("y")
    app.arrive(f"{hosting.netloc('anonymous')}/sample/harbour@{digest}")
    expect(app.page).to_have_url(re.compile(rf"/sample/harbour@{digest}\?platform=linux"))
    expect(manifest.setting("Platform")).to_have_text("linux/arm/v7")
    expect(app.main.get_by_role("link", name="Permanent link")).to_have_count(0)


def test_y_in_an_input_is_a_letter(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting, "sample/wasm:latest")
    field = app.page.locator("#omnibox")
    field.fill("")
    field.press("y")
    expect(field).to_have_value("y")
    expect(app.page).to_have_url(re.compile("/sample/wasm:latest$"))


@pytest.mark.parametrize(
    ("client", "line"),
    [
        ("docker", "docker pull {reference}"),
        ("podman", "podman pull --tls-verify=false {reference}"),
        ("crane", "crane pull --insecure {reference} base.tar"),
        ("oras", "oras copy --from-plain-http {reference} --to-oci-layout base:12"),
        ("regctl", "regctl --host reg={host},tls=disabled image export {reference} base.tar"),
        ("skopeo", "skopeo copy --src-tls-verify=false docker://{reference} oci:base:12"),
    ],
)
def test_a_pull_command_is_copied(app: Portolan, hosting: Hosting, client: str, line: str) -> None:
    opened(app, hosting, "sample/base:12")
    menu = PullMenu(app)
    menu.open()
    host = hosting.netloc("anonymous")
    assert copy(app, menu.button(client)) == line.format(host=host, reference=f"{host}/sample/base:12")


def test_pull_commands_can_be_pinned_by_digest(app: Portolan, hosting: Hosting) -> None:
    manifest = opened(app, hosting, "sample/base:12")
    digest = manifest.digest.inner_text()
    menu = PullMenu(app)
    menu.open()
    menu.pin.check()
    expect(menu.line("docker")).to_have_text(f"docker pull {hosting.netloc('anonymous')}/sample/base@{digest}")
    app.page.keyboard.press("Escape")
    expect(menu.line("docker")).to_have_count(0)


def test_a_chart_is_pulled_by_helm(app: Portolan, hosting: Hosting) -> None:
    opened(app, hosting, "sample/chart:1.0.0_tide.5")
    menu = PullMenu(app)
    menu.open()
    expect(menu.clients).to_have_text(["helm", "oras", "crane", "regctl", "skopeo"])
    expect(menu.line("helm")).to_have_text(
        f"helm pull --plain-http oci://{hosting.netloc('anonymous')}/sample/chart --version 1.0.0+tide.5"
    )


def test_browsing_costs_no_preflight_and_one_request_for_each_manifest(app: Portolan, hosting: Hosting) -> None:
    host = hosting.netloc("anonymous")
    app.open(host)
    app.open(f"{host}/sample/base")
    # To the end: what is given up halfway has to be asked for again.
    expect(app.rows().locator("time")).to_have_count(2)
    app.open(f"{host}/sample/base:12")
    app.page.get_by_role("link", name="JSON").first.click()
    app.page.locator('main[data-view="raw"][data-state="shown"]').wait_for()
    app.page.get_by_role("link", name="Overview").click()
    app.arrive(f"{host}/sample/base:12")
    move_on(app, hosting)
    requests = asked(hosting)
    assert {one.partition(" ")[0] for one in requests} == {"GET"}
    by_digest = [one for one in requests if "/manifests/sha256:" in one or "/blobs/" in one]
    assert len(by_digest) == len(set(by_digest))
    by_tag = [one for one in asked(hosting, part="/manifests/") if "sha256:" not in one]
    # Once for its row in the table, and once for its page: a tag may have moved.
    assert by_tag.count("GET /v2/sample/base/manifests/12") <= 2
