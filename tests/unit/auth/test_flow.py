"""The flow with a token service; each test cites the rule of tests/unit/auth/RULES.md that it holds to."""

import pytest

from app.auth.credential import Password
from app.auth.errors import (
    AccessDenied,
    ApprovalPrompt,
    ApprovalRequired,
    LoginPrompt,
    LoginRequired,
    RealmRefused,
    TokenServiceFailed,
    UnusableChallenge,
)
from app.auth.identity import RegistryAuth
from app.auth.scope import CATALOG
from app.auth.step import Send
from app.oci.origin import parse_origin
from app.ports.transport import Request, TransportError
from tests.unit.auth.script import (
    CHALLENGE,
    REGISTRY,
    TOKEN_SERVICE,
    Exchange,
    answer,
    asked,
    bearer,
    manifest,
    play,
    token,
    unauthorized,
)

PULL_A = "token ?service=reg&scope=repository:a:pull"
PULL_B = "token ?service=reg&scope=repository:b:pull"
CATALOG_REQUEST = Request("GET", "https://reg.example/v2/_catalog?n=1000")


@pytest.fixture
def auth() -> RegistryAuth:
    return RegistryAuth(REGISTRY)


@pytest.fixture
def signed_in(auth: RegistryAuth) -> RegistryAuth:
    auth.sign_in(Password("ann", "secret"))
    return auth


@pytest.mark.parametrize("status", [200, 206, 304, 400, 403, 404, 500, 503])
def test_what_is_no_401_is_returned_after_one_bare_send_a2_a22(auth: RegistryAuth, status: int) -> None:
    assert play(auth, ("bare", answer(status))).status == status


def test_a_challenge_on_a_200_is_ignored(auth: RegistryAuth) -> None:
    """zot sends one with every 200 on /v2/."""
    assert play(auth, ("bare", answer(200, CHALLENGE))).status == 200


def test_first_contact_gets_an_anonymous_token_for_the_hint_a8_a13(auth: RegistryAuth) -> None:
    final = play(auth, ("bare", unauthorized()), (PULL_A, token("t1")), ("Bearer t1", answer(200)))
    assert final.status == 200


def test_an_anonymous_token_request_has_no_header_at_all_a13(auth: RegistryAuth) -> None:
    from app.auth.flow import authorize

    flow = authorize(manifest(), auth, ("repository:a:pull",), lambda: 0.0)
    next(flow)
    step = flow.send(unauthorized()._replace(url=manifest().url))
    assert isinstance(step, Send)
    assert (step.purpose, step.request.headers, step.request.body) == ("token", (), None)


def test_the_same_repository_again_costs_one_request_a8_a19(auth: RegistryAuth) -> None:
    play(auth, ("bare", unauthorized()), (PULL_A, token("t1")), ("Bearer t1", answer(200)))
    play(auth, ("Bearer t1", answer(200)))


def test_another_repository_costs_one_token_and_one_request_a8(auth: RegistryAuth) -> None:
    play(auth, ("bare", unauthorized()), (PULL_A, token("t1")), ("Bearer t1", answer(200)))
    play(auth, (PULL_B, token("t2")), ("Bearer t2", answer(200)), request=manifest("b"))


def test_a_wider_challenge_is_remembered_for_its_repository_a8_a9(auth: RegistryAuth) -> None:
    wide = "token ?service=reg&scope=repository:a:pull,push"
    play(
        auth,
        ("bare", unauthorized(bearer("repository:a:pull,push"))),
        (wide, token("t1")),
        ("Bearer t1", answer(200)),
    )
    play(auth, ("Bearer t1", answer(200)))


@pytest.mark.parametrize("placeholder", ["aws", "*"])
def test_a_placeholder_scope_goes_verbatim_with_every_repository_a9(auth: RegistryAuth, placeholder: str) -> None:
    """ECR Public's `aws` and Gitea's `*` stand for the registry."""
    play(
        auth,
        ("bare", unauthorized(bearer(placeholder))),
        (f"token ?service=reg&scope={placeholder}&scope=repository:a:pull", token("t1")),
        ("Bearer t1", answer(200)),
    )
    play(auth, ("Bearer t1", answer(200)))
    play(
        auth,
        (f"token ?service=reg&scope={placeholder}&scope=repository:b:pull", token("t2")),
        ("Bearer t2", answer(200)),
        request=manifest("b"),
    )


