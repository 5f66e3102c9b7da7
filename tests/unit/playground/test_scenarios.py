"""The scenarios as written: complete, of known faults, with a subject that the sample has."""

import tomllib
from collections import Counter
from typing import Any

import pytest
from playground.config import ConfigError, FaultSpec, ListenerSpec
from playground.content import build_store
from playground.scenarios import FILE, load_scenarios, parse_scenario

DOCUMENT: dict[str, Any] = tomllib.loads(FILE.read_text("utf-8"))
SCENARIOS = DOCUMENT["scenario"]
GROUPS = ["origin", "preflight", "exposed", "credentials", "redirects", "network"]


def test_there_are_six_groups_and_more_than_thirty_scenarios_that_are_played() -> None:
    assert [group["id"] for group in DOCUMENT["group"]] == GROUPS
    assert sum(one.live for one in load_scenarios()) >= 30
    assert min(Counter(one.group for one in load_scenarios() if one.live).values()) >= 4


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one["id"])
def test_a_scenario_says_all_that_the_page_shows(scenario: dict[str, Any]) -> None:
    for key in ("id", "title", "wrong", "because", "fix"):
        assert scenario[key].strip()
    assert scenario["group"] in GROUPS
    assert scenario["rule"] in {rule["id"] for rule in DOCUMENT["rule"]}
    assert scenario["verdict"]
    assert isinstance(scenario["header"], str)
    unknown = set(scenario) - {
        *("id", "group", "title", "live", "mode", "faults", "kept", "address", "authorization", "look", "wrong"),
        *("rule", "because", "verdict", "note", "mended-as", "fix", "header"),
    }
    assert not unknown


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one["id"])
def test_a_scenario_that_the_doctor_finds_nothing_wrong_with_says_why(scenario: dict[str, Any]) -> None:
    assert ("note" in scenario) == (scenario["verdict"] == ["ok"] or not scenario.get("live", True))


def test_each_rule_is_used_and_each_name_stands_once() -> None:
    assert {rule["id"] for rule in DOCUMENT["rule"]} == {one["rule"] for one in SCENARIOS}
    for kind in ("group", "rule", "scenario"):
        assert max(Counter(one["id"] for one in DOCUMENT[kind]).values()) == 1


def test_what_is_examined_is_in_the_sample_and_has_a_second_page_of_tags() -> None:
    subject = DOCUMENT["subject"]
    repository = build_store("small").repositories[subject["repository"]]
    assert subject["blob"] in repository.blobs
    assert subject["tag"] in repository.tags
    assert len(repository.tags) > 1


def test_the_fix_takes_the_faults_away_and_leaves_what_is_kept() -> None:
    one = parse_scenario(
        {
            "id": "x",
            "group": "redirects",
            "faults": {"registry": ["no-cors"], "storage": ["allow-origin=*, *"]},
            "kept": {"registry": ["rate-limited@tags=7"]},
        }
    )
    led = FaultSpec("redirect-blobs", "", "x-storage")
    limited = FaultSpec("rate-limited", "tags", "7")
    assert one.spec("registry", fixed=False) == ListenerSpec(
        "x", "anonymous", (led, limited, FaultSpec("no-cors")), "token"
    )
    assert one.spec("registry", fixed=True) == ListenerSpec("x", "anonymous", (led, limited), "token")
    assert one.spec("storage", fixed=False).faults == (FaultSpec("allow-origin", "", "*, *"),)
    assert one.spec("storage", fixed=True) == ListenerSpec("x-storage", "storage", (), "token")


def test_a_registry_with_tokens_has_a_token_service_of_its_own() -> None:
    one = parse_scenario({"id": "x", "group": "credentials", "mode": "bearer"})
    assert one.roles == {"registry": "x", "token": "x-token"}
    assert one.spec("registry", fixed=False).realm == "x-token"


def test_what_is_only_explained_has_no_listeners() -> None:
    assert parse_scenario({"id": "x", "group": "network", "live": False}).specs() == []


def test_a_fault_that_there_is_not_is_refused() -> None:
    with pytest.raises(ConfigError, match="unknown fault 'sinks'"):
        parse_scenario({"id": "x", "group": "network", "faults": {"registry": ["sinks"]}})
