"""What a refusal may mean beside its status: A.17, A.20 and A.22 in the flow."""

import json

import jwt
import pytest

from app.auth.attempt import Attempt
from app.auth.bearer_token import Token
from app.auth.challenge import parse_challenges
from app.auth.credential import Password
from app.auth.errors import AccessDenied, LoginRequired
from app.auth.identity import RegistryAuth
from app.auth.refusal import error_of, is_early, is_lapsed, lacking, why_unusable
from app.auth.step import Reply
from app.oci.origin import parse_origin
from tests.unit.auth.script import REGISTRY, answer, bearer, manifest, play, token, unauthorized, wait

PULL_A = "token ?service=reg&scope=repository:a:pull"
AS_ANN = f"{PULL_A} as ann:secret"
INVALID = unauthorized(bearer("repository:a:pull", error="invalid_token"))
NARROW = unauthorized(bearer("repository:a:pull", error="insufficient_scope"))
NOW = 1_800_000_000.0
KEY = "k" * 32


def signed_token(*actions: str, name: str = "a", **claims: object) -> str:
    access = [{"type": "repository", "name": name, "actions": list(actions)}]
    return jwt.encode({"access": access, **claims}, KEY, algorithm="HS256")


def denied(message: str = "denied", code: str = "DENIED", status: int = 403) -> Reply:
    return answer(status, body=json.dumps({"errors": [{"code": code, "message": message}]}).encode())


EXPIRED = "Your authorization token has expired. Reauthenticate and try again."


@pytest.fixture
def auth() -> RegistryAuth:
    return RegistryAuth(REGISTRY)


@pytest.fixture
def signed_in(auth: RegistryAuth) -> RegistryAuth:
    auth.sign_in(Password("ann", "secret"))
    return auth


def known(auth: RegistryAuth, value: str = "t1") -> RegistryAuth:
    """A token of ann's is in memory."""
    play(auth, ("bare", unauthorized()), (AS_ANN, token(value)), (f"Bearer {value}", answer(200)))
    return auth


# A.17: the clock of the token service is ahead.


def test_a_fresh_token_of_the_future_is_tried_again_after_a_second_a17(signed_in: RegistryAuth) -> None:
    early = signed_token("pull", nbf=int(NOW) + 1)
    why: list[str] = []
    final = play(
        signed_in,
        ("bare", unauthorized()),
        (AS_ANN, token(early)),
        (f"Bearer {early}", INVALID),
        wait(1),
        (f"Bearer {early}", answer(200)),
        wall=lambda: NOW,
        why=why,
    )
    assert final.status == 200
    assert why == ["first-contact", "challenge-bearer", "challenge-bearer", "not-before", "after-wait"]
    play(signed_in, (f"Bearer {early}", answer(200)))


def test_one_second_is_all_that_is_waited_a17(signed_in: RegistryAuth) -> None:
    early = signed_token("pull", nbf=int(NOW) + 60)
    with pytest.raises(AccessDenied) as caught:
        play(
            signed_in,
            ("bare", unauthorized()),
            (AS_ANN, token(early)),
            (f"Bearer {early}", INVALID),
            wait(1),
            (f"Bearer {early}", INVALID),
            wall=lambda: NOW,
        )
    assert caught.value.error == "invalid_token"


def test_a_token_asked_for_ahead_is_waited_for_once_too_a17(signed_in: RegistryAuth) -> None:
    known(signed_in)
    as_ann_b = "token ?service=reg&scope=repository:b:pull as ann:secret"
    invalid = unauthorized(bearer("repository:b:pull", error="invalid_token"))
    with pytest.raises(AccessDenied):
        play(
            signed_in,
            (as_ann_b, token("t2")),
            ("Bearer t2", invalid),
            wait(1),
            ("Bearer t2", invalid),
            request=manifest("b"),
        )


def test_an_opaque_fresh_token_called_invalid_gets_its_second_too_a17(signed_in: RegistryAuth) -> None:
    play(
        signed_in,
        ("bare", unauthorized()),
        (AS_ANN, token("t1")),
        ("Bearer t1", INVALID),
        wait(1),
        ("Bearer t1", answer(200)),
    )


@pytest.mark.parametrize("refusal", [NARROW, unauthorized()])
def test_a_fresh_token_refused_for_another_reason_is_not_waited_for_a17(
    signed_in: RegistryAuth, refusal: Reply
) -> None:
    with pytest.raises(AccessDenied):
        play(signed_in, ("bare", unauthorized()), (AS_ANN, token("t1")), ("Bearer t1", refusal))


@pytest.mark.parametrize(
    ("begins", "error", "early"),
    [
        (NOW + 5, None, True),
        (NOW - 1, None, False),
        (NOW - 1, "invalid_token", True),
        (NOW - 60, "invalid_token", False),
        (None, "invalid_token", True),
        (None, None, False),
    ],
)
def test_when_a_refused_token_may_be_too_new_a17(begins: float | None, error: str | None, early: bool) -> None:
    value = signed_token("pull") if begins is None else signed_token("pull", nbf=int(begins))
    refusal = unauthorized(bearer(**({} if error is None else {"error": error})))
    assert is_early(Token(value, 0.0, 60.0), refusal, lambda: NOW) is early


