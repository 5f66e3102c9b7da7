"""The pages that oci.dag.dev has recorded of itself: each has its equal here, opened in the sample registry.

The first thirty are the kinds that its recordings show; the last seven are what its routes and modifiers add.
"""

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, NamedTuple
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from tests.e2e.hosting import Hosting
from tests.e2e.portolan import Portolan

HARBOUR, WHARF, LAYERS, PKI = "sample/harbour", "sample/wharf", "sample/layers", "sample/pki"
ACCEPT = "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json"


class Sample:
    """Where things are in the sample registry."""

    def __init__(self, hosting: Hosting) -> None:
        self.host = hosting.netloc("anonymous")
        self._origin = hosting.origins["anonymous"]

    def manifest(self, name: str, reference: str) -> Any:
        return self._read(f"{name}/manifests/{reference}")[0]

    def _read(self, path: str) -> tuple[Any, str]:
        with urlopen(Request(f"{self._origin}/v2/{path}", headers={"Accept": ACCEPT})) as answer:
            return json.loads(answer.read()), answer.headers.get("Docker-Content-Digest", "")

    def layer(self, name: str, reference: str, number: int = 0) -> str:
        return str(self.manifest(name, reference)["layers"][number]["digest"])

    @cached_property
    def index(self) -> str:
        return self._read(f"{HARBOUR}/manifests/latest")[1]

    @cached_property
    def image(self) -> str:
        """The digest of one platform."""
        return str(self.manifest(HARBOUR, "latest")["manifests"][0]["digest"])

    @cached_property
    def attestation(self) -> str:
        """Of that platform, by BuildKit."""
        return str(self.manifest(HARBOUR, "latest")["manifests"][3]["digest"])

    @cached_property
    def config(self) -> str:
        return str(self.manifest(HARBOUR, self.image)["config"]["digest"])

    @cached_property
    def sbom(self) -> str:
        """A manifest with a subject."""
        listed = self._read(f"{HARBOUR}/referrers/{self.index}")[0]["manifests"]
        return next(str(one["digest"]) for one in listed if "spdx" in one["artifactType"])

    def beside(self, suffix: str) -> str:
        """The tag under which cosign keeps something about the index."""
        return f"{self.index.replace(':', '-')}.{suffix}"


class Page(NamedTuple):
    """A page of theirs, our route, our view, and what makes it that page: an element with that text."""

    theirs: str
    route: Callable[[Sample], str]
    view: str
    landmark: str
    text: str = ""
    state: str = "shown"


def layer(tag: str) -> Callable[[Sample], str]:
    return lambda at: f"{LAYERS}/-/layer/{at.layer(LAYERS, tag)}/srv/{tag}"


