"""Any text that somebody calls a token: JWTs, opaque ones, Amazon's JSON, and what is broken."""

import base64
import json

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.compact import LONGEST
from app.auth.inspection import Field, Inspection, Times, bare_token, inspect_token

NOW = 1_770_802_600.0
SCOPE = "repository:a:pull"
ACCESS = [{"type": "repository", "name": "a", "actions": ["pull"]}]


def token(headers: dict[str, object] | None = None, /, **claims: object) -> str:
    return jwt.encode(claims, "k" * 64, "HS256", headers=headers)


def inspect(text: str, *asked: str) -> Inspection:
    return inspect_token(text, asked, NOW)


def segment(found: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(found).encode()).decode().rstrip("=")


def amazon(**fields: object) -> str:
    return base64.b64encode(json.dumps(fields).encode()).decode()


def claim(**claims: object) -> Field:
    (found,) = inspect(token(**claims)).claims
    return found


@pytest.mark.parametrize(
    ("claims", "field"),
    [
        ({"iss": "auth.example"}, Field("iss", "text", "auth.example")),
        ({"exp": 1_770_802_610}, Field("exp", "time", "1770802610", 10.0)),
        ({"iat": 1_770_802_590.5}, Field("iat", "time", "1770802590.5", -9.5)),
        ({"exp": "soon"}, Field("exp", "text", "soon")),
        ({"exp": 1e300}, Field("exp", "number", "1e+300")),
        ({"count": 3}, Field("count", "number", "3")),
        ({"admin": True}, Field("admin", "yes-no", "true")),
        ({"context": None}, Field("context", "nothing", "null")),
        ({"aud": ["a", "b"]}, Field("aud", "list", '["a","b"]')),
        ({"context": {"user": "ünn"}}, Field("context", "object", '{"user":"ünn"}')),
        ({"long": "x" * 5000}, Field("long", "text", "x" * 2000)),
    ],
)
def test_a_claim_is_a_row(claims: dict[str, object], field: Field) -> None:
    assert claim(**claims) == field


def test_the_header_is_rows_too() -> None:
    rows = inspect(token({"kid": "a"})).header
    assert {row.name: row.text for row in rows} == {"alg": "HS256", "kid": "a", "typ": "JWT"}


@pytest.mark.parametrize(
    ("claims", "times"),
    [
        ({}, Times(None, None, None, "no-expiry", None)),
        ({"exp": NOW + 272}, Times(None, None, NOW + 272, "valid", 272.0)),
        ({"exp": NOW}, Times(None, None, NOW, "expired", 0.0)),
        ({"exp": NOW - 5}, Times(None, None, NOW - 5, "expired", -5.0)),
        ({"nbf": NOW + 1, "exp": NOW + 9}, Times(None, NOW + 1, NOW + 9, "not-yet-valid", 9.0)),
        ({"iat": NOW - 1, "nbf": NOW, "exp": NOW + 9}, Times(NOW - 1, NOW, NOW + 9, "valid", 9.0)),
        ({"nbf": NOW + 1}, Times(None, NOW + 1, None, "not-yet-valid", None)),
        ({"exp": -1}, Times(None, None, None, "no-expiry", None)),
        ({"exp": True}, Times(None, None, None, "no-expiry", None)),
    ],
)
def test_the_times_say_whether_a_token_lives(claims: dict[str, object], times: Times) -> None:
    assert inspect(token(**claims)).times == times


@pytest.mark.parametrize(
    ("audience", "listed"), [("a", ("a",)), (["a", "b"], ("a", "b")), ([1, "b", ""], ("b",)), (5, ()), ("", ())]
)
def test_an_audience_is_a_text_or_a_list(audience: object, listed: tuple[str, ...]) -> None:
    assert inspect(token(aud=audience)).audience == listed


def test_access_stands_beside_what_was_asked() -> None:
    rows = inspect(token(access=ACCESS), "repository:a:pull,push").access
    assert rows is not None
    assert [(row.verdict, row.missing) for row in rows] == [("less", ("push",))]


def test_a_jwt_without_an_access_claim_has_no_table() -> None:
    assert inspect(token(), SCOPE).access is None


def test_a_jwt_with_empty_access_grants_nothing_of_what_was_asked() -> None:
    rows = inspect(token(access=[]), SCOPE).access
    assert rows is not None
    assert [row.verdict for row in rows] == ["nothing"]


