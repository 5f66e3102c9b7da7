"""JWKs: RFC 7517, 7518 section 6, 7638, and Docker's own names of keys."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.jwk import NotJwk, libtrust_kid, parse_jwk
from app.oci.document import Json
from tests.unit.auth.keys import EC_KEYS, ED_KEY, RSA_KEY, Private, jwk, spki
from tests.unit.auth.vectors import A3_KEY, LIBTRUST, LIBTRUST_KEY, THUMBPRINT, THUMBPRINT_KEY


def document(**members: Json) -> dict[str, Json]:
    return {**A3_KEY, **members}


def test_the_thumbprint_is_that_of_rfc_7638() -> None:
    assert parse_jwk({**THUMBPRINT_KEY}).thumbprint() == THUMBPRINT


def test_the_libtrust_name_is_that_of_distribution() -> None:
    assert libtrust_kid(parse_jwk({**LIBTRUST_KEY}).spki()) == LIBTRUST


@pytest.mark.parametrize("key", [RSA_KEY, *EC_KEYS.values(), ED_KEY])
def test_a_jwk_is_written_as_others_write_its_key(key: Private) -> None:
    assert parse_jwk({**jwk(key)}).spki() == spki(key)


def test_a_modulus_with_zeros_before_it_is_the_same_number() -> None:
    members = jwk(RSA_KEY)
    assert parse_jwk({**members, "n": "AAAA" + members["n"]}).spki() == spki(RSA_KEY)


def test_only_the_members_that_make_a_key_are_kept() -> None:
    found = parse_jwk(document(d="canary", alg="ES256", use="sig", ext=True))
    assert json.loads(found.canonical()) == A3_KEY
    assert (found.private, "canary" in repr(found)) == (True, False)


def test_padding_does_not_make_another_key() -> None:
    assert parse_jwk(document(x=A3_KEY["x"] + "=")) == parse_jwk(document())


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (None, "not-an-object"),
        (["x"], "not-an-object"),
        ({}, "key-type"),
        ({"kty": "rsa"}, "key-type"),
        ({"kty": "oct", "k": "canary"}, "symmetric"),
        ({"kty": "RSA", "n": "AQAB"}, "member"),
        ({"kty": "RSA", "n": "AQAB", "e": 3}, "member"),
        ({"kty": "RSA", "n": "A" * 5000, "e": "AQAB"}, "member"),
        ({"kty": "RSA", "n": "!", "e": "AQAB"}, "member"),
        (document(crv="P-257"), "member"),
        (document(crv="secp256k1"), "member"),
        (document(x="AQAB"), "member"),
        (document(y=None), "member"),
        ({"kty": "OKP", "crv": "X25519", "x": A3_KEY["x"]}, "member"),
        ({"kty": "OKP", "crv": "Ed25519", "x": "AQAB"}, "member"),
    ],
)
def test_what_is_no_public_key_says_why(found: Json, reason: str) -> None:
    with pytest.raises(NotJwk) as caught:
        parse_jwk(found)
    assert caught.value.reason == reason
    assert "canary" not in str(caught.value)


@given(
    st.dictionaries(
        st.sampled_from(["kty", "n", "e", "crv", "x", "y", "kid"]),
        st.sampled_from(["RSA", "EC", "OKP", "P-256", "Ed25519", "AQAB", "", A3_KEY["x"]]) | st.text(max_size=5),
    )
)
def test_any_object_is_a_key_or_refused(found: dict[str, Json]) -> None:
    try:
        key = parse_jwk(found)
    except NotJwk:
        return
    assert parse_jwk(json.loads(key.canonical())).spki() == key.spki()
