"""DER: keys found in certificates and written down, and bytes of a stranger that are neither."""

import pytest
from cryptography.hazmat.primitives import serialization
from hypothesis import given
from hypothesis import strategies as st

from app.auth.der import (
    INTEGER,
    SEQUENCE,
    NotDer,
    certificate_key,
    key_algorithm,
    read_element,
    write_element,
    write_integer,
)
from app.auth.jwk import CURVES, ED25519, ELLIPTIC, RSA
from tests.unit.auth.keys import EC_KEYS, ED_KEY, KEYS, RSA_KEY, Private, certificate, spki


@pytest.mark.parametrize("key", [RSA_KEY, *EC_KEYS.values(), ED_KEY])
def test_a_certificate_holds_its_key(key: Private) -> None:
    assert certificate_key(certificate(key)) == spki(key)


@pytest.mark.parametrize(
    ("alg", "identifiers"),
    [
        ("RS256", (RSA, None)),
        ("ES256", (ELLIPTIC, CURVES["P-256"][0])),
        ("ES384", (ELLIPTIC, CURVES["P-384"][0])),
        ("ES512", (ELLIPTIC, CURVES["P-521"][0])),
        ("EdDSA", (ED25519, None)),
    ],
)
def test_a_key_names_its_algorithm_and_curve(alg: str, identifiers: tuple[bytes, bytes | None]) -> None:
    assert key_algorithm(spki(KEYS[alg])) == identifiers


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x30",
        b"\x30\x05\x00",
        b"\x30\x80\x00\x00",  # indefinite
        b"\x30\x81\x01\x00",  # the long form of a short length
        b"\x30\x82\x00\x81" + b"\x00" * 129,  # a leading zero
        b"\x30\x85\x01\x00\x00\x00\x00",  # five bytes of length
        b"\x30\x84\xff\xff\xff\xff",
        b"\x3f\x81\x01\x00",  # a tag of several bytes
    ],
)
def test_an_element_that_is_not_der_is_refused(data: bytes) -> None:
    with pytest.raises(NotDer):
        read_element(data, 0, len(data))


def test_an_element_of_another_kind_is_refused() -> None:
    with pytest.raises(NotDer):
        read_element(write_integer(b"\x01"), 0, 3, SEQUENCE)


@pytest.mark.parametrize("part", [certificate(RSA_KEY), spki(RSA_KEY)])
def test_what_follows_the_end_is_refused(part: bytes) -> None:
    read = certificate_key if part is not spki(RSA_KEY) and len(part) > 600 else key_algorithm
    with pytest.raises(NotDer):
        read(part + b"\x00")


def test_a_certificate_nested_without_end_is_refused() -> None:
    data = b""
    for _ in range(300):
        data = write_element(SEQUENCE, data)
    with pytest.raises(NotDer):
        certificate_key(data)


def test_more_than_a_mebibyte_is_refused() -> None:
    data = write_element(SEQUENCE, b"\x00" * (1024 * 1024))
    with pytest.raises(NotDer):
        read_element(data, 0, len(data))


@given(st.binary(max_size=400))
def test_an_element_round_trips(content: bytes) -> None:
    data = write_element(SEQUENCE, content)
    found = read_element(data, 0, len(data), SEQUENCE)
    assert (data[found.content : found.end], found.end) == (content, len(data))


@given(st.integers(0, 2**600))
def test_a_positive_integer_is_written_as_one(number: int) -> None:
    data = write_integer(number.to_bytes(80, "big"))
    found = read_element(data, 0, len(data), INTEGER)
    assert int.from_bytes(data[found.content : found.end], "big", signed=True) == number


CERTIFICATE = certificate(RSA_KEY)


@given(st.integers(0, len(CERTIFICATE) - 1), st.binary(max_size=3), st.integers(0, 4))
def test_a_damaged_certificate_gives_bytes_or_is_refused(at: int, inserted: bytes, removed: int) -> None:
    try:
        found = certificate_key(CERTIFICATE[:at] + inserted + CERTIFICATE[at + removed :])
    except NotDer:
        return
    assert found[0] == SEQUENCE


@given(st.binary(max_size=200))
def test_any_bytes_are_a_key_or_refused(data: bytes) -> None:
    try:
        key_algorithm(data)
    except NotDer:
        return
    assert data[0] == SEQUENCE


def test_a_written_key_is_read_by_others() -> None:
    assert serialization.load_der_public_key(spki(RSA_KEY)) is not None
