import asyncio

from app.state.files_layers import Image, find_layers
from app.state.files_model import begin
from app.state.route import parse_route
from tests.unit.state.fake_files import ABOVE, BELOW, CONFIG_TYPE, FILES, MANIFEST_TYPE, Registry, two_layers
from tests.unit.state.fake_work import FakeWork

INDEX_TYPE = "application/vnd.oci.image.index.v1+json"
NO_DIGEST = "sha256:" + "0" * 64


def find(registry: Registry, text: str = FILES) -> Image:
    route = parse_route(text)
    return asyncio.run(find_layers(FakeWork(route, begin(route), registry.transport)))


def test_the_layers_of_an_image_come_with_diff_ids_and_history() -> None:
    image = find(two_layers())
    assert [(one.number, one.said) for one in image.layers] == [(1, "COPY layer 1"), (2, "COPY layer 2")]
    assert all(one.diff_id is not None and one.size for one in image.layers)
    assert image.unsuitable is None


def test_without_a_readable_config_the_layers_are_there_all_the_same() -> None:
    registry = two_layers()
    for digest, data in registry.blobs.items():
        if data[:1] == b"{":
            registry.blobs[digest] = b"{}"
    assert [(one.diff_id, one.said) for one in find(registry).layers] == [(None, None)] * 2


def indexed() -> Registry:
    registry = Registry()
    registry.image(registry.layer(*BELOW), tag="amd")
    registry.image(registry.layer(*ABOVE), registry.layer(*BELOW), tag="arm")
    children = []
    for name, digest in (("amd64", "amd"), ("arm64", "arm")):
        data = registry.manifests[digest][1]
        found = next(key for key, kept in registry.manifests.items() if kept[1] == data and key.startswith("sha256"))
        platform = {"os": "linux", "architecture": name}
        children.append({"mediaType": MANIFEST_TYPE, "digest": found, "size": len(data), "platform": platform})
    registry.manifest({"schemaVersion": 2, "mediaType": INDEX_TYPE, "manifests": children})
    return registry


def test_of_an_index_the_first_platform_is_taken_unless_another_is_asked_for() -> None:
    image = find(indexed())
    assert (len(image.layers), image.platform, image.platforms) == (1, "linux/amd64", ("linux/amd64", "linux/arm64"))
    other = find(indexed(), f"{FILES}?platform=linux/arm64")
    assert (len(other.layers), other.platform) == (2, "linux/arm64")


def test_an_artifact_without_archives_has_no_tree() -> None:
    registry = Registry()
    text = registry.layer(data=b"x", mediaType="text/plain")
    del text["_diff"]
    config = {"mediaType": "application/x", "digest": NO_DIGEST, "size": 2}
    registry.manifest({"schemaVersion": 2, "mediaType": MANIFEST_TYPE, "config": config, "layers": [text]})
    assert find(registry).unsuitable == "no-archive"


def test_an_image_without_layers_has_no_files() -> None:
    registry = Registry()
    config = {"mediaType": CONFIG_TYPE, "digest": NO_DIGEST, "size": 2}
    registry.manifest({"schemaVersion": 2, "mediaType": MANIFEST_TYPE, "config": config, "layers": []})
    assert find(registry).unsuitable == "no-layers"


def test_a_blob_alone_is_what_the_link_says() -> None:
    (one,) = find(Registry(), f"#/r.example/lab/app/-/layer/{NO_DIGEST}/etc?type=application/x%2Btar&size=12").layers
    assert (str(one.digest), one.media_type, one.size) == (NO_DIGEST, "application/x+tar", 12)
    (one,) = find(Registry(), f"#/r.example/lab/app/-/layer/{NO_DIGEST}?size=many").layers
    assert one.size is None


def test_a_digest_that_is_no_layer_of_its_manifest_is_read_alone() -> None:
    (one,) = find(two_layers(), f"#/r.example/lab/app:1/-/layer/{NO_DIGEST}").layers
    assert (str(one.digest), one.number) == (NO_DIGEST, 1)
