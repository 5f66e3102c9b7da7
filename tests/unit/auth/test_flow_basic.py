"""The flow with Basic, which goes to the registry itself (tests/unit/auth/RULES.md)."""

import pytest

from app.auth.credential import Password
from app.auth.errors import AccessDenied, LoginPrompt, LoginRequired
from app.auth.flow import authorize
from app.auth.identity import RegistryAuth
from app.auth.scope import CATALOG
from app.oci.origin import parse_origin
from app.ports.transport import Request
from tests.unit.auth.script import REGISTRY, answer, asked, bearer, manifest, play, token, unauthorized

CHALLENGE = 'Basic realm="The registry"'
ANN = "Basic ann:secret"
OPEN = parse_origin("http://reg.example:5000")
CATALOG_REQUEST = Request("GET", "https://reg.example/v2/_catalog")


@pytest.fixture
def auth() -> RegistryAuth:
    return RegistryAuth(REGISTRY)


@pytest.fixture
def signed_in(auth: RegistryAuth) -> RegistryAuth:
    auth.sign_in(Password("ann", "secret"))
    return auth


def test_basic_without_credentials_leads_to_a_login_that_shows_its_realm(auth: RegistryAuth) -> None:
    with pytest.raises(LoginRequired) as caught:
        play(auth, ("bare", unauthorized(CHALLENGE)))
    assert caught.value.prompt == LoginPrompt(
        REGISTRY, "basic", "The registry", None, None, ("repository:a:pull",), "required", None
    )


@pytest.mark.parametrize("challenge", ["BASIC", "Basic  ", 'BaSiC ReAlM="x"', 'Basic realm="x", charset="UTF-8"'])
def test_basic_in_every_spelling_is_answered_a5(signed_in: RegistryAuth, challenge: str) -> None:
    play(signed_in, ("bare", unauthorized(challenge)), (ANN, answer(200)))


def test_credentials_are_not_sent_before_a_challenge_a2(signed_in: RegistryAuth) -> None:
    play(signed_in, ("bare", answer(200)))


def test_a_known_basic_registry_gets_credentials_at_once_a8(signed_in: RegistryAuth) -> None:
    play(signed_in, ("bare", unauthorized(CHALLENGE)), (ANN, answer(200)))
    play(signed_in, (ANN, answer(200)), request=manifest("b"))


def test_after_signing_out_nothing_is_sent_with_a_request(signed_in: RegistryAuth) -> None:
    play(signed_in, ("bare", unauthorized(CHALLENGE)), (ANN, answer(200)))
    signed_in.sign_out()
    with pytest.raises(LoginRequired) as caught:
        play(signed_in, ("bare", unauthorized(CHALLENGE)))
    assert (caught.value.prompt.reason, caught.value.prompt.username) == ("required", None)


def test_refused_credentials_are_a_wrong_password_and_the_name_is_kept(signed_in: RegistryAuth) -> None:
    with pytest.raises(LoginRequired) as caught:
        play(signed_in, ("bare", unauthorized(CHALLENGE)), (ANN, unauthorized(CHALLENGE)))
    assert (caught.value.prompt.reason, caught.value.prompt.username) == ("wrong-password", "ann")


def test_a_wrong_password_is_not_sent_again(signed_in: RegistryAuth) -> None:
    with pytest.raises(LoginRequired):
        play(signed_in, ("bare", unauthorized(CHALLENGE)), (ANN, unauthorized(CHALLENGE)))
    with pytest.raises(LoginRequired) as caught:
        play(signed_in, ("bare", unauthorized(CHALLENGE)))
    assert (caught.value.prompt.reason, caught.value.prompt.username) == ("wrong-password", "ann")


def test_another_password_is_tried_after_a_wrong_one(signed_in: RegistryAuth) -> None:
    with pytest.raises(LoginRequired):
        play(signed_in, ("bare", unauthorized(CHALLENGE)), (ANN, unauthorized(CHALLENGE)))
    signed_in.sign_in(Password("ann", "right"))
    play(signed_in, ("Basic ann:right", answer(200)))