PAGES = (
    Page("landing", lambda at: "", "landing", "#reference", state="idle"),
    Page("repository listing", lambda at: HARBOUR, "repository", "th a", "2.0.0"),
    Page("manifest by tag", lambda at: f"{WHARF}:latest", "manifest", "#layers tbody tr", "COPY wharf"),
    Page("manifest by digest", lambda at: f"{HARBOUR}@{at.image}", "manifest", ".stats .verified", "verified"),
    Page("missing manifest", lambda at: f"{HARBOUR}:never", "manifest", "h2", "No tag never", "failed"),
    Page("index", lambda at: f"{HARBOUR}:latest", "manifest", "#platforms tbody tr", "linux/arm64"),
    Page("subject", lambda at: f"{HARBOUR}@{at.sbom}", "manifest", ".pagehead", "refers to sha256:"),
    Page("referrers", lambda at: f"{HARBOUR}:latest/-/referrers", "referrers", ".tree-node", "found by referrers API"),
    Page("referrers, none", lambda at: "sample/base:12/-/referrers", "referrers", ".facts", "nothing found"),
    Page("annotations", lambda at: f"{WHARF}:latest", "manifest", "dt", "org.opencontainers.image.revision"),
    Page(
        "config with its manifest", lambda at: f"{HARBOUR}@{at.image}?part=config", "manifest", "#config dd", "SIGINT"
    ),
    Page(
        "DSSE envelope",
        lambda at: f"{HARBOUR}/-/blob/{at.layer(HARBOUR, at.beside('att'))}",
        "blob",
        "h3, h4",
        "DSSE envelope",
    ),
    Page("BuildKit's metadata", lambda at: f"{HARBOUR}@{at.attestation}", "manifest", ".kindnote, p", "BuildKit"),
    Page("X.509 in PEM", lambda at: f"{PKI}/-/blob/{at.layer(PKI, 'latest', 0)}", "blob", "dt", "Issued by"),
    Page("X.509 in DER", lambda at: f"{PKI}/-/blob/{at.layer(PKI, 'latest', 1)}", "blob", "dt", "Issuer"),
    Page(
        "SPDX",
        lambda at: f"{HARBOUR}/-/blob/{at.layer(HARBOUR, at.sbom)}",
        "blob",
        "tbody tr",
        "pkg:apk/harbour/caravel",
    ),
    Page(
        "cosign signature",
        lambda at: f"{HARBOUR}/-/blob/{at.layer(HARBOUR, at.beside('sig'))}",
        "blob",
        "dd",
        "cosign container image signature",
    ),
    Page(
        "cosign attestation",
        lambda at: f"{HARBOUR}:{at.beside('att')}",
        "manifest",
        "tbody tr",
        "slsa.dev/provenance/v1",
    ),
    Page("cosign bundle", lambda at: f"{HARBOUR}:{at.beside('sig')}/-/raw", "raw", ".json", "log entry, decoded"),
    Page(
        "cosign certificate",
        lambda at: f"{HARBOUR}:{at.beside('sig')}/-/raw",
        "raw",
        "dd",
        "e-mail ada@harbour.example",
    ),
    Page("cosign chain", lambda at: f"{HARBOUR}:{at.beside('sig')}/-/raw", "raw", "dd", "may sign other certificates"),
    Page("tar listing", layer("plain"), "layer", "tbody a[href*='/srv/plain/']", "soundings.bin"),
    Page("tar.gz listing", layer("gzip"), "layer", "tbody a[href*='/srv/gzip/']", "soundings.bin"),
    Page("tar.zst listing", layer("zstd"), "layer", "tbody a[href*='/srv/zstd/']", "soundings.bin"),
    Page(
        "one file out of a layer",
        lambda at: f"{HARBOUR}/-/layer/{at.layer(HARBOUR, at.image)}/etc/os-release",
        "layer",
        "main",
        'PRETTY_NAME="Harbour Linux 12"',
    ),
    Page(
        "sizes of one layer",
        lambda at: f"{LAYERS}/-/layer/{at.layer(LAYERS, 'gzip')}?show=biggest",
        "layer",
        "tbody tr",
        "srv/gzip/soundings.bin",
    ),
    Page(
        "sizes of several layers",
        lambda at: f"{HARBOUR}@{at.image}/-/files?show=biggest",
        "files",
        "tbody tr",
        "usr/bin/busybox",
    ),
    Page(
        "hexdump", lambda at: f"{PKI}/-/blob/{at.layer(PKI, 'latest', 1)}?as=hex", "blob", "main", "00000010  46 97 9d"
    ),
    Page("raw", lambda at: f"{HARBOUR}:latest/-/raw?as=text", "raw", "main", '"schemaVersion": 2,'),
    Page("history", lambda at: f"{HARBOUR}@{at.image}?part=layers", "manifest", ".dockerfile, main", "FROM scratch"),
    Page("overlay of all layers", lambda at: f"{HARBOUR}@{at.image}/-/files/usr", "files", "tbody tr", "share"),
    Page("what one step made", lambda at: f"{HARBOUR}@{at.image}/-/files?layer=4", "files", "main", "Layer 4 adds 30"),
    Page("search", lambda at: f"{HARBOUR}@{at.image}/-/files?search=*.json", "files", "main", "24 matches"),
    Page("path into JSON", lambda at: f"{HARBOUR}:latest/-/raw?path=.manifests[].digest", "raw", "main", "6 values"),
    Page("ELF", lambda at: f"{HARBOUR}@{at.image}/-/files/usr/bin/harbour", "files", "dd", "amd64, 64 bits"),
    Page("embedded data", lambda at: f"{WHARF}:latest/-/raw", "raw", "main", "embedded content, decoded from base64"),
    Page("config alone", lambda at: f"{HARBOUR}/-/blob/{at.config}", "blob", ".json", "diff_ids"),
)


@pytest.fixture(scope="module")
def sample(hosting: Hosting) -> Sample:
    return Sample(hosting)


@pytest.fixture(scope="module")
def shared(tab: Portolan, hosting: Hosting) -> Portolan:
    """One tab for all of them, as for a person who goes on from page to page."""
    tab.recover()
    return tab


def test_there_are_thirty_seven_of_them() -> None:
    kinds: Mapping[str, Page] = {page.theirs: page for page in PAGES}
    assert len(kinds) == len(PAGES) == 37


@pytest.mark.parametrize("page", PAGES, ids=[page.theirs.replace(" ", "-") for page in PAGES])
def test_each_has_its_equal(shared: Portolan, sample: Sample, page: Page) -> None:
    shared.complaints.clear()
    route = page.route(sample)
    shared.goto(f"{sample.host}/{route}" if route else "")
    main = f'main[data-view="{page.view}"][data-state="{page.state}"]'
    expect(shared.page.locator(main)).to_have_count(1)
    landmark = shared.page.locator(page.landmark if page.landmark.endswith("main") else f"main :is({page.landmark})")
    expect(landmark.filter(has_text=page.text).first).to_be_visible()
    assert shared.complaints == []
