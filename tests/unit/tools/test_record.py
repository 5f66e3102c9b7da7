import json

from app.state.playground_reading import parse_recording
from tools.record import FILE, live_scenarios, numbered, renamed, spare, written

STEP: dict[str, object] = {"target": "registry", "question": "read", "meaning": "readable", "status": None, "ways": []}
RUN = {"origin": "http://registry.example", "said": [{"verdict": "ok", "host": "a", "curl": ""}], "seen": [STEP, STEP]}


ORIGINS = {"x": "http://127.0.0.1:4000", "x-token": "http://127.0.0.1:40001", "y": "http://127.0.0.1:5000"}


def test_hosts_have_names_in_place_of_ports() -> None:
    text = "http://127.0.0.1:80 http://127.0.0.1:4000/v2/ https://127.0.0.1:4000 http://127.0.0.1:40001 127.0.0.1:5000"
    named = "http://portolan.example http://registry.example/v2/ https://registry.example http://auth.example"
    assert renamed(text, "http://127.0.0.1:80/", ORIGINS, "x") == f"{named} 127.0.0.1:5000"


def test_a_step_is_written_once_and_what_is_empty_is_not() -> None:
    steps: dict[str, int] = {}
    found = numbered({"broken": RUN, "fixed": RUN}, steps)
    assert [run["seen"] for run in found.values()] == [[0, 0], [0, 0]]
    assert list(steps) == ['{"target":"registry","question":"read","meaning":"readable"}']
    assert spare({"a": None, "b": "", "c": [], "d": 0, "sent": [{"e": None}]}) == {"d": 0, "sent": [{}]}


def test_what_is_written_is_what_the_page_reads() -> None:
    text = written({"recorded": "Chromium 1", "scenarios": {"x": {"broken": RUN, "fixed": RUN}}})
    run, where = parse_recording(text, "x", fixed=True)
    assert where == "Chromium 1"
    assert run is not None
    assert (run.verdicts, [one.question for one in run.seen]) == (("ok",), ["read", "read"])


def test_the_recording_has_every_scenario_that_is_played_with_its_verdict() -> None:
    import tomllib

    scenarios = tomllib.loads((FILE.parent / "scenarios.toml").read_text("utf-8"))["scenario"]
    expected = {one["id"]: tuple(one["verdict"]) for one in scenarios if one.get("live", True)}
    text = FILE.read_text("utf-8")
    assert list(json.loads(text)["scenarios"]) == live_scenarios() == list(expected)
    for name, verdicts in expected.items():
        broken, _ = parse_recording(text, name, fixed=False)
        fixed, _ = parse_recording(text, name, fixed=True)
        assert broken is not None
        assert fixed is not None
        assert (broken.verdicts, fixed.verdicts) == (verdicts, ("ok",)), name


def test_no_port_of_the_day_and_no_secret_is_in_the_recording() -> None:
    import re

    text = FILE.read_text("utf-8")
    assert set(re.findall(r"127\.0\.0\.1:\d+", text)) <= {"127.0.0.1:6000"}
    assert not re.search(
        r"eyJ|Basic [A-Za-z0-9+/=]{8}|Bearer [A-Za-z0-9._-]{8,}(?!realm)", text.replace("Bearer realm", "")
    )
