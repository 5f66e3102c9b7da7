import gzip
import json

from app.client.endpoints import blob_url, manifest_url
from app.oci.digest import Digest, digest_of
from app.oci.media_type import OCI_CONFIG, OCI_INDEX, OCI_LAYER_GZIP, OCI_MANIFEST
from app.oci.origin import Origin, parse_origin
from app.state.compare_model import ComparePage
from tests.unit.fake_transport import FakeResponse, FakeTransport, error_response
from tests.unit.layers.layer_kit import tar_of
from tests.unit.state.fake_content import REGISTRY, TAGS
from tests.unit.state.fake_page import Tab, nothing_there, play
from tests.unit.trust.signers import document

OTHER = parse_origin("https://other.example")
NAMES = {REGISTRY: "lab/app", OTHER: "team/app"}
ROUTE = f"{TAGS}:1/-/compare/other.example/team/app:2"
BASE = {"same.txt": b"same", "old.txt": b"old"}


def plan(transport: FakeTransport, registry: Origin, url: str, data: bytes, kind: str) -> None:
    transport.on("GET", url, FakeResponse(200, data, [("Content-Type", kind)]))


def manifest(
    transport: FakeTransport, data: bytes, registry: Origin = REGISTRY, tag: str | None = None, kind: str = OCI_MANIFEST
) -> Digest:
    names: list[str | Digest] = [digest_of(data), *([tag] if tag else [])]
    for name in names:
        plan(transport, registry, manifest_url(registry, NAMES[registry], name), data, kind)
    return digest_of(data)


def layer(files: dict[str, bytes]) -> bytes:
    return gzip.compress(tar_of(*files.items()), mtime=0)


def image(
    transport: FakeTransport,
    registry: Origin = REGISTRY,
    tag: str | None = None,
    *,
    architecture: str = "amd64",
    env: str = "A=1",
    layers: tuple[dict[str, bytes], ...] = (BASE,),
    broken: bool = False,
) -> dict[str, object]:
    """An image of those files; the descriptor of its manifest."""
    told = {"os": "linux", "architecture": architecture, "config": {"Env": [env]}, "rootfs": {"diff_ids": []}}
    config = b"[" if broken else json.dumps(told).encode()
    blobs = [layer(files) for files in layers]
    for blob in (config, *blobs):
        url = blob_url(registry, NAMES[registry], digest_of(blob))
        transport.on("GET", url, FakeResponse(200, blob))
    data = document(
        schemaVersion=2,
        mediaType=OCI_MANIFEST,
        config={"mediaType": OCI_CONFIG, "digest": str(digest_of(config)), "size": len(config)},
        layers=[{"mediaType": OCI_LAYER_GZIP, "digest": str(digest_of(one)), "size": len(one)} for one in blobs],
    )
    digest = manifest(transport, data, registry, tag)
    platform = {"os": "linux", "architecture": architecture}
    return {"mediaType": OCI_MANIFEST, "digest": str(digest), "size": len(data), "platform": platform}


def index(transport: FakeTransport, registry: Origin, tag: str, *entries: dict[str, object]) -> None:
    data = document(schemaVersion=2, mediaType=OCI_INDEX, manifests=list(entries))
    manifest(transport, data, registry, tag, OCI_INDEX)


def tab() -> Tab:
    return Tab(FakeTransport(nothing_there))


def test_two_images_of_two_registries_are_read() -> None:
    async def scene(tab: Tab) -> None:
        image(tab.transport, REGISTRY, "1")
        image(tab.transport, OTHER, "2", env="A=2")
        await tab.start(ROUTE)
        page = tab.shown(ComparePage)
        assert tab.facts() == ("compare", "shown", "")
        assert page.right is not None
        assert page.left.config is not None
        assert page.right.config is not None
        assert (page.left.config.env, page.right.config.env) == (("A=1",), ("A=2",))
        assert set(page.packages) == {"left", "right"}

    play(scene, tab)


