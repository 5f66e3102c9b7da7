import pytest

from app.oci.descriptor import Descriptor, Platform, parse_descriptor
from app.oci.digest import digest_of
from app.oci.document import InvalidDocument, Json
from app.oci.media_type import OCI_LAYER_GZIP

DIGEST = str(digest_of(b""))


def document(**members: Json) -> dict[str, Json]:
    return {"mediaType": OCI_LAYER_GZIP, "digest": DIGEST, "size": 0, **members}


def test_a_descriptor_needs_type_digest_and_size_alone() -> None:
    assert parse_descriptor(document(), "config") == Descriptor(
        OCI_LAYER_GZIP, digest_of(b""), 0, {}, None, None, (), None
    )


def test_a_descriptor_keeps_everything_the_specification_names() -> None:
    parsed = parse_descriptor(
        document(
            annotations={"k": "v"},
            platform={"os": "windows", "architecture": "amd64", "os.version": "10.0", "os.features": ["win32k"]},
            artifactType="application/x",
            urls=["https://example.com/a"],
            data="e30=",
        ),
        "manifests[0]",
    )
    assert parsed.annotations == {"k": "v"}
    assert parsed.platform == Platform("windows", "amd64", "", "10.0", ("win32k",))
    assert parsed.artifact_type == "application/x"
    assert parsed.urls == ("https://example.com/a",)
    assert parsed.data == b"{}"


@pytest.mark.parametrize(
    ("found", "path"),
    [
        (None, "layers[2]"),
        ([], "layers[2]"),
        (document(mediaType=None), "layers[2].mediaType"),
        (document(digest="sha256:abc"), "layers[2].digest"),
        (document(digest=5), "layers[2].digest"),
        (document(size=None), "layers[2].size"),
        (document(size=-1), "layers[2].size"),
        (document(size="1"), "layers[2].size"),
        (document(annotations={"a": None}), "layers[2].annotations.a"),
        (document(platform="linux"), "layers[2].platform"),
        (document(platform={"os": 1}), "layers[2].platform.os"),
        (document(urls=[1]), "layers[2].urls[0]"),
        (document(data="%"), "layers[2].data"),
    ],
)
def test_a_broken_descriptor_is_refused_by_the_path_of_its_mistake(found: Json, path: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        parse_descriptor(found, "layers[2]")
    assert caught.value.path == path


@pytest.mark.parametrize(
    ("platform", "written"),
    [
        (Platform("linux", "amd64", "", "", ()), "linux/amd64"),
        (Platform("linux", "arm64", "v8", "", ()), "linux/arm64/v8"),
        (Platform("windows", "amd64", "", "10.0.1", ()), "windows/amd64"),
        (Platform("", "", "", "", ()), "unknown/unknown"),
    ],
)
def test_a_platform_is_written_as_clients_take_it(platform: Platform, written: str) -> None:
    assert str(platform) == written