def test_a_late_refusal_of_an_earlier_password_does_not_touch_the_new_one(signed_in: RegistryAuth) -> None:
    flow = authorize(manifest(), signed_in, ("repository:a:pull",), lambda: 0.0)
    next(flow)
    challenge = unauthorized(CHALLENGE)._replace(url=manifest().url)
    assert asked(flow.send(challenge)) == ANN
    signed_in.sign_in(Password("ann", "right"))
    assert asked(flow.send(challenge)) == "Basic ann:right"


def test_credentials_that_worked_and_no_longer_do_are_expired(signed_in: RegistryAuth) -> None:
    play(signed_in, ("bare", unauthorized(CHALLENGE)), (ANN, answer(404)))
    with pytest.raises(LoginRequired) as caught:
        play(signed_in, (ANN, unauthorized(CHALLENGE)))
    assert (caught.value.prompt.reason, caught.value.prompt.username) == ("expired", "ann")


def test_a_catalog_closed_to_good_credentials_is_denied(signed_in: RegistryAuth) -> None:
    """Harbor's catalog is for administrators."""
    play(signed_in, ("bare", unauthorized(CHALLENGE)), (ANN, answer(200)))
    with pytest.raises(AccessDenied) as caught:
        play(signed_in, (ANN, unauthorized(CHALLENGE)), request=CATALOG_REQUEST, scopes=[CATALOG])
    assert caught.value.identity == "ann"


def test_an_error_of_the_server_proves_no_password(signed_in: RegistryAuth) -> None:
    play(signed_in, ("bare", unauthorized(CHALLENGE)), (ANN, answer(503)))
    with pytest.raises(LoginRequired) as caught:
        play(signed_in, (ANN, unauthorized(CHALLENGE)))
    assert caught.value.prompt.reason == "wrong-password"


@pytest.mark.parametrize("registry", ["http://127.0.0.1:5000", "http://localhost:5000", "http://[::1]:5000"])
def test_basic_over_http_on_this_machine_needs_no_warning_a6(registry: str) -> None:
    origin = parse_origin(registry)
    auth = RegistryAuth(origin)
    auth.sign_in(Password("ann", "secret"))
    play(auth, ("bare", unauthorized(CHALLENGE)), (ANN, answer(200)), request=manifest("a", origin))


@pytest.mark.parametrize("credential", [None, Password("ann", "secret")], ids=["anonymous", "signed in"])
def test_basic_over_http_warns_before_anything_is_sent_a6(credential: Password | None) -> None:
    auth = RegistryAuth(OPEN)
    if credential is not None:
        auth.sign_in(credential)
    for _ in range(2):
        with pytest.raises(LoginRequired) as caught:
            play(auth, ("bare", unauthorized(CHALLENGE)), request=manifest("a", OPEN))
        assert caught.value.prompt.reason == "insecure"


def test_basic_over_http_is_sent_once_the_warning_is_accepted_a6() -> None:
    auth = RegistryAuth(OPEN)
    auth.sign_in(Password("ann", "secret"))
    auth.accept_insecure()
    play(auth, ("bare", unauthorized(CHALLENGE)), (ANN, answer(200)), request=manifest("a", OPEN))
    play(auth, (ANN, answer(200)), request=manifest("a", OPEN))


def test_credentials_for_a_token_service_on_http_warn_first_and_anonymous_requests_do_not_a6() -> None:
    auth = RegistryAuth(OPEN)
    realm = f"{OPEN}/token"
    challenge = unauthorized(bearer(realm=realm))
    query = f"token {realm}?service=reg&scope=repository:a:pull"
    request = manifest("a", OPEN)
    play(auth, ("bare", challenge), (query, token("t1")), ("Bearer t1", answer(200)), request=request)
    auth.sign_in(Password("ann", "secret"))
    with pytest.raises(LoginRequired) as caught:
        play(auth, ("bare", challenge), request=request)
    assert (caught.value.prompt.scheme, caught.value.prompt.reason) == ("bearer", "insecure")
    auth.accept_insecure()
    play(auth, (f"{query} as ann:secret", token("t2")), ("Bearer t2", answer(200)), request=request)


