"""The table of what was asked and seen."""

import pytest

from app.cors.finding import Finding
from app.ports.probing import Probe, Sight
from app.state.doctor_model import Checkup
from app.view.doctor_probes import asked, counted, probes, seen
from app.view.markup import render
from tests.unit.view.examined import ASKING, BLOCKED, CHALLENGE, HIDDEN, PING, READABLE, RUNNING, TOKEN, checkup
from tests.unit.view.reading import Node, read


def tables(found: Checkup) -> Node:
    return read(render(probes(found)))


def test_each_step_says_what_was_asked_what_was_seen_and_what_that_means() -> None:
    rows = tables(checkup(BLOCKED, HIDDEN)).all("tbody")[0].all("tr")
    assert [row.one("th").words for row in rows] == ["1. May a page read it?", "2. Is anything there?"]
    assert rows[0].all("code")[0].words == f"GET {PING}"
    assert [row.one("span.outcome").words for row in rows] == ["failed: blocked", "an answer, hidden"]
    assert "a server replied" in rows[1].words


def test_a_step_that_is_under_way_is_said_to_be() -> None:
    row = tables(RUNNING).all("tbody")[0].all("tr")[2]
    assert row.one("span.outcome").words == "asking…"
    assert "sent without following it" in row.words


def test_registry_and_token_service_have_tables_of_their_own() -> None:
    node = tables(checkup(READABLE, CHALLENGE, TOKEN))
    assert [one.words for one in node.all("h2")] == ["Probes of the registry", "Probes of the token service"]


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (READABLE, "401, readable"),
        (CHALLENGE, "not visible"),
        (CHALLENGE._replace(meaning="header-readable"), "visible"),
        (HIDDEN, "an answer, hidden"),
        (ASKING, "asking…"),
        (BLOCKED._replace(sight=Sight("timeout", seconds=8.0)), "nothing in 8.0 s"),
        (BLOCKED._replace(sight=Sight("redirect")), "a redirect"),
        (Finding(1, "registry", "network", None, None, "offline"), "offline"),
        (Finding(1, "registry", "address", None, None, "forbidden-by-address"), "stopped"),
        (Finding(1, "token", "realm", None, None, "realm-not-asked"), "not asked"),
    ],
)
def test_what_the_page_saw_is_told_in_few_words(finding: Finding, words: str) -> None:
    assert seen(finding) == words


def test_what_needed_no_request_names_none() -> None:
    assert asked(CHALLENGE) == ""
    assert tables(checkup(READABLE, CHALLENGE)).all("tbody")[0].all("tr")[1].all("code") == []


def test_steps_that_read_an_earlier_answer_take_no_time() -> None:
    assert counted(checkup(READABLE, CHALLENGE)) == "2 steps, 1 passed, 1 failed, 30 ms"


def test_an_address_of_somebody_else_is_shown_harmlessly() -> None:
    hostile = BLOCKED._replace(probe=Probe("GET", "https://r.example/\u202ev2/<b>"))
    assert "\\u202ev2/<b>" in tables(checkup(hostile)).all("code")[0].text


def test_a_refusal_that_was_asked_for_is_good_when_it_can_be_read() -> None:
    url = "https://registry.example.net/v2/portolan-doctor/none/manifests/none"
    error = READABLE._replace(probe=Probe("GET", url), sight=Sight("readable", 404), meaning="absent")
    row = tables(checkup(error)).all("tbody")[0].all("tr")[0]
    assert row.one("th").words == "1. May a page read a refusal too?"
    assert row.one("span.outcome").words == "passed: 404, readable"
    assert "The browser shows refusals to this page too." in row.words
    assert counted(checkup(error)).startswith("1 step, 1 passed")
