"""The faults of one CORS header each."""

import pytest
from playground.config import ConfigError, parse_listener

from tests.unit.playground.playing import basic, playing

ALLOW_ORIGIN = "Access-Control-Allow-Origin"
PREFLIGHT = {"Access-Control-Request-Method": "GET", "Origin": "https://page.example"}


@pytest.mark.parametrize(
    ("fault", "sent"),
    [
        ("allow-origin", None),
        ("allow-origin=null", "null"),
        ("allow-origin={page}/", "https://page.example/"),
        ("allow-origin=https://console.example", "https://console.example"),
    ],
)
def test_the_allowed_origin_can_be_anything(fault: str, sent: str | None) -> None:
    with playing(f"it:anonymous,{fault}", only=["anonymous"]) as ask:
        for method in ("GET", "OPTIONS"):
            assert ask("it", "/v2/", method=method, Origin="https://page.example").headers[ALLOW_ORIGIN] == sent


def test_the_page_is_still_known_where_its_origin_is_null() -> None:
    with playing("it:storage,allow-origin={page}", only=["anonymous"]) as ask:
        ask("anonymous", "/v2/", Origin="https://page.example")
        assert ask("it", "/blobs/x", Origin="null").headers[ALLOW_ORIGIN] == "https://page.example"


@pytest.mark.parametrize(("fault", "sent"), [("allow-headers", None), ("allow-headers=Range", "Range")])
def test_the_allowed_headers_can_be_anything_on_a_preflight(fault: str, sent: str | None) -> None:
    with playing(f"it:anonymous,{fault}", only=["anonymous"]) as ask:
        assert ask("it", "/v2/", method="OPTIONS", sent=PREFLIGHT).headers["Access-Control-Allow-Headers"] == sent
        assert "Access-Control-Allow-Headers" not in ask("it", "/v2/").headers


@pytest.mark.parametrize("status", [302, 401, 403, 404, 405, 500])
def test_a_preflight_can_have_any_status(status: int) -> None:
    with playing(f"it:basic,preflight={status}", only=["anonymous"]) as ask:
        seen = ask("it", "/v2/", method="OPTIONS", sent=PREFLIGHT)
        assert (seen.status, seen.headers[ALLOW_ORIGIN]) == (status, "*")
        assert ("Location" in seen.headers) == (status == 302)
        assert ask("it", "/v2/", Authorization=basic("sailor:harbour")).status == 200


@pytest.mark.parametrize("value", ["200", "600", "no"])
def test_a_preflight_that_would_pass_is_no_fault(value: str) -> None:
    with pytest.raises(ConfigError, match="preflight=STATUS"):
        parse_listener(f"it:basic,preflight={value}")


def test_cors_headers_can_be_missing_on_preflights_only() -> None:
    with playing("it:anonymous,no-cors-on-preflight", only=["anonymous"]) as ask:
        seen = ask("it", "/v2/", method="OPTIONS", sent=PREFLIGHT)
        assert (seen.status, seen.headers[ALLOW_ORIGIN]) == (204, None)
        assert ask("it", "/v2/").headers[ALLOW_ORIGIN] == "*"


def test_cors_headers_can_be_missing_on_redirects_only() -> None:
    with playing("it:anonymous,redirect-ping=anonymous,no-cors-on-redirects", only=["anonymous"]) as ask:
        seen = ask("it", "/v2/")
        assert (seen.status, seen.headers[ALLOW_ORIGIN]) == (307, None)
        assert ask("it", "/v2/_catalog").headers[ALLOW_ORIGIN] == "*"


def test_the_ping_can_be_elsewhere() -> None:
    with playing("it:anonymous,redirect-ping=basic", only=["basic"]) as ask:
        assert ask("it", "/v2/?x=1").headers["Location"] == f"{ask.origins['basic']}/v2/?x=1"
        assert ask("it", "/v2/", method="OPTIONS").status == 204


def test_nothing_can_be_exposed() -> None:
    with playing("it:anonymous,exposes-nothing", only=["anonymous"]) as ask:
        seen = ask("it", "/v2/")
        assert "Access-Control-Expose-Headers" not in seen.headers
        assert seen.headers[ALLOW_ORIGIN] == "*"


def test_a_resource_policy_can_be_sent() -> None:
    with playing("it:anonymous,corp", "other:anonymous,corp=same-site", only=["anonymous"]) as ask:
        assert ask("it", "/v2/").headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert ask("other", "/v2/").headers["Cross-Origin-Resource-Policy"] == "same-site"


def test_a_connection_can_be_reset() -> None:
    with playing("it:anonymous,reset", only=["anonymous"]) as ask:
        with pytest.raises(ConnectionResetError):
            ask("it", "/v2/")
        assert [entry["status"] for entry in ask.log("it")] == [None]


def test_a_port_can_be_closed() -> None:
    with playing("it:anonymous,closed", only=["anonymous"]) as ask, pytest.raises(ConnectionRefusedError):
        ask("it", "/v2/")