def test_basic_after_a_token_is_asked_again_bare_a21(signed_in: RegistryAuth) -> None:
    """Harbor answers Basic to any request with an Authorization field."""
    pull = "token ?service=reg&scope=repository:a:pull as ann:secret"
    play(signed_in, ("bare", unauthorized(bearer())), (pull, token("t1")), ("Bearer t1", answer(200)))
    play(
        signed_in,
        ("Bearer t1", unauthorized('Basic realm="harbor"')),
        ("bare", unauthorized(bearer("repository:a:pull"))),
        (pull, token("t2")),
        ("Bearer t2", answer(200)),
    )


def test_basic_after_a_fresh_token_is_a_denial_when_bare_was_tried_a21(signed_in: RegistryAuth) -> None:
    with pytest.raises(AccessDenied):
        play(
            signed_in,
            ("bare", unauthorized(bearer())),
            ("token ?service=reg&scope=repository:a:pull as ann:secret", token("t1")),
            ("Bearer t1", unauthorized('Basic realm="harbor"')),
        )


def test_a_basic_catalog_and_tokens_for_the_rest_live_side_by_side(signed_in: RegistryAuth) -> None:
    pull = "token ?service=reg&scope=repository:{}:pull as ann:secret"
    play(signed_in, ("bare", unauthorized(bearer())), (pull.format("a"), token("t1")), ("Bearer t1", answer(200)))
    catalog = ("bare", unauthorized('Basic realm="harbor"')), (ANN, answer(200))
    play(signed_in, *catalog, request=CATALOG_REQUEST, scopes=[CATALOG])
    play(signed_in, (ANN, answer(200)), request=CATALOG_REQUEST, scopes=[CATALOG])
    play(signed_in, (pull.format("b"), token("t2")), ("Bearer t2", answer(200)), request=manifest("b"))


def test_bearer_offered_to_refused_basic_is_taken(signed_in: RegistryAuth) -> None:
    play(signed_in, ("bare", unauthorized(CHALLENGE)), (ANN, answer(200)))
    play(
        signed_in,
        (ANN, unauthorized(bearer())),
        ("token ?service=reg&scope=repository:a:pull as ann:secret", token("t1")),
        ("Bearer t1", answer(200)),
    )


def test_a_registry_that_turned_from_tokens_to_basic_gets_basic_at_once_afterwards(signed_in: RegistryAuth) -> None:
    pull = "token ?service=reg&scope=repository:a:pull as ann:secret"
    play(signed_in, ("bare", unauthorized(bearer())), (pull, token("t1")), ("Bearer t1", answer(200)))
    play(signed_in, ("Bearer t1", unauthorized(CHALLENGE)), ("bare", unauthorized(CHALLENGE)), (ANN, answer(200)))
    play(signed_in, (ANN, answer(200)))


def test_the_last_send_refused_with_basic_is_still_a_wrong_password_a20(auth: RegistryAuth) -> None:
    pull = "token ?service=reg&scope=repository:a:pull"
    play(auth, ("bare", unauthorized(bearer())), (pull, token("t1")), ("Bearer t1", answer(200)))
    auth.sign_in(Password("ann", "secret"))
    with pytest.raises(LoginRequired) as caught:
        play(
            auth,
            (f"{pull} as ann:secret", token("t1")),
            ("Bearer t1", unauthorized(CHALLENGE)),
            ("bare", unauthorized(CHALLENGE)),
            (ANN, unauthorized(CHALLENGE)),
            request=manifest(),
        )
    assert caught.value.prompt.username == "ann"


def test_a_broken_bearer_beside_basic_leaves_basic(signed_in: RegistryAuth) -> None:
    broken = 'Bearer realm="https://reg.example/t",realm="https://evil.example/t", Basic realm="b"'
    play(signed_in, ("bare", unauthorized(broken)), (ANN, answer(200)))
