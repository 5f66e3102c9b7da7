import json

import pytest

from app.client.errors import (
    BadAnswer,
    ClientError,
    Forbidden,
    NotFound,
    RateLimited,
    Refused,
    ServerFailed,
    Unreachable,
    Unsupported,
)
from app.client.status import looks_like_html, status_error, transport_error
from app.oci.origin import parse_origin
from app.ports.transport import Headers, Request, TransportError

TAGS = "https://r.example/v2/lab/tags/list?n=1000"
CATALOG = "https://r.example/v2/_catalog?n=1000"
PAGE = b"<!DOCTYPE html><title>502 Bad Gateway</title>"


def body(code: str) -> bytes:
    return json.dumps({"errors": [{"code": code, "message": "m"}]}).encode()


def of(status: int, data: bytes = b"", url: str = TAGS, headers: tuple[tuple[str, str], ...] = ()) -> ClientError:
    return status_error(Request("GET", url), status, url, Headers(headers), data, 784111777.0)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, Refused),
        (401, Forbidden),
        (403, Forbidden),
        (404, NotFound),
        (405, Unsupported),
        (406, Refused),
        (416, Refused),
        (429, RateLimited),
        (500, ServerFailed),
        (501, Unsupported),
        (502, ServerFailed),
        (503, ServerFailed),
        (0, BadAnswer),
        (304, BadAnswer),
    ],
)
def test_each_status_is_one_kind_of_error(status: int, kind: type[ClientError]) -> None:
    error = of(status)
    assert (type(error), error.status) == (kind, status)


@pytest.mark.parametrize("status", [400, 404, 405, 403])
def test_the_code_unsupported_stands_above_the_status(status: int) -> None:
    assert type(of(status, body("UNSUPPORTED"))) is Unsupported


@pytest.mark.parametrize("status", [404, 405, 501])
def test_a_catalog_that_is_not_there_is_unsupported(status: int) -> None:
    assert type(of(status, url=CATALOG)) is Unsupported


def test_a_repository_whose_name_ends_like_the_catalog_is_not_found() -> None:
    assert type(of(404, url="https://r.example/v2/a/_catalog/tags/list")) is NotFound


def test_the_codes_of_the_body_are_kept() -> None:
    assert [info.code for info in of(404, body("NAME_UNKNOWN")).codes] == ["NAME_UNKNOWN"]


@pytest.mark.parametrize("data", [b"", b"not json", b"[]", b'{"errors":1}', b"\xff"])
def test_a_body_that_is_no_error_body_gives_no_codes(data: bytes) -> None:
    assert of(404, data).codes == ()


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_page_of_a_proxy_is_a_failed_server_with_its_status(status: int) -> None:
    error = of(status, PAGE)
    assert (type(error), error.status) == (ServerFailed, status)


@pytest.mark.parametrize("status", [400, 418])
def test_a_page_for_another_refusal_is_a_bad_answer_with_its_status(status: int) -> None:
    error = of(status, PAGE)
    assert isinstance(error, BadAnswer)
    assert (error.reason, error.status) == ("html", status)


def test_a_page_for_what_is_not_there_is_not_found() -> None:
    assert type(of(404, PAGE)) is NotFound


def test_a_page_for_a_catalog_that_is_not_there_is_unsupported() -> None:
    assert type(of(404, PAGE, CATALOG)) is Unsupported


@pytest.mark.parametrize(
    ("text", "seconds"), [("30", 30.0), ("Sun, 06 Nov 1994 08:50:37 GMT", 60.0), ("soon", None), (None, None)]
)
def test_a_rate_limit_says_when_to_ask_again(text: str | None, seconds: float | None) -> None:
    error = of(429, headers=() if text is None else (("Retry-After", text),))
    assert isinstance(error, RateLimited)
    assert error.retry_after == seconds


def test_an_error_from_behind_a_redirect_says_who_answered() -> None:
    error = status_error(Request("GET", TAGS), 403, "https://s3.example/b?X-Amz-Signature=s", Headers(), b"", 0.0)
    assert error.answered_by == parse_origin("https://s3.example")


def test_an_error_never_has_the_url_a_redirect_led_to() -> None:
    error = status_error(Request("GET", TAGS), 403, "https://s3.example/b?X-Amz-Signature=s", Headers(), b"", 0.0)
    assert "Signature" not in str(vars(error)) + str(error)


def test_an_error_from_the_registry_itself_was_answered_by_nobody_else() -> None:
    assert of(404).answered_by is None


def test_an_error_says_whether_the_request_was_authorized() -> None:
    request = Request("GET", TAGS, (("Authorization", "Bearer hunter2"),))
    assert status_error(request, 404, TAGS, Headers(), b"", 0.0).authorized


def test_an_error_holds_no_credential() -> None:
    request = Request("GET", TAGS, (("Authorization", "Bearer hunter2"),))
    assert "hunter2" not in str(vars(status_error(request, 404, TAGS, Headers(), b"", 0.0)))


@pytest.mark.parametrize("reason", ["network", "timeout", "truncated"])
def test_no_usable_answer_is_unreachable_for_that_reason(reason: str) -> None:
    error = transport_error(TransportError("GET", "https://s3.example/", reason), Request("GET", TAGS))  # type: ignore[arg-type]
    assert isinstance(error, Unreachable)
    assert (error.reason, error.url) == (reason, TAGS)


def test_too_large_a_body_is_a_bad_answer_with_the_limit() -> None:
    error = transport_error(TransportError("GET", TAGS, "too-large"), Request("GET", TAGS), 200, 4096)
    assert isinstance(error, BadAnswer)
    assert (error.reason, error.limit, error.status) == ("too-large", 4096, 200)


@pytest.mark.parametrize("data", [PAGE, b"\n  <html>", b"\xef\xbb\xbf<html>"])
def test_a_body_that_begins_with_markup_is_a_page(data: bytes) -> None:
    assert looks_like_html(Headers([("Content-Type", "text/plain")]), data)


def test_a_content_type_of_html_makes_a_page_of_any_body() -> None:
    assert looks_like_html(Headers([("Content-Type", "Text/HTML; charset=utf-8")]), b"gone")


def test_json_is_no_page_for_people() -> None:
    assert not looks_like_html(Headers([("Content-Type", "text/plain")]), b'{"a": "<b>"}')
