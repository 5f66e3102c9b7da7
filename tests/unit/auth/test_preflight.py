"""When a browser asks first: Fetch, as measured in three browsers."""

import pytest

from app.auth.preflight import preflight_reasons
from app.oci.origin import parse_origin
from app.ports.transport import Request

PAGE = parse_origin("https://page.example")


def reasons(*fields: tuple[str, str], method: str = "GET", url: str = "https://r.example/v2/") -> tuple[str, ...]:
    return preflight_reasons(Request(method, url, fields), PAGE)


def test_a_bare_request_needs_none() -> None:
    assert reasons() == ()


@pytest.mark.parametrize("method", ["HEAD", "POST"])
def test_a_simple_method_needs_none(method: str) -> None:
    assert reasons(method=method) == ()


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH"])
def test_another_method_needs_one(method: str) -> None:
    assert reasons(method=method) == ("method",)


def test_an_authorization_needs_one() -> None:
    assert reasons(("Authorization", "Bearer t")) == ("authorization",)


def test_an_accept_of_128_bytes_needs_none() -> None:
    assert reasons(("Accept", "a" * 128)) == ()


def test_an_accept_of_129_bytes_needs_one() -> None:
    assert reasons(("Accept", "a" * 129)) == ("accept-length",)


@pytest.mark.parametrize("character", list('":@()[]{}<>?\\'))
def test_an_accept_with_an_unsafe_character_needs_one(character: str) -> None:
    assert reasons(("accept", f"a{character}b")) == ("accept-characters",)


def test_an_accept_with_a_weight_needs_none() -> None:
    assert reasons(("Accept", "a/b;q=0.5")) == ()


@pytest.mark.parametrize("span", ["bytes=0-9", "bytes=5-"])
def test_a_simple_range_needs_none(span: str) -> None:
    assert reasons(("Range", span)) == ()


@pytest.mark.parametrize("span", ["bytes=-5", "bytes=0-1,4-5", "items=0-1", "bytes=", "bytes=5"])
def test_another_range_needs_one(span: str) -> None:
    assert reasons(("Range", span)) == ("header",)


@pytest.mark.parametrize("field", [("If-None-Match", "x"), ("Content-Type", "application/json")])
def test_a_header_that_is_not_safelisted_needs_one(field: tuple[str, str]) -> None:
    assert reasons(field) == ("header",)


def test_a_form_needs_none() -> None:
    assert reasons(("Content-Type", "application/x-www-form-urlencoded"), method="POST") == ()


def test_safe_headers_over_1024_bytes_together_need_one() -> None:
    assert reasons(*[("Accept-Language", "a" * 128)] * 9) == ("headers-length",)


def test_every_reason_is_given_once() -> None:
    fields = (("Authorization", "x"), ("X-A", "1"), ("X-B", "2"))
    assert reasons(*fields, method="DELETE") == ("method", "authorization", "header")


def test_the_page_s_own_origin_needs_none() -> None:
    assert reasons(("Authorization", "x"), url="https://page.example/v2/") == ()


def test_an_extension_needs_none() -> None:
    assert preflight_reasons(Request("DELETE", "https://r.example/v2/"), None) == ()


def test_an_address_that_cannot_be_read_needs_none() -> None:
    assert reasons(("X-A", "1"), url="about:blank") == ()
