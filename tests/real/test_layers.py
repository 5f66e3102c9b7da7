"""Inside what real clients push: an image that umoci grew layer by layer, and what regctl says about it.

distribution has no referrers API: regctl keeps what refers to an image under the fallback tag.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import expect

from tests.real.asking import ask
from tests.real.explorer import Explorer
from tests.real.moorings import Moor
from tests.real.needs import needed
from tests.real.shore import CLASSIC
from tests.servers.clients import Regctl, Umoci
from tests.servers.distribution import VERSIONS

NAME, TAG = "lab/pier", "1.0"
PIER = f"{NAME}:{TAG}"
SPDX = "application/spdx+json"
SBOM = b'{"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "name": "pier", "packages": []}'
NOTICE = "Mind the gap.\n" * 40


class Pier(NamedTuple):
    """`host`: host:port of the registry; `digest`: of the image; `layers`: descriptors, the lowest first."""

    host: str
    digest: str
    layers: list[Any]
    sbom: str

    def blob(self, number: int) -> str:
        return f"/v2/{NAME}/blobs/{self.layers[number]['digest']}"


def grown(folder: Path) -> Umoci:
    """Layers: a folder with three files, another notice over the old one, one file gone, and one folder made anew."""
    first = folder / "first"
    (first / "pier").mkdir(parents=True)
    for name, text in (("notice.txt", "old\n"), ("planks.txt", "twelve\n"), ("rot.txt", "gone\n")):
        (first / "pier" / name).write_text(text)
    (folder / "notice.txt").write_text(NOTICE)
    (folder / "anew").mkdir()
    (folder / "anew" / "lamp.txt").write_text("lit\n")
    umoci = Umoci(folder / "layout")
    umoci.insert(first / "pier", "/srv/pier")
    umoci.insert(first / "pier", "/srv/store")
    umoci.insert(folder / "notice.txt", "/srv/pier/notice.txt")
    umoci.remove("/srv/pier/rot.txt")
    umoci.insert(folder / "anew", "/srv/store", opaque=True)
    umoci.set("--config.cmd=/bin/pier", "--config.env=PATH=/bin")
    return umoci


@pytest.fixture(scope="module", params=VERSIONS)
def pier(request: pytest.FixtureRequest, moor: Moor, tmp_path_factory: pytest.TempPathFactory) -> Pier:
    for program in ("umoci", "regctl"):
        needed(program)
    shore = moor(request.param, "none")
    folder = tmp_path_factory.mktemp("pier")
    digest = shore.skopeo.push(grown(folder).image, PIER)
    sbom = Regctl(shore.host, folder / "regctl").attach(PIER, SPDX, SBOM)
    accept = "application/vnd.oci.image.manifest.v1+json"
    manifest = json.loads(ask(shore.host, f"/v2/{NAME}/manifests/{TAG}", Accept=accept).body)
    return Pier(shore.host, digest, manifest["layers"], sbom)


def test_a_part_of_a_layer_is_had(pier: Pier) -> None:
    whole = ask(pier.host, pier.blob(0)).body
    part = ask(pier.host, pier.blob(0), Range="bytes=10-29")
    assert (part.status, part.body) == (206, whole[10:30])
    assert part.one("Content-Range") == f"bytes 10-29/{len(whole)}"


def test_the_rest_of_a_layer_is_had(pier: Pier) -> None:
    size = pier.layers[0]["size"]
    rest = ask(pier.host, pier.blob(0), Range="bytes=40-")
    assert (rest.status, len(rest.body)) == (206, size - 40)


def test_a_part_behind_the_end_is_refused(pier: Pier) -> None:
    # HEAD: version 2.8 says a length of the body that is not its own.
    assert ask(pier.host, pier.blob(0), "HEAD", Range=f"bytes={pier.layers[0]['size']}-").status == 416


def test_a_layer_has_a_head_with_its_size_and_digest(pier: Pier) -> None:
    answer = ask(pier.host, pier.blob(1), "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.one("Content-Length") == str(pier.layers[1]["size"])
    assert answer.one("Docker-Content-Digest") == pier.layers[1]["digest"]


def test_what_refers_to_an_image_is_under_its_fallback_tag(pier: Pier) -> None:
    assert ask(pier.host, f"/v2/{NAME}/referrers/{pier.digest}").status == 404
    accept = "application/vnd.oci.image.index.v1+json"
    answer = ask(pier.host, f"/v2/{NAME}/manifests/{pier.digest.replace(':', '-')}", Accept=accept)
    [referrer] = json.loads(answer.body)["manifests"]
    assert (referrer["digest"], referrer["artifactType"]) == (pier.sbom, SPDX)


def test_the_files_of_an_image_are_what_its_container_sees(explorer: Explorer, pier: Pier) -> None:
    explorer.open(f"{pier.host}/{PIER}/-/files/srv/pier")
    explorer.awaits("files", "shown", f"{pier.host}/{PIER}")
    expect(explorer.links_to(f"{pier.host}/{PIER}/-/files/srv/pier/notice.txt").first).to_be_visible()
    expect(explorer.links_to(f"{pier.host}/{PIER}/-/files/srv/pier/planks.txt").first).to_be_visible()
    expect(explorer.links_to(f"{pier.host}/{PIER}/-/files/srv/pier/rot.txt")).to_have_count(0)


def test_an_opaque_folder_hides_what_was_below_it(explorer: Explorer, pier: Pier) -> None:
    explorer.open(f"{pier.host}/{PIER}/-/files/srv/store")
    explorer.awaits("files", "shown", f"{pier.host}/{PIER}")
    expect(explorer.links_to(f"{pier.host}/{PIER}/-/files/srv/store/lamp.txt").first).to_be_visible()
    expect(explorer.links_to(f"{pier.host}/{PIER}/-/files/srv/store/planks.txt")).to_have_count(0)


def test_a_file_is_the_one_of_the_layer_that_has_it_last(explorer: Explorer, pier: Pier) -> None:
    explorer.open(f"{pier.host}/{PIER}/-/files/srv/pier/notice.txt")
    explorer.awaits("files", "shown", f"{pier.host}/{PIER}")
    expect(explorer.main).to_contain_text("Mind the gap.")


def test_one_layer_has_what_it_was_given(explorer: Explorer, pier: Pier) -> None:
    route = f"{pier.host}/{NAME}/-/layer/{pier.layers[0]['digest']}/srv/pier"
    explorer.open(route)
    explorer.awaits("layer", "shown")
    expect(explorer.links_to(f"{route}/rot.txt").first).to_be_visible()


def test_the_tree_of_referrers_says_where_each_was_found(explorer: Explorer, pier: Pier) -> None:
    explorer.open(f"{pier.host}/{PIER}/-/referrers")
    explorer.awaits("referrers", "shown", f"{pier.host}/{PIER}")
    expect(explorer.main).to_contain_text(SPDX)
    expect(explorer.links_to(f"{pier.host}/{NAME}@{pier.sbom}").first).to_be_visible()
    expect(explorer.main).to_contain_text("found by referrers tag")


def test_a_layer_that_another_worker_hashes_is_verified(explorer: Explorer, pier: Pier) -> None:
    explorer.open(f"{pier.host}/{CLASSIC}/-/files/hold")
    explorer.awaits("files", "shown", f"{pier.host}/{CLASSIC}")
    row = explorer.main.locator('table[aria-label="Layers read"] tbody tr')
    expect(row.locator("td", has_text="verified")).to_have_count(2)  # as it came, and unpacked
