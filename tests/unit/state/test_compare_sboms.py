import asyncio
import json

from app.client.endpoints import blob_url, manifest_url, referrers_url
from app.oci.digest import Digest, digest_of
from app.oci.media_type import IN_TOTO, OCI_CONFIG, OCI_INDEX, OCI_MANIFEST, SPDX
from app.state.compare_model import Listed, Side
from app.state.compare_sboms import compare_packages, find_packages
from app.state.model import Landing
from app.state.route import parse_route
from app.trust.sbom import Package, Sbom
from tests.unit.fake_transport import FakeResponse, FakeTransport
from tests.unit.state.fake_content import REGISTRY, REPOSITORY
from tests.unit.state.fake_page import nothing_there
from tests.unit.state.fake_work import FakeWork
from tests.unit.trust.signers import b64, document

ROUTE = parse_route("r.example/lab/app:1")
CONFIG = {"mediaType": OCI_CONFIG, "digest": str(digest_of(b"c")), "size": 1}
IMAGE = document(schemaVersion=2, mediaType=OCI_MANIFEST, config=CONFIG, layers=[])
LIST = {"spdxVersion": "SPDX-2.3", "packages": [{"name": "libc", "versionInfo": "1"}]}
STATEMENT = {"predicateType": "https://spdx.dev/Document", "subject": [], "predicate": LIST}


class Sea:
    def __init__(self) -> None:
        self.transport = FakeTransport(nothing_there)

    def manifest(self, data: bytes, kind: str = OCI_MANIFEST) -> Digest:
        url = manifest_url(REGISTRY, REPOSITORY, digest_of(data))
        self.transport.on("GET", url, FakeResponse(200, data, [("Content-Type", kind)]))
        return digest_of(data)

    def artifact(self, content: bytes, layer_type: str) -> dict[str, object]:
        """A manifest with that one blob; its descriptor."""
        digest = digest_of(content)
        self.transport.on("GET", blob_url(REGISTRY, REPOSITORY, digest), FakeResponse(200, content))
        layers = [{"mediaType": layer_type, "digest": str(digest), "size": len(content)}]
        data = document(schemaVersion=2, mediaType=OCI_MANIFEST, config=CONFIG, layers=layers)
        return {"mediaType": OCI_MANIFEST, "digest": str(self.manifest(data)), "size": len(data)}

    def refer(self, *entries: dict[str, object]) -> None:
        data = json.dumps({"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": list(entries)}).encode()
        url = referrers_url(REGISTRY, REPOSITORY, digest_of(IMAGE), None)
        self.transport.on("GET", url, FakeResponse(200, data, [("Content-Type", OCI_INDEX)]))

    def find(self, index: bytes | None = None) -> Listed:
        async def run() -> Listed:
            client = FakeWork(ROUTE, Landing("", None), self.transport).client
            image = await client.manifest(REPOSITORY, self.manifest(IMAGE))
            whole = image if index is None else await client.manifest(REPOSITORY, self.manifest(index, OCI_INDEX))
            return await find_packages(client, Side(ROUTE, whole, image=image))

        return asyncio.run(run())


def test_an_sbom_that_refers_to_the_image_is_found() -> None:
    sea = Sea()
    sea.refer({**sea.artifact(document(**LIST), SPDX), "artifactType": SPDX})
    found = sea.find()
    assert found.found is not None
    assert found.where is not None
    assert [one.name for one in found.found.packages] == ["libc"]


def test_one_inside_a_signed_attestation_is_found() -> None:
    sea = Sea()
    envelope = document(payloadType=IN_TOTO, payload=b64(document(**STATEMENT)), signatures=[])
    kind = "application/vnd.dsse.envelope.v1+json"
    sea.refer({**sea.artifact(envelope, kind), "artifactType": IN_TOTO})
    assert sea.find().found is not None


def test_buildkit_s_beside_the_image_in_its_index_is_found() -> None:
    sea = Sea()
    notes = {
        "vnd.docker.reference.type": "attestation-manifest",
        "vnd.docker.reference.digest": str(digest_of(IMAGE)),
    }
    entry = {**sea.artifact(document(**STATEMENT), IN_TOTO), "annotations": notes}
    whole = {"mediaType": OCI_MANIFEST, "digest": str(digest_of(IMAGE)), "size": len(IMAGE)}
    assert sea.find(document(schemaVersion=2, mediaType=OCI_INDEX, manifests=[whole, entry])).found is not None


def test_what_is_broken_or_something_else_is_passed_over() -> None:
    sea = Sea()
    broken = {**sea.artifact(b'{"spdxVersion": {', SPDX), "artifactType": SPDX}
    signature = {**sea.artifact(b"{}", "x/y"), "artifactType": "application/vnd.dev.cosign.artifact.sig.v1+json"}
    sea.refer(signature, broken)
    assert sea.find() == Listed(None)


def test_without_referrers_there_is_none() -> None:
    assert Sea().find() == Listed(None)


def sbom(*packages: tuple[str, str]) -> Sbom:
    return Sbom("SPDX", "2.3", "", "", (), tuple(Package(name, version, "", "") for name, version in packages))


def test_packages_are_compared_by_name_and_all_their_versions() -> None:
    left, right = sbom(("a", "1"), ("b", "1"), ("b", "2"), ("same", "1")), sbom(("b", "2"), ("C", "3"), ("same", "1"))
    assert compare_packages(left, right) == [("a", ("1",), ()), ("b", ("1", "2"), ("2",)), ("C", (), ("3",))]
