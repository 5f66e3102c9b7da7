"""A 401 from behind a redirect: tests/unit/auth/RULES.md A.24."""

import pytest

from app.auth.credential import Password
from app.auth.elsewhere import wanted_elsewhere
from app.auth.errors import AccessDenied
from app.auth.identity import RegistryAuth
from app.auth.step import Reply
from app.oci.origin import parse_origin
from app.ports.transport import Request
from tests.unit.auth.script import REGISTRY, answer, manifest, play, token, unauthorized

K8S = parse_origin("https://registry.k8s.io")
MIRROR = "https://us-west1-docker.pkg.dev"
MOVED = f"{MIRROR}/v2/k8s-artifacts-prod/images/a/manifests/1?sig=x"
SCOPE = "repository:k8s-artifacts-prod/images/a:pull"
CHALLENGE = f'Bearer realm="{MIRROR}/v2/token",service="{MIRROR[8:]}",scope="{SCOPE}"'
TOKEN = f"token {MIRROR}/v2/token?service={MIRROR[8:]}&scope={SCOPE}"
HINT = ("repository:a:pull",)


def moved(challenge: str | None = CHALLENGE, url: str = MOVED) -> Reply:
    return unauthorized(challenge)._replace(url=url)


def elsewhere(reply: Reply, registry: str = "https://reg.example", method: str = "GET") -> bool:
    origin = parse_origin(registry)
    request = Request(method, f"{origin}/v2/a/manifests/1")
    return wanted_elsewhere(RegistryAuth(origin), request, reply, HINT) is not None


def test_the_server_behind_a_redirect_gets_an_anonymous_token_of_its_own_a24() -> None:
    auth = RegistryAuth(K8S)
    auth.sign_in(Password("ann", "secret"))
    why: list[str] = []
    final = play(
        auth,
        ("bare", moved()),
        (TOKEN, token("t1")),
        ("Bearer t1", answer(200, url=MOVED)),
        request=manifest("a", K8S),
        why=why,
    )
    assert final.status == 200
    assert why == ["first-contact", "redirected", "redirected"]


def test_it_is_asked_at_the_address_that_the_redirect_led_to_a24() -> None:
    from app.auth.flow import authorize
    from app.auth.step import Send

    flow = authorize(manifest("a", K8S), RegistryAuth(K8S), HINT, lambda: 0.0)
    next(flow)
    flow.send(moved())
    step = flow.send(token("t1")._replace(url=f"{MIRROR}/v2/token"))
    assert isinstance(step, Send)
    assert step.request.url == MOVED
    assert step.request.header("Authorization") == "Bearer t1"


def test_what_the_server_said_teaches_nothing_about_the_registry_a24() -> None:
    auth = RegistryAuth(K8S)
    request = manifest("a", K8S)
    play(auth, ("bare", moved()), (TOKEN, token("t1")), ("Bearer t1", answer(200, url=MOVED)), request=request)
    assert auth.scheme is None
    play(auth, ("bare", moved()), ("Bearer t1", answer(200, url=MOVED)), request=request)


def test_the_registrys_own_token_never_goes_there_a24() -> None:
    auth = RegistryAuth(REGISTRY)
    auth.sign_in(Password("ann", "secret"))
    play(
        auth,
        ("bare", unauthorized()),
        ("token ?service=reg&scope=repository:a:pull as ann:secret", token("own")),
        ("Bearer own", moved()),
        (TOKEN, token("t1")),
        ("Bearer t1", answer(200, url=MOVED)),
    )
    play(auth, ("Bearer own", answer(200)))


def test_a_second_refusal_there_is_the_end_a24() -> None:
    with pytest.raises(AccessDenied) as caught:
        play(
            RegistryAuth(K8S),
            ("bare", moved()),
            (TOKEN, token("t1")),
            ("Bearer t1", moved()),
            request=manifest("a", K8S),
        )
    assert caught.value.url == manifest("a", K8S).url


@pytest.mark.parametrize("status", [401, 403, 500])
def test_a_token_service_there_that_gives_nothing_is_a_denial_and_no_login_a24(status: int) -> None:
    with pytest.raises(AccessDenied):
        play(RegistryAuth(K8S), ("bare", moved()), (TOKEN, answer(status)), request=manifest("a", K8S))


@pytest.mark.parametrize("challenge", [None, "Basic", 'Bearer realm="https://a/t",realm="https://b/t"', "Bearer"])
def test_no_other_question_is_answered_there_a24(challenge: str | None) -> None:
    assert not elsewhere(moved(challenge))


@pytest.mark.parametrize(
    ("url", "realm"),
    [
        ("https://10.0.0.5/blob", "https://10.0.0.5/token"),
        ("http://storage.example/blob", "http://storage.example/token"),
        ("https://storage.example/blob", "https://10.0.0.5/token"),
        ("https://storage.example/blob", "http://storage.example/token"),
        ("https://storage.example/blob", "https://169.254.169.254/token"),
        ("https://storage.example/blob", "javascript:alert(1)"),
        ("https://storage.example/blob", "https://reg.example/token"),
        ("nonsense", "https://storage.example/token"),
    ],
)
def test_nothing_is_asked_where_the_policy_would_not_go_a7_a24(url: str, realm: str) -> None:
    assert not elsewhere(moved(f'Bearer realm="{realm}"', url))


def test_a_realm_that_is_a_path_belongs_to_the_server_that_sent_it_a24() -> None:
    origin = parse_origin("https://reg.example")
    reply = moved('Bearer realm="/token"', "https://storage.example/blob")
    wanted = wanted_elsewhere(RegistryAuth(origin), manifest("a", origin), reply, HINT)
    assert wanted is not None
    assert (wanted.bearer.realm, wanted.scopes) == ("https://storage.example/token", HINT)


def test_nothing_but_reading_is_answered_there_a24() -> None:
    assert elsewhere(moved(), method="HEAD")
    assert not elsewhere(moved(), method="DELETE")
