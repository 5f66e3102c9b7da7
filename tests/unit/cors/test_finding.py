"""One step, as the page is told of it."""

from app.cors.finding import MEANINGS, QUESTIONS, Finding
from app.ports.probing import Probe


def test_a_step_that_was_only_asked_has_nothing_seen_yet() -> None:
    finding = Finding(1, "registry", "read", Probe("GET", "https://registry.example/v2/"), None, "asking")
    assert finding.sight is None
    assert finding.question in QUESTIONS
    assert finding.meaning in MEANINGS


def test_a_key_is_named_once() -> None:
    assert len(QUESTIONS) == len(set(QUESTIONS))
    assert len(MEANINGS) == len(set(MEANINGS))
