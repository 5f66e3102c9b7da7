"""Whether a digest can be read, and which blob to try."""

import asyncio
import json

import pytest

from app.client.accept import ALL_FOUR, DOCKER_PAIR, OCI_PAIR
from app.cors.manifests import Manifests
from app.oci.digest import Digest
from app.oci.media_type import OCI_EMPTY, OCI_LAYER, OCI_MANIFEST
from app.oci.origin import parse_origin
from tests.unit.cors.fake_asking import asking_on
from tests.unit.cors.fake_browser import Answer, Arrived, FakeBrowser, Server
from tests.unit.cors.fake_servers import CONFIG_DIGEST, MANIFEST, REGISTRY, SECRET, Cors, FakeRegistry


def examine(
    server: Server, find_blob: bool = True, authorization: str | None = None, long_accept: bool = False, most: int = 12
) -> tuple[Digest | None, tuple[str, ...], FakeBrowser]:
    browser = FakeBrowser({REGISTRY: server})
    asking, _ = asking_on(browser, authorization, most)
    manifests = Manifests(asking, parse_origin(REGISTRY), "app", long_accept)
    blob = asyncio.run(manifests.examine("1", find_blob))
    return blob, asking.notes.diagnosis.verdicts, browser


def holding(**manifest: object) -> Server:
    body = json.dumps({"schemaVersion": 2, "mediaType": OCI_MANIFEST, **manifest}).encode()

    def answer(request: Arrived) -> Answer:
        return Cors().answer(request, Answer(200, (("Docker-Content-Digest", "x"),), body))

    return answer


def layer(number: int, size: int, **more: object) -> dict[str, object]:
    return {"mediaType": OCI_LAYER, "digest": f"sha256:{number:064x}", "size": size, **more}


def test_a_digest_alone_is_asked_for_by_head_and_without_a_preflight() -> None:
    _, verdicts, browser = examine(FakeRegistry(), find_blob=False)
    assert [(probe.method, probe.header("Accept")) for probe in browser.probes] == [("HEAD", OCI_PAIR)]
    assert {one.method for one in browser.arrived} == {"HEAD"}
    assert verdicts == ()


@pytest.mark.parametrize("find_blob", [True, False])
def test_an_answer_without_a_digest_is_said(find_blob: bool) -> None:
    assert examine(FakeRegistry(digests=False), find_blob)[1] == ("digest-not-exposed",)


def test_the_config_is_the_blob_to_try() -> None:
    blob, _, browser = examine(FakeRegistry())
    assert str(blob) == CONFIG_DIGEST
    assert [probe.method for probe in browser.probes] == ["GET"]


def test_an_index_is_followed_to_its_first_manifest() -> None:
    blob, _, browser = examine(FakeRegistry(index=True))
    assert str(blob) == CONFIG_DIGEST
    assert len(browser.probes) == 2


def test_an_index_is_not_followed_where_no_blob_could_be_asked_for_after_it() -> None:
    blob, _, browser = examine(FakeRegistry(index=True), most=4)
    assert blob is None
    assert len(browser.probes) == 1


def test_with_an_empty_config_the_smallest_layer_is_tried() -> None:
    empty = {"mediaType": OCI_EMPTY, "digest": CONFIG_DIGEST, "size": 2}
    foreign = layer(3, 1, urls=["https://elsewhere.example/"])
    blob, _, _ = examine(holding(config=empty, layers=[layer(1, 90), layer(2, 10), foreign]))
    assert blob is not None
    assert blob.encoded.endswith("2")


@pytest.mark.parametrize("body", [{"layers": []}, {"config": {"mediaType": "x"}}, {"manifests": []}, {}])
def test_a_manifest_without_a_blob_has_none(body: dict[str, object]) -> None:
    assert examine(holding(**body))[0] is None


def test_a_docker_image_is_asked_for_by_its_own_types() -> None:
    def docker(request: Arrived) -> Answer:
        wanted = request.headers.get("accept") == DOCKER_PAIR
        answer = Answer(200, (("Docker-Content-Digest", "x"),), MANIFEST) if wanted else Answer(404)
        return Cors().answer(request, answer)

    blob, verdicts, browser = examine(docker)
    assert str(blob) == CONFIG_DIGEST
    assert verdicts == ()
    assert [probe.header("Accept") for probe in browser.probes] == [OCI_PAIR, DOCKER_PAIR]


def test_with_credentials_all_types_are_asked_for_at_once() -> None:
    _, _, browser = examine(FakeRegistry(auth="basic"), authorization=SECRET, long_accept=True)
    assert [probe.header("Accept") for probe in browser.probes] == [ALL_FOUR]


def test_a_manifest_that_needs_signing_in_tells_nothing() -> None:
    blob, verdicts, browser = examine(FakeRegistry(auth="basic"))
    assert (blob, verdicts) == (None, ())
    assert len(browser.probes) == 1


def test_a_manifest_that_is_hidden_is_said() -> None:
    assert examine(FakeRegistry(Cors(bare=("/manifests/",))))[1] == ("no-usable-allow-origin",)


def test_a_hidden_manifest_that_needs_credentials_stays_unexplained() -> None:
    registry = FakeRegistry(Cors(bare=("/manifests/",)), auth="basic")
    assert examine(registry, authorization=SECRET)[1] == ()
