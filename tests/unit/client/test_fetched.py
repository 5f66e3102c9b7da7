import base64
import json

import pytest

from app.client.errors import BadDigest
from app.client.fetched import named_bytes, stated_digest, stated_size, verified_digest
from app.oci.digest import Digest, digest_of
from app.ports.transport import Headers, Request

REQUEST = Request("GET", "https://r.example/v2/lab/manifests/v1")
DATA = b"data"


def test_without_any_digest_it_is_computed_from_the_bytes() -> None:
    assert verified_digest(REQUEST, DATA, None, None) == digest_of(DATA)


def test_the_digest_asked_for_is_the_one_given() -> None:
    wanted = digest_of(DATA, "sha512")
    assert verified_digest(REQUEST, DATA, wanted, digest_of(DATA)) == wanted


def test_a_stated_digest_of_another_algorithm_is_the_one_given() -> None:
    assert verified_digest(REQUEST, DATA, None, digest_of(DATA, "sha512")) == digest_of(DATA, "sha512")


def test_bytes_of_another_digest_than_asked_for_are_refused() -> None:
    with pytest.raises(BadDigest) as caught:
        verified_digest(REQUEST, DATA, digest_of(b"other"), None)
    assert (caught.value.expected, caught.value.actual, caught.value.size) == (digest_of(b"other"), digest_of(DATA), 4)


def test_bytes_of_another_digest_than_stated_are_refused() -> None:
    with pytest.raises(BadDigest) as caught:
        verified_digest(REQUEST, DATA, None, digest_of(b"other", "sha512"))
    assert caught.value.actual == digest_of(DATA, "sha512")


def test_a_stated_digest_must_agree_although_the_one_asked_for_does() -> None:
    with pytest.raises(BadDigest):
        verified_digest(REQUEST, DATA, digest_of(DATA), digest_of(b"other"))


def test_a_digest_that_cannot_be_computed_is_never_taken_on_trust() -> None:
    wanted = Digest("blake3", "0" * 64)
    with pytest.raises(BadDigest) as caught:
        verified_digest(REQUEST, DATA, wanted, wanted)
    assert caught.value.actual == digest_of(DATA)


def test_a_stated_digest_that_cannot_be_computed_says_nothing() -> None:
    assert verified_digest(REQUEST, DATA, None, Digest("blake3", "0" * 64)) == digest_of(DATA)


def test_the_stated_digest_is_read_from_its_header() -> None:
    assert stated_digest(Headers([("docker-content-digest", f" {digest_of(DATA)} ")])) == digest_of(DATA)


@pytest.mark.parametrize("text", ["", "sha256:short", "rubbish"])
def test_a_stated_digest_that_is_none_says_nothing(text: str) -> None:
    assert stated_digest(Headers([("Docker-Content-Digest", text)])) is None


def test_a_hidden_digest_is_none() -> None:
    assert stated_digest(Headers()) is None


def signed(payload: bytes) -> bytes:
    """A manifest with one signature, as distribution's spec/deprecated-schema-v1.md has it."""
    length, tail = payload.rindex(b"}"), b"}"
    protected = {"formatLength": length, "formatTail": base64.urlsafe_b64encode(tail).decode().rstrip("=")}
    encoded = base64.urlsafe_b64encode(json.dumps(protected).encode()).decode().rstrip("=")
    return payload[:length] + b',"signatures":[{"protected":"%s"}]}' % encoded.encode()


PAYLOAD = b'{"schemaVersion":1,"name":"a","tag":"b","architecture":"c","fsLayers":[],"history":[]}'


def test_the_digest_of_a_signed_schema_1_manifest_names_its_payload() -> None:
    assert named_bytes(signed(PAYLOAD), digest_of(PAYLOAD)) == PAYLOAD


def test_a_registry_that_names_all_of_a_signed_manifest_is_taken_at_its_word() -> None:
    raw = signed(PAYLOAD)
    assert named_bytes(raw, digest_of(raw)) == raw


def test_without_a_digest_a_signed_schema_1_manifest_is_named_by_its_payload() -> None:
    assert named_bytes(signed(PAYLOAD), None) == PAYLOAD


def test_signatures_around_another_kind_of_manifest_are_part_of_it() -> None:
    raw = signed(b'{"schemaVersion":2,"manifests":[]}')
    assert named_bytes(raw, digest_of(b'{"schemaVersion":2,"manifests":[]}')) == raw


@pytest.mark.parametrize(
    "raw", [b"{}", b'{"signatures":1}', b'"signatures"', b'{"signatures":[{"protected":"?"}]}', PAYLOAD]
)
def test_what_has_no_readable_signature_is_named_by_all_its_bytes(raw: bytes) -> None:
    assert named_bytes(raw, None) == raw


@pytest.mark.parametrize(
    ("text", "size"), [("0", 0), ("1234", 1234), ("-1", None), ("1.5", None), ("9" * 400, None), ("²", None)]
)
def test_a_size_is_a_plain_number_of_bytes(text: str, size: int | None) -> None:
    assert stated_size(Headers([("Content-Length", text)])) == size
