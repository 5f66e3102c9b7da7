import pytest

from app.oci.document import InvalidDocument
from app.trust.bundle import MessageSignature, parse_bundle
from app.trust.envelope import Envelope
from tests.unit.trust.signers import b64, certificate, document

TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json"
MESSAGE = {"messageDigest": {"algorithm": "SHA2_256", "digest": b64(b"\xab")}, "signature": b64(b"sig")}


def bundle(material: object, **content: object) -> bytes:
    return document(mediaType=TYPE, verificationMaterial=material, **(content or {"messageSignature": MESSAGE}))


def test_a_bundle_of_a_message_names_what_was_signed() -> None:
    found = parse_bundle(bundle({"certificate": {"rawBytes": b64(certificate())}}))
    assert found.content == MessageSignature("SHA2_256", "ab", b"sig")
    assert [one.identity for one in found.certificates] == ["ada@harbour.example"]


def test_a_bundle_may_hold_an_envelope() -> None:
    envelope = {"payloadType": "t", "payload": b64(b"p"), "signatures": []}
    assert parse_bundle(bundle({}, dsseEnvelope=envelope)).content == Envelope("t", b"p", ())


def test_a_chain_entries_and_timestamps_are_counted() -> None:
    raw = {"rawBytes": b64(certificate())}
    stamps = {"rfc3161Timestamps": [{"signedTimestamp": ""}] * 2}
    material = {
        "x509CertificateChain": {"certificates": [raw, raw]},
        "tlogEntries": [{"logIndex": "7"}],
        "timestampVerificationData": stamps,
    }
    found = parse_bundle(bundle(material))
    assert (len(found.certificates), found.entries[0].position, found.timestamps) == (2, 7, 2)


def test_a_bundle_by_a_key_has_its_hint() -> None:
    assert parse_bundle(bundle({"publicKey": {"hint": "harbour"}})).key == "harbour"


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (document(mediaType=TYPE), ""),
        (document(verificationMaterial={}), "mediaType"),
        (bundle({"certificate": {"rawBytes": "AAAA"}}), "verificationMaterial.certificate.rawBytes"),
        (bundle({}, messageSignature={}), "messageSignature.signature"),
    ],
)
def test_a_broken_bundle_says_where(data: bytes, path: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        parse_bundle(data)
    assert caught.value.path == path
