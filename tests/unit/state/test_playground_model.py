import pytest

from app.state.playground_model import PlaygroundPage, Run, Said, Scenario
from app.state.playground_reading import parse_catalogue
from tests.unit.state.fake_board import EXAMPLES

CATALOGUE = parse_catalogue((EXAMPLES / "playground" / "scenarios.toml").read_text("utf-8"))
LIVE, EXPLAINED = CATALOGUE.find("reset"), CATALOGUE.find("mixed-content")
RUN = Run("http://127.0.0.1:1", False, said=(Said("timeout", "a", ""), Said("link-not-exposed", "a", "")))


def test_a_scenario_is_found_by_its_name() -> None:
    assert LIVE is not None
    assert LIVE.title == "The connection is reset"
    assert CATALOGUE.find("nothing") is None


def test_the_verdicts_of_a_page_are_those_of_its_run() -> None:
    assert PlaygroundPage(CATALOGUE, "live", LIVE, run=RUN).verdicts == ("timeout", "link-not-exposed")
    assert PlaygroundPage(CATALOGUE, "live", LIVE).verdicts == ()


@pytest.mark.parametrize(
    ("source", "chosen", "run", "running"),
    [
        ("unknown", None, None, True),
        ("live", None, None, False),
        ("live", LIVE, None, True),
        ("live", LIVE, RUN._replace(running=True), True),
        ("recorded", LIVE, RUN, False),
        ("live", EXPLAINED, None, False),
    ],
)
def test_something_is_to_come_until_the_run_has_ended(
    source: str, chosen: Scenario | None, run: Run | None, running: bool
) -> None:
    page = PlaygroundPage(CATALOGUE, "live", chosen, run=run)._replace(source=source)  # type: ignore[arg-type]
    assert page.running == running
