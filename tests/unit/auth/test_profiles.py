"""Challenges that are known beforehand (A.3), against those recorded in test_registries.py."""

import pytest

from app.auth.credential import Password
from app.auth.errors import ApprovalRequired, ChallengeHidden, LoginRequired
from app.auth.identity import RegistryAuth
from app.auth.profiles import Profile, expires_as_denial, learn_profile, profile_of
from app.auth.scope import CATALOG
from app.oci.origin import parse_origin
from app.ports.transport import Request
from tests.unit.auth.script import answer, manifest, play, token, unauthorized

HIDDEN = unauthorized(None)


@pytest.mark.parametrize(
    ("registry", "realm", "service"),
    [
        ("https://docker.io", "https://auth.docker.io/token", "registry.docker.io"),
        ("https://registry-1.docker.io", "https://auth.docker.io/token", "registry.docker.io"),
        ("https://ghcr.io", "https://ghcr.io/token", "ghcr.io"),
        ("https://quay.io", "https://quay.io/v2/auth", "quay.io"),
        ("https://gcr.io", "https://gcr.io/v2/token", "gcr.io"),
        ("https://eu.gcr.io", "https://eu.gcr.io/v2/token", "eu.gcr.io"),
        ("https://us-docker.pkg.dev", "https://us-docker.pkg.dev/v2/token", None),
        ("https://contoso.azurecr.io", "https://contoso.azurecr.io/oauth2/token", "contoso.azurecr.io"),
        ("https://public.ecr.aws", "https://public.ecr.aws/token/", "public.ecr.aws"),
        ("https://registry.gitlab.com", "https://gitlab.com/jwt/auth", "container_registry"),
    ],
)
def test_a_known_registry_has_a_token_service(registry: str, realm: str, service: str | None) -> None:
    found = profile_of(parse_origin(registry))
    assert found is not None
    assert (found.scheme, found.realm, found.service) == ("bearer", realm, service)


@pytest.mark.parametrize(
    "registry",
    [
        "https://reg.example",
        "http://ghcr.io",
        "https://ghcr.io:5000",
        "https://evilgcr.io",
        "https://gcr.io.evil.example",
        "https://azurecr.io",
        "https://1.dkr.ecr.us-east-1.amazonaws.com.evil.example",
    ],
)
def test_another_registry_has_no_profile(registry: str) -> None:
    assert profile_of(parse_origin(registry)) is None
    assert learn_profile(RegistryAuth(parse_origin(registry))) is None


def test_ecr_is_known_to_take_basic() -> None:
    ecr = parse_origin("https://111111111111.dkr.ecr.us-east-1.amazonaws.com")
    assert profile_of(ecr) == Profile("basic", "", None)
    assert expires_as_denial(ecr)
    assert not expires_as_denial(parse_origin("https://reg.example"))


def test_the_profile_answers_a_challenge_that_cannot_be_read_a3() -> None:
    ghcr = parse_origin("https://ghcr.io")
    auth, request = RegistryAuth(ghcr), manifest("o/a", ghcr)
    asked = "token https://ghcr.io/token?service=ghcr.io&scope=repository:o/a:pull"
    why: list[str] = []
    play(auth, ("bare", HIDDEN), (asked, token("t1")), ("Bearer t1", answer(200)), request=request, why=why)
    assert why == ["first-contact", "hidden-challenge", "hidden-challenge"]
    play(auth, ("Bearer t1", answer(200)), request=request)


def test_the_placeholder_of_a_profile_goes_with_its_scopes_a9() -> None:
    public = parse_origin("https://public.ecr.aws")
    asked = "token https://public.ecr.aws/token/?service=public.ecr.aws&scope=aws&scope=repository:a:pull"
    play(
        RegistryAuth(public),
        ("bare", HIDDEN),
        (asked, token("t1")),
        ("Bearer t1", answer(200)),
        request=manifest("a", public),
    )


def test_a_basic_profile_leads_to_a_login_a3() -> None:
    ecr = parse_origin("https://111111111111.dkr.ecr.us-east-1.amazonaws.com")
    auth = RegistryAuth(ecr)
    with pytest.raises(LoginRequired) as caught:
        play(auth, ("bare", HIDDEN), request=manifest("a", ecr))
    assert caught.value.prompt.scheme == "basic"
    auth.sign_in(Password("AWS", "new"))
    play(auth, ("Basic AWS:new", answer(200)), request=manifest("a", ecr))


# A challenge entered by hand.

REG = parse_origin("https://reg.example")


def test_a_challenge_entered_by_hand_answers_the_hidden_one_a3() -> None:
    auth = RegistryAuth(REG)
    with pytest.raises(ChallengeHidden):
        play(auth, ("bare", HIDDEN), ("ping bare", HIDDEN))
    auth.enter_challenge("https://auth.example/token", "reg")
    asked = "token https://auth.example/token?service=reg&scope=repository:a:pull"
    play(auth, (asked, token("t1")), ("Bearer t1", answer(200)))


def test_credentials_go_to_an_entered_realm_after_approval_alone_a7() -> None:
    auth = RegistryAuth(REG)
    auth.sign_in(Password("ann", "secret"))
    auth.enter_challenge("https://auth.example/token", "reg")
    with pytest.raises(ApprovalRequired):
        play(auth, ("bare", HIDDEN))
    auth.approve(parse_origin("https://auth.example"))
    asked = "token https://auth.example/token?service=reg&scope=repository:a:pull as ann:secret"
    play(auth, (asked, token("t1")), ("Bearer t1", answer(200)))


def test_the_catalog_is_asked_for_by_its_usual_scope_where_nothing_can_be_read_a3_a11() -> None:
    auth = RegistryAuth(REG)
    auth.enter_challenge("https://reg.example/token", "reg")
    play(
        auth,
        ("bare", HIDDEN),
        (f"token ?service=reg&scope={CATALOG}", token("t1")),
        ("Bearer t1", answer(200)),
        request=Request("GET", "https://reg.example/v2/_catalog"),
        scopes=[CATALOG],
    )
