"""Signatures: RFC 7515 appendix A, keys made here, and every way a token cannot be checked."""

import asyncio
import base64
import json

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.signature import Verification, verify_token
from tests.unit.auth.keys import (
    EC_KEYS,
    ED_KEY,
    KEYS,
    RSA_KEY,
    CheckingCrypto,
    certificate,
    jwk,
    pem,
    token,
)
from tests.unit.auth.vectors import A2_KEY, A2_TOKEN, A3_KEY, A3_TOKEN

EC_KEY = EC_KEYS["ES256"]


def verify(text: str, pasted: str | None = None, unable: bool = False) -> Verification:
    return asyncio.run(verify_token(text, pasted, CheckingCrypto(unable)))


def raw(**header: object) -> str:
    """A token with any header and a signature of nothing."""
    parts = (json.dumps(part).encode() for part in (header, {}))
    return ".".join([*(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts), "AAAA"])


@pytest.mark.parametrize(("text", "key"), [(A2_TOKEN, A2_KEY), (A3_TOKEN, A3_KEY)])
def test_the_examples_of_rfc_7515_verify(text: str, key: dict[str, str]) -> None:
    assert verify(text, json.dumps(key)).outcome == "matches-pasted-key"


@pytest.mark.parametrize(("text", "key"), [(A2_TOKEN, A2_KEY), (A3_TOKEN, A3_KEY)])
def test_an_example_that_was_changed_does_not(text: str, key: dict[str, str]) -> None:
    changed = text[:-6] + ("A" if text[-6] != "A" else "B") + text[-5:]
    assert verify(changed, json.dumps(key)).outcome == "does-not-match"


@pytest.mark.parametrize("alg", KEYS)
@pytest.mark.parametrize("form", ["pem", "jwk"])
def test_every_algorithm_is_checked_by_a_pasted_key(alg: str, form: str) -> None:
    key = KEYS[alg]
    found = verify(token(alg), pem(key) if form == "pem" else json.dumps(jwk(key)))
    assert (found.outcome, found.proves) == ("matches-pasted-key", "signed-by-that-key")


@pytest.mark.parametrize("alg", KEYS)
def test_a_key_in_the_header_proves_only_that_the_token_is_whole(alg: str) -> None:
    found = verify(token(alg, jwk=jwk(KEYS[alg])))
    assert (found.outcome, found.proves, found.source) == ("matches-embedded-key", "self-consistent", "jwk")


@pytest.mark.parametrize("alg", KEYS)
def test_a_certificate_in_the_header_proves_only_that_the_token_is_whole(alg: str) -> None:
    chain = [base64.b64encode(certificate(KEYS[alg])).decode()]
    found = verify(token(alg, x5c=chain))
    assert (found.outcome, found.proves) == ("matches-embedded-certificate", "self-consistent")


def test_a_pasted_key_counts_before_the_one_in_the_header() -> None:
    assert verify(token("ES256", jwk=jwk(EC_KEY)), pem(EC_KEY)).source == "pasted"


def test_another_key_does_not_match_and_proves_nothing() -> None:
    found = verify(token("ES256", jwk=A3_KEY))
    assert (found.outcome, found.proves) == ("does-not-match", "nothing")


def test_of_several_keys_the_one_that_fits_is_found() -> None:
    keys = {"keys": [jwk(RSA_KEY), A3_KEY, jwk(EC_KEY)]}
    assert verify(token("ES256", kid="unheard of"), json.dumps(keys)).outcome == "matches-pasted-key"


def test_a_kid_that_names_the_key_is_told() -> None:
    keys = json.dumps(jwk(EC_KEY, kid="a"))
    texts = (token("ES256", kid="a"), token("ES256", kid="b"), token("ES256"))
    assert [verify(text, keys).named for text in texts] == [True, False, None]


def test_the_key_used_is_named() -> None:
    name = verify(token("ES256", jwk=jwk(EC_KEY))).key_name
    assert name is not None
    assert len(name) == 59


@pytest.mark.parametrize("pasted", [None, "", "  "])
def test_a_token_without_a_key_has_none_to_check_by(pasted: str | None) -> None:
    assert verify(token("ES256", kid="a"), pasted).outcome == "no-key"


def test_a_pasted_key_that_is_none_says_why() -> None:
    found = verify(token("ES256"), "not a key!")
    assert (found.outcome, found.source, found.problem) == ("bad-key", "pasted", "not-a-key")


def test_a_key_in_the_header_that_is_none_says_why() -> None:
    found = verify(raw(alg="ES256", x5c=["!"]))
    assert (found.outcome, found.source, found.problem) == ("bad-key", "x5c", "base64")


def test_a_key_that_cannot_be_imported_is_bad() -> None:
    off_curve = json.dumps({**A3_KEY, "y": A3_KEY["x"]})
    found = verify(token("ES256"), off_curve)
    assert (found.outcome, found.problem) == ("bad-key", "not-a-key")


@pytest.mark.parametrize(
    ("alg", "pasted"), [("ES256", pem(RSA_KEY)), ("RS256", pem(ED_KEY)), ("ES256", pem(EC_KEYS["ES384"]))]
)
def test_a_key_for_another_algorithm_is_said_to_be_one(alg: str, pasted: str) -> None:
    assert verify(token(alg), pasted).outcome == "wrong-key-type"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (jwt.encode({}, "k" * 64, "HS256"), "symmetric"),
        (raw(alg="none"), "unsigned"),
        (raw(alg="NoNe"), "unsigned"),
        (raw(alg="ES256K"), "unsupported-algorithm"),
        (raw(), "unsupported-algorithm"),
        (raw(alg=5), "unsupported-algorithm"),
        (raw(alg="ES256", crit=["b64"], b64=False), "critical-extension"),
        ("opaque", "not-a-token"),
    ],
)
def test_a_token_that_no_public_key_can_check_says_so(text: str, outcome: str) -> None:
    assert verify(text, pem(EC_KEY)).outcome == outcome


def test_a_signature_in_der_does_not_match() -> None:
    assert verify(raw(alg="ES256", jwk=jwk(EC_KEY))).outcome == "does-not-match"


def test_a_browser_that_cannot_check_says_so() -> None:
    found = verify(token("ES256", jwk=jwk(EC_KEY)), unable=True)
    assert (found.outcome, found.proves) == ("cannot-check", "nothing")


def test_a_token_is_taken_as_it_is_pasted() -> None:
    text = token("ES256", jwk=jwk(EC_KEY))
    assert verify(f"Authorization: Bearer {text[:40]}\n{text[40:]}\n").outcome == "matches-embedded-key"


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_makes_it_raise(text: str, pasted: str) -> None:
    assert verify(text, pasted).proves == "nothing"
