"""The examination's short form, below the notice of a registry that never answered."""

from app.client.errors import Unreachable
from app.state.doctor_model import Checkup
from app.state.model import AppState
from app.view import screen
from tests.unit.view.examined import CLOSED, FINE, RUNNING
from tests.unit.view.reading import Node
from tests.unit.view.states import REPOSITORY, URL, at, failed, keys, shown, tags


def state(found: Checkup | None) -> AppState:
    failure = failed(Unreachable("GET", URL, "network"))
    return at(REPOSITORY, tags(()), failure=failure, checkup=found)


def short(found: Checkup | None) -> Node:
    return shown(state(found)).by_id("checkup")


def test_the_verdict_stands_there_in_a_sentence_with_the_way_to_the_rest() -> None:
    node = short(CLOSED)
    assert node.one("h2").words == "The registry is up, but it does not let this page read its answers."
    assert node.one("a").words == "See the whole diagnosis and the fix"
    assert node.one("a")["href"] == f"{REPOSITORY}/-/doctor"


def test_while_it_looks_it_says_how_far_it_has_come() -> None:
    node = short(RUNNING)
    assert node.one("h2").words == "Looking at registry.example.net …"
    assert "The CORS doctor is looking: 2 steps" in node.one("p", role="status").words
    assert node.all("a") == []


def test_a_registry_that_can_be_read_after_all_is_to_be_tried_again() -> None:
    assert "try again" in short(FINE).one("h2").words


def test_without_an_examination_the_doctor_is_offered() -> None:
    node = shown(state(None))
    assert node.all("section", id="checkup") == []
    assert node.one("a", href=f"{REPOSITORY}/-/doctor").words == "Ask the CORS doctor"


def test_the_page_changes_with_what_is_found() -> None:
    assert keys(state(RUNNING))["main"] != keys(state(CLOSED))["main"]


def test_the_end_is_announced() -> None:
    assert screen.render(state(RUNNING)).announce == "No answer from registry.example.net"
    assert screen.render(state(CLOSED)).announce == (
        "No answer from registry.example.net. The registry is up, but it does not let this page read its answers."
    )
