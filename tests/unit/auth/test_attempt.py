import pytest

from app.auth.attempt import Attempt, dressed, with_token
from app.auth.bearer_token import Token
from app.auth.credential import Credential, IdentityToken, Password, RegistryToken
from app.auth.errors import AccessDenied
from app.auth.exchange import Issued
from app.auth.identity import Bearer, RegistryAuth, Wanted
from app.ports.transport import Request
from tests.unit.auth.script import REGISTRY, manifest

TOKEN = Token("t1", 0.0, 60.0)
WANTED = Wanted(Bearer("https://reg.example/token", REGISTRY, None), ())


def auth_with(credential: Credential | None) -> RegistryAuth:
    auth = RegistryAuth(REGISTRY)
    if credential is not None:
        auth.sign_in(credential)
    return auth


@pytest.mark.parametrize(
    ("attempt", "credential", "sent"),
    [
        (Attempt("bare", "first-contact", 1), Password("a", "b"), None),
        (Attempt("basic", "known-basic", 1), Password("a", "b"), "Basic YTpi"),
        (Attempt("own", "registry-token", 1), RegistryToken(" t "), "Bearer t"),
        (Attempt("token", "known-bearer", 1, TOKEN), Password("a", "b"), "Bearer t1"),
        (Attempt("token", "known-bearer", 0, TOKEN), None, "Bearer t1"),
        # Whoever signed in or out meanwhile: nothing goes out that is not for this kind of attempt.
        (Attempt("basic", "known-basic", 1), None, None),
        (Attempt("basic", "known-basic", 1), IdentityToken("a", "b"), None),
        (Attempt("own", "registry-token", 1), Password("a", "b"), None),
    ],
)
def test_a_request_is_sent_with_what_the_attempt_says(
    attempt: Attempt, credential: Credential | None, sent: str | None
) -> None:
    assert dressed(manifest(), attempt, auth_with(credential)).header("Authorization") == sent


def test_an_attempt_elsewhere_keeps_all_but_the_address_a24() -> None:
    request = Request("HEAD", "https://reg.example/v2/", (("Accept", "a/b"),))
    sent = dressed(request, Attempt("token", "redirected", 0, TOKEN, url="https://other.example/x"), auth_with(None))
    assert (sent.method, sent.url, sent.header("Accept")) == ("HEAD", "https://other.example/x", "a/b")


def test_an_anonymous_token_in_the_place_of_a_credential_says_so_a23() -> None:
    auth = auth_with(None)
    error = AccessDenied(REGISTRY, (), "ann", "GET", "https://reg.example/", ())
    issued = Issued(TOKEN, auth.key(WANTED), WANTED, fresh=True, instead=error)
    assert with_token(issued, "challenge-bearer", 1).why == "anonymous-retry"
    assert with_token(issued._replace(instead=None), "challenge-bearer", 1).why == "challenge-bearer"


def test_a_repr_shows_no_token() -> None:
    assert repr(Attempt("token", "known-bearer", 1, Token("canary", 0, 1))) == "Attempt(token, known-bearer)"
