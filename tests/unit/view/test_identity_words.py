import typing

import pytest

from app.auth.credential import CredentialKind
from app.auth.standing import AnonymousRead
from app.view.identity_words import anonymous_words, called, is_nameless, kind_words, scheme_words
from tests.unit.view.talks import ALICE, NAMELESS


@pytest.mark.parametrize("kind", typing.get_args(CredentialKind))
def test_every_kind_of_credential_has_a_word(kind: str) -> None:
    assert kind_words(kind) == kind.replace("-", " ").replace("aad", "directory")


def test_an_identity_is_called_by_its_user_name_else_by_its_kind() -> None:
    assert (called(ALICE), called(NAMELESS)) == ("alice", "registry token")
    assert called(NAMELESS._replace(name="ci")) == "ci"
    assert is_nameless(NAMELESS)
    assert not is_nameless(ALICE)


def test_before_the_first_challenge_there_is_no_scheme() -> None:
    assert (scheme_words("bearer"), scheme_words(""), scheme_words(None)) == ("Bearer", None, None)


@pytest.mark.parametrize(
    ("reason", "said"), [("wrong-password", "they were refused"), ("expired", "expired"), ("denied", "do not allow")]
)
def test_it_says_why_something_was_read_without_the_identity(
    reason: typing.Literal["wrong-password", "expired", "denied"], said: str
) -> None:
    words = anonymous_words(AnonymousRead("alice", reason, ()))
    assert "without the credentials of alice" in words
    assert said in words


def test_without_a_reason_the_usual_one_is_given() -> None:
    assert "the registry refused them" in anonymous_words(None)
