"""The list of scenarios."""

from app.state.model import AppState
from app.state.playground_model import PlaygroundPage
from app.view import playground
from tests.unit.state.test_playground_model import CATALOGUE
from tests.unit.view.reading import Node
from tests.unit.view.states import at, shown

LIST = PlaygroundPage(CATALOGUE, "live")


def state(page: PlaygroundPage = LIST, hash_: str = "#/-/playground") -> AppState:
    return at(hash_, page)


def page(found: PlaygroundPage = LIST) -> Node:
    return shown(state(found))


def test_the_scenarios_stand_in_their_six_groups() -> None:
    sections = page().all("section.section")
    assert [one.one("h2").words for one in sections] == [one.title for one in CATALOGUE.groups]
    first = sections[0].all("li")
    assert first[0].one("a")["href"] == "#/-/playground/no-allow-origin"
    assert first[0].words == "No Access-Control-Allow-Origin no-usable-allow-origin"
    assert len(page().all("li")) == len(CATALOGUE.scenarios)


def test_it_is_said_which_are_only_explained() -> None:
    assert [one.one("a").words for one in page().all("li") if "explained only" in one.words] == [
        "A page by https, a registry by http",
        "The way into the local network is denied",
    ]


def test_it_is_said_whether_they_are_live_or_recorded() -> None:
    assert "47 of them live, each an origin of its own on this machine" in page().one("p.facts").words
    recorded = page(LIST._replace(source="recorded"))
    assert "47 of them recorded" in recorded.one("p.facts").words
    assert recorded.one("div.notice").one("h2").words == "Recorded, not live"
    assert not page().all("div.notice")


def test_nothing_is_claimed_before_it_is_known() -> None:
    asking = page(LIST._replace(source="unknown"))
    assert asking.one("p.facts").words == f"{len(CATALOGUE.scenarios)} scenarios"
    assert playground.announce(state(LIST._replace(source="unknown"))) == ""


def test_a_name_that_is_no_scenario_is_said_and_is_harmless() -> None:
    found = page(LIST._replace(unknown="<b>sirens"))
    assert found.one("div.notice--plain").words == "There is no such scenario<b>sirens is none."


def test_titles_and_announcements_name_the_scenario() -> None:
    chosen = LIST._replace(chosen=CATALOGUE.find("mixed-content"))
    assert playground.title(state()) == "CORS playground"
    assert playground.announce(state()) == f"CORS playground: {len(CATALOGUE.scenarios)} scenarios"
    assert playground.title(state(chosen)) == "A page by https, a registry by http · CORS playground"
    assert playground.announce(state(chosen)) == "A page by https, a registry by http: explained only"
