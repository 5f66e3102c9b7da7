import pytest

from app.oci.digest import digest_of
from app.oci.document import InvalidDocument, Json
from app.oci.manifest import read_manifest
from app.oci.media_type import OCI_CONFIG, OCI_LAYER_GZIP, OCI_MANIFEST, ORAS_ARTIFACT_MANIFEST


def descriptor(media_type: str, data: bytes) -> dict[str, Json]:
    return {"mediaType": media_type, "digest": str(digest_of(data)), "size": len(data)}


def test_a_manifest_keeps_its_layers_in_order() -> None:
    manifest = read_manifest(
        {
            "schemaVersion": 2,
            "config": descriptor(OCI_CONFIG, b"config"),
            "layers": [descriptor(OCI_LAYER_GZIP, b"base"), descriptor(OCI_LAYER_GZIP, b"top")],
            "subject": descriptor(OCI_MANIFEST, b"subject"),
            "annotations": {"k": "v"},
            "artifactType": "application/x",
        },
        OCI_MANIFEST,
    )
    assert [layer.digest for layer in manifest.layers] == [digest_of(b"base"), digest_of(b"top")]
    assert manifest.config is not None
    assert manifest.config.size == 6
    assert manifest.subject is not None
    assert manifest.subject.digest == digest_of(b"subject")
    assert manifest.annotations == {"k": "v"}
    assert manifest.artifact_type == "application/x"
    assert manifest.schema_version == 2


def test_the_blobs_of_an_artifact_manifest_are_its_layers() -> None:
    manifest = read_manifest({"blobs": [descriptor("text/plain", b"x")]}, ORAS_ARTIFACT_MANIFEST)
    assert manifest.config is None
    assert len(manifest.layers) == 1


def test_layers_that_are_null_are_none() -> None:
    assert read_manifest({"layers": None}, OCI_MANIFEST).layers == ()


def test_a_mistake_is_named_by_its_path() -> None:
    broken: dict[str, Json] = {**descriptor(OCI_LAYER_GZIP, b""), "digest": "sha256:0"}
    with pytest.raises(InvalidDocument) as caught:
        read_manifest({"layers": [descriptor(OCI_LAYER_GZIP, b""), broken]}, OCI_MANIFEST)
    assert caught.value.path == "layers[1].digest"
