import asyncio
import json
from base64 import b64encode

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from app.oci.digest import digest_of
from app.trust.checks import checks
from app.trust.decode import BUNDLE, CERTIFICATE, SIGNATURE, Decoded, decode_content
from tests.unit.trust.signers import OTHER, RealCrypto, b64, b64url, certificate, document, pem, sign
from tests.unit.trust.test_bundle import MESSAGE, bundle
from tests.unit.trust.test_notation import PAYLOAD
from tests.unit.trust.test_simple_signing import DIGEST, payload
from tests.unit.trust.test_statement import statement

CRYPTO = RealCrypto()


def states(decoded: Decoded | None, *, crypto: RealCrypto | None = CRYPTO, data: bytes = b"image") -> dict[str, str]:
    assert decoded is not None
    return {one.name: one.state for one in asyncio.run(checks(decoded, digest_of(data), crypto))}


def log(seconds: int) -> str:
    body = {"body": b64(b"{}"), "integratedTime": seconds, "logIndex": 1}
    return json.dumps({"SignedEntryTimestamp": "x", "Payload": body})


def cosign(signature: bytes, *, at: int = 1789974900) -> Decoded | None:
    beside = {SIGNATURE: b64(signature), CERTIFICATE: pem(certificate()), BUNDLE: log(at)}
    return decode_content(payload(), "", beside)


def test_a_signature_by_the_key_of_its_certificate_holds_and_is_not_called_trusted() -> None:
    assert states(cosign(sign(payload()))) == {
        "subject": "holds",
        "signature": "holds",
        "validity": "holds",
        "chain": "not-checked",
        "identity": "not-checked",
        "log": "not-checked",
    }


def test_a_signature_by_another_key_fails() -> None:
    assert states(cosign(sign(payload(), OTHER)))["signature"] == "fails"


def test_a_signature_of_another_image_is_not_about_this_one() -> None:
    assert states(cosign(sign(payload())), data=b"another")["subject"] == "fails"


def test_a_signature_after_the_certificate_ended_fails() -> None:
    assert states(cosign(sign(payload()), at=1889974900))["validity"] == "fails"


def test_where_there_is_no_crypto_nothing_is_said_of_the_signature() -> None:
    assert states(cosign(sign(payload())), crypto=None)["signature"] == "cannot"


@pytest.mark.parametrize("signature", [b"", b"garbage", b"\x30\x00"])
def test_a_signature_that_is_none_cannot_be_checked(signature: bytes) -> None:
    assert states(cosign(signature))["signature"] == "cannot"


def test_an_envelope_is_checked_over_its_encoding() -> None:
    body = statement({})
    kind = "application/vnd.in-toto+json"
    signed = b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(body), body)
    data = document(payloadType=kind, payload=b64(body), signatures=[{"sig": b64(sign(signed))}])
    found = states(decode_content(data, "", {CERTIFICATE: pem(certificate())}))
    assert (found["subject"], found["signature"]) == ("holds", "holds")


def test_an_envelope_without_a_certificate_cannot_be_checked() -> None:
    data = document(payloadType="text/plain", payload=b64(b"x"), signatures=[{"sig": b64(b"s")}])
    assert states(decode_content(data)) == {"signature": "cannot"}


def test_a_notary_signature_by_rsa_is_checked_with_its_padding() -> None:
    key = rsa.generate_private_key(65537, 2048)
    protected = b64url(b'{"alg":"PS256"}')
    signed = f"{protected}.{b64url(PAYLOAD)}".encode()
    signature = key.sign(signed, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
    header = {"x5c": [b64encode(certificate(key)).decode()]}
    data = document(payload=b64url(PAYLOAD), protected=protected, header=header, signature=b64url(signature))
    found = states(decode_content(data))
    assert (found["subject"], found["signature"]) == ("holds", "holds")


def test_a_bundle_of_a_message_is_about_the_digest_it_names() -> None:
    message = {**MESSAGE, "messageDigest": {"algorithm": "SHA2_256", "digest": b64(bytes.fromhex(DIGEST.encoded))}}
    found = states(decode_content(bundle({"certificate": {"rawBytes": b64(certificate())}}, messageSignature=message)))
    assert (found["subject"], found["signature"]) == ("holds", "cannot")


def test_a_list_of_packages_carries_no_signature() -> None:
    assert states(decode_content(document(spdxVersion="SPDX-2.3"))) == {}
