from typing import get_args

import pytest

from app.layers.entry import EntryKind, Oddity
from app.layers.layer_index import Source, Verdict
from app.layers.limits import LimitKind, Problem, ProblemKind
from app.layers.reading import ReadKind
from app.view import files_words
from app.view.files_words import moment, problem


@pytest.mark.parametrize("kind", get_args(ProblemKind))
def test_every_problem_has_a_sentence(kind: ProblemKind) -> None:
    for detail in ("", "xz"):
        assert problem(Problem(kind, 0, detail)).endswith(".")


@pytest.mark.parametrize("kind", get_args(LimitKind))
def test_every_limit_says_what_it_is(kind: LimitKind) -> None:
    assert any(word in problem(Problem("limit", 0, kind, 2000)) for word in ("2,000", "2.0 kB"))


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (Oddity, files_words.ODD),
        (EntryKind, files_words.KINDS),
        (Source, files_words.SOURCES),
        (Verdict, files_words.VERDICTS),
        (ReadKind, files_words.TROUBLE),
    ],
)
def test_nothing_is_without_words(kinds: object, words: dict[str, str]) -> None:
    assert set(get_args(kinds)) == set(words)


def test_a_time_is_a_day_and_a_minute() -> None:
    assert moment(1767600000) == ("2026-01-05", "08:00")
    assert moment(float("inf")) is None
