"""Outcomes: one code for each way a request ends."""

import asyncio

import pytest

from app.auth.errors import (
    AccessDenied,
    ApprovalPrompt,
    ApprovalRequired,
    ChallengeHidden,
    LoginPrompt,
    LoginReason,
    LoginRequired,
    RealmRefused,
    TokenFailure,
    TokenServiceFailed,
    UnusableChallenge,
)
from app.auth.outcome import Outcome, outcome_of
from app.oci.origin import parse_origin

REGISTRY = parse_origin("https://r.example")
URL = "https://r.example/v2/a/tags/list"
PULL = ("repository:a:pull",)


def login(reason: LoginReason) -> LoginRequired:
    return LoginRequired(LoginPrompt(REGISTRY, "bearer", "https://r.example/t", REGISTRY, None, PULL, reason, None))


def service(status: int | None, reason: TokenFailure) -> TokenServiceFailed:
    return TokenServiceFailed(REGISTRY, "https://r.example/t", status, reason, None)


class NotFound(Exception):
    pass


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (None, Outcome("ok", ())),
        (login("required"), Outcome("login-required", PULL)),
        (login("wrong-password"), Outcome("wrong-password", PULL)),
        (login("expired"), Outcome("expired", PULL)),
        (login("insecure"), Outcome("insecure", PULL)),
        (
            ApprovalRequired(ApprovalPrompt(REGISTRY, REGISTRY, "bearer", None, PULL, False, "other-origin")),
            Outcome("realm-not-approved", PULL),
        ),
        (AccessDenied(REGISTRY, PULL, "ann", "GET", URL, ()), Outcome("denied", PULL)),
        (ChallengeHidden(REGISTRY, "GET", URL, PULL), Outcome("challenge-hidden", PULL)),
        (RealmRefused(REGISTRY, "javascript:", "relative"), Outcome("realm-refused", ())),
        (UnusableChallenge(REGISTRY, ("digest",), "unknown scheme"), Outcome("unusable-challenge", ())),
        (service(None, "unreachable"), Outcome("token-service-unreachable", ())),
        (service(500, "status"), Outcome("token-service-failed", ())),
        (service(429, "status"), Outcome("rate-limited", ())),
        (asyncio.CancelledError(), Outcome("cancelled", ())),
        (NotFound(), Outcome("not-found", ())),
    ],
)
def test_every_end_has_its_code(error: BaseException | None, outcome: Outcome) -> None:
    assert outcome_of(error) == outcome
