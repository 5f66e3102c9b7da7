from typing import get_args

from app.auth.realm import RealmReason
from app.view.realm_words import realm_words


def test_every_reason_to_ask_or_refuse_has_a_sentence() -> None:
    silent = {"same-origin", "known-pair", "approved"}
    for reason in set(get_args(RealmReason)) - silent:
        assert realm_words(reason).endswith(".")


def test_an_unknown_reason_stands_for_itself() -> None:
    assert realm_words("something new") == "something new"