# A.20: asked and granted.


def test_a_token_that_does_not_grant_what_is_needed_is_a_denial_at_once_a20(signed_in: RegistryAuth) -> None:
    """Denied scopes are a 200 with fewer actions (docs/spec/auth/token.md); the challenge asks for the same again."""
    nothing = signed_token()
    with pytest.raises(AccessDenied) as caught:
        play(
            signed_in,
            ("bare", unauthorized(bearer("repository:a:pull"))),
            (AS_ANN, token(nothing)),
            (f"Bearer {nothing}", NARROW),
        )
    assert (caught.value.scopes, caught.value.error) == (("repository:a:pull",), "insufficient_scope")


def test_a_challenge_for_more_is_not_followed_when_not_even_the_first_was_granted_a20(
    signed_in: RegistryAuth,
) -> None:
    nothing = signed_token()
    with pytest.raises(AccessDenied):
        play(
            signed_in,
            ("bare", unauthorized()),
            (AS_ANN, token(nothing)),
            (f"Bearer {nothing}", unauthorized(bearer("repository:a:pull,push"))),
        )


def test_only_what_was_refused_is_named_a20(signed_in: RegistryAuth) -> None:
    both = "token ?service=reg&scope=repository:z:pull&scope=repository:a:pull as ann:secret"
    half = signed_token("pull", name="a")
    with pytest.raises(AccessDenied) as caught:
        play(
            signed_in,
            ("bare", unauthorized(bearer("repository:z:pull"))),
            (both, token(half)),
            (f"Bearer {half}", unauthorized(bearer("repository:z:pull", error="insufficient_scope"))),
        )
    assert caught.value.scopes == ("repository:z:pull",)


def test_an_anonymous_visitor_with_an_empty_grant_is_asked_to_log_in_a20(auth: RegistryAuth) -> None:
    nothing = signed_token()
    with pytest.raises(LoginRequired) as caught:
        play(auth, ("bare", unauthorized()), (PULL_A, token(nothing)), (f"Bearer {nothing}", NARROW))
    assert caught.value.prompt.scopes == ("repository:a:pull",)


def test_a_token_whose_claims_grant_nothing_works_where_the_registry_takes_it_a20(signed_in: RegistryAuth) -> None:
    """Gitea's tokens name no access at all."""
    odd = jwt.encode({"sub": "ann"}, KEY, algorithm="HS256")
    play(signed_in, ("bare", unauthorized()), (AS_ANN, token(odd)), (f"Bearer {odd}", answer(200)))


def test_a_cached_token_that_grants_less_is_still_replaced_once_a20(signed_in: RegistryAuth) -> None:
    """It may have ended; whether the fresh one grants more is seen then."""
    less = signed_token("push")
    known(signed_in, less)
    play(signed_in, (f"Bearer {less}", INVALID), (AS_ANN, token("t2")), ("Bearer t2", answer(200)))


@pytest.mark.parametrize(
    ("value", "expected"),
    [(signed_token("pull"), ()), (signed_token("*"), ()), (signed_token("push"), ("repository:a:pull",)), ("t", ())],
)
def test_what_a_token_lacks_is_told_from_its_claims_alone(value: str, expected: tuple[str, ...]) -> None:
    assert lacking(Token(value, 0.0, 60.0), ("repository:a:pull",)) == expected


def test_the_reasons_of_the_sends_tell_a_new_scope_from_a_fresh_token_a20(signed_in: RegistryAuth) -> None:
    known(signed_in)
    why: list[str] = []
    both = "token ?service=reg&scope=repository:z:pull&scope=repository:a:pull as ann:secret"
    play(
        signed_in,
        ("Bearer t1", INVALID),
        (AS_ANN, token("t2")),
        ("Bearer t2", unauthorized(bearer("repository:z:pull"))),
        (both, token("t3")),
        ("Bearer t3", answer(200)),
        why=why,
    )
    assert why == ["known-bearer", "fresh-token", "fresh-token", "new-scope", "new-scope"]


# A.22: a denial that means an expired credential.

ECR = parse_origin("https://111111111111.dkr.ecr.us-east-1.amazonaws.com")
ECR_CHALLENGE = f'Basic realm="{ECR}/",service="ecr.amazonaws.com"'


@pytest.mark.parametrize("reply", [denied(EXPIRED), denied(EXPIRED, status=400), denied(status=400)])
def test_a_denial_of_a_token_from_memory_brings_one_fresh_token_a22(signed_in: RegistryAuth, reply: Reply) -> None:
    known(signed_in)
    why: list[str] = []
    play(signed_in, ("Bearer t1", reply), (AS_ANN, token("t2")), ("Bearer t2", answer(200)), why=why)
    assert why == ["known-bearer", "forbidden-retry", "forbidden-retry"]


