import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.oci import media_type as types
from app.oci.digest import digest_of
from app.oci.document import InvalidDocument, Json
from app.oci.manifest_document import Index, Manifest, Schema1, Unknown, parse_manifest


def descriptor(media_type: str) -> dict[str, Json]:
    return {"mediaType": media_type, "digest": str(digest_of(b"")), "size": 0}


IMAGE: dict[str, Json] = {
    "schemaVersion": 2,
    "config": descriptor(types.OCI_CONFIG),
    "layers": [descriptor(types.OCI_LAYER_GZIP)],
}
INDEX: dict[str, Json] = {"schemaVersion": 2, "manifests": [descriptor(types.OCI_MANIFEST)]}
OLD: dict[str, Json] = {"schemaVersion": 1, "fsLayers": [], "history": []}
PARSED = Manifest | Index | Schema1 | Unknown


def parse(document: Json, media_type: str | None = None) -> PARSED:
    return parse_manifest(json.dumps(document).encode(), media_type)


@pytest.mark.parametrize(
    ("document", "header", "expected", "media_type"),
    [
        ({**IMAGE, "mediaType": types.DOCKER_MANIFEST}, types.DOCKER_MANIFEST, Manifest, types.DOCKER_MANIFEST),
        ({**IMAGE, "mediaType": types.OCI_MANIFEST}, "application/json", Manifest, types.OCI_MANIFEST),
        ({**IMAGE, "mediaType": types.OCI_MANIFEST}, "text/plain; charset=utf-8", Manifest, types.OCI_MANIFEST),
        ({**IMAGE, "mediaType": types.OCI_MANIFEST}, types.OCI_INDEX, Manifest, types.OCI_MANIFEST),
        ({**IMAGE, "mediaType": types.OCI_MANIFEST}, None, Manifest, types.OCI_MANIFEST),
        (IMAGE, types.DOCKER_MANIFEST + "; charset=utf-8", Manifest, types.DOCKER_MANIFEST),
        (IMAGE, "application/json", Manifest, types.OCI_MANIFEST),
        (IMAGE, types.OCI_INDEX, Manifest, types.OCI_MANIFEST),
        (IMAGE, None, Manifest, types.OCI_MANIFEST),
        ({"schemaVersion": 2}, types.OCI_MANIFEST, Manifest, types.OCI_MANIFEST),
        ({"blobs": [], "mediaType": types.OCI_ARTIFACT_MANIFEST}, None, Manifest, types.OCI_ARTIFACT_MANIFEST),
        ({**INDEX, "mediaType": types.DOCKER_LIST}, types.DOCKER_LIST, Index, types.DOCKER_LIST),
        (INDEX, "application/octet-stream", Index, types.OCI_INDEX),
        (INDEX, types.OCI_MANIFEST, Index, types.OCI_INDEX),
        (INDEX, types.DOCKER_LIST, Index, types.DOCKER_LIST),
        ({"schemaVersion": 2, "manifests": None}, None, Index, types.OCI_INDEX),
    ],
)
def test_the_body_decides_what_a_manifest_is(
    document: Json, header: str | None, expected: type[Manifest | Index], media_type: str
) -> None:
    parsed = parse(document, header)
    assert isinstance(parsed, expected)
    assert parsed.media_type == media_type


@pytest.mark.parametrize("header", [types.DOCKER_SCHEMA1_SIGNED, types.DOCKER_MANIFEST, "application/json", None])
def test_schema_1_is_known_by_its_version(header: str | None) -> None:
    assert isinstance(parse(OLD, header), Schema1)


@pytest.mark.parametrize(
    "document",
    [
        [],
        "text",
        None,
        5,
        {},
        {"errors": [{"code": "MANIFEST_UNKNOWN"}]},
        {**IMAGE, **INDEX},
        {**INDEX, "layers": []},
        {**IMAGE, "mediaType": types.OCI_INDEX},
        {**INDEX, "mediaType": types.OCI_MANIFEST},
        {"schemaVersion": 2, "mediaType": "application/vnd.example+json"},
    ],
)
def test_json_of_another_shape_is_unknown_with_a_reason(document: Json) -> None:
    parsed = parse(document, "application/json")
    assert isinstance(parsed, Unknown)
    assert parsed.reason


def test_a_broken_member_is_refused_by_its_path() -> None:
    with pytest.raises(InvalidDocument) as caught:
        parse({**IMAGE, "layers": [{"mediaType": "a/b", "digest": "sha256:0", "size": 1}]})
    assert (caught.value.what, caught.value.path) == ("manifest", "layers[0].digest")


@pytest.mark.parametrize("data", [b"", b"<html>", b"\xff", b'{"a":1,"a":2}', b"[" * 5000])
def test_what_is_no_json_is_an_invalid_document(data: bytes) -> None:
    with pytest.raises(InvalidDocument):
        parse_manifest(data, types.OCI_MANIFEST)


KEYS = (
    "mediaType digest size config layers manifests subject annotations platform data schemaVersion fsLayers history"
    " blobSum v1Compatibility artifactType urls blobs"
)
names = st.sampled_from(KEYS.split())
leaves = st.text(max_size=5) | st.sampled_from([str(digest_of(b"")), types.OCI_INDEX])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=6),
    max_leaves=15,
)


@given(json_values, st.none() | st.sampled_from([types.OCI_INDEX, types.OCI_MANIFEST, types.DOCKER_SCHEMA1, "a;;"]))
def test_any_json_is_a_manifest_or_an_invalid_document(document: Json, header: str | None) -> None:
    parsed: PARSED | None
    try:
        parsed = parse(document, header)
    except InvalidDocument as error:
        parsed = None
        assert error.what == "manifest"  # noqa: PT017
    assert parsed is None or isinstance(parsed, Manifest | Index | Schema1 | Unknown)


@given(st.binary(max_size=100))
def test_any_bytes_are_a_manifest_or_an_invalid_document(data: bytes) -> None:
    try:
        parsed: PARSED = parse_manifest(data, None)
    except InvalidDocument as error:
        parsed = Unknown("", error.reason)
    assert parsed is not None
