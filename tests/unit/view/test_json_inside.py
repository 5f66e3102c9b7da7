import json
import time
from base64 import b64encode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.oci.digest import digest_of
from app.oci.document import Json
from app.view.json_inside import inside


def encoded(found: Json) -> str:
    return b64encode(json.dumps(found).encode()).decode()


def document(key: str | None, text: str) -> Json:
    found = inside(key, text, None)
    assert found is not None
    assert found.document is not None
    return found.document[0]


STATEMENT: Json = {"_type": "x", "predicateType": "https://slsa.example/1"}


def test_the_payload_of_an_envelope_is_read() -> None:
    assert document("payload", encoded(STATEMENT)) == STATEMENT


def test_unpadded_base64url_is_read_as_jose_writes_it() -> None:
    text = urlsafe_b64encode(json.dumps({"a": "~~~???>>>"}).encode()).decode().rstrip("=")
    assert document("protected", text) == {"a": "~~~???>>>"}


def test_json_in_a_string_is_read() -> None:
    assert document("v1Compatibility", '{"id": "a", "os": "linux"}') == {"id": "a", "os": "linux"}


def test_base64_of_json_is_read_under_any_key() -> None:
    assert document("moby.buildkit.buildinfo.v1", encoded(STATEMENT)) == STATEMENT


def test_a_compact_jws_shows_header_and_payload() -> None:
    parts = [urlsafe_b64encode(one).decode().rstrip("=") for one in (b'{"alg": "ES256"}', b'{"a": 1}', b"signed")]
    assert document("token", ".".join(parts)) == {"header": {"alg": "ES256"}, "payload": {"a": 1}}


@pytest.mark.parametrize(
    ("size", "content", "note"),
    [
        (2, b"{}", "verified by its digest"),
        (3, b"{}", "not what the digest and the size beside it say"),
        (2, b"[]", "not what the digest and the size beside it say"),
    ],
)
def test_embedded_content_is_held_against_its_digest(size: int, content: bytes, note: str) -> None:
    beside: dict[str, Json] = {"digest": str(digest_of(b"{}")), "size": size}
    found = inside("data", b64encode(content).decode(), beside)
    assert found is not None
    assert found.note == note


def test_certificates_are_known_in_pem_and_in_base64_of_it() -> None:
    pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
    for text in (pem, b64encode(pem.encode()).decode()):
        found = inside("cert", text, None)
        assert found is not None
        assert found.certificates is not None


def test_a_public_key_in_base64_is_text() -> None:
    pem = "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----\n"
    found = inside("publicKey", b64encode(pem.encode()).decode(), None)
    assert found is not None
    assert found.text == pem


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("name", "a plain string of some length"),
        ("name", "eyJub3QganNvbiBhdCBhbGw"),
        ("name", "{ not json at all }"),
        ("digest", "sha256:" + "a" * 64),
        ("body", "%%%%%%%%%%%%%%%%%%%%%%%%"),
        ("name", ""),
        ("name", "{}"),
    ],
)
def test_a_plain_string_holds_nothing(key: str, text: str) -> None:
    assert inside(key, text, None) is None


@given(st.text(max_size=200), st.sampled_from(["data", "payload", "x", None]))
def test_any_string_is_taken(text: str, key: str | None) -> None:
    inside(key, text, None)


def test_a_long_string_takes_linear_time() -> None:
    start = time.perf_counter()
    for text in ("A" * 2_000_000 + "%", "eyJ" + "." * 2_000_000, '{"' * 1_000_000):
        inside("payload", text, None)
    assert time.perf_counter() - start < 2
