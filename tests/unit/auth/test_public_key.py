"""Keys in a token's own header, and keys that a person pastes."""

import base64
import json

import pytest
from cryptography.hazmat.primitives import serialization
from hypothesis import given
from hypothesis import strategies as st

from app.auth.jwk import libtrust_kid
from app.auth.public_key import LONGEST, BadKey, PublicKey, fitting_keys, header_key, pasted_keys
from app.oci.document import Json
from tests.unit.auth.keys import EC_KEYS, ED_KEY, RSA_KEY, Private, certificate, jwk, pem, spki
from tests.unit.auth.vectors import A3_KEY

EC_KEY = EC_KEYS["ES256"]
EVERY = [RSA_KEY, *EC_KEYS.values(), ED_KEY]
PKCS8 = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def armour(label: str, data: bytes) -> str:
    return f"-----BEGIN {label}-----\n{base64.encodebytes(data).decode()}-----END {label}-----\n"


def pkcs1() -> str:
    return RSA_KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.PKCS1).decode()


def problem(text: str) -> str:
    with pytest.raises(BadKey) as caught:
        pasted_keys(text)
    assert "canary" not in str(caught.value)
    return caught.value.reason


@pytest.mark.parametrize("key", EVERY)
def test_a_public_key_pem_is_its_key(key: Private) -> None:
    (found,) = pasted_keys(pem(key))
    assert (found.format, found.data) == ("spki", spki(key))


@pytest.mark.parametrize("key", EVERY)
def test_a_certificate_pem_is_the_key_in_it(key: Private) -> None:
    (found,) = pasted_keys("subject=CN = x\n" + armour("CERTIFICATE", certificate(key)))
    assert found.data == spki(key)


def test_an_rsa_public_key_pem_is_wrapped() -> None:
    (found,) = pasted_keys(pkcs1())
    assert (found.data, found.type) == (spki(RSA_KEY), "RSA")


@pytest.mark.parametrize("data", [spki(RSA_KEY), certificate(RSA_KEY)])
def test_base64_without_its_armour_is_taken_too(data: bytes) -> None:
    (found,) = pasted_keys(base64.encodebytes(data).decode())
    assert found.data == spki(RSA_KEY)


@pytest.mark.parametrize("key", EVERY)
def test_a_jwk_is_its_key(key: Private) -> None:
    (found,) = pasted_keys(json.dumps(jwk(key, kid="one", alg="x")))
    assert (found.format, json.loads(found.data)) == ("jwk", jwk(key))
    assert {"one", libtrust_kid(spki(key))} < set(found.names)


def test_a_jwks_is_all_its_keys_but_those_not_understood() -> None:
    keys = [jwk(RSA_KEY), {"kty": "new"}, jwk(EC_KEY)]
    assert [each.type for each in pasted_keys(json.dumps({"keys": keys}))] == ["RSA", "EC"]


def test_a_key_is_found_by_its_kid() -> None:
    keys = pasted_keys(json.dumps({"keys": [jwk(RSA_KEY, kid="a"), jwk(EC_KEY, kid="b")]}))
    assert [each.type for each in fitting_keys(keys, "b")] == ["EC"]


def test_a_key_is_found_by_its_libtrust_name() -> None:
    keys = pasted_keys(json.dumps({"keys": [jwk(RSA_KEY, kid="a"), jwk(EC_KEY, kid="b")]}))
    assert [each.type for each in fitting_keys(keys, libtrust_kid(spki(EC_KEY)))] == ["EC"]


@pytest.mark.parametrize("kid", [None, "other"])
def test_without_a_kid_that_names_one_every_key_may_fit(kid: str | None) -> None:
    keys = pasted_keys(json.dumps({"keys": [jwk(RSA_KEY, kid="a"), jwk(EC_KEY, kid="b")]}))
    assert fitting_keys(keys, kid) == keys


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("x" * (LONGEST + 1), "too-long"),
        ("not a key!", "not-a-key"),
        ("ssh-rsa AAAA", "not-a-key"),
        ("{", "not-a-key"),
        ("{}", "key-type"),
        ("[]", "no-keys"),
        ('{"keys": []}', "no-keys"),
        ('{"keys": [{"kty": "new"}]}', "key-type"),
        ('{"keys": [5]}', "not-an-object"),
        ('{"keys": 5}', "not-an-object"),
        ('{"kty": "oct", "k": "canary"}', "symmetric"),
        (json.dumps({**A3_KEY, "d": "canary"}), "private-key"),
        (json.dumps({"keys": [A3_KEY, {**A3_KEY, "d": "canary"}]}), "private-key"),
        (RSA_KEY.private_bytes(*PKCS8).decode(), "private-key"),
        (pem(RSA_KEY) + RSA_KEY.private_bytes(*PKCS8).decode(), "private-key"),
        ("-----BEGIN PUBLIC KEY-----", "not-a-key"),
        ("-----BEGIN PUBLIC KEY-----\n!!\n-----END PUBLIC KEY-----", "base64"),
        (armour("PUBLIC KEY", b"canary"), "der"),
        (armour("CERTIFICATE", b"canary"), "der"),
        (armour("PUBLIC KEY", certificate(RSA_KEY)), "der"),
        (armour("PGP MESSAGE", b"canary"), "key-type"),
        # Ed448 and X25519, keys that no token here is signed with.
        (armour("PUBLIC KEY", bytes.fromhex("300b300506032b657103020001")), "key-type"),
        (armour("PUBLIC KEY", bytes.fromhex("300a300506032b656f030100")), "key-type"),
    ],
)
def test_what_is_no_key_to_check_by_says_why(text: str, reason: str) -> None:
    assert problem(text) == reason


@pytest.mark.parametrize("key", EVERY)
def test_the_first_certificate_of_a_header_is_its_key(key: Private) -> None:
    chain: list[Json] = [base64.b64encode(each).decode() for each in (certificate(key), b"root")]
    found = header_key({"x5c": chain})
    assert found is not None
    assert (found[0], found[1].data) == ("x5c", spki(key))


def test_a_jwk_of_a_header_comes_before_its_certificates() -> None:
    found = header_key({"jwk": {**A3_KEY}, "x5c": []})
    assert found is not None
    assert (found[0], found[1].curve) == ("jwk", "P-256")


def test_a_header_without_a_key_has_none() -> None:
    assert header_key({"kid": "a"}) is None


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({"x5c": []}, "not-a-key"),
        ({"x5c": "text"}, "not-a-key"),
        ({"x5c": [5]}, "not-a-key"),
        ({"x5c": ["!"]}, "base64"),
        ({"x5c": ["AAAA"]}, "der"),
        ({"x5c": ["A" * (LONGEST + 4)]}, "too-long"),
        ({"jwk": None}, "not-an-object"),
        ({"jwk": {"kty": "oct"}}, "symmetric"),
    ],
)
def test_a_header_whose_key_is_none_says_why(header: dict[str, Json], reason: str) -> None:
    with pytest.raises(BadKey) as caught:
        header_key(header)
    assert caught.value.reason == reason


@given(
    st.text(max_size=60)
    | st.sampled_from([pem(EC_KEY), json.dumps(jwk(EC_KEY)), pkcs1()]).flatmap(
        lambda text: st.integers(0, len(text)).map(lambda at: text[:at] + text[at + 1 :])
    )
)
def test_any_text_is_keys_or_refused(text: str) -> None:
    try:
        found = pasted_keys(text)
    except BadKey:
        return
    assert all(isinstance(key, PublicKey) for key in found)
