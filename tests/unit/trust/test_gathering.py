import asyncio
import json

import pytest

from app.auth.registry_auth import RegistryAuth
from app.client.endpoints import manifest_url, referrers_url
from app.client.errors import ServerFailed
from app.client.registry import RegistryClient
from app.client.session import Session
from app.oci.descriptor import Descriptor, Platform
from app.oci.digest import Digest, digest_of
from app.oci.document import EMPTY
from app.oci.media_type import OCI_CONFIG, OCI_INDEX, OCI_MANIFEST
from app.oci.origin import parse_origin
from app.trust import gathering
from app.trust.gathering import Gathering, buildkit_subject
from app.trust.referrer import ReferrerTree
from tests.unit.fake_transport import FakeClock, FakeResponse, FakeTransport, error_response

REGISTRY = parse_origin("https://r.example")
REPOSITORY = "lab/app"
SBOM = "application/spdx+json"
SIGNING = "application/vnd.dev.cosign.simplesigning.v1+json"


def entry(digest: Digest, artifact_type: str = SBOM, **more: object) -> dict[str, object]:
    return {"mediaType": OCI_MANIFEST, "digest": str(digest), "size": 7, "artifactType": artifact_type, **more}


def document(kind: str, **members: object) -> bytes:
    return json.dumps({"schemaVersion": 2, "mediaType": kind, **members}).encode()


def answer(data: bytes, kind: str) -> FakeResponse:
    return FakeResponse(200, data, [("Content-Type", kind)])


SUBJECT = document(OCI_MANIFEST, config={"mediaType": OCI_CONFIG, "digest": str(digest_of(b"c")), "size": 1}, layers=[])
ROOT = digest_of(SUBJECT)
A, B = digest_of(b"a"), digest_of(b"b")


class Sea(FakeTransport):
    """A registry with what is put into it and 404 for all else."""

    def __init__(self, subject: bytes = SUBJECT, kind: str = OCI_MANIFEST) -> None:
        super().__init__(lambda request: error_response(404, "MANIFEST_UNKNOWN"))
        self.subject = digest_of(subject)
        self.on("GET", manifest_url(REGISTRY, REPOSITORY, self.subject), answer(subject, kind))

    def refer(self, digest: Digest, *entries: dict[str, object], artifact_type: str | None = None) -> None:
        url = referrers_url(REGISTRY, REPOSITORY, digest, artifact_type)
        self.on("GET", url, answer(document(OCI_INDEX, manifests=list(entries)), OCI_INDEX))

    def tag(self, tag: str, data: bytes, kind: str = OCI_MANIFEST) -> Digest:
        self.on("GET", manifest_url(REGISTRY, REPOSITORY, tag), answer(data, kind))
        return digest_of(data)


def gather(sea: Sea, artifact_type: str | None = None) -> list[ReferrerTree]:
    async def run() -> list[ReferrerTree]:
        client = RegistryClient(Session(REGISTRY, sea, FakeClock(), RegistryAuth(REGISTRY)))
        subject = await client.manifest(REPOSITORY, sea.subject)
        return [tree async for tree in Gathering(client, REPOSITORY, subject, artifact_type).trees()]

    return asyncio.run(run())


def shape(tree: ReferrerTree) -> list[tuple[int, Digest, tuple[str, ...]]]:
    return [(depth, one.descriptor.digest, one.places) for depth, one in tree.walk()]


def cosign_manifest(layer: bytes = b"payload") -> bytes:
    layers = [{"mediaType": SIGNING, "digest": str(digest_of(layer)), "size": 1}]
    return document(
        OCI_MANIFEST, config={"mediaType": OCI_CONFIG, "digest": str(digest_of(b"c")), "size": 1}, layers=layers
    )


def test_what_the_api_names_is_found() -> None:
    sea = Sea()
    sea.refer(ROOT, entry(A), entry(B))
    last = gather(sea)[-1]
    assert shape(last) == [(0, A, ("api",)), (0, B, ("api",))]
    assert (last.supported, last.complete) == (True, True)


def test_what_refers_to_a_referrer_stands_under_it() -> None:
    sea = Sea()
    sea.refer(ROOT, entry(A))
    sea.refer(A, entry(B))
    assert shape(gather(sea)[-1]) == [(0, A, ("api",)), (1, B, ("api",))]


def test_without_the_api_the_tag_is_read() -> None:
    sea = Sea()
    sea.tag(str(ROOT).replace(":", "-"), document(OCI_INDEX, manifests=[entry(A)]), OCI_INDEX)
    last = gather(sea)[-1]
    assert shape(last) == [(0, A, ("tag",))]
    assert last.supported is False


