"""Errors carry their facts as fields, and no secret reaches any text that could be logged."""

import base64
import json
import traceback

import pytest

from app.auth.credential import Password
from app.auth.errors import (
    AccessDenied,
    ApprovalPrompt,
    ApprovalRequired,
    AuthError,
    ChallengeHidden,
    LoginPrompt,
    LoginRequired,
    RealmRefused,
    TokenServiceBusy,
    TokenServiceFailed,
    UnusableChallenge,
)
from app.auth.flow import authorize
from app.auth.identity import Identities, RegistryAuth
from app.auth.step import Send
from app.ports.transport import TransportError
from tests.unit.auth.script import REGISTRY, Exchange, answer, bearer, manifest, play, token, unauthorized

CANARY = "canary-password"
TOKEN = "canary-token"
BASIC = base64.b64encode(f"ann:{CANARY}".encode()).decode()
LOGIN = LoginPrompt(REGISTRY, "bearer", "https://reg.example/t", REGISTRY, "reg", (), "required", "ann")
APPROVAL = ApprovalPrompt(REGISTRY, REGISTRY, "bearer", None, (), anonymous=True, reason="private-host")


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (LoginRequired(LOGIN), "https://reg.example wants a login (bearer, required)"),
        (ApprovalRequired(APPROVAL), "https://reg.example names the token service https://reg.example: private-host"),
        (
            AccessDenied(REGISTRY, (), "ann", "GET", "https://reg.example/v2/", ()),
            "GET https://reg.example/v2/: denied",
        ),
        (
            ChallengeHidden(REGISTRY, "GET", "https://reg.example/v2/", ()),
            "GET https://reg.example/v2/: 401 without a readable challenge",
        ),
        (
            TokenServiceFailed(REGISTRY, "https://reg.example/t", 500, "status", None),
            "token service https://reg.example/t: status (500)",
        ),
        (
            TokenServiceFailed(REGISTRY, "https://reg.example/t", None, "unreachable", None),
            "token service https://reg.example/t: unreachable",
        ),
        (
            RealmRefused(REGISTRY, "evil", "downgrade"),
            "https://reg.example names a token service that is refused: downgrade",
        ),
        (
            UnusableChallenge(REGISTRY, ("negotiate",), "unknown scheme"),
            "https://reg.example sent no challenge that can be answered: unknown scheme",
        ),
    ],
)
def test_an_error_says_what_happened_and_to_what(error: AuthError, text: str) -> None:
    assert str(error) == text


def assert_silent(*found: object) -> None:
    for each in found:
        text = f"{each!r} {each!s} {each}"
        assert not any(secret in text for secret in (CANARY, TOKEN, BASIC))


TOKEN_REQUEST = f"token ?service=reg&scope=repository:a:pull as ann:{CANARY}"
CHALLENGED: Exchange = ("bare", unauthorized(bearer()))


@pytest.mark.parametrize(
    "exchanges",
    [
        [CHALLENGED, (TOKEN_REQUEST, answer(401, body=CANARY.encode()))],
        [CHALLENGED, (TOKEN_REQUEST, answer(500, body=CANARY.encode()))],
        [CHALLENGED, (TOKEN_REQUEST, answer(200, body=f'{{"token":"{TOKEN}"'.encode()))],
        [CHALLENGED, (TOKEN_REQUEST, answer(200, body=json.dumps({"token": f"{TOKEN} x"}).encode()))],
        [CHALLENGED, (TOKEN_REQUEST, TransportError("GET", "https://reg.example/token", "network"))],
        [CHALLENGED, (TOKEN_REQUEST, token(TOKEN)), (f"Bearer {TOKEN}", unauthorized(bearer()))],
        [CHALLENGED, (TOKEN_REQUEST, token(TOKEN)._replace(url="https://other.example/"))],
        [("bare", unauthorized("Basic")), (f"Basic ann:{CANARY}", unauthorized("Basic"))],
        [("bare", unauthorized(bearer(realm="https://other.example/t")))],
    ],
)
def test_no_secret_is_in_an_error_its_fields_or_its_traceback(exchanges: list[Exchange]) -> None:
    auth = RegistryAuth(REGISTRY)
    auth.sign_in(Password("ann", CANARY))
    with pytest.raises(AuthError) as caught:
        play(auth, *exchanges)
    error: BaseException | None = caught.value
    while error is not None:
        assert_silent(error, error.args, *vars(error).values(), "".join(traceback.format_exception(error)))
        error = error.__context__


