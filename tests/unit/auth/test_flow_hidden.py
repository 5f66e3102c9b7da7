"""The flow where the challenge of a 401 is hidden from the page or was not sent (tests/unit/auth/RULES.md A.2, A.3)."""

import json

import pytest

from app.auth.credential import Password
from app.auth.errors import AccessDenied, ChallengeHidden, LoginRequired
from app.auth.identity import RegistryAuth
from app.ports.transport import Request
from tests.unit.auth.script import REGISTRY, answer, bearer, manifest, play, token, unauthorized

HIDDEN = unauthorized(None)
PULL_A = "token ?service=reg&scope=repository:a:pull"
BASIC = 'Basic realm="b"'
DETAIL = json.dumps(
    {"errors": [{"code": "UNAUTHORIZED", "detail": [{"Type": "repository", "Name": "a", "Action": "push"}]}]}
).encode()


@pytest.fixture
def auth() -> RegistryAuth:
    return RegistryAuth(REGISTRY)


@pytest.fixture
def signed_in(auth: RegistryAuth) -> RegistryAuth:
    auth.sign_in(Password("ann", "secret"))
    return auth


@pytest.mark.parametrize("pong", [answer(200, bearer()), answer(404), HIDDEN])
def test_a_hidden_challenge_is_an_error_that_names_the_scopes_a3(auth: RegistryAuth, pong: object) -> None:
    with pytest.raises(ChallengeHidden) as caught:
        play(auth, ("bare", unauthorized(None, DETAIL)), ("ping bare", pong))  # type: ignore[arg-type]
    error = caught.value
    assert (error.registry, error.method, error.url) == (REGISTRY, "GET", manifest().url)
    assert error.scopes_hint == ("repository:a:pull,push",)


def test_a_challenge_that_only_the_ping_shows_is_answered_a2(auth: RegistryAuth) -> None:
    """gcr.io has answered requests for content by a 401 alone."""
    play(
        auth,
        ("bare", HIDDEN),
        ("ping bare", unauthorized(bearer())),
        (PULL_A, token("t1")),
        ("Bearer t1", answer(200)),
    )


def test_a_ping_is_not_pinged_for(auth: RegistryAuth) -> None:
    with pytest.raises(ChallengeHidden):
        play(auth, ("ping bare", HIDDEN), request=Request("GET", "https://reg.example/v2/"), scopes=[])


def test_a_header_without_any_challenge_counts_as_hidden_a3(auth: RegistryAuth) -> None:
    with pytest.raises(ChallengeHidden):
        play(auth, ("bare", unauthorized(" , ,")), ("ping bare", HIDDEN))


def test_what_an_earlier_challenge_said_and_the_body_names_is_used_a3(auth: RegistryAuth) -> None:
    play(auth, ("bare", unauthorized(bearer("registry:catalog:*"))), (
        "token ?service=reg&scope=registry:catalog:*", token("t1")), ("Bearer t1", answer(200)), scopes=[])  # fmt: skip
    play(
        auth,
        ("token ?service=reg&scope=repository:a:pull", answer(401)),
        ("bare", unauthorized(None, DETAIL)),
        ("token ?service=reg&scope=repository:a:pull,push", token("t2")),
        ("Bearer t2", answer(200)),
    )


def test_an_expired_token_refused_without_a_challenge_is_replaced_after_a_bare_try(auth: RegistryAuth) -> None:
    """zot answers an expired token by a 401 alone."""
    play(auth, ("bare", unauthorized(bearer())), (PULL_A, token("t1")), ("Bearer t1", answer(200)))
    play(
        auth,
        ("Bearer t1", HIDDEN),
        ("bare", unauthorized(bearer())),
        (PULL_A, token("t2")),
        ("Bearer t2", answer(200)),
    )


def test_an_expired_token_is_replaced_even_where_every_challenge_is_hidden_a3(auth: RegistryAuth) -> None:
    play(auth, ("bare", unauthorized(bearer())), (PULL_A, token("t1")), ("Bearer t1", answer(200)))
    play(auth, ("Bearer t1", HIDDEN), ("bare", HIDDEN), (PULL_A, token("t2")), ("Bearer t2", answer(200)))


def test_a_fresh_token_refused_without_a_challenge_is_a_denial(signed_in: RegistryAuth) -> None:
    with pytest.raises(AccessDenied):
        play(
            signed_in,
            ("bare", unauthorized(bearer())),
            (f"{PULL_A} as ann:secret", token("t1")),
            ("Bearer t1", HIDDEN),
        )


def test_a_fresh_anonymous_token_refused_without_a_challenge_leads_to_a_login(auth: RegistryAuth) -> None:
    with pytest.raises(LoginRequired) as caught:
        play(auth, ("bare", unauthorized(bearer())), (PULL_A, token("t1")), ("Bearer t1", HIDDEN))
    assert caught.value.prompt.reason == "required"


def test_basic_refused_without_a_challenge_is_tried_bare_and_may_turn_out_to_want_a_token(
    signed_in: RegistryAuth,
) -> None:
    """zot with both schemes takes tokens alone and answers Basic by a bare 401."""
    play(signed_in, ("bare", unauthorized(BASIC)), ("Basic ann:secret", answer(200)))
    play(
        signed_in,
        ("Basic ann:secret", HIDDEN),
        ("bare", unauthorized(bearer())),
        (f"{PULL_A} as ann:secret", token("t1")),
        ("Bearer t1", answer(200)),
    )


def test_basic_refused_and_nothing_readable_is_a_wrong_password(signed_in: RegistryAuth) -> None:
    with pytest.raises(LoginRequired) as caught:
        play(signed_in, ("bare", unauthorized(BASIC)), ("Basic ann:secret", HIDDEN))
    assert (caught.value.prompt.reason, caught.value.prompt.username) == ("wrong-password", "ann")


def test_basic_refused_twice_without_a_challenge_is_a_wrong_password(signed_in: RegistryAuth) -> None:
    signed_in.remember_basic(())
    with pytest.raises(LoginRequired) as caught:
        play(signed_in, ("Basic ann:secret", HIDDEN), ("bare", HIDDEN))
    assert (caught.value.prompt.reason, caught.value.prompt.username) == ("wrong-password", "ann")


def test_a_known_basic_registry_that_hides_its_challenge_leads_to_a_login(auth: RegistryAuth) -> None:
    auth.remember_basic(())
    with pytest.raises(LoginRequired) as caught:
        play(auth, ("bare", HIDDEN))
    assert (caught.value.prompt.scheme, caught.value.prompt.reason) == ("basic", "required")
