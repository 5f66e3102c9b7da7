import json

import pytest
from playground.signing import INTEGRATED, cosign_annotations

from app.oci.document import InvalidDocument
from app.trust.rekor import parse_annotation, read_entry
from tests.unit.trust.signers import b64


def test_cosigns_annotation_is_read() -> None:
    found = parse_annotation(str(cosign_annotations(b"payload")["dev.sigstore.cosign/bundle"]))
    assert (found.position, found.integrated, found.kind) == (1851, INTEGRATED, "hashedrekord 0.0.1")
    assert (found.promise, found.proof) == (True, False)
    assert json.loads(found.body)["kind"] == "hashedrekord"


def test_an_entry_of_a_bundle_is_read() -> None:
    found = read_entry(
        {
            "logIndex": "124",
            "logId": {"keyId": b64(b"\xab\xcd")},
            "kindVersion": {"kind": "dsse", "version": "0.0.1"},
            "integratedTime": "1789974900",
            "inclusionProof": {},
            "canonicalizedBody": b64(b"{}"),
        },
        "tlogEntries[0]",
    )
    assert (found.position, found.log, found.kind, found.integrated) == (124, "abcd", "dsse 0.0.1", 1789974900)
    assert (found.promise, found.proof) == (False, True)


@pytest.mark.parametrize("number", ["many", "-1", "9" * 30, 1.5, "\uff11"])
def test_a_number_that_is_none_says_where(number: object) -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_entry({"logIndex": number}, "tlogEntries[0]")  # type: ignore[dict-item]
    assert caught.value.path == "tlogEntries[0].logIndex"


@pytest.mark.parametrize("text", ["", "{}", '{"Payload": {"body": "*"}}', '{"Payload": 7}'])
def test_a_broken_annotation_is_refused(text: str) -> None:
    with pytest.raises(InvalidDocument):
        parse_annotation(text)


def test_a_body_that_is_no_json_has_no_kind() -> None:
    assert parse_annotation(json.dumps({"Payload": {"body": b64(b"\xff")}})).kind is None
