"""The origin beside the scenarios: what they are, what they sent, and their fixes turned on and off."""

from collections.abc import Iterator
from typing import Any

import pytest
from playground.scenarios import load_scenarios

from tests.unit.playground.playing import Ask, playing

PAGE = "http://page.test"


@pytest.fixture(scope="module")
def board() -> Iterator[Ask]:
    with playing(only=["anonymous"], scenarios=True) as ask:
        yield ask


def turn(ask: Ask, scenario: str, what: str) -> Any:
    return ask("scenarios", f"/_scenarios/{scenario}/{what}", method="POST").json


def test_every_scenario_that_is_played_is_listed_with_an_origin_of_its_own(board: Ask) -> None:
    listed = board("scenarios", "/_scenarios").json["scenarios"]
    assert [one["id"] for one in listed] == [one.id for one in load_scenarios() if one.live]
    assert len({origin for one in listed for origin in one["listeners"].values()}) == sum(
        len(one.specs()) for one in load_scenarios()
    )
    assert not any(one["fixed"] for one in listed)


def test_a_page_reads_it_without_a_preflight(board: Ask) -> None:
    for method, path in (
        ("GET", "/_scenarios"),
        ("GET", "/_scenarios/reset/log"),
        ("POST", "/_scenarios/reset/clear"),
        ("GET", "/nowhere"),
    ):
        assert board("scenarios", path, method=method, Origin=PAGE).headers["Access-Control-Allow-Origin"] == "*"
    assert board("scenarios", "/_scenarios", method="OPTIONS").status == 204


def test_the_fix_is_turned_on_and_off(board: Ask) -> None:
    def allowed() -> str | None:
        found: str | None = board("no-allow-origin", "/v2/").headers["Access-Control-Allow-Origin"]
        return found

    assert allowed() is None
    assert turn(board, "no-allow-origin", "fix")["fixed"] is True
    assert allowed() == "*"
    assert turn(board, "no-allow-origin", "break")["fixed"] is False
    assert allowed() is None


def test_a_closed_port_is_opened_by_its_fix_and_closed_again(board: Ask) -> None:
    for _ in range(2):
        with pytest.raises(ConnectionRefusedError):
            board("closed-port", "/v2/")
        turn(board, "closed-port", "fix")
        assert board("closed-port", "/v2/").status == 200
        turn(board, "closed-port", "break")


def test_an_address_that_is_wrong_becomes_the_right_one(board: Ask) -> None:
    origin = board.origins["wrong-scheme"]
    assert turn(board, "wrong-scheme", "break")["origin"] == origin.replace("http:", "https:")
    assert turn(board, "wrong-scheme", "fix")["origin"] == origin
    assert turn(board, "no-such-host", "break")["origin"] == "http://nowhere.invalid"


def test_the_log_has_what_all_listeners_of_a_scenario_sent_in_order(board: Ask) -> None:
    turn(board, "storage-without-cors", "clear")
    blob = "sha256:f003c0947b94411a76546d8ba1009d7f8acf61100f6b2620f2bbee95b9cc935e"
    board("storage-without-cors", f"/v2/sample/notes/blobs/{blob}", Origin=PAGE)
    board("storage-without-cors-storage", f"/blobs/{blob}", Origin="null")
    board("storage-without-cors", "/v2/", Origin=PAGE)
    log = board("scenarios", "/_scenarios/storage-without-cors/log").json["log"]
    assert [(one["listener"], one["status"]) for one in log] == [("registry", 307), ("storage", 200), ("registry", 200)]
    assert [one["origin"] for one in log] == [PAGE, "null", PAGE]
    assert ["Access-Control-Allow-Origin", "*"] in log[0]["answered"]
    assert not [name for name, _ in log[1]["answered"] if name.startswith("Access-Control-")]
    turn(board, "storage-without-cors", "clear")
    assert board("scenarios", "/_scenarios/storage-without-cors/log").json["log"] == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/_scenarios/nothing/log", 404),
        ("POST", "/_scenarios/mixed-content/fix", 404),
        ("POST", "/_scenarios/reset/sink", 405),
        ("GET", "/_scenarios/reset/fix", 405),
        ("POST", "/_scenarios", 404),
        ("GET", "/v2/", 404),
    ],
)
def test_what_it_does_not_have_is_refused(board: Ask, method: str, path: str, status: int) -> None:
    assert board("scenarios", path, method=method).status == status


def test_without_being_asked_for_there_is_no_board() -> None:
    with playing(only=["anonymous"]) as ask:
        assert list(ask.origins) == ["anonymous"]