def test_of_two_indexes_the_first_platform_of_both_is_compared() -> None:
    async def scene(tab: Tab) -> None:
        amd, arm = image(tab.transport), image(tab.transport, architecture="arm64")
        index(tab.transport, REGISTRY, "1", amd, arm)
        index(tab.transport, OTHER, "2", image(tab.transport, OTHER, architecture="arm64"))
        await tab.start(ROUTE)
        page = tab.shown(ComparePage)
        assert page.left.chosen is not None
        assert str(page.left.chosen.platform) == "linux/arm64"

    play(scene, tab)


def test_a_platform_that_is_asked_for_is_compared() -> None:
    async def scene(tab: Tab) -> None:
        for registry, tag in ((REGISTRY, "1"), (OTHER, "2")):
            amd, arm = image(tab.transport, registry), image(tab.transport, registry, architecture="arm64")
            index(tab.transport, registry, tag, amd, arm)
        await tab.start(f"{ROUTE}?platform=linux%2Farm64")
        page = tab.shown(ComparePage)
        assert page.right is not None
        assert page.right.chosen is not None
        assert str(page.right.chosen.platform) == "linux/arm64"

    play(scene, tab)


def test_an_image_tells_which_platform_of_the_index_is_compared() -> None:
    async def scene(tab: Tab) -> None:
        amd, arm = image(tab.transport), image(tab.transport, architecture="arm64")
        index(tab.transport, REGISTRY, "1", amd, arm)
        image(tab.transport, OTHER, "2", architecture="arm64")
        await tab.start(ROUTE)
        page = tab.shown(ComparePage)
        assert page.left.chosen is not None
        assert str(page.left.chosen.platform) == "linux/arm64"

    play(scene, tab)


def test_a_platform_that_one_lacks_is_not_replaced_by_another() -> None:
    async def scene(tab: Tab) -> None:
        index(tab.transport, REGISTRY, "1", image(tab.transport))
        index(tab.transport, OTHER, "2", image(tab.transport, OTHER, architecture="arm64"))
        await tab.start(f"{ROUTE}?platform=linux%2Famd64")
        page = tab.shown(ComparePage)
        assert page.right is not None
        assert page.right.image is None

    play(scene, tab)


def test_the_second_one_keeps_its_failure_and_the_first_is_shown() -> None:
    async def scene(tab: Tab) -> None:
        image(tab.transport, REGISTRY, "1")
        await tab.start(ROUTE)
        page = tab.shown(ComparePage)
        assert tab.facts() == ("compare", "partial", "not-found")
        assert page.right is not None
        assert page.right.failure is not None
        assert page.left.config is not None

    play(scene, tab)


def test_a_sign_in_of_the_second_one_asks_for_nothing_here() -> None:
    async def scene(tab: Tab) -> None:
        image(tab.transport, REGISTRY, "1")
        challenge = error_response(401, "UNAUTHORIZED", headers=[("WWW-Authenticate", 'Basic realm="x"')])
        tab.transport.on("GET", manifest_url(OTHER, "team/app", "2"), challenge)
        await tab.start(ROUTE)
        assert tab.state.login is None
        page = tab.shown(ComparePage)
        assert page.right is not None
        assert page.right.failure is not None
        assert page.right.failure.kind == "denied"

    play(scene, tab)


def test_the_first_one_that_is_not_there_is_a_failed_page() -> None:
    async def scene(tab: Tab) -> None:
        image(tab.transport, OTHER, "2")
        await tab.start(ROUTE)
        assert tab.facts() == ("compare", "failed", "not-found")

    play(scene, tab)


def test_a_config_that_is_broken_is_not_the_end() -> None:
    async def scene(tab: Tab) -> None:
        image(tab.transport, REGISTRY, "1", broken=True)
        image(tab.transport, OTHER, "2")
        await tab.start(ROUTE)
        page = tab.shown(ComparePage)
        assert page.left.failure is not None
        assert page.left.image is not None

    play(scene, tab)


def test_without_a_second_one_nothing_is_asked() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(f"{TAGS}:1/-/compare")
        assert tab.facts() == ("compare", "shown", "")
        assert not tab.transport.requests

    play(scene, tab)


def test_a_private_host_of_the_second_one_is_asked_about_first() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(f"{TAGS}:1/-/compare/http://192.168.1.9:5000/app:1")
        assert tab.facts()[1] == "login"
        assert not tab.transport.requests

    play(scene, tab)
