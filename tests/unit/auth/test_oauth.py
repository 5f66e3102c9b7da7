"""The requests to a token service; what their answers mean is in test_exchange.py."""

import base64
from urllib.parse import parse_qs

import pytest

from app.auth.credential import AadToken, Credential, IdentityToken, Password, RegistryToken, Secret
from app.auth.grants import Way
from app.auth.lessons import Bearer, Wanted
from app.auth.oauth import Asking, anonymous_request, exchange_request, falls_back, ways_to_ask
from app.oci.origin import origin_of

REALM = "https://auth.example/token?tenant=7"
WANTED = Wanted(Bearer(REALM, origin_of(REALM), "reg"), ("repository:a:pull", "repository:b:pull"))
ANN = Password("ann", "sécret&=")


def ways(
    credential: Credential,
    refresh: str | None = None,
    *,
    worked: Way | None = None,
    offline: bool = False,
    password_grant: bool = False,
    wanted: Wanted = WANTED,
) -> tuple[Asking, ...]:
    return ways_to_ask(
        wanted,
        credential,
        None if refresh is None else Secret(refresh),
        "challenge-bearer",
        worked=worked,
        offline=offline,
        password_grant=password_grant,
    )


def form(asking: Asking) -> dict[str, list[str]]:
    assert asking.request.body is not None
    return parse_qs(asking.request.body.decode("ascii"), strict_parsing=True)


def test_an_anonymous_request_has_neither_header_nor_body_a13() -> None:
    request = anonymous_request(WANTED)
    assert (request.method, request.headers, request.body) == ("GET", (), None)
    assert request.url == f"{REALM}&service=reg&scope=repository:a:pull&scope=repository:b:pull"


def test_a_password_goes_in_a_get_and_in_no_form_unless_that_is_turned_on_a14_a15() -> None:
    (asking,) = ways(ANN)
    assert (asking.request.method, asking.request.body, asking.grant) == ("GET", None, "get")
    sent = asking.request.header("Authorization")
    assert sent is not None
    assert base64.b64decode(sent.removeprefix("Basic ")).decode() == "ann:sécret&="


def test_a_password_in_a_form_comes_second_a15() -> None:
    get, post = ways(ANN, password_grant=True)
    assert (get.way, post.way, post.why) == ("get", "post", "fall-back-post")
    assert form(post) == {
        "grant_type": ["password"],
        "username": ["ann"],
        "password": ["sécret&="],
        "service": ["reg"],
        "client_id": ["portolan"],
        "scope": ["repository:a:pull repository:b:pull"],
    }


def test_a_refresh_token_goes_in_a_form_before_a_get_a15() -> None:
    post, get = ways(ANN, "r1")
    assert (post.why, get.why) == ("refresh-token", "fall-back-get")
    assert form(post) == {
        "grant_type": ["refresh_token"],
        "refresh_token": ["r1"],
        "service": ["reg"],
        "client_id": ["portolan"],
        "scope": ["repository:a:pull repository:b:pull"],
    }


def test_a_form_follows_no_redirect_and_keeps_the_query_of_its_realm_a7_a15() -> None:
    request = ways(ANN, "r1")[0].request
    assert (request.method, request.url, request.redirect) == ("POST", REALM, "error")
    assert request.headers == (("Content-Type", "application/x-www-form-urlencoded"),)


def test_a_form_without_service_or_scopes_has_no_such_fields() -> None:
    bare = Wanted(WANTED.bearer._replace(service=None), ())
    assert {"service", "scope"}.isdisjoint(form(ways(ANN, "r1", wanted=bare)[0]))


@pytest.mark.parametrize(
    ("refresh", "flag", "worked", "first"), [("r1", False, "get", "get"), (None, True, "post", "post")]
)
def test_the_way_that_worked_at_a_realm_comes_first_a15(
    refresh: str | None, flag: bool, worked: Way, first: Way
) -> None:
    assert ways(ANN, refresh, worked=worked, password_grant=flag)[0].way == first


def test_a_refresh_token_is_asked_for_only_when_the_person_wants_one_a18() -> None:
    assert "offline" not in ways(ANN)[0].request.url
    assert ways(ANN, offline=True)[0].request.url.endswith("&offline_token=true&client_id=portolan")
    assert "access_type" not in form(ways(ANN, "r1")[0])
    assert form(ways(ANN, "r1", offline=True)[0])["access_type"] == ["offline"]


def test_an_identity_token_without_a_user_name_goes_in_a_form_alone_a15() -> None:
    assert [asking.way for asking in ways(IdentityToken(None, "r1"), "r1")] == ["post"]
    assert [asking.way for asking in ways(IdentityToken("ann", "r1"), "r1")] == ["post", "get"]


def test_a_registry_token_goes_to_no_token_service() -> None:
    assert ways(RegistryToken("t")) == ()


def test_a_scope_cannot_add_a_field_to_a_form() -> None:
    """Scopes are what a stranger's challenge says."""
    hostile = Wanted(WANTED.bearer._replace(service="a&password=x"), ("x&grant_type=password",))
    fields = form(ways(ANN, "r1", wanted=hostile)[0])
    assert (fields["grant_type"], fields["service"]) == (["refresh_token"], ["a&password=x"])
    assert "password" not in fields


@pytest.mark.parametrize(
    ("asking", "worked", "statuses"),
    [
        ("post", None, {400, 401, 404, 405}),
        ("post", "post", {400, 401, 404, 405}),
        ("get", None, {401, 404, 405}),
        ("get", "post", {401, 404, 405}),
        ("get", "get", {404, 405}),
    ],
)
def test_which_refusals_may_mean_the_way_of_asking_a15(asking: Way, worked: Way | None, statuses: set[int]) -> None:
    tried = next(each for each in ways(ANN, "r1") if each.way == asking)
    assert {status for status in (400, 401, 403, 404, 405, 429, 500) if falls_back(tried, status, worked)} == statuses


def test_azure_exchanges_its_directorys_token_beside_the_realm() -> None:
    bearer = Bearer("https://c.azurecr.io/oauth2/token", origin_of("https://c.azurecr.io"), "c.azurecr.io")
    request = exchange_request(Wanted(bearer, ()), AadToken("aad", "contoso"))
    assert request is not None
    assert (request.method, request.url, request.redirect) == ("POST", "https://c.azurecr.io/oauth2/exchange", "error")
    assert parse_qs((request.body or b"").decode()) == {
        "grant_type": ["access_token"],
        "service": ["c.azurecr.io"],
        "access_token": ["aad"],
        "tenant": ["contoso"],
    }


def test_a_realm_of_another_kind_exchanges_nothing() -> None:
    assert exchange_request(WANTED, AadToken("aad")) is None


def test_no_repr_shows_what_is_sent() -> None:
    for asking in (*ways(Password("ann", "canary"), password_grant=True), *ways(ANN, "canary")):
        assert "canary" not in f"{asking!r} {asking} {asking.request!r}"
