import asyncio
import json

import pytest

from app.oci.digest import Digest
from app.trust.checks import Check, checks
from app.trust.decode import BUNDLE, CERTIFICATE, CHAIN, SIGNATURE, Decoded, decode_content
from app.trust.notation import COSE
from app.view.markup import render
from app.view.signature_view import decoded_view, what
from tests.unit.trust.signers import RealCrypto, b64, certificate, document, pem, sign
from tests.unit.trust.test_bundle import MESSAGE, bundle
from tests.unit.trust.test_notation import DIGEST, PAYLOAD, cbor, jws
from tests.unit.trust.test_simple_signing import payload
from tests.unit.trust.test_statement import statement
from tests.unit.view.facts import facts
from tests.unit.view.reading import Node, read

SPDX = document(spdxVersion="SPDX-2.3", name="app", packages=[{"name": "libc", "versionInfo": "2.36"}])
LOG = json.dumps(
    {
        "SignedEntryTimestamp": "x",
        "Payload": {"body": b64(b"{}"), "integratedTime": 1789974900, "logIndex": 1851},
    }
)


def decoded(data: bytes, media_type: str = "", **annotations: str) -> Decoded:
    found = decode_content(data, media_type, annotations)
    assert found is not None
    return found


def cosign(**more: str) -> Decoded:
    beside = {SIGNATURE: b64(sign(payload())), CERTIFICATE: pem(certificate()), BUNDLE: LOG, **more}
    return decoded(payload(), **beside)


def envelope(inner: bytes, kind: str = "application/vnd.in-toto+json") -> bytes:
    return document(payloadType=kind, payload=b64(inner), signatures=[{"keyid": "k1", "sig": b64(b"s")}])


def target(digest: Digest, media_type: str | None, octets: int | None) -> str | None:
    return f"#/r.example/app@{digest}"


def shown(found: Decoded, *done: Check) -> Node:
    return read(render(decoded_view(found, done, target=target)))


def all_checks(found: Decoded) -> tuple[Check, ...]:
    return asyncio.run(checks(found, DIGEST, RealCrypto()))


def test_a_cosign_signature_shows_claim_certificate_and_log() -> None:
    node = shown(cosign())
    assert "What is claimed" in node.words
    assert node.all("a", href=f"#/r.example/app@{DIGEST}")
    said = facts(node)
    assert said["Identity (e-mail)"] == "ada@harbour.example"
    assert said["Taken in"] == "21 Sep 2026, 07:15:00 UTC"
    assert said["Position in the log"] == "1,851"


def test_all_checks_that_hold_make_nothing_trusted() -> None:
    found = cosign()
    words = shown(found, *all_checks(found)).words
    assert "Should this identity sign this image? not checked" in words
    assert "Does the certificate lead to a root that you know? not checked" in words
    assert "trusted" not in words.lower()
    assert "verified" not in words.lower()


def test_a_check_has_an_icon_and_a_word() -> None:
    node = shown(cosign(), Check("signature", "fails"))
    mark = node.one("span.outcome.outcome--bad")
    assert mark.all("svg")
    assert mark.words == "no"


def test_without_checks_it_says_that_nothing_was_checked() -> None:
    assert "nothing of it was checked here" in shown(cosign()).words


def test_annotations_that_cannot_be_read_are_named() -> None:
    assert CHAIN in shown(cosign(**{CHAIN: "-----BEGIN CERTIFICATE-----\nAAAA"})).one("div.notice").words


def test_a_claim_without_a_signature_is_said_to_be_one() -> None:
    assert "this is a claim alone" in shown(decoded(payload())).words


def test_a_statement_in_an_envelope_names_its_subject_and_predicate() -> None:
    node = shown(decoded(envelope(statement({"builder": 1}))))
    assert node.all("a", href=f"#/r.example/app@{DIGEST}")
    assert "https://slsa.dev/provenance/v1" in node.words
    assert "Predicate as JSON" in node.words
    assert "k1" in node.words


def test_a_predicate_that_is_a_list_of_packages_is_shown_as_one() -> None:
    inner = statement(json.loads(SPDX), "https://spdx.dev/Document")
    assert "libc" in shown(decoded(envelope(inner))).one("table").words
    assert what(decoded(inner)) == "Unsigned SPDX attestation"


def test_a_payload_that_is_no_statement_says_where() -> None:
    words = shown(decoded(envelope(b'{"predicateType": 1}'))).words
    assert "The statement in it cannot be read" in words
    assert "predicateType" in words


def test_a_payload_of_another_type_is_shown_as_json() -> None:
    assert "Payload as JSON" in shown(decoded(envelope(b'{"a": 1}', "text/x"))).words
    assert "The payload is no JSON" in shown(decoded(envelope(b"a", "text/x"))).words


def test_a_bare_statement_is_said_to_be_unsigned() -> None:
    found = decoded(statement({}))
    assert "It carries no signature" in shown(found).words
    assert what(found) == "Unsigned SLSA provenance"


def test_a_bundle_of_a_message_names_the_bytes() -> None:
    raw = {"certificate": {"rawBytes": b64(certificate())}, "tlogEntries": [{"logIndex": "7"}]}
    said = facts(shown(decoded(bundle(raw, messageSignature=MESSAGE))))
    assert said["Signs the bytes of"] == "SHA2_256:ab"
    assert said["Position in the log"] == "7"


def test_a_bundle_with_an_envelope_shows_what_is_in_it() -> None:
    inner = json.loads(envelope(statement({})))
    assert "in-toto statement" in shown(decoded(bundle({"publicKey": {"hint": "h"}}, dsseEnvelope=inner))).words


def test_notation_shows_target_time_and_certificate() -> None:
    node = shown(decoded(jws()))
    assert node.all("a", href=f"#/r.example/app@{DIGEST}")
    assert "2026-09-21T07:00:00Z" in node.words
    assert "ada@harbour.example" in node.words


def test_notation_in_cose_is_named_so() -> None:
    found = decoded(cbor([cbor({1: -7}), {}, PAYLOAD, b"sig"]), COSE)
    assert what(found) == "Notation signature (COSE)"
    assert "ES256" in shown(found).words


def test_packages_are_a_table() -> None:
    assert shown(decoded(SPDX)).one("tbody").one("th").words == "libc"


def test_certificates_alone_are_shown_each() -> None:
    found = decoded(pem(certificate(), certificate()).encode())
    assert "Certificate 2 of 2" in shown(found).words
    assert what(found) == "Certificates"


def test_an_empty_chain_is_said() -> None:
    from app.trust.decode import Chain

    assert "No certificate is in it" in shown(Chain(())).words


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (payload(), "Cosign signature"),
        (envelope(statement({})), "Signed SLSA provenance"),
        (envelope(b"{}", "text/x"), "DSSE envelope"),
        (envelope(statement({}, "https://sigstore.dev/cosign/sign/v1")), "Cosign signature"),
        (bundle({}, messageSignature=MESSAGE), "Sigstore bundle"),
        (jws(), "Notation signature (JWS)"),
        (SPDX, "SPDX 2.3 document"),
        (statement({}, "https://cyclonedx.org/bom"), "Unsigned CycloneDX attestation"),
    ],
)
def test_each_has_a_name(data: bytes, name: str) -> None:
    assert what(decoded(data)) == name


def test_hostile_texts_are_spelled_out() -> None:
    inner = document(critical={"image": {"docker-manifest-digest": "\u202egnp"}, "identity": {}})
    assert "\u202e" not in render(decoded_view(decoded(inner)))
