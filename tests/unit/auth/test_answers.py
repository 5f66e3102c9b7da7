"""Which answer a 401 gets is in test_flow.py and its neighbours; here is how the steps count and where they go."""

import pytest

from app.auth.answers import is_from
from app.auth.credential import Password
from app.auth.errors import AccessDenied, LoginRequired
from app.auth.identity import RegistryAuth
from app.auth.step import Reply
from app.ports.transport import Headers
from tests.unit.auth.script import REGISTRY, Exchange, answer, bearer, manifest, play, token, unauthorized

PULL_A = "token ?service=reg&scope=repository:a:pull"
HIDDEN = unauthorized(None)


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("", True),
        ("https://reg.example/v2/", True),
        ("https://reg.example:443/v2/", True),
        ("https://reg.example:5000/v2/", False),
        ("http://reg.example/v2/", False),
        ("https://storage.example/", False),
        ("nonsense", False),
    ],
)
def test_an_answer_is_put_down_to_the_origin_that_sent_it_a24(url: str, ours: bool) -> None:
    assert is_from(REGISTRY, Reply(401, url, Headers(), b"")) is ours


# The figures of the README: requests for one manifest, the first time and again.


def count(auth: RegistryAuth, *exchanges: Exchange, repository: str = "a", tag: str = "1") -> int:
    request = manifest(repository)
    request.url = request.url.removesuffix("1") + tag
    play(auth, *exchanges, request=request, scopes=[f"repository:{repository}:pull"])
    return len(exchanges)


def test_a_token_costs_three_requests_then_one_and_one_for_another_tag_a8() -> None:
    auth = RegistryAuth(REGISTRY)
    assert count(auth, ("bare", unauthorized()), (PULL_A, token("t")), ("Bearer t", answer(200))) == 3
    assert count(auth, ("Bearer t", answer(200))) == 1
    assert count(auth, ("Bearer t", answer(200)), tag="2") == 1


def test_another_repository_costs_two_requests_a8() -> None:
    auth = RegistryAuth(REGISTRY)
    count(auth, ("bare", unauthorized()), (PULL_A, token("t")), ("Bearer t", answer(200)))
    ask = "token ?service=reg&scope=repository:b:pull"
    assert count(auth, (ask, token("u")), ("Bearer u", answer(200)), repository="b") == 2


def test_without_a_cache_each_request_costs_its_own_token_and_no_challenge_a8_a17() -> None:
    auth = RegistryAuth(REGISTRY)
    auth.lifetime = 0
    assert count(auth, ("bare", unauthorized()), (PULL_A, token("t")), ("Bearer t", answer(200))) == 3
    assert count(auth, (PULL_A, token("u")), ("Bearer u", answer(200))) == 2
    assert count(auth, (PULL_A, token("v")), ("Bearer v", answer(200))) == 2


def test_basic_costs_two_requests_then_one() -> None:
    auth = RegistryAuth(REGISTRY)
    auth.sign_in(Password("ann", "secret"))
    assert count(auth, ("bare", unauthorized("Basic")), ("Basic ann:secret", answer(200))) == 2
    assert count(auth, ("Basic ann:secret", answer(200)), repository="b") == 1


def test_a_token_is_refused_without_a_cache_as_with_one_a20() -> None:
    auth = RegistryAuth(REGISTRY)
    auth.lifetime = 0
    auth.sign_in(Password("ann", "secret"))
    with pytest.raises(AccessDenied):
        play(auth, ("bare", unauthorized()), (f"{PULL_A} as ann:secret", token("t")), ("Bearer t", unauthorized()))


# A.26 at the resource.


def test_a_busy_registry_is_waited_for_a_little_a26() -> None:
    from tests.unit.auth.script import wait

    auth = RegistryAuth(REGISTRY)
    why: list[str] = []
    busy = answer(429, Retry_After="2")
    final = play(auth, ("bare", busy), wait(2), ("bare", busy), wait(2), ("bare", answer(200)), why=why)
    assert final.status == 200
    assert why == ["first-contact", "rate-limited", "after-wait", "rate-limited", "after-wait"]


@pytest.mark.parametrize("seconds", ["30", "3600"])
def test_a_registry_that_wants_more_time_gets_it_from_the_person_a26(seconds: str) -> None:
    assert play(RegistryAuth(REGISTRY), ("bare", answer(429, Retry_After=seconds))).status == 429


def test_waits_do_not_count_as_refusals_a20_a26() -> None:
    from tests.unit.auth.script import wait

    auth = RegistryAuth(REGISTRY)
    busy = answer(429, Retry_After="1")
    play(
        auth,
        ("bare", busy),
        wait(1),
        ("bare", unauthorized()),
        (PULL_A, token("t")),
        ("Bearer t", busy),
        wait(1),
        ("Bearer t", answer(200)),
    )


def test_a_catalog_known_to_want_basic_is_not_asked_for_with_a_token_where_nothing_can_be_read_a3() -> None:
    """Harbor offers Basic for its catalog and tokens for the rest."""
    auth = RegistryAuth(REGISTRY)
    auth.sign_in(Password("ann", "secret"))
    play(
        auth,
        ("bare", unauthorized(bearer())),
        (f"{PULL_A} as ann:secret", token("t")),
        ("Bearer t", answer(200)),
    )
    auth.remember_basic(("registry:catalog:*",))
    auth.sign_out()
    with pytest.raises(LoginRequired) as caught:
        play(auth, ("bare", HIDDEN), scopes=["registry:catalog:*"])
    assert caught.value.prompt.scheme == "basic"