def test_no_secret_is_in_what_the_tab_remembers() -> None:
    identities = Identities()
    auth = identities.of(REGISTRY)
    credential = Password("ann", CANARY)
    auth.sign_in(credential)
    play(auth, CHALLENGED, (TOKEN_REQUEST, token(TOKEN)), (f"Bearer {TOKEN}", answer(200)))
    assert_silent(identities, auth, credential, auth.tokens, *auth.tokens, auth.identity(0.0), auth.standing(0.0))
    assert_silent(*(getattr(auth, name) for name in RegistryAuth.__slots__))


def test_no_secret_is_in_a_step_or_in_the_locals_of_a_failed_flow() -> None:
    auth = RegistryAuth(REGISTRY)
    auth.sign_in(Password("ann", CANARY))
    flow = authorize(manifest(), auth, ("repository:a:pull",), lambda: 0.0)
    steps = [next(flow), flow.send(unauthorized(bearer()))]
    steps.append(flow.send(token(TOKEN)))
    sends = [step for step in steps if isinstance(step, Send)]
    assert_silent(*steps, *(step.request for step in sends), *(step.key for step in sends))
    with pytest.raises(AuthError) as caught:
        flow.send(unauthorized(bearer()))
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    inside = [frame for frame in shown.stack if "/app/auth/" in frame.filename]
    assert inside
    assert_silent(*(frame.locals for frame in inside))


FOREIGN = unauthorized(bearer(realm="https://other.example/t"))
NO_ANSWER = TransportError("GET", "https://reg.example/token", "network")
PULL = "token ?service=reg&scope=repository:a:pull"
REFUSED = unauthorized(bearer("repository:a:pull", error="insufficient_scope"))
WORKED: Exchange = (TOKEN_REQUEST, token(TOKEN))


@pytest.mark.parametrize(
    ("signed_in", "exchanges", "refusal"),
    [
        (False, [CHALLENGED, (PULL, answer(401))], "LoginRequired required"),
        (True, [CHALLENGED, (TOKEN_REQUEST, answer(401))], "LoginRequired wrong-password"),
        (True, [CHALLENGED, WORKED, (f"Bearer {TOKEN}", REFUSED)], "AccessDenied repository:a:pull"),
        (True, [("bare", unauthorized(None)), ("ping bare", unauthorized(None))], "ChallengeHidden"),
        (True, [("bare", FOREIGN)], "ApprovalRequired other-origin"),
        (True, [CHALLENGED, (TOKEN_REQUEST, NO_ANSWER)], "TokenServiceFailed unreachable"),
        (True, [CHALLENGED, (TOKEN_REQUEST, answer(429, Retry_After="60"))], "TokenServiceBusy 60"),
    ],
)
def test_each_refusal_is_told_from_the_others(signed_in: bool, exchanges: list[Exchange], refusal: str) -> None:
    auth = RegistryAuth(REGISTRY)
    if signed_in:
        auth.sign_in(Password("ann", CANARY))
    assert refusal_of(auth, exchanges) == refusal


def test_a_sign_in_that_has_ended_is_told_from_a_wrong_one() -> None:
    auth = RegistryAuth(REGISTRY)
    auth.sign_in(Password("ann", CANARY))
    play(auth, CHALLENGED, WORKED, (f"Bearer {TOKEN}", answer(200)))
    ended: list[Exchange] = [
        (f"Bearer {TOKEN}", unauthorized(bearer())),
        (TOKEN_REQUEST, answer(401)),
        (PULL, answer(401)),
    ]
    assert refusal_of(auth, ended) == "LoginRequired expired"


def refusal_of(auth: RegistryAuth, exchanges: list[Exchange]) -> str:
    with pytest.raises(AuthError) as caught:
        play(auth, *exchanges)
    error = caught.value
    match error:
        case LoginRequired() | ApprovalRequired():
            word: object = error.prompt.reason
        case AccessDenied():
            word = " ".join(error.scopes)
        case TokenServiceBusy():
            word = f"{error.retry_after:g}"
        case TokenServiceFailed():
            word = error.reason
        case _:
            word = ""
    return f"{type(error).__name__} {word}".strip()
