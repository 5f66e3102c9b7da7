import pytest

from app.auth.errors import (
    AccessDenied,
    ApprovalPrompt,
    ApprovalRequired,
    ChallengeHidden,
    LoginPrompt,
    LoginRequired,
    RealmRefused,
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
from app.state.failure import failure_of

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
