"""How authorization ends; and the pasted registry token, whose refusals are made here."""

import jwt
import pytest

from app.auth.credential import RegistryToken
from app.auth.ending import Ending
from app.auth.errors import AccessDenied, LoginRequired
from app.auth.identity import Bearer, RegistryAuth, Wanted
from app.auth.step import Reply
from app.oci.origin import parse_origin
from tests.unit.auth.script import REGISTRY, Exchange, answer, bearer, manifest, play, unauthorized

NOW = 1_800_000_000.0
WANTED = Wanted(Bearer("https://reg.example/token", REGISTRY, "reg"), ("repository:a:pull",))
OWN = "Bearer mine"
HIDDEN = unauthorized(None)
OPEN = parse_origin("http://reg.example:5000")


@pytest.fixture
def auth() -> RegistryAuth:
    auth = RegistryAuth(REGISTRY)
    auth.sign_in(RegistryToken("mine"))
    return auth


def refused(auth: RegistryAuth, *exchanges: Exchange) -> LoginRequired:
    with pytest.raises(LoginRequired) as caught:
        play(auth, *exchanges, wall=lambda: NOW)
    return caught.value


def test_a_registry_token_is_not_sent_before_a_challenge_a2(auth: RegistryAuth) -> None:
    play(auth, ("bare", answer(200)))


def test_a_registry_token_answers_a_bearer_challenge_as_it_is(auth: RegistryAuth) -> None:
    why: list[str] = []
    play(auth, ("bare", unauthorized()), (OWN, answer(200)), why=why)
    assert why == ["first-contact", "registry-token"]


def test_a_registry_token_goes_at_once_where_it_was_taken_a8(auth: RegistryAuth) -> None:
    play(auth, ("bare", unauthorized()), (OWN, answer(200)))
    play(auth, (OWN, answer(200)), request=manifest("b"))


def test_a_registry_token_answers_a_hidden_challenge_a3(auth: RegistryAuth) -> None:
    play(auth, ("bare", HIDDEN), (OWN, answer(200)))
    play(auth, (OWN, answer(200)))


def test_a_registry_token_never_goes_to_a_token_service_nor_needs_it_approved_a7(auth: RegistryAuth) -> None:
    play(auth, ("bare", unauthorized(bearer(realm="https://other.example/t"))), (OWN, answer(200)))


@pytest.mark.parametrize("refusal", [unauthorized(), HIDDEN, unauthorized(bearer(error="invalid_token"))])
def test_a_registry_token_refused_at_first_is_not_good_and_forgotten(auth: RegistryAuth, refusal: Reply) -> None:
    prompt = refused(auth, ("bare", unauthorized()), (OWN, refusal)).prompt
    assert (prompt.scheme, prompt.reason, prompt.username) == ("bearer", "wrong-password", None)
    assert auth.credential is None


def test_a_registry_token_refused_after_it_was_taken_has_expired(auth: RegistryAuth) -> None:
    play(auth, ("bare", unauthorized()), (OWN, answer(200)))
    assert refused(auth, (OWN, unauthorized())).prompt.reason == "expired"


def test_a_registry_token_that_says_it_is_over_has_expired() -> None:
    auth = RegistryAuth(REGISTRY)
    old = jwt.encode({"exp": int(NOW) - 1}, "k" * 32, algorithm="HS256")
    auth.sign_in(RegistryToken(old))
    assert refused(auth, ("bare", unauthorized()), (f"Bearer {old}", unauthorized())).prompt.reason == "expired"


def test_a_registry_token_without_the_scope_is_a_denial_that_names_it(auth: RegistryAuth) -> None:
    with pytest.raises(AccessDenied) as caught:
        play(
            auth,
            ("bare", unauthorized()),
            (OWN, unauthorized(bearer("repository:a:pull,push", error="insufficient_scope"))),
        )
    error = caught.value
    assert (error.scopes, error.identity) == (("repository:a:pull,push",), "registry-token")
    assert auth.credential is not None


def test_a_registry_token_that_the_registry_calls_expired_asks_for_another_a22(auth: RegistryAuth) -> None:
    play(auth, ("bare", unauthorized()), (OWN, answer(200)))
    expired = answer(403, body=b'{"errors":[{"code":"DENIED","message":"Your authorization token has expired."}]}')
    assert refused(auth, (OWN, expired), ("bare", unauthorized())).prompt.reason == "expired"


def test_a_registry_that_wants_basic_has_no_use_for_a_registry_token(auth: RegistryAuth) -> None:
    assert refused(auth, ("bare", unauthorized("Basic"))).prompt.scheme == "basic"


@pytest.mark.parametrize("text", ["", "two words", "line\nend", "ünicode"])
def test_a_registry_token_that_no_field_can_carry_is_not_sent(text: str) -> None:
    auth = RegistryAuth(REGISTRY)
    auth.sign_in(RegistryToken(text))
    assert refused(auth, ("bare", unauthorized())).prompt.reason == "wrong-password"


def test_a_registry_token_over_plain_http_waits_for_the_warning_to_be_accepted_a6() -> None:
    auth = RegistryAuth(OPEN)
    auth.sign_in(RegistryToken("mine"))
    challenge = unauthorized(f'Bearer realm="{OPEN}/token"')
    with pytest.raises(LoginRequired) as caught:
        play(auth, ("bare", challenge), request=manifest("a", OPEN))
    assert caught.value.prompt.reason == "insecure"
    auth.accept_insecure()
    play(auth, (OWN, answer(200)), request=manifest("a", OPEN))


def test_the_refusal_of_the_credentials_stands_above_the_one_of_the_anonymous_token_a23() -> None:
    auth = RegistryAuth(REGISTRY)
    ending = Ending(auth, manifest(), WANTED.scopes, REGISTRY, None)
    first = AccessDenied(REGISTRY, (), "ann", "GET", manifest().url, ())
    ending.instead = first
    with pytest.raises(AccessDenied) as caught:
        ending.deny(WANTED, unauthorized())
    assert caught.value is first
