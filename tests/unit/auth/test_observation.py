"""The questions that use cases ask of a transcript."""

import pytest

from app.auth.challenge import parse_challenges
from app.auth.entry import Exchange
from app.auth.observation import (
    challenge_errors,
    challenge_scopes,
    extension_scopes,
    global_scopes,
    is_answered,
    listed,
    repository_of,
    scopes_met,
    with_action,
)
from tests.unit.auth.conversation import REGISTRY

BARE = Exchange(1, 1, REGISTRY, 0.0, "resource", "first-contact", "GET", "", "none", (), ())
REFUSED = BARE._replace(
    status=401,
    challenges=parse_challenges(
        'Bearer realm="r",scope="repository:a:pull repository:b:pull",error="insufficient_scope"'
    ),
)


@pytest.mark.parametrize(
    ("exchange", "answered"),
    [
        (BARE._replace(status=200), True),
        (BARE._replace(status=204), True),
        (BARE._replace(status=401), False),
        (BARE._replace(status=200, failure="html"), False),
        (BARE, False),
    ],
)
def test_an_answer_brings_what_was_asked_for_or_not(exchange: Exchange, answered: bool) -> None:
    assert is_answered(exchange) is answered


def test_a_challenge_s_scopes_and_error_are_read() -> None:
    assert challenge_scopes(REFUSED) == ("repository:a:pull", "repository:b:pull")
    assert challenge_errors(REFUSED) == ("insufficient_scope",)


def test_all_scopes_of_an_exchange_are_met() -> None:
    assert scopes_met(BARE._replace(asked=("aws",), granted=("repository:a:pull",))) == ("aws", "repository:a:pull")


def test_scopes_are_found_by_their_actions() -> None:
    assert with_action(("repository:a:pull", "repository:b:push", "registry:catalog:*"), "push", "*") == (
        "repository:b:push",
    )


def test_scopes_for_no_repository_are_global() -> None:
    assert global_scopes(("aws", "*", "registry:catalog:*", "repository:a:pull")) == ("aws", "*", "registry:catalog:*")


def test_scopes_with_a_type_or_action_of_their_own_are_extensions() -> None:
    assert extension_scopes(("artifact:a:pull", "repository:a:metadata-read", "repository:a:pull", "aws")) == (
        "artifact:a:pull",
        "repository:a:metadata-read",
    )


def test_texts_are_listed_once_each() -> None:
    assert listed(["b", "", "a", "b"]) == "b a"


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://r.example/v2/a/b/manifests/1?x", ("a/b", "1")),
        ("https://r.example/v2/a/tags/list", None),
        ("https://r.example/manifests/1", None),
    ],
)
def test_a_manifest_s_address_names_its_repository(url: str, place: tuple[str, str] | None) -> None:
    assert repository_of(BARE._replace(url=url)) == place
