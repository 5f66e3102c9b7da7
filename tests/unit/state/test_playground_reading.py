import json
from typing import Any

import pytest

from app.state.playground_model import Run, Said, Seen, Sent, Told
from app.state.playground_reading import (
    Unreadable,
    parse_catalogue,
    parse_log,
    parse_recording,
    parse_told,
    write_run,
)
from tests.unit.state.fake_board import EXAMPLES

SENT = Sent("registry", "OPTIONS", "/v2/", 204, "http://p", "basic", "GET", "accept", (("Allow", "GET"),))
SEEN = Seen(
    *(1, "registry", "read", "GET", "http://r/v2/", (("Accept", "a"),), ("no-cors",)),
    *("readable", 200, (("content-type", "b"),), "readable", (SENT,)),
)
RUN = Run("http://r", True, (SEEN,), (Said("timeout", "r", "curl x"),))


def recording(run: Run) -> dict[str, Any]:
    """As the tool writes it: the steps apart from the runs."""
    written = json.loads(write_run(run))
    runs = {"broken": written | {"seen": []}, "fixed": written | {"seen": list(range(len(written["seen"])))}}
    return {"recorded": "Chromium 1", "steps": written["seen"], "scenarios": {"x": runs}}


def test_the_scenarios_of_the_sample_are_read() -> None:
    catalogue = parse_catalogue((EXAMPLES / "playground" / "scenarios.toml").read_text("utf-8"))
    found = catalogue.find("realm-other-origin")
    assert found is not None
    assert (found.group, found.live, found.places) == ("credentials", True, ("token",))
    assert found.rule.url == "https://fetch.spec.whatwg.org/#concept-cors-check"
    assert found.verdicts == ("token-no-usable-allow-origin",)
    look = catalogue.scenarios[[one.id for one in catalogue.scenarios].index("hidden-content-range")].look
    assert look is not None
    assert (look.range, look.header) == ("bytes=0-9", "Content-Range")


@pytest.mark.parametrize("text", ["", "[", "[[scenario]]\nid = 1", "rule = 1"])
def test_scenarios_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(Unreadable, match=r"scenarios\.toml"):
        parse_catalogue(text)


def test_a_scenario_as_it_is_played_is_read() -> None:
    told = parse_told(b'{"id": "x", "origin": "http://a", "fixed": true, "listeners": {"token": "http://b"}}')
    assert told == Told("http://a", True, (("token", "http://b"),))


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"origin": "a", "fixed": 1, "listeners": []}'])
def test_what_is_no_scenario_is_refused(text: bytes) -> None:
    with pytest.raises(Unreadable):
        parse_told(text)


def test_the_log_is_read_also_of_what_was_not_answered() -> None:
    entry = SENT._asdict() | {"status": None, "headers": ["host"]}
    assert parse_log(json.dumps({"log": [entry]}).encode()) == (SENT._replace(status=None),)


@pytest.mark.parametrize("text", [b"<html>", b"{}", b'{"log": [{}]}', b'{"log": 1}'])
def test_what_is_no_log_is_refused(text: bytes) -> None:
    with pytest.raises(Unreadable):
        parse_log(text)


def test_a_run_reads_back_from_a_recording() -> None:
    text = json.dumps(recording(RUN))
    assert parse_recording(text, "x", fixed=True) == (RUN, "Chromium 1")
    assert parse_recording(text, "x", fixed=False)[0] == RUN._replace(fixed=False, seen=())
    assert parse_recording(text, "y", fixed=False) == (None, "Chromium 1")


def test_what_is_left_out_of_a_recorded_step_is_empty() -> None:
    document = recording(RUN) | {"steps": [{"target": "registry", "question": "network", "meaning": "offline"}]}
    run, _ = parse_recording(json.dumps(document), "x", fixed=True)
    assert run is not None
    assert run.seen == (Seen(1, "registry", "network", "", "", (), (), None, None, (), "offline", ()),)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"recorded": "a", "scenarios": {"x": {"fixed": {}}}, "steps": []}'])
def test_a_recording_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_recording(text, "x", fixed=True)
