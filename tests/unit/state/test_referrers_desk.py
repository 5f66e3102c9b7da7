import asyncio
import json

import pytest

from app.client.endpoints import blob_url, manifest_url, referrers_url
from app.oci.digest import Digest, digest_of
from app.oci.document import InvalidDocument
from app.oci.media_type import COSIGN_SIMPLE_SIGNING, OCI_CONFIG, OCI_INDEX, OCI_LAYER_GZIP, OCI_MANIFEST, SPDX
from app.ports.transport import Request
from app.state.referrers_model import ReferrersPage
from app.trust.checks import Check
from app.trust.decode import CERTIFICATE, SIGNATURE, CosignSignature
from app.trust.sbom import Sbom
from tests.unit.fake_transport import FakeResponse, FakeTransport, error_response
from tests.unit.state.fake_content import REGISTRY, REPOSITORY, TAGS
from tests.unit.state.fake_page import Tab, nothing_there, play
from tests.unit.trust.signers import RealCrypto, b64, certificate, document, pem, sign

ROUTE = f"{TAGS}:1/-/referrers"
EMPTY = {"mediaType": OCI_CONFIG, "digest": str(digest_of(b"c")), "size": 1}
SUBJECT = document(schemaVersion=2, mediaType=OCI_MANIFEST, config=EMPTY, layers=[])
ROOT = digest_of(SUBJECT)
LIST = document(spdxVersion="SPDX-2.3", packages=[{"name": "libc"}])


def manifest(transport: FakeTransport, data: bytes, kind: str = OCI_MANIFEST, tag: str | None = None) -> Digest:
    digest = digest_of(data)
    names: list[str | Digest] = [digest, *([tag] if tag else [])]
    for name in names:
        transport.on("GET", manifest_url(REGISTRY, REPOSITORY, name), FakeResponse(200, data, [("Content-Type", kind)]))
    return digest


def blob(transport: FakeTransport, data: bytes, kind: str, **annotations: str) -> dict[str, object]:
    transport.on("GET", blob_url(REGISTRY, REPOSITORY, digest_of(data)), FakeResponse(200, data))
    return {"mediaType": kind, "digest": str(digest_of(data)), "size": len(data), "annotations": annotations}