def test_a_repository_without_a_name_is_dropped_beside_another_a9(auth: RegistryAuth) -> None:
    challenge = bearer("repository::pull")
    play(auth, ("bare", unauthorized(challenge)), (PULL_A, token("t1")), ("Bearer t1", answer(200)))


@pytest.mark.parametrize("scope", ["repository::pull", "registry:catalog:*"])
def test_the_catalog_takes_the_scope_of_its_challenge_verbatim_a11(auth: RegistryAuth, scope: str) -> None:
    expected = f"token ?service=reg&scope={scope}"
    play(
        auth,
        ("bare", unauthorized(bearer(scope))),
        (expected, token("t1")),
        ("Bearer t1", answer(200)),
        request=CATALOG_REQUEST,
        scopes=[CATALOG],
    )
    play(auth, ("Bearer t1", answer(200)), request=CATALOG_REQUEST, scopes=[CATALOG])


def test_the_catalog_scope_is_the_fallback_of_a_challenge_without_one_a11(auth: RegistryAuth) -> None:
    play(
        auth,
        ("bare", unauthorized()),
        (f"token ?service=reg&scope={CATALOG}", token("t1")),
        ("Bearer t1", answer(200)),
        request=CATALOG_REQUEST,
        scopes=[CATALOG],
    )


def test_a_service_that_refuses_the_catalog_scope_is_asked_without_a11(signed_in: RegistryAuth) -> None:
    """Quay: 400 for the scope, and any token opens the catalog."""
    play(
        signed_in,
        ("bare", unauthorized()),
        (f"token ?service=reg&scope={CATALOG} as ann:secret", answer(400)),
        ("token ?service=reg as ann:secret", token("t1")),
        ("Bearer t1", answer(200)),
        request=CATALOG_REQUEST,
        scopes=[CATALOG],
    )
    play(signed_in, ("Bearer t1", answer(200)), request=CATALOG_REQUEST, scopes=[CATALOG])


def test_the_catalog_is_asked_bare_until_its_own_challenge_is_known_a11(auth: RegistryAuth) -> None:
    play(auth, ("bare", unauthorized()), (PULL_A, token("t1")), ("Bearer t1", answer(200)))
    play(auth, ("bare", answer(200)), request=CATALOG_REQUEST, scopes=[CATALOG])


def test_a_request_without_a_hint_takes_the_scopes_of_the_challenge_a9(auth: RegistryAuth) -> None:
    play(
        auth,
        ("bare", unauthorized(bearer("repository:x:pull repository:y:pull"))),
        ("token ?service=reg&scope=repository:x:pull&scope=repository:y:pull", token("t1")),
        ("Bearer t1", answer(200)),
        scopes=[],
    )


def test_an_empty_scope_counts_as_none(auth: RegistryAuth) -> None:
    challenge = f'Bearer realm="{TOKEN_SERVICE}",service="reg",scope=""'
    play(auth, ("bare", unauthorized(challenge)), (PULL_A, token("t1")), ("Bearer t1", answer(200)))


def test_without_a_service_the_parameter_is_absent_a13(auth: RegistryAuth) -> None:
    play(
        auth,
        ("bare", unauthorized(f'Bearer realm="{TOKEN_SERVICE}"')),
        ("token ?scope=repository:a:pull", token("t1")),
        ("Bearer t1", answer(200)),
    )


def test_credentials_go_as_basic_to_the_token_service_a14(signed_in: RegistryAuth) -> None:
    play(
        signed_in,
        ("bare", unauthorized()),
        (f"{PULL_A} as ann:secret", token("t1")),
        ("Bearer t1", answer(200)),
    )