def test_push_and_mount_scopes_of_a_pasted_token_are_explained() -> None:
    access = [
        {"type": "repository", "name": "into", "actions": ["pull", "push"]},
        {"type": "repository", "name": "from", "actions": ["pull"]},
        {"type": "repository", "name": "old", "actions": ["delete"]},
        {"type": "registry", "name": "catalog", "actions": ["*"]},
    ]
    rows = inspect(token(access=access)).access
    assert rows is not None
    assert {row.name: row.codes for row in rows} == {
        "into": ("pull", "push"),
        "from": ("pull", "mount"),
        "old": ("delete",),
        "catalog": ("catalog",),
    }


@pytest.mark.parametrize(
    ("headers", "hint"),
    [({"kid": "a"}, "kid"), ({"x5c": ["a"], "kid": "a"}, "x5c"), ({"jwk": {}, "x5c": []}, "jwk"), ({}, "none")],
)
def test_where_a_key_is_named_is_told(headers: dict[str, object], hint: str) -> None:
    assert inspect(token(headers)).key_hint == hint


@pytest.mark.parametrize("text", ["QQ==", "ghp_abcdef", "dckr_pat_x-y", "a.b", "a.b.c", "1.2.3.4", "null", "WzFd"])
def test_a_token_that_shows_nothing_is_opaque(text: str) -> None:
    found = inspect(text)
    assert (found.kind, found.reason, found.length) == ("opaque", None, len(text))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" Bearer \n", "empty"),
        ("x" * (LONGEST + 1), "too-long"),
        ("x" * (10 * LONGEST), "too-long"),
        ("tökén", "characters"),
        (token() + "é", "characters"),
        (token()[:20] + ".x." + "y", "header"),
        (f"{segment({})}.eyJ.", "opaque"),
        (f"{segment({'alg': 'a'})}.{segment([])}.", "claims"),
        (f"{segment({'alg': 'a'})}.{segment({})}.!", "base64"),
        (f"{segment({'alg': 'RSA-OAEP', 'enc': 'A'})}.a.b.c.d", "encrypted"),
        (f"{segment({'alg': 'x'})}.a", "segments"),
        (f"{segment({'alg': 'x', 'kid': 5})}.{segment({})}.AAAA", "refused"),
    ],
)
def test_what_looks_like_a_token_and_is_none_says_why(text: str, reason: str) -> None:
    found = inspect(text)
    assert (found.reason or found.kind) == reason


def test_amazon_s_public_registry_issues_json() -> None:
    found = inspect(amazon(payload="canary", datakey="canary", version="3", type="DATA_KEY", expiration=NOW + 60))
    assert (found.kind, found.times) == ("json", Times(None, None, NOW + 60, "valid", 60.0))
    assert {row.name: row.kind for row in found.claims} == {
        "payload": "withheld",
        "datakey": "withheld",
        "version": "text",
        "type": "text",
        "expiration": "time",
    }
    assert "canary" not in repr(found)


@pytest.mark.parametrize(
    "pasted",
    [
        "{}",
        "Bearer {}",
        "bearer   {}\n",
        "Authorization: Bearer {}",
        '"{}"',
        '{{"token": "{}", "expires_in": 300}}',
        '{{"access_token": "{}"}}',
    ],
)
def test_a_token_is_found_in_what_was_pasted(pasted: str) -> None:
    assert bare_token(pasted.format("abc.def")) == "abc.def"


def test_line_ends_within_a_token_are_dropped() -> None:
    text = token(iss="a")
    assert inspect(f"{text[:30]}\n  {text[30:]}").kind == "jwt"


def test_the_token_itself_is_not_kept() -> None:
    text = token(iss="a")
    assert not any(part in repr(inspect(text)) for part in text.split("."))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["exp", "nbf", "iat", "aud", "access", "iss", "alg", "kid", "crit", "b64", "jwk", "x5c"])
OBJECT = st.dictionaries(NAMES, JSON, max_size=5)


@given(OBJECT, OBJECT, st.lists(st.text(max_size=10), max_size=3))
def test_no_jwt_makes_it_raise(header: dict[str, object], claims: dict[str, object], asked: list[str]) -> None:
    assert inspect(f"{segment(header)}.{segment(claims)}.AAAA", *asked).kind in ("jwt", "broken", "opaque")


@given(st.text(max_size=120) | st.text(alphabet='eyJ.{}[]":=/+-_ \n', max_size=120))
def test_no_text_makes_it_raise(text: str) -> None:
    assert inspect(text).length <= len(text)


@given(JSON)
def test_no_json_in_base64_makes_it_raise(found: object) -> None:
    text = base64.b64encode(json.dumps(found).encode()).decode()
    assert inspect(text).kind in ("json", "opaque")
