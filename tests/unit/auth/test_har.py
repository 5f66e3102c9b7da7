"""What is taken away: HAR 1.2 as its specification has it, and a text; neither with a secret."""

import json
import re
from typing import Any

import pytest

from app.auth.har import timestamp, to_har, to_text
from app.auth.transcript import Transcript
from app.oci.origin import parse_origin
from app.ports.transport import TransportError
from tests.unit.auth.conversation import CANARIES, REGISTRY, URL, hold, reply, send, transcript

# The required fields of HAR 1.2 and their types.
REQUEST = {
    "method": str, "url": str, "httpVersion": str, "cookies": list, "headers": list, "queryString": list,
    "headersSize": int, "bodySize": int,
}  # fmt: skip
RESPONSE = {
    "status": int, "statusText": str, "httpVersion": str, "cookies": list, "headers": list, "content": dict,
    "redirectURL": str, "headersSize": int, "bodySize": int,
}  # fmt: skip
ENTRY = {"startedDateTime": str, "time": float, "request": dict, "response": dict, "cache": dict, "timings": dict}
ISO_8601 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def held() -> Transcript:
    found = transcript()
    hold(found)
    return found


def log(of: Transcript) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_har(of, "1.2.3"))["log"]
    return found


def typed(found: dict[str, Any], fields: dict[str, type]) -> bool:
    return all(isinstance(found[name], kind) for name, kind in fields.items())


def test_the_log_says_its_version_and_who_made_it() -> None:
    assert (log(held())["version"], log(held())["creator"]) == ("1.2", {"name": "Portolan", "version": "1.2.3"})


def test_every_entry_has_the_fields_of_har_1_2() -> None:
    entries = log(held())["entries"]
    assert len(entries) == 3
    assert all(typed(entry, ENTRY) for entry in entries)
    assert all(typed(entry["request"], REQUEST) for entry in entries)
    assert all(typed(entry["response"], RESPONSE) for entry in entries)
    assert all(typed(entry["response"]["content"], {"size": int, "mimeType": str}) for entry in entries)


def test_every_header_and_query_parameter_is_a_name_with_a_value() -> None:
    for entry in log(held())["entries"]:
        pairs = [*entry["request"]["headers"], *entry["request"]["queryString"], *entry["response"]["headers"]]
        assert all(set(pair) == {"name", "value"} and isinstance(pair["value"], str) for pair in pairs)


def test_a_start_is_iso_8601_and_a_time_the_sum_of_its_timings() -> None:
    for entry in log(held())["entries"]:
        assert ISO_8601.fullmatch(entry["startedDateTime"])
        assert entry["time"] == sum(entry["timings"].values())


def test_times_are_milliseconds() -> None:
    assert [entry["time"] for entry in log(held())["entries"]] == [50.0, 200.0, 100.0]


def test_authorization_is_absent_and_a_comment_says_so() -> None:
    entry = log(held())["entries"][1]
    assert "authorization" not in {header["name"].lower() for header in entry["request"]["headers"]}
    assert "Authorization is not recorded" in entry["request"]["comment"]


@pytest.mark.parametrize("export", [lambda of: to_har(of, "1").decode(), to_text])
def test_no_secret_is_taken_away(export: Any) -> None:
    text = export(held())
    assert [canary for canary in CANARIES if canary in text] == []


def test_a_request_without_an_answer_has_status_0_and_its_reason() -> None:
    found = transcript()
    found.failed(found.sent(send(), REGISTRY), TransportError("GET", URL, "network"), 0.1)
    (entry,) = log(found)["entries"]
    assert (entry["response"]["status"], entry["response"]["comment"]) == (0, "No usable answer: network")


def test_a_request_under_way_is_left_out() -> None:
    found = transcript()
    found.sent(send(), REGISTRY)
    assert log(found)["entries"] == []


def test_one_registry_can_be_taken_alone() -> None:
    other = parse_origin("https://s.example")
    assert json.loads(to_har(held(), "1", other))["log"]["entries"] == []
    assert "first-contact" not in to_text(held(), other)


def test_a_text_that_is_no_unicode_is_written_all_the_same() -> None:
    found = transcript()
    found.answered(found.sent(send(), REGISTRY), reply(200, ("Warning", "a\udc80")), 0.1)
    assert log(found)["entries"][0]["response"]["headers"] == [{"name": "warning", "value": "a\udc80"}]


@pytest.mark.parametrize("size", ["", "x", "-1", "9" * 5000])
def test_a_size_that_is_none_is_unknown(size: str) -> None:
    found = transcript()
    found.answered(found.sent(send(), REGISTRY), reply(200, ("Content-Length", size)), 0.1)
    assert log(found)["entries"][0]["response"]["content"]["size"] == -1


def test_the_text_tells_the_story() -> None:
    text = to_text(held())
    for line in (
        "[1] https://r.example: ok",
        f"GET {URL} -> 401 in 50 ms",
        "why: challenge-bearer (distribution token specification, requesting a token)",
        "realm = https://a.example/token",
        "wait in 1500 ms",
        "credentials: basic; Authorization is not recorded",
        "preflight needed: authorization",
        "asked: repository:a:pull",
        "granted: repository:a:pull",
        "expires_in: 300 s, taken as 300 s",
        "redirected (cross-origin, Authorization taken away) to https://cdn.example/blob/1",
        "codes: UNAUTHORIZED",
    ):
        assert line in text


def test_a_registry_cannot_begin_a_line_of_its_own() -> None:
    found = transcript()
    found.answered(found.sent(send(), REGISTRY), reply(200, ("Warning", "a\n[9] forged\u2028b")), 0.1)
    assert "warning: a?[9] forged?b" in to_text(found)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "1970-01-01T00:00:00.000Z"),
        (1_770_802_567.25, "2026-02-11T09:36:07.250Z"),
        (-5.0, "1970-01-01T00:00:00.000Z"),
        (1e18, "9999-12-31T23:59:59.000Z"),
    ],
)
def test_a_timestamp_is_utc_to_the_millisecond(seconds: float, text: str) -> None:
    assert timestamp(seconds) == text