def test_an_anonymous_token_is_not_used_after_signing_in_a19(auth: RegistryAuth) -> None:
    play(auth, ("bare", unauthorized()), (PULL_A, token("t1")), ("Bearer t1", answer(200)))
    auth.sign_in(Password("ann", "secret"))
    play(auth, (f"{PULL_A} as ann:secret", token("t2")), ("Bearer t2", answer(200)))


def test_a_token_near_its_end_is_renewed_ahead_a17(auth: RegistryAuth) -> None:
    play(
        auth, ("bare", unauthorized()), (PULL_A, token("t1", expires_in=100)), ("Bearer t1", answer(200)), now=lambda: 0
    )
    play(auth, ("Bearer t1", answer(200)), now=lambda: 89.0)
    play(auth, (PULL_A, token("t2")), ("Bearer t2", answer(200)), now=lambda: 91.0)


def test_a_refused_cached_token_is_replaced_once_a20(auth: RegistryAuth) -> None:
    play(auth, ("bare", unauthorized()), (PULL_A, token("t1")), ("Bearer t1", answer(200)))
    expired = unauthorized(bearer("repository:a:pull", error="invalid_token"))
    play(auth, ("Bearer t1", expired), (PULL_A, token("t2")), ("Bearer t2", answer(200)))
    play(auth, ("Bearer t2", answer(200)))


def test_a_refused_token_replaced_meanwhile_is_not_asked_for_again_a20_a25(auth: RegistryAuth) -> None:
    from app.auth.flow import authorize

    play(auth, ("bare", unauthorized()), (PULL_A, token("t1")), ("Bearer t1", answer(200)))
    late = authorize(manifest(), auth, ("repository:a:pull",), lambda: 100.0)
    assert asked(next(late)) == "Bearer t1"
    play(auth, ("Bearer t1", unauthorized()), (PULL_A, token("t2")), ("Bearer t2", answer(200)))
    assert asked(late.send(unauthorized()._replace(url=manifest().url))) == "Bearer t2"


def test_an_anonymous_visitor_whose_fresh_token_is_refused_is_asked_to_log_in_a20(auth: RegistryAuth) -> None:
    refused = unauthorized(bearer("repository:a:pull", error="insufficient_scope"))
    with pytest.raises(LoginRequired) as caught:
        play(auth, ("bare", unauthorized()), (PULL_A, token("t1")), ("Bearer t1", refused))
    assert caught.value.prompt == LoginPrompt(
        REGISTRY, "bearer", TOKEN_SERVICE, REGISTRY, "reg", ("repository:a:pull",), "required", None
    )


def test_a_known_person_whose_fresh_token_is_refused_is_denied_a20(signed_in: RegistryAuth) -> None:
    body = b'{"errors":[{"code":"DENIED","message":"no","detail":null}]}'
    with pytest.raises(AccessDenied) as caught:
        play(
            signed_in,
            ("bare", unauthorized()),
            (f"{PULL_A} as ann:secret", token("t1")),
            ("Bearer t1", unauthorized(bearer("repository:a:pull"), body)),
        )
    error = caught.value
    assert (error.registry, error.scopes, error.identity) == (REGISTRY, ("repository:a:pull",), "ann")
    assert (error.method, error.url, error.codes[0].code) == ("GET", manifest().url, "DENIED")


def test_a_refused_token_is_forgotten_a20(signed_in: RegistryAuth) -> None:
    steps: list[Exchange] = [(f"{PULL_A} as ann:secret", token("t1")), ("Bearer t1", unauthorized())]
    with pytest.raises(AccessDenied):
        play(signed_in, ("bare", unauthorized()), *steps)
    with pytest.raises(AccessDenied):
        play(signed_in, *steps)


def test_a_new_scope_is_added_first_and_tried_once_a20(auth: RegistryAuth) -> None:
    more = unauthorized(bearer("repository:z:pull", error="insufficient_scope"))
    both = "token ?service=reg&scope=repository:z:pull&scope=repository:a:pull"
    play(
        auth,
        ("bare", unauthorized()),
        (PULL_A, token("t1")),
        ("Bearer t1", more),
        (both, token("t2")),
        ("Bearer t2", answer(200)),
    )


