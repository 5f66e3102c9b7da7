import typing

import pytest

from app.auth.inspection import KeyHint, inspect_token
from app.auth.public_key import KeyProblem
from app.auth.signature import Proof, Verification, VerificationOutcome
from app.view.markup import render
from app.view.verification import outcome_sentence, problem_words, verification
from tests.unit.view.reading import Node, read
from tests.unit.view.test_inspection import jwt

FOUND = inspect_token(jwt(), (), 0.0)


def card(checked: Verification | None = None, *, hint: KeyHint = "none", checking: bool = False) -> Node:
    return read(render(verification(FOUND._replace(key_hint=hint), checked, checking)))


@pytest.mark.parametrize("outcome", typing.get_args(VerificationOutcome))
def test_every_outcome_is_a_sentence_with_what_it_proves_and_what_not(outcome: VerificationOutcome) -> None:
    node = card(Verification(outcome))
    assert outcome_sentence(outcome) in node.text
    assert "could not be checked (" not in node.text
    assert [one.words for one in node.all("dt")][-2:] == ["It proves", "It does not"]


@pytest.mark.parametrize("problem", typing.get_args(KeyProblem))
def test_every_problem_of_a_key_is_a_sentence(problem: KeyProblem) -> None:
    assert f"({problem})" not in problem_words(problem)
    assert problem_words(problem) in card(Verification("bad-key", problem=problem)).text


@pytest.mark.parametrize("proof", typing.get_args(Proof))
def test_no_outcome_claims_that_the_registry_trusts_the_key(proof: Proof) -> None:
    assert "does not prove" in card(Verification("matches-pasted-key", proof)).all("dd")[-1].text


def test_a_key_inside_the_token_does_not_prove_who_made_it() -> None:
    node = card(Verification("matches-embedded-key", "self-consistent", "RS256", "jwk", None, "AB:CD", True))
    told = dict(zip([one.words for one in node.all("dt")], [one.words for one in node.all("dd")], strict=True))
    assert told["Checked by"] == "the key in the token's header (jwk)"
    assert told["Key"] == "AB:CD"
    assert told["The token's kid"] == "names this key"
    assert "anyone can make a key" in told["It does not"]


def test_a_key_can_be_pasted_and_a_private_one_is_warned_of() -> None:
    form = card().one("form", data_form="verify")
    assert form.one("textarea")["name"] == "key"
    assert "data-clear" in form.attributes
    assert "Never a private key." in form.text


@pytest.mark.parametrize(
    ("hint", "said"), [("jwk", "carries a key"), ("x5c", "a certificate"), ("kid", "names its key")]
)
def test_it_says_where_the_key_is(hint: KeyHint, said: str) -> None:
    assert said in card(hint=hint).text


def test_before_a_check_it_says_that_there_was_none() -> None:
    assert "not checked yet" in card().text


def test_while_it_is_checked_the_button_is_busy_and_keeps_the_focus() -> None:
    button = card(checking=True).one("button", type_="submit")
    assert button["aria-busy"] == "true"
    assert "disabled" not in button.attributes
    assert button.words == "Checking…"


def test_a_private_key_is_told_to_be_one() -> None:
    assert "It is a private key." in card(Verification("bad-key", problem="private-key")).text
