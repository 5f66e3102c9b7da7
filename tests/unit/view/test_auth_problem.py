import pytest

from app.auth.errors import (
    AccessDenied,
    ApprovalPrompt,
    ApprovalRequired,
    AuthError,
    ChallengeHidden,
    LoginRequired,
    RealmRefused,
    TokenFailure,
    TokenServiceBusy,
    TokenServiceFailed,
    UnusableChallenge,
)
from app.oci.origin import Origin
from app.view.auth_problem import explain_auth
from app.view.explanation import Scene
from tests.unit.view.states import PROMPT, REGISTRY, URL

SCENE = Scene("manifest", "registry.example.net", "harbour/ledger", "1", "alice")
CATALOG = SCENE._replace(place="catalog", repository="", reference="")
REALM = Origin("https", "auth.example.org", None)
APPROVAL = ApprovalPrompt(REGISTRY, REALM, "bearer", None, (), False, "other-origin")


def test_an_account_without_the_right_is_told_so_with_the_scope() -> None:
    error = AccessDenied(REGISTRY, ("repository:harbour/ledger:pull",), "alice", "GET", URL, ())
    words = explain_auth(error, SCENE)
    assert words.title == "alice may not pull harbour/ledger"
    assert words.facts == (
        ("Refusal", "signed in, but not allowed"),
        ("Scope refused", "repository:harbour/ledger:pull"),
    )


def test_nobody_signed_in_is_told_that_it_is_not_open() -> None:
    error = AccessDenied(REGISTRY, (), None, "GET", URL, ())
    assert explain_auth(error, SCENE._replace(username=None)).title == "harbour/ledger is not open to everyone"


def test_a_hidden_challenge_names_the_header_that_is_missing() -> None:
    words = explain_auth(ChallengeHidden(REGISTRY, "GET", URL, ("registry:catalog:*",)), CATALOG)
    assert "Access-Control-Expose-Headers: WWW-Authenticate" in words.likely[0]
    assert words.facts == (("Refusal", "challenge hidden"), ("Would need", "registry:catalog:*"))
    assert words.actions[0] == "repository"


@pytest.mark.parametrize("reason", ["unreachable", "status", "html", "not-json", "no-token", "bad-token", "too-large"])
def test_a_token_server_that_failed_is_named_with_its_request(reason: TokenFailure) -> None:
    words = explain_auth(TokenServiceFailed(REALM, "https://auth.example.org/token", 500, reason, 7), SCENE)
    assert "auth.example.org" in words.title
    assert words.request == "GET https://auth.example.org/token"


def test_a_silent_token_server_has_the_reasons_of_silence() -> None:
    error = TokenServiceFailed(REALM, "https://auth.example.org/token", None, "unreachable", None)
    assert "token server sends no CORS headers" in explain_auth(error, SCENE).likely[0]


def test_a_refused_realm_says_why_and_that_nothing_was_sent() -> None:
    words = explain_auth(RealmRefused(REGISTRY, "http://auth.example.org/", "downgrade"), SCENE)
    assert "Nothing was sent there." in words.what
    assert "unencrypted" in words.facts[1][1]


def test_an_unknown_challenge_names_what_was_offered() -> None:
    words = explain_auth(UnusableChallenge(REGISTRY, ("negotiate", "ntlm"), "unknown scheme"), SCENE)
    assert ("Offered", "negotiate, ntlm") in words.facts
    assert ("Offered", "no scheme at all") in explain_auth(UnusableChallenge(REGISTRY, (), "no realm"), SCENE).facts


def test_a_sign_in_that_was_put_off_can_be_taken_up_again() -> None:
    assert explain_auth(LoginRequired(PROMPT), SCENE).actions[0] == "sign-in"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (LoginRequired(PROMPT), "not signed in"),
        (LoginRequired(PROMPT._replace(reason="wrong-password", username="alice")), "wrong password"),
        (LoginRequired(PROMPT._replace(reason="expired")), "expired"),
        (AccessDenied(REGISTRY, (), "alice", "GET", URL, ()), "signed in, but not allowed"),
        (ChallengeHidden(REGISTRY, "GET", URL, ()), "challenge hidden"),
        (ApprovalRequired(APPROVAL), "realm not approved"),
        (
            TokenServiceFailed(REALM, "https://auth.example.org/token", None, "unreachable", None),
            "token service unreachable, or without CORS",
        ),
        (TokenServiceBusy(REALM, "https://auth.example.org/token", 429, "status", None), "rate limited"),
    ],
    ids=lambda found: found if isinstance(found, str) else type(found).__name__,
)
def test_every_refusal_says_which_it_is(error: AuthError, said: str) -> None:
    assert explain_auth(error, SCENE).facts[0] == ("Refusal", said)


def test_a_wrong_password_names_whose_it_was() -> None:
    words = explain_auth(LoginRequired(PROMPT._replace(reason="wrong-password", username="alice")), SCENE)
    assert words.title == "Wrong user name or password for registry.example.net"
    assert "sent for alice was refused" in words.what


def test_a_busy_token_service_says_how_long_to_wait() -> None:
    busy = TokenServiceBusy(REALM, "https://auth.example.org/token", 429, "status", 7)
    assert ("Asks to wait", "7 seconds") in explain_auth(busy, SCENE).facts


def test_the_scope_that_is_wanted_is_named() -> None:
    words = explain_auth(LoginRequired(PROMPT._replace(scopes=("registry:catalog:*",))), SCENE)
    assert ("Scope wanted", "registry:catalog:*") in words.facts