def test_scopes_asked_for_so_far_stay_beside_a_new_one_a20(auth: RegistryAuth) -> None:
    play(
        auth,
        ("bare", unauthorized(bearer("repository:x:pull"))),
        ("token ?service=reg&scope=repository:x:pull&scope=repository:a:pull", token("t1")),
        ("Bearer t1", unauthorized(bearer("repository:z:pull"))),
        ("token ?service=reg&scope=repository:z:pull&scope=repository:a:pull&scope=repository:x:pull", token("t2")),
        ("Bearer t2", answer(200)),
    )


def test_a_resource_is_sent_three_times_at_most_a20(signed_in: RegistryAuth) -> None:
    def more(name: str) -> Exchange:
        return "Bearer t", unauthorized(bearer(f"repository:{name}:pull"))

    with pytest.raises(AccessDenied):
        play(
            signed_in,
            ("bare", unauthorized()),
            (f"{PULL_A} as ann:secret", token("t")),
            more("x"),
            ("token ?service=reg&scope=repository:x:pull&scope=repository:a:pull as ann:secret", token("t")),
            more("y"),
        )


def test_another_token_service_named_by_a_later_challenge_is_followed_a20(auth: RegistryAuth) -> None:
    play(auth, ("bare", unauthorized()), (PULL_A, token("t1")), ("Bearer t1", answer(200)))
    moved = unauthorized(bearer(realm="https://reg.example/token2"))
    play(
        auth,
        ("Bearer t1", moved),
        ("token 2?service=reg&scope=repository:a:pull", token("t2")),
        ("Bearer t2", answer(200)),
    )


def test_bearer_is_chosen_before_basic_in_any_order_a6(signed_in: RegistryAuth) -> None:
    """Gitea sends both, and Bearer was broken for whoever took the last one."""
    for challenge in (f'{CHALLENGE}, Basic realm="b"', f'Basic realm="b", {CHALLENGE}'):
        signed_in.sign_in(Password("ann", "secret"))
        flow_start = [] if signed_in.wanted_for(("repository:a:pull",)) else [("bare", unauthorized(challenge))]
        play(signed_in, *flow_start, (f"{PULL_A} as ann:secret", token("t1")), ("Bearer t1", answer(200)))


