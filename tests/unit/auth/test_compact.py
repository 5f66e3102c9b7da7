"""JWTs taken apart: RFC 7515 section 7.1, and whatever else a registry calls a token."""

import base64
import contextlib
import json

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.compact import (
    LONGEST,
    CompactReason,
    NotCompact,
    decode_base64url,
    granted_scopes,
    parse_compact,
)
from app.auth.scope import Scope

KEY = "k" * 64


def token(**claims: object) -> str:
    return jwt.encode(claims, KEY, "HS256")


def segment(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_header_claims_signature_and_what_it_covers_are_taken_apart() -> None:
    text = token(iss="a")
    found = parse_compact(text)
    assert (found.header["alg"], found.claims["iss"]) == ("HS256", "a")
    assert (found.signed.decode(), len(found.signature)) == (text.rpartition(".")[0], 32)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "segments"),
        ("opaque", "segments"),
        ("a.b.c.d", "segments"),
        ("a.b.c", "base64"),
        (f"{segment('{}')}.{segment('{}')}.!", "base64"),
        (f"{segment('[]')}.{segment('{}')}.", "header"),
        (f"{segment('{}')}.{segment('x')}.", "claims"),
        (f"{segment('{}')}.{segment('[' * 5000)}.", "claims"),
        ("x" * (LONGEST + 1), "too-long"),
    ],
)
def test_what_is_no_jwt_says_where_it_fails(text: str, reason: CompactReason) -> None:
    with pytest.raises(NotCompact) as caught:
        parse_compact(text)
    assert caught.value.reason == reason


def test_a_token_is_not_in_its_repr() -> None:
    assert repr(parse_compact(token(iss="canary"))) == "Compact(…)"


def test_the_access_claim_is_what_a_token_grants() -> None:
    access = [
        {"type": "repository", "name": "a", "actions": ["push", "pull", "pull"]},
        {"type": "repository", "name": "b", "actions": []},
    ]
    assert granted_scopes(token(access=access)) == (
        Scope("repository", "a", ("pull", "push")),
        Scope("repository", "b", ()),
    )


@pytest.mark.parametrize(
    "access", [None, "x", {}, [1], [{"type": "", "name": "a"}], [{"type": 1, "name": "a"}], [{"type": "repository"}]]
)
def test_an_access_claim_of_another_shape_grants_nothing(access: object) -> None:
    assert granted_scopes(token(access=access)) == ()


def test_an_entry_whose_actions_are_no_list_has_none() -> None:
    access = [{"type": "repository", "name": "a", "actions": "pull"}]
    assert granted_scopes(token(access=access)) == (Scope("repository", "a", ()),)


def test_an_opaque_token_does_not_tell_what_it_grants() -> None:
    assert granted_scopes("QQ==") is None


@given(st.binary(max_size=100))
def test_base64url_round_trips(data: bytes) -> None:
    assert decode_base64url(base64.urlsafe_b64encode(data).decode().rstrip("=")) == data


@pytest.mark.parametrize("text", ["a", "a+/b", "a b", "é", "=a"])
def test_what_is_not_base64url_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not base64url"):
        decode_base64url(text)


@given(st.dictionaries(st.text(max_size=5), st.integers(-(2**60), 2**60) | st.text(max_size=5), max_size=4))
def test_any_claims_are_read_as_they_were_written(claims: dict[str, object]) -> None:
    assert parse_compact(f"{segment('{}')}.{segment(json.dumps(claims))}.").claims == claims


@given(st.text(alphabet='eyJ.{}[]"a1-_=', max_size=200))
def test_any_text_is_a_jwt_or_not_one(text: str) -> None:
    with contextlib.suppress(NotCompact):
        parse_compact(text)
