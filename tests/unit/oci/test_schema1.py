import base64
import json

import pytest

from app.oci.digest import digest_of
from app.oci.document import InvalidDocument, Json
from app.oci.schema1 import read_schema1, signed_payload

BASE, TOP = digest_of(b"base"), digest_of(b"top")


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def history(**members: Json) -> dict[str, Json]:
    return {"v1Compatibility": json.dumps(members)}


def manifest(**members: Json) -> dict[str, Json]:
    return {
        "schemaVersion": 1,
        "name": "library/old",
        "tag": "1",
        "architecture": "amd64",
        "fsLayers": [{"blobSum": str(TOP)}, {"blobSum": str(BASE)}],
        "history": [
            history(created="2015-01-02T00:00:00Z", container_config={"Cmd": ["/bin/sh", "-c", "make"]}, author="a"),
            history(throwaway=True),
        ],
        **members,
    }


def test_layers_and_history_are_turned_base_first() -> None:
    parsed = read_schema1(manifest())
    assert parsed.layers == (BASE, TOP)
    assert [line.created_by for line in parsed.history] == [None, "/bin/sh -c make"]
    assert parsed.history[0].empty_layer
    assert parsed.history[1].author == "a"
    assert (parsed.name, parsed.tag, parsed.architecture) == ("library/old", "1", "amd64")


@pytest.mark.parametrize(
    ("broken", "path"),
    [
        (manifest(fsLayers=[{"blobSum": "x"}]), "fsLayers[0].blobSum"),
        (manifest(fsLayers=[None]), "fsLayers[0]"),
        (manifest(history=[{}]), "history[0].v1Compatibility"),
        (manifest(history=[{"v1Compatibility": "["}]), "history[0].v1Compatibility"),
        (manifest(history=[{"v1Compatibility": '{"author":1}'}]), "history[0].v1Compatibility"),
    ],
)
def test_a_mistake_is_named_by_its_path(broken: dict[str, Json], path: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_schema1(broken)
    assert caught.value.path == path


def test_the_payload_of_a_signed_manifest_is_what_was_signed() -> None:
    payload = json.dumps(manifest(), indent=3).encode()
    length = payload.rindex(b"\n")
    protected = json.dumps({"formatLength": length, "formatTail": encoded(b"\n}"), "time": "t"}).encode()
    signed = payload[:length] + b',\n   "signatures": [{"protected": "' + encoded(protected).encode() + b'"}]\n}'
    assert signed_payload(signed) == payload


def test_an_unsigned_manifest_is_its_own_payload() -> None:
    data = json.dumps(manifest()).encode()
    assert signed_payload(data) == data


@pytest.mark.parametrize(
    "protected",
    ["", "!", "A", encoded(b"[]"), encoded(b"{}"), encoded(b'{"formatLength": 9999, "formatTail": ""}'), 5, None],
)
def test_a_broken_signature_is_an_invalid_document(protected: Json) -> None:
    with pytest.raises(InvalidDocument):
        signed_payload(json.dumps({"signatures": [{"protected": protected}]}).encode())
