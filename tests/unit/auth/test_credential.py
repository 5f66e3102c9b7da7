import base64

import pytest

from app.auth.credential import (
    AadToken,
    Credential,
    IdentityToken,
    Password,
    RegistryToken,
    Secret,
    basic_header,
    is_sendable,
    name_of,
)

CREDENTIALS = (
    Password("ann", "canary"),
    IdentityToken("ann", "canary"),
    IdentityToken(None, "canary"),
    RegistryToken("canary"),
    AadToken("canary", "contoso"),
)


@pytest.mark.parametrize(
    ("username", "password", "pair"),
    [
        ("Aladdin", "open sesame", b"Aladdin:open sesame"),
        ("test", "123\N{POUND SIGN}", b"test:123\xc2\xa3"),
        ("ann", "a:b", b"ann:a:b"),
        ("", "", b":"),
    ],
)
def test_a_basic_header_is_base64_of_utf_8_a14(username: str, password: str, pair: bytes) -> None:
    """The first two are the examples of RFC 7617."""
    assert Password(username, password).basic_header() == "Basic " + base64.b64encode(pair).decode()


def test_half_a_surrogate_pair_does_not_make_an_error_that_shows_the_password() -> None:
    assert basic_header("ann", "canary\ud800") == "Basic " + base64.b64encode(b"ann:canary?").decode()


def test_a_password_is_shown_by_its_user_name_alone() -> None:
    assert repr(Password("ann", "canary")) == str(Password("ann", "canary")) == "Password('ann', …)"


@pytest.mark.parametrize("credential", CREDENTIALS, ids=repr)
def test_a_credential_is_silent_and_has_no_dictionary_to_be_dumped(credential: Credential) -> None:
    assert "canary" not in f"{credential!r} {credential}"
    assert not hasattr(credential, "__dict__")


def test_a_secret_is_silent_and_has_no_dictionary_to_be_dumped() -> None:
    secret = Secret("canary")
    assert "canary" not in f"{secret!r} {secret}"
    assert not hasattr(secret, "__dict__")


@pytest.mark.parametrize(
    ("credential", "kind", "name"),
    [
        (Password("ann", "p"), "password", "ann"),
        (Password("", "p"), "password", ""),
        (IdentityToken("ann", "t"), "identity-token", "ann"),
        (IdentityToken(None, "t"), "identity-token", "identity-token"),
        (RegistryToken("t"), "registry-token", "registry-token"),
        (AadToken("t"), "aad-token", "aad-token"),
    ],
)
def test_a_credential_has_a_kind_and_a_name(credential: Credential, kind: str, name: str) -> None:
    assert (credential.kind, name_of(credential)) == (kind, name)


@pytest.mark.parametrize("make", [RegistryToken, AadToken, lambda text: IdentityToken(None, text)])
def test_a_pasted_token_loses_the_blanks_around_it(make: type[RegistryToken]) -> None:
    assert make(" \n t \n").token == "t"


def test_a_registry_token_goes_as_it_is() -> None:
    assert RegistryToken("a.b-c==").bearer_header() == "Bearer a.b-c=="


@pytest.mark.parametrize(
    ("token", "is_it"), [("t", True), ("a.b_c~/+=", True), ("", False), ("a b", False), ("a\n", False), ("é", False)]
)
def test_what_a_field_can_carry_as_a_token(token: str, is_it: bool) -> None:
    assert is_sendable(token) is is_it