@pytest.mark.parametrize(("ending", "place"), [("sig", "cosign-sig"), ("att", "cosign-att"), ("sbom", "cosign-sbom")])
def test_what_cosign_keeps_under_tags_is_found(ending: str, place: str) -> None:
    sea = Sea()
    tag = f"{str(ROOT).replace(':', '-')}.{ending}"
    digest = sea.tag(tag, cosign_manifest())
    last = gather(sea)[-1]
    assert shape(last) == [(0, digest, (place,))]
    found = last.referrers[0]
    assert (found.tag, found.descriptor.artifact_type) == (tag, SIGNING)


def test_what_is_found_twice_stands_there_once_with_both_places() -> None:
    sea = Sea()
    digest = sea.tag(f"{str(ROOT).replace(':', '-')}.sig", cosign_manifest())
    sea.refer(ROOT, entry(digest))
    assert shape(gather(sea)[-1]) == [(0, digest, ("api", "cosign-sig"))]


def test_attestations_of_buildkit_are_those_of_their_platform() -> None:
    about = {"vnd.docker.reference.type": "attestation-manifest", "vnd.docker.reference.digest": str(A)}
    image = entry(A, platform={"os": "linux", "architecture": "arm64"})
    unknown = {"os": "unknown", "architecture": "unknown"}
    index = document(OCI_INDEX, manifests=[image, entry(B, annotations=about, platform=unknown)])
    last = gather(Sea(index, OCI_INDEX))[-1]
    assert shape(last) == [(0, B, ("buildkit",))]
    assert last.referrers[0].platform == "linux/arm64"


def test_a_circle_is_cut_and_said() -> None:
    sea = Sea()
    sea.refer(ROOT, entry(A))
    sea.refer(A, entry(ROOT))
    last = gather(sea)[-1]
    assert shape(last) == [(0, A, ("api",)), (1, ROOT, ("api",))]
    assert [one.loop for _, one in last.walk()] == [False, True]


def test_the_tree_is_shown_as_it_grows() -> None:
    sea = Sea()
    sea.refer(ROOT, entry(A))
    sea.refer(A, entry(B))
    trees = gather(sea)
    assert [len(list(tree.walk())) for tree in trees] == [1, 2, 2, 2]
    assert [tree.complete for tree in trees] == [False, False, False, True]


def test_a_place_that_fails_is_told_and_the_others_are_shown() -> None:
    sea = Sea()
    sea.refer(ROOT, entry(A))
    sea.on("GET", manifest_url(REGISTRY, REPOSITORY, f"{str(ROOT).replace(':', '-')}.att"), FakeResponse(500))
    last = gather(sea)[-1]
    assert shape(last) == [(0, A, ("api",))]
    assert [(one.digest, one.place, type(one.error)) for one in last.troubles] == [(ROOT, "cosign-att", ServerFailed)]


def test_a_filter_is_the_registrys_and_ours() -> None:
    sea = Sea()
    sea.refer(ROOT, entry(A, SBOM), entry(B, "application/other"), artifact_type=SBOM)
    sea.tag(f"{str(ROOT).replace(':', '-')}.sig", cosign_manifest())
    last = gather(sea, SBOM)[-1]
    assert shape(last) == [(0, A, ("api",))]
    assert last.filtered is False


def test_a_filter_that_the_registry_applied_is_said() -> None:
    sea = Sea()
    url = referrers_url(REGISTRY, REPOSITORY, ROOT, SBOM)
    fields = [("Content-Type", OCI_INDEX), ("OCI-Filters-Applied", "artifactType")]
    sea.on("GET", url, FakeResponse(200, document(OCI_INDEX, manifests=[entry(A)]), fields))
    assert gather(sea, SBOM)[-1].filtered is True


def test_a_tree_without_end_is_cut_and_what_was_left_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST", 3)
    sea = Sea()
    sea.refer(ROOT, *(entry(digest_of(bytes([number]))) for number in range(5)))
    last = gather(sea)[-1]
    assert last.left_out == 3
    assert len(last.referrers) == 5


@pytest.mark.parametrize("annotations", [EMPTY, {"vnd.docker.reference.type": "other"}])
def test_other_entries_of_an_index_are_no_attestations(annotations: dict[str, str]) -> None:
    platform = Platform("linux", "amd64", "", "", ())
    assert buildkit_subject(Descriptor(OCI_MANIFEST, A, 1, annotations, platform, None, (), None)) is None
