"""What the answer of a token service tells without its token."""

import json

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.record import Secrets
from app.auth.token_answer import TokenAnswer, error_codes, read_token_answer
from app.ports.transport import Request

SECRETS = Secrets()
SECRETS.hear(Request("GET", "https://a.example/t", (("Authorization", "Bearer canary-token"),)))


def body(**fields: object) -> bytes:
    return json.dumps(fields).encode()


def test_a_jwt_tells_what_it_grants() -> None:
    access = [{"type": "repository", "name": "a", "actions": ["pull"]}]
    token = jwt.encode({"access": access}, "k" * 64, "HS256")
    found = read_token_answer(body(token=token, expires_in=300))
    assert found == TokenAnswer(("repository:a:pull",), 300.0, 300.0, False, False, None)


def test_an_opaque_token_is_said_to_be_opaque() -> None:
    found = read_token_answer(body(token="QQ=="))
    assert (found.granted, found.opaque) == (None, True)


def test_an_unstated_lifetime_is_told_apart_from_the_one_taken_a17() -> None:
    found = read_token_answer(body(token="t"))
    assert (found.expires_in, found.lifetime) == (None, 60.0)


@pytest.mark.parametrize(
    ("stated", "seconds"),
    [(300, 300.0), (0.5, 0.5), ("300", 300.0), (-1, -1.0), (True, None), ("soon", None), (None, None), (10**400, None)],
)
def test_a_lifetime_is_told_as_stated(stated: object, seconds: float | None) -> None:
    assert read_token_answer(body(token="t", expires_in=stated)).expires_in == seconds


def test_a_refresh_token_is_told_and_not_kept() -> None:
    found = read_token_answer(body(token="t", refresh_token="canary"))
    assert found.refreshable
    assert "canary" not in repr(found)


def test_an_exchange_that_brings_a_refresh_token_alone_is_no_failure() -> None:
    assert read_token_answer(body(refresh_token="r")).failure is None


@pytest.mark.parametrize(("data", "failure"), [(b"<html>", "html"), (b"{}", "no-token"), (b"", "not-json")])
def test_an_answer_without_a_token_says_why(data: bytes, failure: str) -> None:
    assert read_token_answer(data).failure == failure


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (body(errors=[{"code": "UNAUTHORIZED"}, {"code": "DENIED"}]), ("UNAUTHORIZED", "DENIED")),
        (body(error="invalid_grant", error_description="canary words"), ("invalid_grant",)),
        (body(errors=[{"code": "canary-token"}]), ()),
        (body(errors=[{"code": "A sentence."}]), ()),
        (b"<html>", ()),
    ],
)
def test_error_codes_are_read_and_nothing_else(data: bytes, codes: tuple[str, ...]) -> None:
    assert error_codes(data, SECRETS) == codes


@given(st.binary(max_size=200) | st.builds(body, token=st.text(), expires_in=st.floats() | st.integers() | st.text()))
def test_no_answer_makes_it_raise(data: bytes) -> None:
    assert error_codes(data, SECRETS) == error_codes(data, SECRETS)
    assert read_token_answer(data) is not None
