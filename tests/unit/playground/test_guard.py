"""Who gets in, and what those who do not are told."""

import pytest

from tests.unit.playground.playing import ALL_TYPES, Ask, basic

HARBOUR = "/v2/sample/harbour/tags/list"
CHARTROOM = "/v2/private/chartroom/tags/list"
LOGBOOK = "/v2/private/logbook/tags/list"


@pytest.mark.parametrize("path", ["/v2/", "/v2/_catalog", HARBOUR, LOGBOOK])
@pytest.mark.parametrize(
    "authorization", ["", basic("sailor:wrong"), basic("nobody:harbour"), "Basic %%%", "Basic c2FpbG9y", "Bearer x"]
)
def test_basic_asks_for_everything_with_one_challenge(ask: Ask, path: str, authorization: str) -> None:
    seen = ask("basic", path, sent={"Authorization": authorization} if authorization else {})
    assert (seen.status, seen.code) == (401, "UNAUTHORIZED")
    assert seen.headers.get_all("WWW-Authenticate") == ['Basic realm="Portolan sample registry"']


@pytest.mark.parametrize("path", ["/v2/", "/v2/_catalog", HARBOUR, LOGBOOK])
@pytest.mark.parametrize("user", ["sailor:harbour", "admin:lighthouse"])
def test_basic_lets_its_users_read(ask: Ask, path: str, user: str) -> None:
    assert ask("basic", path, Authorization=basic(user)).status == 200


def test_basic_forbids_the_chartroom_to_the_sailor_only(ask: Ask) -> None:
    seen = ask("basic", CHARTROOM, Authorization=basic("sailor:harbour"))
    assert (seen.status, seen.code) == (403, "DENIED")
    assert ask("basic", CHARTROOM, Authorization=basic("admin:lighthouse")).status == 200


def test_an_anonymous_registry_does_not_mind_credentials(ask: Ask) -> None:
    assert ask("anonymous", CHARTROOM, Authorization=basic("sailor:wrong")).status == 200


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("/v2/", ""),
        ("/v2/_catalog?n=3", ',scope="registry:catalog:*"'),
        (HARBOUR, ',scope="repository:sample/harbour:pull"'),
        ("/v2/private/logbook/manifests/latest", ',scope="repository:private/logbook:pull"'),
    ],
)
@pytest.mark.parametrize(
    ("authorization", "problem"),
    [("", ""), ("Bearer nonsense", ',error="invalid_token"'), (basic("sailor:harbour"), "")],
)
def test_a_bearer_challenge_is_in_distributions_form(
    ask: Ask, path: str, scope: str, authorization: str, problem: str
) -> None:
    seen = ask("bearer", path, sent={"Authorization": authorization} if authorization else {})
    assert (seen.status, seen.code) == (401, "UNAUTHORIZED")
    realm = ask.origins["token"] + "/token"
    assert seen.headers["WWW-Authenticate"] == f'Bearer realm="{realm}",service="bearer.playground"{scope}{problem}'


def test_the_realm_is_another_origin(ask: Ask) -> None:
    assert len(set(ask.origins.values())) == len(ask.origins) == 5


def test_an_anonymous_token_reads_what_is_public(ask: Ask) -> None:
    token = ask.bearer("repository:sample/harbour:pull")
    assert ask("bearer", HARBOUR, Authorization=token).status == 200
    assert ask("bearer", "/v2/sample/harbour/manifests/latest", Authorization=token, Accept=ALL_TYPES).status == 200
    assert ask("bearer", "/v2/", Authorization=token).status == 200


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        (CHARTROOM, "repository:private/chartroom:pull"),
        (LOGBOOK, "repository:private/logbook:pull"),
        ("/v2/_catalog", "registry:catalog:*"),
        ("/v2/o/tags/list", "repository:o:pull"),
    ],
)
def test_an_anonymous_token_is_not_sufficient_for_the_rest(ask: Ask, path: str, scope: str) -> None:
    seen = ask("bearer", path, Authorization=ask.bearer(scope))
    assert seen.status == 401
    assert seen.headers["WWW-Authenticate"].endswith(f'scope="{scope}",error="insufficient_scope"')


@pytest.mark.parametrize(("user", "status"), [("sailor:harbour", 401), ("admin:lighthouse", 200)])
def test_the_chartroom_is_the_admins_alone(ask: Ask, user: str, status: int) -> None:
    token = ask.bearer("repository:private/chartroom:pull", user=user)
    seen = ask("bearer", CHARTROOM, Authorization=token)
    assert seen.status == status
    assert status == 200 or 'error="insufficient_scope"' in seen.headers["WWW-Authenticate"]


@pytest.mark.parametrize(
    ("path", "scope"),
    [(LOGBOOK, "repository:private/logbook:pull"), ("/v2/_catalog", "registry:catalog:*"), (HARBOUR, "")],
)
def test_a_token_is_good_for_the_scope_it_was_asked_for_only(ask: Ask, path: str, scope: str) -> None:
    good = ask.bearer(scope or "repository:sample/harbour:pull", user="sailor:harbour")
    other = ask.bearer("repository:sample/notes:pull", user="sailor:harbour")
    assert ask("bearer", path, Authorization=good).status == 200
    assert 'error="insufficient_scope"' in ask("bearer", path, Authorization=other).headers["WWW-Authenticate"]


def test_a_public_repository_that_is_not_there_is_not_found_after_signing_in(ask: Ask) -> None:
    seen = ask("bearer", "/v2/sample/nothing/tags/list", Authorization=ask.bearer("repository:sample/nothing:pull"))
    assert (seen.status, seen.code) == (404, "NAME_UNKNOWN")
