"""What is let into a transcript, and what never is."""

import base64
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.record import (
    Secrets,
    authorization_of,
    place_of,
    request_fields,
    response_fields,
    shown_code,
    shown_text,
    shown_url,
)
from app.ports.transport import Headers, Request

BASIC = "Basic " + base64.b64encode(b"ann:canary-pass").decode()
NOTHING = Secrets()


def sent(authorization: str | None = None, body: bytes | None = None) -> Request:
    request = Request("GET" if body is None else "POST", "https://r.example/v2/", (("Accept", "a/b"),), body)
    return request if authorization is None else request.with_header("Authorization", authorization)


def heard(request: Request) -> Secrets:
    secrets = Secrets()
    secrets.hear(request)
    return secrets


@pytest.mark.parametrize(
    ("request_", "kind"),
    [
        (sent(), "none"),
        (sent(BASIC), "basic"),
        (sent("bearer t"), "bearer"),
        (sent(body=b"grant_type=refresh_token&refresh_token=r"), "form"),
        (sent(body=b"grant_type=access_token&access_token=r"), "form"),
        (sent(body=b"service=s"), "none"),
    ],
)
def test_how_a_credential_is_carried_is_told(request_: Request, kind: str) -> None:
    assert authorization_of(request_) == kind


def test_the_authorization_of_a_request_is_absent() -> None:
    assert request_fields(sent(BASIC)) == (("Accept", "a/b"),)


def test_a_request_field_that_is_not_known_to_be_harmless_has_no_value() -> None:
    assert request_fields(Request("GET", "https://r.example/", (("X-Key", "canary"),))) == (("X-Key", ""),)


def test_a_response_field_that_is_not_listed_is_absent() -> None:
    headers = Headers([("Set-Cookie", "session=1"), ("Link", "<x>")])
    assert response_fields(headers, NOTHING) == ((("link", "<x>"),), ())


@pytest.mark.parametrize(
    ("request_", "echo"),
    [
        (sent(BASIC), "said canary-pass"),
        (sent(BASIC), BASIC),
        (sent("Bearer canary-token"), 'Bearer realm="https://x.example/?t=canary-token"'),
        (sent("Bearer can/ary=token"), quote("can/ary=token", safe="")),
        (sent(body=b"grant_type=refresh_token&refresh_token=canary%2Brefresh"), "canary+refresh"),
    ],
)
def test_a_field_that_repeats_a_secret_is_left_out_by_name(request_: Request, echo: str) -> None:
    headers = Headers([("WWW-Authenticate", echo)])
    assert response_fields(headers, heard(request_)) == ((), ("www-authenticate",))


def test_the_tokens_of_an_answer_are_secrets_of_its_exchange() -> None:
    secrets = Secrets()
    secrets.learn(b'{"access_token": "canary-token"}')
    assert secrets.within("x canary-token y")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b'{"token": 5}', b"[" * 100_000])
def test_an_answer_without_tokens_holds_no_secret(body: bytes) -> None:
    secrets = Secrets()
    secrets.learn(body)
    assert not secrets.within(body.decode())


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/t?scope=x", "https://a.example/t?scope=x"),
        ("https://a.example/t?scope=canary-pass", "https://a.example/t"),
        ("https://a.example/canary%2Dpass?scope=x", "https://a.example"),
    ],
)
def test_of_an_address_as_much_is_shown_as_repeats_no_secret(url: str, shown: str) -> None:
    assert heard(sent(BASIC)).without(url) == shown


def test_of_scopes_those_are_kept_that_repeat_no_secret() -> None:
    assert heard(sent(BASIC)).free(("repository:a:pull", "repository:canary-pass:pull")) == ("repository:a:pull",)


@pytest.mark.parametrize("password", ["abc", "harbour"])
def test_a_password_that_is_a_plain_word_is_looked_for_only_beside_its_user(password: str) -> None:
    pair = f"sailor:{password}"
    secrets = heard(sent("Basic " + base64.b64encode(pair.encode()).decode()))
    assert (secrets.within(f"repository:sample/{password}:pull"), secrets.within(f"I heard {pair}")) == (False, True)


def test_secrets_are_silent() -> None:
    assert "canary" not in repr(heard(sent(BASIC)))


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://r.example/v2/_catalog?n=10&last=a%2Fb", "https://r.example/v2/_catalog?n=10&last=a%2Fb"),
        ("https://r.example/v2/_catalog?n=10&next_page=gAAA", "https://r.example/v2/_catalog?n=10&next_page"),
        ("https://a.example/t?scope=r:a:pull,push&account=ann", "https://a.example/t?scope=r:a:pull,push&account"),
        ("https://ann:secret@r.example/v2/", "https://r.example/v2/"),
        ("https://r.example/v2/#part", "https://r.example/v2/"),
    ],
)
def test_of_a_query_only_harmless_values_are_shown(url: str, shown: str) -> None:
    assert shown_url(url) == shown


def test_a_redirect_to_a_signed_address_is_shown_without_its_query() -> None:
    headers = Headers([("Location", "https://s3.example/b/c?X-Amz-Signature=canary#x")])
    assert response_fields(headers, NOTHING)[0] == (("location", "https://s3.example/b/c"),)


def test_a_link_keeps_where_its_page_begins() -> None:
    assert shown_text('</v2/_catalog?last=a&n=2&key=v>; rel="next"') == '</v2/_catalog?last=a&n=2&key>; rel="next"'


def test_a_challenge_is_shown_as_sent_but_for_user_info() -> None:
    headers = Headers([("WWW-Authenticate", 'Bearer realm="https://u:p@a.example/t?x=1,2",service=s')])
    assert response_fields(headers, NOTHING)[0][0][1] == 'Bearer realm="https://a.example/t?x=1,2",service=s'


@pytest.mark.parametrize("code", ["UNAUTHORIZED", "invalid_grant", "NAME_UNKNOWN"])
def test_an_error_code_is_shown(code: str) -> None:
    assert shown_code(code, NOTHING) == code


@pytest.mark.parametrize("code", ["", "two words", "x" * 65, "<b>"])
def test_what_is_not_like_a_code_is_not_shown(code: str) -> None:
    assert shown_code(code, NOTHING) is None


@given(st.text(alphabet='abc?&=#@:/%" <>', max_size=200))
def test_a_shown_url_names_no_user_and_a_place_has_no_query(text: str) -> None:
    place = place_of(f"https://u:canary@r.example/{text}")
    assert "canary" not in shown_url(f"https://u:canary@r.example/{text}")
    assert "canary" not in place
    assert "?" not in place


def test_a_long_text_of_addresses_takes_no_long_time() -> None:
    assert len(shown_text("//" * 500_000 + "?" * 500_000)) <= 2000
