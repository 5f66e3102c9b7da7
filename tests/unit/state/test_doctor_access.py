"""Which Authorization an examination may use once the person said yes."""

import pytest

from app.auth.bearer_token import parse_token_response
from app.auth.credential import IdentityToken, Password, RegistryToken
from app.auth.lessons import Bearer, Wanted
from app.auth.registry_auth import RegistryAuth
from app.oci.origin import origin_of, parse_origin
from app.state.doctor_access import authorization_for

REALM = "https://tokens.example/token"
PULL = ("repository:lab/app:pull",)


def auth(registry: str = "https://r.example") -> RegistryAuth:
    return RegistryAuth(parse_origin(registry))


def with_token(of: RegistryAuth, *, anonymous: bool = False) -> RegistryAuth:
    wanted = Wanted(Bearer(REALM, origin_of(REALM), "lab"), PULL)
    of.remember_bearer(PULL, wanted)
    token = parse_token_response(b'{"token": "t0ken", "expires_in": 300}', 1000.0, PULL)
    of.keep(of.key(wanted, anonymous), token)
    return of


def test_nobody_has_nothing_to_send() -> None:
    assert authorization_for(auth(), 1000.0) is None


def test_a_password_goes_to_the_registry_by_basic() -> None:
    found = auth()
    found.sign_in(Password("ann", "right"))
    assert authorization_for(found, 1000.0) == Password("ann", "right").basic_header()


def test_a_registry_token_goes_as_it_is() -> None:
    found = auth()
    found.sign_in(RegistryToken("abc"))
    assert authorization_for(found, 1000.0) == "Bearer abc"


def test_a_refresh_token_is_for_the_token_service_alone() -> None:
    found = auth()
    found.sign_in(IdentityToken("ann", "abc"))
    assert authorization_for(found, 1000.0) is None


@pytest.mark.parametrize("credential", [Password("ann", "right"), RegistryToken("abc")])
def test_over_plain_http_nothing_goes_unless_that_was_accepted(credential: Password | RegistryToken) -> None:
    found = auth("http://r.example")
    found.sign_in(credential)
    assert authorization_for(found, 1000.0) is None
    found.accept_insecure()
    assert authorization_for(found, 1000.0) is not None


def test_of_a_token_service_the_token_in_memory_goes_and_never_the_password() -> None:
    found = auth()
    found.sign_in(Password("ann", "right"))
    with_token(found)
    assert authorization_for(found, 1001.0) == "Bearer t0ken"


def test_a_token_of_nobody_or_an_old_one_is_not_the_persons() -> None:
    found = auth()
    found.sign_in(Password("ann", "right"))
    with_token(found, anonymous=True)
    assert authorization_for(found, 1001.0) is None
    with_token(found)
    assert authorization_for(found, 9000.0) is None


def test_to_be_tried_is_not_to_be_used() -> None:
    found = auth()
    found.sign_in(Password("ann", "right"))
    with_token(found)
    before = [token.used_at for token in found.tokens]
    authorization_for(found, 1100.0)
    assert [token.used_at for token in found.tokens] == before
