import typing

import pytest

from app.auth.preflight import PreflightReason
from app.auth.record import Authorization
from app.auth.step import Why
from app.view.decision_words import decision_words, failure_words, preflight_words, sent_words

WAITS = ("rate-limited", "not-before")


@pytest.mark.parametrize("why", typing.get_args(Why))
@pytest.mark.parametrize("purpose", ["resource", "token", "wait"])
def test_every_decision_is_a_sentence(why: str, purpose: str) -> None:
    if purpose != "wait" and why == "rate-limited":
        return  # nothing is sent for that reason: the pause is, and after-wait comes after it
    words = decision_words(why, purpose if why in WAITS or purpose != "wait" else "resource")
    assert words.endswith(".")
    assert "because of:" not in words


def test_a_token_is_asked_for_in_other_words_than_a_resource() -> None:
    assert decision_words("challenge-bearer", "token") != decision_words("challenge-bearer", "resource")


def test_a_decision_of_another_version_stands_for_itself() -> None:
    assert decision_words("dice", "resource") == "Sent because of: dice."


@pytest.mark.parametrize("kind", typing.get_args(Authorization))
def test_what_went_along_is_said(kind: str) -> None:
    assert sent_words(kind).startswith("with")


@pytest.mark.parametrize("reason", typing.get_args(PreflightReason))
def test_every_reason_for_a_preflight_has_words(reason: str) -> None:
    assert preflight_words((reason,)) != reason


def test_several_reasons_for_a_preflight_are_listed() -> None:
    assert preflight_words(("method", "authorization")).count(",") == 2


@pytest.mark.parametrize(
    "reason",
    ["network", "timeout", "truncated", "too-large", "abandoned", "html", "not-json", "no-token", "bad-token"],
)
def test_every_failure_has_words(reason: str) -> None:
    assert not failure_words(reason).startswith("No usable answer:")
