import pytest

from app.client.errors import BadDigest
from app.client.fetched import stated_digest, stated_size, verified_digest
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


@pytest.mark.parametrize(
    ("text", "size"), [("0", 0), ("1234", 1234), ("-1", None), ("1.5", None), ("9" * 400, None), ("²", None)]
)
def test_a_size_is_a_plain_number_of_bytes(text: str, size: int | None) -> None:
    assert stated_size(Headers([("Content-Length", text)])) == size