@pytest.mark.parametrize(
    ("challenge", "schemes", "reason"),
    [
        ("Bearer", ("bearer",), "no realm"),
        ('Bearer service="s"', ("bearer",), "no realm"),
        ("Negotiate", ("negotiate",), "unknown scheme"),
        ('Digest realm="x", nonce="y"', ("digest",), "unknown scheme"),
        ('Bearer realm="https://reg.example/t",Realm="https://evil.example/t"', ("bearer",), "realm is given twice"),
        ('Bearer realm="https://reg.example/t', ("bearer",), "the quotes of realm are not closed"),
    ],
)
def test_a_challenge_that_cannot_be_answered_names_its_schemes_a5_a6(
    auth: RegistryAuth, challenge: str, schemes: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(UnusableChallenge) as caught:
        play(auth, ("bare", unauthorized(challenge)))
    assert (caught.value.header_schemes, caught.value.reason) == (schemes, reason)


def test_a_refused_realm_gets_nothing_a7(signed_in: RegistryAuth) -> None:
    with pytest.raises(RealmRefused) as caught:
        play(signed_in, ("bare", unauthorized(bearer(realm="https://u:p@evil.example/t?x=1#f"))))
    assert (caught.value.realm_shown, caught.value.reason) == ("evil.example/t", "user-info")


def test_a_foreign_realm_gets_anonymous_requests_silently_a7(auth: RegistryAuth) -> None:
    play(
        auth,
        ("bare", unauthorized(bearer(realm="https://other.example/t"))),
        ("token https://other.example/t?service=reg&scope=repository:a:pull", token("t1")),
        ("Bearer t1", answer(200)),
    )


def test_a_foreign_realm_gets_credentials_after_approval_alone_a7(signed_in: RegistryAuth) -> None:
    challenge = unauthorized(bearer(realm="https://other.example/t"))
    other = parse_origin("https://other.example")
    with pytest.raises(ApprovalRequired) as caught:
        play(signed_in, ("bare", challenge))
    assert caught.value.prompt == ApprovalPrompt(
        REGISTRY, other, "bearer", "reg", ("repository:a:pull",), anonymous=False, reason="other-origin"
    )
    signed_in.approve(other)
    play(
        signed_in,
        ("token https://other.example/t?service=reg&scope=repository:a:pull as ann:secret", token("t1")),
        ("Bearer t1", answer(200)),
    )


def test_a_private_realm_of_a_public_registry_waits_for_approval_even_anonymously_a7(auth: RegistryAuth) -> None:
    challenge = unauthorized(bearer(realm="https://10.0.0.7/t"))
    with pytest.raises(ApprovalRequired) as caught:
        play(auth, ("bare", challenge))
    assert (caught.value.prompt.anonymous, caught.value.prompt.reason) == (True, "private-host")
    auth.approve(caught.value.prompt.realm_origin)
    play(
        auth,
        ("token https://10.0.0.7/t?service=reg&scope=repository:a:pull", token("t1")),
        ("Bearer t1", answer(200)),
    )


def test_a_resource_that_needs_no_token_is_read_although_an_approval_is_missing(auth: RegistryAuth) -> None:
    with pytest.raises(ApprovalRequired):
        play(auth, ("bare", unauthorized(bearer(realm="https://10.0.0.7/t"))))
    play(auth, ("bare", answer(200)), request=manifest("public"))


def test_an_answer_from_where_a_realm_must_not_lead_is_refused_a7(auth: RegistryAuth) -> None:
    led_away = token("t1")._replace(url="https://192.168.1.1/t")
    with pytest.raises(RealmRefused) as caught:
        play(auth, ("bare", unauthorized()), (PULL_A, led_away))
    assert caught.value.reason == "redirected"


def test_an_anonymous_answer_from_another_public_origin_is_taken_a7(auth: RegistryAuth) -> None:
    led_away = token("t1")._replace(url="https://www.reg.example/t")
    play(auth, ("bare", unauthorized()), (PULL_A, led_away), ("Bearer t1", answer(200)))


def test_an_answer_to_credentials_from_another_origin_is_refused_a7(signed_in: RegistryAuth) -> None:
    led_away = token("t1")._replace(url="https://www.reg.example/t")
    with pytest.raises(RealmRefused):
        play(signed_in, ("bare", unauthorized()), (f"{PULL_A} as ann:secret", led_away))


def test_docker_hubs_token_service_gets_credentials_silently_a7() -> None:
    auth = RegistryAuth(parse_origin("https://docker.io"))
    auth.sign_in(Password("ann", "secret"))
    challenge = bearer("repository:library/redis:pull", realm="https://auth.docker.io/token")
    query = "?service=reg&scope=repository:library/redis:pull"
    play(
        auth,
        ("bare", unauthorized(challenge)),
        (f"token https://auth.docker.io/token{query} as ann:secret", token("t1")),
        ("Bearer t1", answer(200)),
        request=Request("GET", "https://registry-1.docker.io/v2/library/redis/manifests/7"),
        scopes=["repository:library/redis:pull"],
    )


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_token_service_that_refuses_anonymous_requests_leads_to_a_login(auth: RegistryAuth, status: int) -> None:
    """Keycloak answers 400, GHCR 401."""
    with pytest.raises(LoginRequired) as caught:
        play(auth, ("bare", unauthorized()), (PULL_A, answer(status, body=b"<html>")))
    assert caught.value.prompt.reason == "required"


def test_an_open_resource_is_read_although_the_token_service_wants_a_login(auth: RegistryAuth) -> None:
    with pytest.raises(LoginRequired):
        play(auth, ("bare", unauthorized()), (PULL_A, answer(401)))
    play(auth, (PULL_B, answer(401)), ("bare", answer(200)), request=manifest("b"))


def test_the_token_service_is_not_asked_the_same_twice_for_one_request(auth: RegistryAuth) -> None:
    with pytest.raises(LoginRequired):
        play(auth, ("bare", unauthorized()), (PULL_A, answer(401)))
    with pytest.raises(LoginRequired):
        play(auth, (PULL_A, answer(401)), ("bare", unauthorized()))


def test_refused_credentials_are_a_wrong_password_and_the_name_is_kept(signed_in: RegistryAuth) -> None:
    with pytest.raises(LoginRequired) as caught:
        play(signed_in, ("bare", unauthorized()), (f"{PULL_A} as ann:secret", answer(401)))
    assert (caught.value.prompt.reason, caught.value.prompt.username) == ("wrong-password", "ann")


def test_a_wrong_password_is_not_sent_again(signed_in: RegistryAuth) -> None:
    with pytest.raises(LoginRequired):
        play(signed_in, ("bare", unauthorized()), (f"{PULL_A} as ann:secret", answer(401)))
    with pytest.raises(LoginRequired) as caught:
        play(signed_in, (PULL_A, answer(401)), ("bare", unauthorized()))
    assert (caught.value.prompt.reason, caught.value.prompt.username) == ("wrong-password", "ann")


def test_an_answer_to_who_the_person_was_is_asked_for_anew(auth: RegistryAuth) -> None:
    from app.auth.flow import authorize

    flow = authorize(manifest(), auth, ("repository:a:pull",), lambda: 0.0)
    next(flow)
    step = flow.send(unauthorized()._replace(url=manifest().url))
    assert asked(step) == PULL_A
    auth.sign_in(Password("ann", "secret"))
    step = flow.send(token("t1")._replace(url=TOKEN_SERVICE))
    assert asked(step) == f"{PULL_A} as ann:secret"
    assert asked(flow.send(token("t2")._replace(url=TOKEN_SERVICE))) == "Bearer t2"


@pytest.mark.parametrize(
    ("failure", "reason", "status"),
    [
        (TransportError("GET", TOKEN_SERVICE, "network"), "unreachable", None),
        (TransportError("GET", TOKEN_SERVICE, "timeout"), "unreachable", None),
        (TransportError("GET", TOKEN_SERVICE, "too-large"), "too-large", None),
        (answer(500), "status", 500),
        (answer(404), "status", 404),
        (answer(200, body=b"<html>login</html>"), "html", 200),
        (answer(200, body=b"{}"), "no-token", 200),
        (answer(200, body=b"hello"), "not-json", 200),
    ],
)
def test_a_failed_token_service_is_named_with_its_reason_a16(
    auth: RegistryAuth, failure: Exchange, reason: str, status: int | None
) -> None:
    with pytest.raises(TokenServiceFailed) as caught:
        play(auth, ("bare", unauthorized()), (PULL_A, failure))  # type: ignore[arg-type]
    error = caught.value
    assert (error.realm_origin, error.url, error.reason, error.status) == (REGISTRY, TOKEN_SERVICE, reason, status)


def test_a_401_from_behind_a_redirect_gets_no_token_a24(signed_in: RegistryAuth) -> None:
    foreign = unauthorized(bearer(realm="https://reg.example/token"))._replace(url="https://storage.example/blob?sig=x")
    with pytest.raises(AccessDenied) as caught:
        play(signed_in, ("bare", foreign))
    assert caught.value.url == manifest().url


def test_equal_token_requests_have_equal_keys_a25(auth: RegistryAuth) -> None:
    from app.auth.flow import authorize

    keys = []
    for _ in range(2):
        flow = authorize(manifest(), auth, ("repository:a:pull",), lambda: 0.0)
        step = next(flow)
        assert isinstance(step, Send)
        if step.purpose == "resource":
            step = flow.send(unauthorized()._replace(url=manifest().url))
        assert isinstance(step, Send)
        keys.append(step.key)
    assert keys[0] is not None
    assert keys[0] == keys[1]