def attach(transport: FakeTransport, *layers: dict[str, object], there: bool = True) -> Digest:
    """A referrer with those layers, the only one that the registry knows. `there`: it can be read."""
    whole = document(
        schemaVersion=2, mediaType=OCI_MANIFEST, config=EMPTY, layers=list(layers), annotations={"of": "it"}
    )
    digest = manifest(transport, whole) if there else digest_of(whole)
    entry = {"mediaType": OCI_MANIFEST, "digest": str(digest), "size": len(whole), "artifactType": SPDX}
    found = json.dumps({"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [entry]}).encode()
    for wanted in (None, SPDX):
        url = referrers_url(REGISTRY, REPOSITORY, ROOT, wanted)
        transport.on("GET", url, FakeResponse(200, found, [("Content-Type", OCI_INDEX)]))
    return digest


def tab() -> Tab:
    made = Tab(FakeTransport(nothing_there), crypto=RealCrypto())
    manifest(made.transport, SUBJECT, tag="1")
    return made


async def open_(tab: Tab, digest: Digest, subject: Digest = ROOT) -> None:
    await tab.press("referrers-open", digest=str(digest), subject=str(subject))


def claim(digest: Digest = ROOT) -> bytes:
    return document(critical={"image": {"docker-manifest-digest": str(digest)}, "identity": {}, "type": "x"})


def signature(transport: FakeTransport, payload: bytes) -> dict[str, object]:
    beside = {SIGNATURE: b64(sign(payload)), CERTIFICATE: pem(certificate())}
    return blob(transport, payload, COSIGN_SIMPLE_SIGNING, **beside)


def test_the_tree_is_collected_and_shown_to_its_end() -> None:
    async def scene(tab: Tab) -> None:
        digest = attach(tab.transport)
        await tab.start(ROUTE)
        assert tab.facts() == ("referrers", "shown", "")
        tree = tab.shown(ReferrersPage).tree
        assert tree is not None
        assert [one.descriptor.digest for _, one in tree.walk()] == [digest]
        assert tree.complete

    play(scene, tab)


def test_one_type_alone_is_asked_for() -> None:
    async def scene(tab: Tab) -> None:
        attach(tab.transport)
        await tab.start(f"{ROUTE}?type=application%2Fspdx%2Bjson")
        assert tab.shown(ReferrersPage).artifact_type == SPDX
        assert any("artifactType=" in one.url for one in tab.transport.requests)

    play(scene, tab)


def test_what_is_opened_is_read_decoded_and_checked() -> None:
    async def scene(tab: Tab) -> None:
        digest = attach(tab.transport, signature(tab.transport, claim()))
        await tab.start(ROUTE)
        await open_(tab, digest)
        [opened] = tab.shown(ReferrersPage).opened
        assert opened.parts is not None
        assert isinstance(opened.parts[0].decoded, CosignSignature)
        assert Check("subject", "holds") in opened.parts[0].checks
        assert Check("signature", "holds") in opened.parts[0].checks
        assert Check("identity", "not-checked") in opened.parts[0].checks

    play(scene, tab)


def test_a_claim_about_another_manifest_is_found_out() -> None:
    async def scene(tab: Tab) -> None:
        digest = attach(tab.transport, signature(tab.transport, claim(digest_of(b"another"))))
        await tab.start(ROUTE)
        await open_(tab, digest)
        [opened] = tab.shown(ReferrersPage).opened
        assert opened.parts is not None
        assert opened.parts[0].checks[0] == Check("subject", "fails")

    play(scene, tab)


def test_opening_again_closes() -> None:
    async def scene(tab: Tab) -> None:
        digest = attach(tab.transport, blob(tab.transport, LIST, SPDX))
        await tab.start(ROUTE)
        await open_(tab, digest)
        await open_(tab, digest)
        assert tab.shown(ReferrersPage).opened == ()

    play(scene, tab)


@pytest.mark.parametrize("args", [{"digest": "sha256:00", "subject": "x"}, {"digest": 7}, {}])
def test_opening_what_is_not_there_does_nothing(args: dict[str, object]) -> None:
    async def scene(tab: Tab) -> None:
        attach(tab.transport)
        await tab.start(ROUTE)
        await tab.press("referrers-open", **args)
        assert tab.shown(ReferrersPage).opened == ()

    play(scene, tab)


def test_a_blob_that_is_broken_says_where_and_the_others_are_read() -> None:
    async def scene(tab: Tab) -> None:
        broken = blob(tab.transport, b'{"payloadType": "t", "signatures": []}', "application/vnd.dsse.envelope.v1+json")
        digest = attach(tab.transport, broken, blob(tab.transport, LIST, SPDX))
        await tab.start(ROUTE)
        await open_(tab, digest)
        [opened] = tab.shown(ReferrersPage).opened
        assert opened.parts is not None
        assert isinstance(opened.parts[0].problem, InvalidDocument)
        assert opened.parts[0].problem.path == "payload"
        assert isinstance(opened.parts[1].decoded, Sbom)

    play(scene, tab)


def test_an_archive_is_not_downloaded() -> None:
    async def scene(tab: Tab) -> None:
        layer = blob(tab.transport, b"\x1f\x8b", OCI_LAYER_GZIP)
        digest = attach(tab.transport, layer)
        await tab.start(ROUTE)
        await open_(tab, digest)
        [opened] = tab.shown(ReferrersPage).opened
        assert opened.parts is not None
        assert opened.parts[0].decoded is None
        assert not any("/blobs/" in one.url for one in tab.transport.requests)

    play(scene, tab)


def test_very_many_blobs_are_not_all_read() -> None:
    async def scene(tab: Tab) -> None:
        many = [blob(tab.transport, str(number).encode(), "text/plain") for number in range(15)]
        digest = attach(tab.transport, *many)
        await tab.start(ROUTE)
        await open_(tab, digest)
        [opened] = tab.shown(ReferrersPage).opened
        assert opened.parts is not None
        assert (len(opened.parts), opened.left_out) == (12, 3)

    play(scene, tab)


def test_a_manifest_that_is_gone_says_so_in_its_place() -> None:
    async def scene(tab: Tab) -> None:
        digest = attach(tab.transport, there=False)
        await tab.start(ROUTE)
        await open_(tab, digest)
        [opened] = tab.shown(ReferrersPage).opened
        assert opened.problem is not None
        assert tab.state.failure is None

    play(scene, tab)


def test_leaving_gives_up_what_is_being_read() -> None:
    async def scene(tab: Tab) -> None:
        never = asyncio.Event()

        async def hang(request: Request) -> FakeResponse:
            await never.wait()
            return error_response(404, "BLOB_UNKNOWN")

        layer = {"mediaType": SPDX, "digest": str(digest_of(LIST)), "size": len(LIST)}
        tab.transport.on("GET", blob_url(REGISTRY, REPOSITORY, digest_of(LIST)), hang)
        digest = attach(tab.transport, layer)
        await tab.start(ROUTE)
        await open_(tab, digest)
        assert tab.shown(ReferrersPage).opened[0].parts is None
        await tab.go("")

    play(scene, tab)


def test_after_a_sign_in_for_it_what_was_opened_is_read() -> None:
    async def scene(tab: Tab) -> None:
        url = blob_url(REGISTRY, REPOSITORY, digest_of(LIST))
        challenge = error_response(401, "UNAUTHORIZED", headers=[("WWW-Authenticate", 'Basic realm="x"')])
        tab.transport.on("GET", url, challenge, FakeResponse(200, LIST))
        digest = attach(tab.transport, {"mediaType": SPDX, "digest": str(digest_of(LIST)), "size": len(LIST)})
        await tab.start(ROUTE)
        await open_(tab, digest)
        assert tab.state.login is not None
        assert tab.shown(ReferrersPage).pending
        await tab.sign_in()
        [opened] = tab.shown(ReferrersPage).opened
        assert opened.parts is not None
        assert isinstance(opened.parts[0].decoded, Sbom)

    play(scene, tab)


def test_a_page_that_is_left_while_one_is_read_is_read_again() -> None:
    async def scene(tab: Tab) -> None:
        never = asyncio.Event()

        async def hang(request: Request) -> FakeResponse:
            await never.wait()
            return error_response(404, "BLOB_UNKNOWN")

        tab.transport.on("GET", blob_url(REGISTRY, REPOSITORY, digest_of(LIST)), hang)
        digest = attach(tab.transport, {"mediaType": SPDX, "digest": str(digest_of(LIST)), "size": len(LIST)})
        await tab.start(ROUTE)
        await open_(tab, digest)
        await tab.go("")
        await tab.go(ROUTE)
        assert tab.shown(ReferrersPage).opened == ()

    play(scene, tab)


def test_a_filter_and_more_rows_are_kept_for_each_list() -> None:
    async def scene(tab: Tab) -> None:
        digest = attach(tab.transport, blob(tab.transport, LIST, SPDX))
        await tab.start(ROUTE)
        await open_(tab, digest)
        await tab.type("packages-one", "libc")
        await tab.press("packages-more", key="one")
        await tab.press("packages-more", key="two")
        chosen = tab.shown(ReferrersPage).chosen
        assert (chosen["one"].search, chosen["one"].shown, chosen["two"].shown) == ("libc", 400, 400)

    play(scene, tab)


def test_a_manifest_that_is_not_there_is_a_failed_page() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(f"{TAGS}:none/-/referrers")
        assert tab.facts() == ("referrers", "failed", "not-found")

    play(scene, tab)


def test_coming_back_shows_the_tree_at_once() -> None:
    async def scene(tab: Tab) -> None:
        attach(tab.transport)
        await tab.start(ROUTE)
        await tab.go("")
        before = len(tab.transport.requests)
        await tab.go(ROUTE)
        assert tab.facts() == ("referrers", "shown", "")
        assert len(tab.transport.requests) == before

    play(scene, tab)
