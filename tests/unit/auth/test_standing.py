import pytest

from app.auth.errors import AccessDenied, AuthError, LoginPrompt, LoginRequired
from app.auth.standing import AnonymousRead, anonymous_read
from app.oci.origin import parse_origin

REGISTRY = parse_origin("https://reg.example")
SCOPES = ("repository:a:pull",)
WRONG = LoginPrompt(REGISTRY, "bearer", "", None, None, SCOPES, "wrong-password", "ann")


def test_what_was_read_as_oneself_needs_no_word() -> None:
    assert anonymous_read(None, "ann", SCOPES) is None


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (LoginRequired(WRONG), "wrong-password"),
        (LoginRequired(WRONG._replace(reason="expired")), "expired"),
        (AccessDenied(REGISTRY, SCOPES, "ann", "GET", "https://reg.example/", ()), "denied"),
    ],
)
def test_an_anonymous_read_says_why_and_in_whose_place_a23(error: AuthError, reason: str) -> None:
    assert anonymous_read(error, "ann", SCOPES) == AnonymousRead("ann", reason, SCOPES)  # type: ignore[arg-type]
