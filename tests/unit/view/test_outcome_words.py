import pytest

from app.view.markup import render
from app.view.outcome_words import outcome_mark, outcome_words
from tests.unit.view.reading import read

CODES = (
    "ok", "cancelled", "login-required", "wrong-password", "expired", "insecure", "realm-not-approved",
    "realm-refused", "denied", "challenge-hidden", "unusable-challenge", "token-service-unreachable",
    "token-service-failed", "rate-limited", "not-found", "forbidden", "unreachable", "server-failed",
)  # fmt: skip


def test_every_outcome_is_told_from_every_other_but_for_the_two_denials() -> None:
    words = [outcome_words(code) for code in CODES if code != "forbidden"]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("code", CODES)
def test_an_outcome_is_a_word_and_an_icon(code: str) -> None:
    node = read(render(outcome_mark(code)))
    assert node.words
    assert node.all("svg.icon")


def test_what_is_under_way_says_so() -> None:
    assert read(render(outcome_mark(None))).words == "under way"


def test_an_outcome_of_another_version_stands_for_itself() -> None:
    assert outcome_words("bad-weather") == "bad weather"
