import pytest

from app.oci.digest import digest_of
from app.oci.document import InvalidDocument, Json
from app.oci.index import read_index
from app.oci.media_type import OCI_INDEX, OCI_MANIFEST


def entry(architecture: str) -> dict[str, Json]:
    return {
        "mediaType": OCI_MANIFEST,
        "digest": str(digest_of(architecture.encode())),
        "size": 1,
        "platform": {"os": "linux", "architecture": architecture},
    }


def test_an_index_keeps_its_manifests_in_order_with_their_platforms() -> None:
    index = read_index({"manifests": [entry("amd64"), entry("arm64")], "annotations": {"k": "v"}}, OCI_INDEX)
    assert [str(manifest.platform) for manifest in index.manifests] == ["linux/amd64", "linux/arm64"]
    assert index.annotations == {"k": "v"}
    assert index.subject is None


def test_an_index_may_be_empty() -> None:
    assert read_index({"manifests": []}, OCI_INDEX).manifests == ()


def test_a_mistake_is_named_by_its_path() -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_index({"manifests": [entry("amd64"), {"size": 1}]}, OCI_INDEX)
    assert caught.value.path == "manifests[1].mediaType"
