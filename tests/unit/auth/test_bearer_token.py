"""Answers of token services: tests/unit/auth/RULES.md A.16, A.17; JWTs as hints."""

import json

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.bearer_token import (
    MOST_BYTES,
    BadTokenResponse,
    Token,
    TokenClaims,
    describe_token,
    parse_oauth_error,
    parse_refresh_token,
    parse_token_response,
)
from app.auth.scope import Scope


def body(**fields: object) -> bytes:
    return json.dumps(fields).encode()


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({"token": "t"}, "t"),
        ({"access_token": "a"}, "a"),
        ({"token": "t", "access_token": "a"}, "a"),
        ({"token": "t", "access_token": ""}, "t"),
        ({"token": "t", "access_token": None}, "t"),
        ({"token": "t", "access_token": 5}, "t"),
        ({"token": "QQ==", "expires_in": 300, "issued_at": "1970-01-01T00:00:00Z"}, "QQ=="),
    ],
)
def test_the_access_token_counts_before_the_token_a16(fields: dict[str, object], value: str) -> None:
    assert parse_token_response(body(**fields), 0.0).value == value


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{}", "no-token"),
        (body(token="", access_token=None), "no-token"),
        (body(token=["t"]), "no-token"),
        (b"", "not-json"),
        (b"token", "not-json"),
        (b'["t"]', "not-json"),
        (b'"t"', "not-json"),
        (b"null", "not-json"),
        (b'{"token":"t","expires_in":NaN}', "not-json"),
        (b'{"token":"t"', "not-json"),
        (b"\xff\xfe\xff", "not-json"),
        (b"[" * 100_000, "not-json"),
        (b'{"token":"t","expires_in":' + b"9" * 5000 + b"}", "not-json"),
        (b"<!doctype html><title>Sign in</title>", "html"),
        (b"\n <html>", "html"),
        (body(token="a b"), "bad-token"),
        (body(token="a\r\nX-Evil: 1"), "bad-token"),
        (body(token="tökén"), "bad-token"),
        (body(token="t", padding="x" * MOST_BYTES), "too-large"),
    ],
)
def test_an_answer_without_a_usable_token_says_why_a16(data: bytes, reason: str) -> None:
    with pytest.raises(BadTokenResponse) as caught:
        parse_token_response(data, 0.0)
    assert caught.value.reason == reason


def test_a_bad_answer_does_not_hang_on_to_its_text() -> None:
    with pytest.raises(BadTokenResponse) as caught:
        parse_token_response(b'{"token":"canary",', 0.0)
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("stated", "lifetime"),
    [
        (300, 300),
        (60, 60),
        ("300", 300),
        (" 300 ", 300),
        ("300.5", 300.5),
        (299.5, 299.5),
        (3, 60),
        (0, 60),
        (-1, 60),
        ("-300", 60),
        (None, 60),
        ("", 60),
        ("soon", 60),
        ("nan", 60),
        (True, 60),
        ([300], 60),
        ({"seconds": 300}, 60),
        (86400, 86400),
        (1e300, 366 * 86400),
        ("inf", 366 * 86400),
        (10**400, 366 * 86400),
    ],
)
def test_a_lifetime_is_at_least_a_minute_and_at_most_a_year_a17(stated: object, lifetime: float) -> None:
    token = parse_token_response(body(token="t", expires_in=stated), 1000.0)
    assert token.expires_at - token.received_at == lifetime


def test_a_lifetime_that_is_not_stated_is_a_minute_from_receipt_a17() -> None:
    """Quay and docker_auth omit it; issued_at is of another clock."""
    token = parse_token_response(body(token="t", issued_at="2040-01-01T00:00:00Z"), 1000.0)
    assert (token.received_at, token.expires_at) == (1000.0, 1060.0)


@given(st.binary() | st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists).map(
    lambda found: json.dumps({"token": "t", "expires_in": found}).encode()))  # fmt: skip
def test_no_answer_breaks_the_parser(data: bytes) -> None:
    try:
        token = parse_token_response(data, 0.0)
    except BadTokenResponse:
        return
    assert 60 <= token.expires_at <= 366 * 86400


def test_a_token_knows_what_it_was_asked_for_and_shows_nothing_else() -> None:
    token = parse_token_response(body(token="canary"), 0.0, ("repository:a:pull",))
    assert token.asked == ("repository:a:pull",)
    assert repr(token) == "Token(… for repository:a:pull)"


ACCESS = [
    {"type": "repository", "name": "b", "actions": ["push", "pull"]},
    {"type": "repository", "name": "a", "actions": []},
]


def signed(claims: dict[str, object]) -> str:
    return jwt.encode(claims, "a key of thirty-two bytes or more", algorithm="HS256", sort_headers=True)


def test_a_jwt_is_described_without_being_verified() -> None:
    claims = {
        "iss": "Token service", "sub": "ann", "aud": ["reg", "other"], "exp": 10, "nbf": 5.5, "iat": 5,
        "jti": "1", "access": ACCESS,
    }  # fmt: skip
    assert describe_token(signed(claims)) == TokenClaims(
        issuer="Token service",
        subject="ann",
        audience=("reg", "other"),
        expires=10.0,
        not_before=5.5,
        issued=5.0,
        identifier="1",
        algorithm="HS256",
        access=(Scope("repository", "b", ("pull", "push")), Scope("repository", "a", ())),
    )


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"aud": "reg", "access": None},
        {"aud": {"a": 1}, "exp": "tomorrow", "nbf": True, "sub": "", "access": [1, {}, {"type": "x", "name": 5}]},
        {"access": {"type": "repository"}},
    ],
)
def test_claims_of_any_shape_are_survived(claims: dict[str, object]) -> None:
    described = describe_token(signed(claims))
    assert described is not None
    assert (described.expires, described.not_before, described.subject, described.access) == (None, None, None, ())


@pytest.mark.parametrize(
    "value", ["QQ==", "opaque", "a.b.c", "..", "", "eyJhbGciOiJub25lIn0.W10.", "é.é.é", "a" * 1000]
)
def test_an_opaque_token_is_legal_and_has_no_claims(value: str) -> None:
    assert describe_token(value) is None


@given(st.text())
def test_no_token_breaks_its_description(value: str) -> None:
    describe_token(value)


def test_what_a_token_grants_is_read_from_its_jwt() -> None:
    assert Token(signed({"access": ACCESS}), 0.0, 60.0).granted == ("repository:b:pull,push",)
    assert Token("opaque", 0.0, 60.0).granted is None


def test_a_refresh_token_is_read_beside_a_token_or_alone_a18() -> None:
    for answer in (body(token="t", refresh_token="r"), body(refresh_token="r")):
        found = parse_refresh_token(answer)
        assert found is not None
        assert found.text == "r"


@pytest.mark.parametrize(
    "answer", [b"", b"[]", body(refresh_token=""), body(refresh_token=1), body(refresh_token="a b")]
)
def test_another_answer_has_no_refresh_token_a18(answer: bytes) -> None:
    assert parse_refresh_token(answer) is None


@pytest.mark.parametrize(
    ("answer", "code"),
    [(body(error="invalid_grant"), "invalid_grant"), (body(error=1), None), (b"<html>", None), (b"[]", None)],
)
def test_the_error_of_a_token_service_is_its_code(answer: bytes, code: str | None) -> None:
    assert parse_oauth_error(answer) == code
