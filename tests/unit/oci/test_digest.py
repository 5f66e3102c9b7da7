import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.oci.digest import Digest, DigestError, digest_of, hasher, parse_digest, verify

HEX = "0123456789abcdef"
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

registered = st.sampled_from([("sha256", 64), ("sha384", 96), ("sha512", 128), ("blake3", 64)]).flatmap(
    lambda pair: st.text(HEX, min_size=pair[1], max_size=pair[1]).map(lambda encoded: Digest(pair[0], encoded))
)
other = st.builds(
    Digest,
    st.from_regex(r"[a-z0-9]{1,8}([+._-][a-z0-9]{1,8}){0,3}", fullmatch=True).filter(
        lambda name: name not in ("sha256", "sha384", "sha512", "blake3")
    ),
    st.from_regex(r"[a-zA-Z0-9=_-]{1,80}", fullmatch=True),
)


@given(registered | other)
def test_a_digest_round_trips(digest: Digest) -> None:
    assert parse_digest(str(digest)) == digest


@given(st.text(max_size=200) | st.text(HEX + ":shaz", max_size=80))
def test_any_text_is_a_digest_or_a_digest_error(text: str) -> None:
    try:
        position = len(str(parse_digest(text)))
    except DigestError as error:
        position = error.position
    assert 0 <= position <= len(text)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0),
        ("sha256", 6),
        ("sha256:", 7),
        (":" + "a" * 64, 0),
        ("SHA256:" + "a" * 64, 0),
        ("sha256:" + "a" * 63, 70),
        ("sha256:" + "a" * 65, 71),
        ("sha256:" + "a" * 10 + "A" + "a" * 53, 17),
        ("sha256:" + "a" * 63 + "g", 70),
        ("sha256:" + "a" * 64 + "\n", 71),
        ("sha512:" + "a" * 64, 71),
        ("sha256-:" + "a" * 64, 6),
        ("sha256+b64u:", 12),
        ("multihash+base58:Qm/x", 19),
        ("sha256 :" + "a" * 64, 6),
        ("\u0661:abc", 0),
    ],
)
def test_what_is_no_digest_is_refused_where_it_goes_wrong(text: str, position: int) -> None:
    with pytest.raises(DigestError) as caught:
        parse_digest(text)
    assert caught.value.position == position
    assert caught.value.text == text


def test_an_algorithm_that_cannot_be_computed_parses_and_is_not_verifiable() -> None:
    digest = parse_digest("multihash+base58:QmRZxt2b1FVZPNqd8hsiykDL3TdBDeTSPX9Kv46HmX4Gx8")
    assert not digest.verifiable
    assert digest.algorithm == "multihash+base58"


def test_sha256_and_sha512_are_verifiable() -> None:
    assert digest_of(b"").verifiable
    assert digest_of(b"", "sha512").verifiable


def test_a_digest_is_shown_short_by_twelve_characters() -> None:
    assert digest_of(b"").short == EMPTY[:12]


@pytest.mark.parametrize("algorithm", ["sha256", "sha384", "sha512"])
def test_data_verifies_against_its_digest_alone(algorithm: str) -> None:
    digest = digest_of(b"data", algorithm)
    assert digest.encoded == hashlib.new(algorithm, b"data").hexdigest()
    assert verify(digest, b"data")
    assert not verify(digest, b"Data")


def test_data_never_verifies_against_an_algorithm_that_cannot_be_computed() -> None:
    assert not verify(parse_digest("md5:d41d8cd98f00b204e9800998ecf8427e"), b"")


def test_a_digest_can_be_computed_in_pieces() -> None:
    digest = digest_of(b"onetwo")
    pieces = hasher(digest)
    pieces.update(b"one")
    pieces.update(b"two")
    assert pieces.hexdigest() == digest.encoded


def test_hashing_for_an_unknown_algorithm_is_a_digest_error() -> None:
    with pytest.raises(DigestError):
        hasher(Digest("md5", "00"))


def test_a_digest_equals_no_pair_of_strings() -> None:
    assert digest_of(b"") != ("sha256", EMPTY)
