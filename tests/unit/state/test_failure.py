from collections.abc import Callable

import pytest

from app.auth.errors import (
    AccessDenied,
    ApprovalPrompt,
    ApprovalRequired,
    ChallengeHidden,
    LoginPrompt,
    LoginRequired,
    RealmRefused,
    TokenServiceBusy,
    TokenServiceFailed,
    UnusableChallenge,
)
from app.client.errors import (
    BadAnswer,
    BadDigest,
    ClientError,
    Forbidden,
    NotFound,
    RateLimited,
    Refused,
    ServerFailed,
    Unreachable,
    Unsupported,
)
from app.oci.digest import digest_of
from app.oci.origin import parse_origin
from app.state.failure import UnusableToken, failure_of
from tests.unit.state.fake_content import HOME, TAGS
from tests.unit.state.fake_lab import APPROVED, Lab
from tests.unit.state.fake_page import Tab, play

REGISTRY = parse_origin("r.example")
URL = "https://r.example/v2/"
LOGIN = LoginPrompt(REGISTRY, "basic", "r", None, None, (), reason="required", username=None)
APPROVAL = ApprovalPrompt(REGISTRY, REGISTRY, "bearer", None, (), anonymous=False, reason="")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (BadDigest("GET", URL, digest_of(b"a"), digest_of(b"b"), 1), "bad-digest"),
        (NotFound("GET", URL), "not-found"),
        (Unsupported("GET", URL), "unsupported"),
        (RateLimited("GET", URL), "rate-limited"),
        (TokenServiceBusy(REGISTRY, URL, 429, "status", 5), "rate-limited"),
        (UnusableToken(empty=True), "bad-input"),
        (Unreachable("GET", URL, "network"), "unreachable"),
        (Forbidden("GET", URL), "denied"),
        (Refused("GET", URL), "denied"),
        (ServerFailed("GET", URL), "bad-answer"),
        (BadAnswer("GET", URL, "html"), "bad-answer"),
        (AccessDenied(REGISTRY, (), None, "GET", URL, ()), "denied"),
        (LoginRequired(LOGIN), "denied"),
        (ApprovalRequired(APPROVAL), "denied"),
        (ChallengeHidden(REGISTRY, "GET", URL, ()), "hidden"),
        (TokenServiceFailed(REGISTRY, URL, None, "unreachable", None), "unreachable"),
        (RealmRefused(REGISTRY, URL, "x"), "denied"),
        (UnusableChallenge(REGISTRY, (), "x"), "bad-answer"),
        (ClientError("GET", URL), "bad-answer"),
        (KeyError("nobody foresaw this"), "bad-answer"),
    ],
)
def test_every_exception_has_a_class(error: Exception, kind: str) -> None:
    failure = failure_of(error)
    assert (failure.kind, failure.error) == (kind, error)


def test_a_text_that_is_no_token_is_not_repeated() -> None:
    assert vars(UnusableToken(empty=False)) == {"empty": False}
    assert str(UnusableToken(empty=False)) == "not a token"


# Every refusal on a page is told from the others.


def cause(tab: Tab) -> tuple[str, str]:
    """What the page says: the type of the error or question, and its own reason."""
    state = tab.state
    if state.login is not None:
        return "login", state.login.reason
    if state.approval is not None:
        return "approval", state.approval.realm_origin.host
    assert state.failure is not None
    reason = getattr(state.failure.error, "reason", "")
    return type(state.failure.error).__name__, str(reason)


def limited(lab: Lab) -> None:
    lab.limits = ["60"]


def limited_tokens(lab: Lab) -> None:
    lab.token_limits = ["60"]


def forgotten(lab: Lab) -> None:
    lab.people.clear()


def narrow(lab: Lab) -> None:
    lab.narrow = True


def silent(lab: Lab) -> None:
    lab.silent = True


def hidden(lab: Lab) -> None:
    lab.scheme = "hidden"


def nothing(lab: Lab) -> None:
    """Nothing changes."""


@pytest.mark.parametrize(
    ("approved", "word", "then", "told"),
    [
        (True, None, nothing, ("login", "required")),
        (True, "wrong", nothing, ("login", "wrong-password")),
        (True, "right", forgotten, ("login", "expired")),
        (True, "right", narrow, ("AccessDenied", "")),
        (False, "right", nothing, ("approval", "tokens.example")),
        (True, None, hidden, ("ChallengeHidden", "")),
        (True, "right", silent, ("TokenServiceFailed", "unreachable")),
        (True, "right", limited, ("RateLimited", "")),
        (True, "right", limited_tokens, ("TokenServiceBusy", "status")),
    ],
)
def test_a_refusal_says_which_it_is(
    approved: bool, word: str | None, then: Callable[[Lab], None], told: tuple[str, str]
) -> None:
    async def scene(tab: Tab) -> None:
        if word is None:
            then(lab)
        await tab.start(HOME, {"approvals": APPROVED} if approved else {})
        if word is not None:
            await tab.sign_in(word=word)
            if then is not nothing:
                then(lab)
                lab.tokens.clear()
                tab.clock.advance(1000)
                await tab.press("retry")
        assert cause(tab) == told

    lab = Lab()
    play(scene, lab.tab)


def test_a_denial_names_the_scope_that_was_not_granted() -> None:
    async def scene(tab: Tab) -> None:
        lab.narrow = True
        await tab.start(TAGS, {"approvals": APPROVED})
        await tab.sign_in()
        assert tab.state.failure is not None
        error = tab.state.failure.error
        assert isinstance(error, AccessDenied)
        assert (error.scopes, error.identity) == (("repository:lab/app:pull",), "ann")

    lab = Lab()
    play(scene, lab.tab)
