"""The page of one scenario."""

import json

from app.cors.fixes import Fix
from app.state.model import AppState
from app.state.playground_model import PlaygroundPage, Run, Said, Scenario, Seen
from app.view import playground
from tests.unit.state.test_playground_model import CATALOGUE
from tests.unit.view.reading import Node
from tests.unit.view.states import at, keys, shown

ORIGIN = "http://127.0.0.1:6001"
STEP = Seen(1, "registry", "read", "GET", f"{ORIGIN}/v2/", (), (), "readable", 200, (), "readable", ())
BLOCKED = STEP._replace(number=2, outcome="blocked", status=None, meaning="silent")
WRONG = Said("no-usable-allow-origin", "127.0.0.1:6001", "curl 'x'")
BROKEN = Run(ORIGIN, False, (STEP, BLOCKED), (WRONG,))
FIXED = Run(ORIGIN, True, (STEP,), (Said("ok", "127.0.0.1:6001", ""),))


def of(name: str = "no-allow-origin", run: Run | None = BROKEN, **more: object) -> PlaygroundPage:
    page = PlaygroundPage(CATALOGUE, "live", scenario(name), run=run)
    return page._replace(**more)  # type: ignore[arg-type]


def scenario(name: str) -> Scenario:
    found = CATALOGUE.find(name)
    assert found is not None
    return found


def state(found: PlaygroundPage) -> AppState:
    return at(f"#/-/playground/{found.chosen.id if found.chosen else ''}", found)


def page(found: PlaygroundPage) -> Node:
    return shown(state(found))


def test_what_is_wrong_and_the_rule_of_the_standard_stand_first() -> None:
    wrong = page(of()).by_id("wrong")
    assert scenario("no-allow-origin").wrong in wrong.words
    link = wrong.one("a", href="https://fetch.spec.whatwg.org/#concept-cors-check")
    assert link.words == "Fetch, “CORS check”"
    assert scenario("no-allow-origin").because in wrong.words


def test_the_doctor_says_what_it_found_with_the_command_that_tells_more() -> None:
    said = page(of()).by_id("verdict").one("div.notice--danger")
    assert said.one("h3").words == "The registry is up, but it does not let this page read its answers."
    assert "127.0.0.1:6001" in said.words
    assert said.one("pre").text == "curl 'x'"
    assert "Verdict: no-usable-allow-origin" in said.words


def test_with_the_fix_all_is_well() -> None:
    found = page(of(run=FIXED))
    assert found.by_id("verdict").one("div.notice--ok").words.endswith("Verdict: ok")
    assert "checked" in found.by_id("fix").attributes
    assert found.one("div.page")["data-fixed"] == "true"
    assert "data-fixed" not in page(of()).one("div.page").attributes


def test_while_the_doctor_looks_nothing_is_concluded() -> None:
    found = page(of(run=BROKEN._replace(running=True)))
    assert found.by_id("verdict").words == "The doctor is looking …"
    assert found.by_id("copy-run").words == ""


def test_the_switch_is_one_and_sends_whether_it_is_on() -> None:
    switch = page(of()).by_id("fix")
    assert (switch["role"], switch["type"], switch["data-command"]) == ("switch", "checkbox", "playground-fix")
    assert "checked" not in switch.attributes


def test_what_went_wrong_is_open_and_else_the_first_step() -> None:
    def opened(run: Run) -> list[bool]:
        return ["open" in one.attributes for one in page(of(run=run)).all("details.talk")]

    assert opened(BROKEN) == [False, True]
    assert opened(BROKEN._replace(running=True)) == [False, False]
    assert opened(FIXED) == [True]


def test_one_goes_on_to_the_registry_to_its_doctor_and_to_the_neighbours() -> None:
    found = page(of("other-origin"))
    assert [one["href"] for one in found.all("a.btn")] == [
        "#/-/playground/no-allow-origin",
        "#/-/playground/doubled-origin",
        "#/127.0.0.1:6001",
        "#/127.0.0.1:6001/-/doctor",
    ]


def test_the_exchange_can_be_copied() -> None:
    text = page(of()).by_id("copy-run").one("button")["data-copy"]
    assert [one["verdict"] for one in json.loads(text)["said"]] == ["no-usable-allow-origin"]


def test_the_fix_is_in_words_and_for_each_server_that_has_a_setting() -> None:
    fixes = (
        Fix("nginx", "nginx", "nginx", "server {}", "Reload.", "Ran"),
        Fix("distribution", "distribution", "yaml", None, "Has none.", ""),
    )
    found = page(of(fixes=fixes)).by_id("fix-words")
    assert scenario("no-allow-origin").fix in found.words
    assert "Header: Access-Control-Allow-Origin" in found.words
    assert [one.one("summary").words for one in found.all("details")] == ["nginx"]
    assert found.one("pre").text == "server {}"


def test_what_is_recorded_is_said_to_be() -> None:
    found = page(of(source="recorded", recorded="Chromium 156"))
    said = found.all("div.notice")[0]
    assert said.one("h2").words == "This exchange was recorded"
    assert "recorded with Chromium 156" in said.words
    assert not found.all("button", data_command="playground-again")
    assert not [one for one in found.all("a.btn") if one["href"].startswith("#/127")]


def test_without_a_recording_that_is_said_too() -> None:
    found = page(of(run=Run("", False), source="recorded", recorded=""))
    assert "Nothing is recorded of it." in found.all("div.notice")[0].words
    assert playground.announce(state(of(run=Run("", False)))).endswith("nothing is recorded of it")


def test_what_is_only_explained_has_no_exchange_and_no_switch() -> None:
    found = page(of("mixed-content", None))
    assert "explained only" in found.one("p.facts").words
    assert found.by_id("verdict").one("h3").words == "A page that came by https may not ask for plain http."
    assert not [one for one in found if one.attributes.get("id") in ("fix", "exchange")]
    assert scenario("mixed-content").note in found.by_id("doctor").words


def test_the_announcement_is_the_doctors_first_sentence() -> None:
    assert playground.announce(state(of())) == (
        "No Access-Control-Allow-Origin: The registry is up, but it does not let this page read its answers."
    )
    assert playground.announce(state(of(run=None))) == ""


def test_a_step_that_changes_leaves_the_others_as_they_are() -> None:
    before = keys(state(of(run=BROKEN._replace(running=True))))
    after = keys(state(of(run=BROKEN._replace(running=True, seen=(STEP, BLOCKED._replace(outcome=None))))))
    assert [name for name in before if before[name] != after[name]] == ["copy-run", "step-2"]
