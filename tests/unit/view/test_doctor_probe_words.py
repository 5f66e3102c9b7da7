"""Every key that an examination can write has words."""

import pytest

from app.cors.diagnosis import ALTERNATIVES
from app.cors.finding import MEANINGS, QUESTIONS
from app.view import doctor_probe_words as words

KEYS = {key for keys in ALTERNATIVES.values() for key in keys} | {
    "bad-port",
    "insecure-page",
    "refusal-without-allow-origin",
    "redirect-target-unreachable",
    "redirect-mixed-content",
    "preflight-hung",
}


@pytest.mark.parametrize("key", QUESTIONS)
def test_every_question_is_asked_in_words(key: str) -> None:
    assert key in words.QUESTIONS
    title, how = words.question(key)
    assert title.endswith("?")
    assert how


@pytest.mark.parametrize("key", MEANINGS)
def test_every_meaning_has_words_whatever_was_asked(key: str) -> None:
    assert key in words._TONES
    assert key in words._MEANINGS
    for question in QUESTIONS:
        assert words.meaning(question, key).endswith(".")


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_cause_that_a_page_cannot_tell_apart_has_words(key: str) -> None:
    assert key in words.ALTERNATIVES
    prints, then = words.alternative(key, "https://portolan.example")
    assert prints
    assert then
    assert "{" not in prints + then


def test_a_sentence_for_one_question_is_for_a_meaning_that_there_is() -> None:
    assert {key for _, key in words._AT} <= set(MEANINGS)
    assert {key for key, _ in words._AT} <= set(words.QUESTIONS)


def test_a_key_of_another_version_is_shown_as_it_is() -> None:
    assert words.question("new") == ("new", "")
    assert words.meaning("new", "newer") == "newer"
    assert words.alternative("new")[0] == "new"
    assert words.tone("new", "newer") == "skip"
