import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.oci.digest import digest_of
from app.oci.document import InvalidDocument
from app.trust.notation import parse_cose, parse_jws
from tests.unit.trust.signers import b64, b64url, certificate, document

DIGEST = digest_of(b"image")
TARGET = {"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": str(DIGEST), "size": 942}
PAYLOAD = json.dumps({"targetArtifact": TARGET}).encode()
PREFIX = "io.cncf.notary."


def jws(**changed: object) -> bytes:
    protected = {
        "alg": "ES256",
        PREFIX + "signingScheme": "notary.x509",
        PREFIX + "signingTime": "2026-09-21T07:00:00Z",
    }
    header = {"x5c": [b64(certificate())], PREFIX + "signingAgent": "notation/1.3"}
    whole = {
        "payload": b64url(PAYLOAD),
        "protected": b64url(json.dumps(protected).encode()),
        "header": header,
        "signature": b64url(b"sig"),
    }
    return document(**{**whole, **changed})


def head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    return bytes([major << 5 | 24, number]) if number < 256 else bytes([major << 5 | 25]) + number.to_bytes(2)


def cbor(item: object) -> bytes:
    match item:
        case bool():
            return b"\xf5" if item else b"\xf4"
        case int():
            return head(0, item) if item >= 0 else head(1, -1 - item)
        case bytes():
            return head(2, len(item)) + item
        case str():
            return head(3, len(item.encode())) + item.encode()
        case list():
            return head(4, len(item)) + b"".join(map(cbor, item))
        case dict():
            return head(5, len(item)) + b"".join(cbor(key) + cbor(one) for key, one in item.items())
        case ("time", int(seconds)):
            return b"\xc1\x1a" + seconds.to_bytes(4)
    raise AssertionError(item)


PROTECTED = cbor(
    {1: -37, 3: "application/vnd.cncf.notary.payload.v1+json", PREFIX + "signingTime": ("time", 1789974000)}
)
ASIDE = {33: [certificate()], PREFIX + "signingAgent": "notation/1.3"}


def cose(*parts: object, tag: bytes = b"\xd2") -> bytes:
    return tag + cbor(list(parts or (PROTECTED, ASIDE, PAYLOAD, b"sig")))


def test_a_jws_says_what_was_signed_by_whom_and_when() -> None:
    found = parse_jws(jws())
    assert found.is_of(DIGEST)
    assert found.target == (TARGET["mediaType"], str(DIGEST), "942")
    assert (found.algorithm, found.scheme, found.time) == ("ES256", "notary.x509", "2026-09-21T07:00:00Z")
    assert found.agent == "notation/1.3"
    assert [one.subject for one in found.certificates] == ["CN=ship"]


def test_what_a_jws_signs_is_both_parts_as_written() -> None:
    found = parse_jws(jws())
    assert found.signed.count(b".") == 1
    assert found.signed.endswith(b64url(PAYLOAD).encode())


def test_a_cose_signature_says_the_same() -> None:
    found = parse_cose(cose())
    assert found.is_of(DIGEST)
    assert (found.format, found.algorithm, found.time) == ("COSE", "PS256", "2026-09-21T07:00:00Z")
    assert found.agent == "notation/1.3"
    assert [one.subject for one in found.certificates] == ["CN=ship"]


def test_what_cose_signs_is_its_sig_structure() -> None:
    assert parse_cose(cose()).signed == cbor(["Signature1", PROTECTED, b"", PAYLOAD])


def test_a_cose_signature_without_its_tag_is_read_too() -> None:
    assert parse_cose(cose(tag=b"")).is_of(DIGEST)


@pytest.mark.parametrize(
    "data",
    [
        jws(payload=b64url(b"{}")),
        jws(payload="*"),
        jws(signature=None),
        jws(header={"x5c": ["AAAA"]}),
        jws(protected=b64url(b"[]")),
    ],
)
def test_a_broken_jws_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidDocument):
        parse_jws(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        cose(PROTECTED, ASIDE, PAYLOAD),
        cose(PROTECTED, [], PAYLOAD, b"s"),
        cose(b"\x01", {}, PAYLOAD, b"s"),
        cose(PROTECTED, {33: [b"x"]}, PAYLOAD, b"s"),
        cose("text", {}, PAYLOAD, b"s"),
    ],
)
def test_a_broken_cose_signature_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidDocument):
        parse_cose(data)


@given(st.integers(0, len(cose()) - 1), st.integers(0, 255))
def test_a_changed_byte_of_cose_raises_nothing_else(at: int, octet: int) -> None:
    data = bytearray(cose())
    data[at] = octet
    with contextlib.suppress(InvalidDocument):
        parse_cose(bytes(data))
