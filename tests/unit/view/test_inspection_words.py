import typing

import pytest

from app.auth.inspection import BrokenReason, TimeState
from app.view.inspection_words import broken_words, claim_meaning, header_meaning, state_words


@pytest.mark.parametrize("reason", typing.get_args(BrokenReason))
def test_every_reason_is_a_sentence(reason: str) -> None:
    assert broken_words(reason).endswith(".")
    assert f"({reason})" not in broken_words(reason)


@pytest.mark.parametrize("state", typing.get_args(TimeState))
def test_every_state_has_words(state: str) -> None:
    assert state_words(state) != state


def test_the_registered_claims_are_explained() -> None:
    assert all(claim_meaning(name) for name in ("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "access"))
    assert all(header_meaning(name) for name in ("alg", "typ", "kid", "jwk", "x5c"))


def test_an_own_claim_of_an_issuer_has_no_meaning_here() -> None:
    assert claim_meaning("x-own") == header_meaning("x-own") == ""