@pytest.mark.parametrize("reply", [denied(EXPIRED), denied(status=400)])
def test_a_second_denial_is_final_a22(signed_in: RegistryAuth, reply: Reply) -> None:
    known(signed_in)
    final = play(signed_in, ("Bearer t1", reply), (AS_ANN, token("t2")), ("Bearer t2", reply))
    assert final.status == reply.status


@pytest.mark.parametrize("reply", [denied(), denied("no", "NAME_INVALID", 400), answer(403), answer(400)])
def test_another_denial_is_final_at_once_a22(signed_in: RegistryAuth, reply: Reply) -> None:
    known(signed_in)
    assert play(signed_in, ("Bearer t1", reply)).status == reply.status


def test_a_fresh_token_that_is_denied_is_not_replaced_a22(signed_in: RegistryAuth) -> None:
    final = play(signed_in, ("bare", unauthorized()), (AS_ANN, token("t1")), ("Bearer t1", denied(EXPIRED)))
    assert final.status == 403


def test_an_expired_password_of_ecr_asks_for_another_a22() -> None:
    auth = RegistryAuth(ECR)
    auth.sign_in(Password("AWS", "old"))
    request = manifest("a", ECR)
    play(auth, ("bare", unauthorized(ECR_CHALLENGE)), ("Basic AWS:old", answer(200)), request=request)
    why: list[str] = []
    with pytest.raises(LoginRequired) as caught:
        play(
            auth,
            ("Basic AWS:old", denied(EXPIRED)),
            ("bare", unauthorized(ECR_CHALLENGE)),
            request=request,
            why=why,
        )
    assert (caught.value.prompt.reason, caught.value.prompt.username) == ("expired", "AWS")
    assert why == ["known-basic", "forbidden-retry"]


def test_a_repository_that_ecr_denies_is_denied_a22() -> None:
    auth = RegistryAuth(ECR)
    auth.sign_in(Password("AWS", "new"))
    request = manifest("a", ECR)
    final = play(auth, ("bare", unauthorized(ECR_CHALLENGE)), ("Basic AWS:new", denied()), request=request)
    assert final.status == 403


@pytest.mark.parametrize("status", [200, 401, 404, 500])
def test_no_other_status_is_an_expiry_a22(status: int) -> None:
    attempt = Attempt("token", "known-bearer", 1, Token("t", 0.0, 60.0))
    assert not is_lapsed(REGISTRY, attempt, denied(EXPIRED, status=status))


# A.23: read without the credentials, and said.


def test_what_was_read_without_the_credentials_is_told_a23(signed_in: RegistryAuth) -> None:
    why: list[str] = []
    play(
        signed_in,
        ("bare", unauthorized()),
        (AS_ANN, answer(403)),
        (PULL_A, token("t1")),
        ("Bearer t1", answer(200)),
        why=why,
    )
    assert why == ["first-contact", "challenge-bearer", "anonymous-retry", "anonymous-retry"]
    told = signed_in.read_anonymously
    assert told is not None
    assert (told.name, told.reason, told.scopes) == ("ann", "wrong-password", ("repository:a:pull",))
    play(signed_in, ("Bearer t1", answer(200)))
    assert signed_in.read_anonymously is not None


def test_nothing_is_told_once_the_credentials_do_a23(signed_in: RegistryAuth) -> None:
    play(signed_in, ("bare", unauthorized()), (AS_ANN, answer(403)), (PULL_A, token("t1")), ("Bearer t1", answer(200)))
    other = "token ?service=reg&scope=repository:b:pull as ann:secret"
    play(signed_in, (other, token("t2")), ("Bearer t2", answer(200)), request=manifest("b"))
    assert signed_in.read_anonymously is None


def test_an_anonymous_try_that_the_registry_refuses_ends_as_the_credentials_did_a23(signed_in: RegistryAuth) -> None:
    with pytest.raises(LoginRequired) as caught:
        play(
            signed_in,
            ("bare", unauthorized()),
            (AS_ANN, answer(403)),
            (PULL_A, token("t1")),
            ("Bearer t1", NARROW),
        )
    assert caught.value.prompt.reason == "wrong-password"
    assert signed_in.read_anonymously is None


def test_a_forbidden_scope_does_not_sign_the_person_out_a23(signed_in: RegistryAuth) -> None:
    """GHCR answers 403 where a good credential has no right to the repository."""
    with pytest.raises(LoginRequired):
        play(signed_in, ("bare", unauthorized()), (AS_ANN, answer(403)), (PULL_A, answer(401)))
    assert signed_in.credential is not None


# Words for what cannot be answered.


def test_the_error_of_a_challenge_is_the_first_named() -> None:
    assert error_of(parse_challenges(bearer(error="invalid_token"))) == "invalid_token"
    assert error_of(parse_challenges("Basic")) is None


@pytest.mark.parametrize(
    ("header", "reason"),
    [("Bearer", "no realm"), ("Negotiate", "unknown scheme"), ("Basic realm=a,realm=b", "realm is given twice")],
)
def test_why_no_challenge_can_be_answered(header: str, reason: str) -> None:
    assert why_unusable(parse_challenges(header)) == reason
