import pytest

from app.oci.document import InvalidDocument
from app.trust.encoded import object_in
from app.trust.envelope import read_envelope
from tests.unit.trust.signers import b64, document


def test_an_envelope_has_a_payload_of_a_type_and_signatures() -> None:
    signature = {"keyid": "k", "sig": b64(b"s"), "cert": "PEM"}
    found = read_envelope(
        object_in(document(payloadType="text/plain", payload=b64(b"hello"), signatures=[signature]), "envelope"), ""
    )
    assert (found.payload_type, found.payload) == ("text/plain", b"hello")
    assert [(one.key, one.signature, one.certificate) for one in found.signatures] == [("k", b"s", "PEM")]


def test_what_is_signed_is_the_pre_authentication_encoding() -> None:
    # protocol.md, "Test Vectors"
    payload = b64(b"hello world")
    found = read_envelope(
        object_in(document(payloadType="http://example.com/HelloWorld", payload=payload, signatures=[]), "envelope"), ""
    )
    assert found.signed == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"


@pytest.mark.parametrize(
    ("members", "path"),
    [
        ({"payloadType": "t", "signatures": []}, "payload"),
        ({"payload": "YQ==", "signatures": []}, "payloadType"),
        ({"payloadType": "t", "payload": "*", "signatures": []}, "payload"),
        ({"payloadType": "t", "payload": "YQ==", "signatures": [{}]}, "signatures[0].sig"),
        ({"payloadType": "t", "payload": "YQ==", "signatures": {}}, "signatures"),
    ],
)
def test_a_broken_envelope_says_where(members: dict[str, object], path: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_envelope(object_in(document(**members), "envelope"), "")
    assert caught.value.path == path
