"""Requests to token services and what their answers mean; what they mean for the whole is in test_flow.py."""

import json
from collections.abc import Generator

import pytest

from app.auth.credential import AadToken, IdentityToken, Password
from app.auth.errors import (
    AccessDenied,
    ApprovalRequired,
    LoginRequired,
    RealmRefused,
    TokenServiceBusy,
    TokenServiceFailed,
    UnusableChallenge,
)
from app.auth.exchange import Exchange, Issued, ask_token
from app.auth.identity import Bearer, RegistryAuth, Wanted
from app.auth.step import Reply, Send, Step
from app.oci.origin import parse_origin
from app.ports.transport import Request
from tests.unit.auth.script import REGISTRY, TOKEN_SERVICE, answer, follow, manifest, token, wait
from tests.unit.auth.script import Exchange as Played

REALM = "https://auth.example/token?tenant=7"
FOREIGN = Wanted(Bearer(REALM, parse_origin("https://auth.example"), "reg"), ("repository:a:pull",))
WANTED = Wanted(Bearer(TOKEN_SERVICE, REGISTRY, "reg"), ("repository:a:pull",))
OTHER = WANTED._replace(scopes=("repository:b:pull",))
SCOPE_A = "service=reg&scope=repository:a:pull"
SCOPE_B = "service=reg&scope=repository:b:pull"
GET_A, GET_B = f"token ?{SCOPE_A}", f"token ?{SCOPE_B}"
DENIED = json.dumps({"errors": [{"code": "DENIED", "message": "no", "detail": None}]}).encode()


def refresh(refresh_token: str, scope: str = "repository:a:pull", more: str = "") -> str:
    fields = f"grant_type=refresh_token&refresh_token={refresh_token}&service=reg&client_id=portolan{more}"
    return f"form ?{fields}&scope={scope}"


def error(code: str, status: int = 400) -> Reply:
    return answer(status, body=json.dumps({"error": code}).encode())


@pytest.fixture
def auth() -> RegistryAuth:
    return RegistryAuth(REGISTRY)


@pytest.fixture
def signed_in(auth: RegistryAuth) -> RegistryAuth:
    auth.sign_in(Password("ann", "secret"))
    return auth


def ask(
    auth: RegistryAuth,
    *exchanges: Played,
    wanted: Wanted = WANTED,
    method: str = "GET",
    why: list[str] | None = None,
) -> Issued:
    request = Request(method, manifest().url)
    return follow(ask_token(wanted, auth, request, lambda: 50.0, lambda: 0.0), *exchanges, why=why)


def test_a_token_is_kept_under_its_key_with_the_time_of_its_receipt_a17(auth: RegistryAuth) -> None:
    issued = ask(
        auth,
        ("token https://auth.example/token?tenant=7&service=reg&scope=repository:a:pull", token("t1", expires_in=300)),
        wanted=FOREIGN,
    )
    assert auth.tokens.get(auth.key(FOREIGN), 50.0) is issued.token
    assert issued.token.expires_at == 350.0


def test_approval_is_asked_for_before_anything_is_sent_a7(signed_in: RegistryAuth) -> None:
    with pytest.raises(ApprovalRequired):
        ask(signed_in, wanted=FOREIGN)


@pytest.mark.parametrize("credential", [IdentityToken("ann", "r0"), AadToken("aad")])
def test_no_secret_is_posted_to_a_realm_that_is_not_allowed_a7_a15(
    auth: RegistryAuth, credential: IdentityToken | AadToken
) -> None:
    auth.sign_in(credential)
    with pytest.raises(ApprovalRequired):
        ask(auth, wanted=FOREIGN)


def test_an_error_names_the_token_service_without_its_query(auth: RegistryAuth) -> None:
    with pytest.raises(TokenServiceFailed) as caught:
        ask(auth, (f"token {REALM}&{SCOPE_A}", answer(502)), wanted=FOREIGN)
    assert caught.value.url == "https://auth.example/token"


def test_the_memory_is_looked_into_before_the_service_is_asked_a8(auth: RegistryAuth) -> None:
    ask(auth, (GET_A, token("t1")))
    issued = follow(Exchange(auth, manifest(), lambda: 50.0).obtain(WANTED, "known-bearer"))
    assert (issued.token.value, issued.fresh) == ("t1", False)


def test_without_a_lifetime_no_answer_is_shared_or_kept_a17_a25(auth: RegistryAuth) -> None:
    auth.lifetime = 0
    step = next(ask_token(WANTED, auth, manifest(), lambda: 0.0))
    assert isinstance(step, Send)
    assert step.key is None
    ask(auth, (GET_A, token("t1")))
    assert list(auth.tokens) == []


# A.15, A.18: forms and refresh tokens.


def test_an_identity_token_goes_in_a_form_a15(auth: RegistryAuth) -> None:
    auth.sign_in(IdentityToken(None, "r0"))
    why: list[str] = []
    assert ask(auth, (refresh("r0"), token("t1")), why=why).token.value == "t1"
    assert why == ["refresh-token"]
    assert auth.is_proven(auth.session)


@pytest.mark.parametrize("status", [400, 401, 404, 405])
def test_a_refused_form_falls_back_to_a_get_a15(auth: RegistryAuth, status: int) -> None:
    auth.sign_in(IdentityToken("ann", "r0"))
    why: list[str] = []
    ask(auth, (refresh("r0"), answer(status)), (f"{GET_A} as ann:r0", token("t1")), why=why)
    assert why == ["refresh-token", "fall-back-get"]


def test_the_way_that_worked_is_taken_first_the_next_time_and_back_when_it_no_longer_does_a15(
    auth: RegistryAuth,
) -> None:
    auth.sign_in(IdentityToken("ann", "r0"))
    ask(auth, (refresh("r0"), answer(405)), (f"{GET_A} as ann:r0", token("t1")))
    ask(auth, (f"{GET_B} as ann:r0", token("t2")), wanted=OTHER)
    ask(auth, (f"{GET_B} as ann:r0", answer(405)), (refresh("r0", "repository:b:pull"), token("t3")), wanted=OTHER)
    ask(auth, (refresh("r0"), token("t4")))


def test_a_password_in_a_form_is_tried_after_a_get_when_turned_on_a15(signed_in: RegistryAuth) -> None:
    signed_in.password_grant = True
    form = "form ?grant_type=password&username=ann&password=secret&service=reg&client_id=portolan&scope="
    ask(signed_in, (f"{GET_A} as ann:secret", answer(405)), (f"{form}repository:a:pull", token("t1")))
    ask(signed_in, (f"{form}repository:b:pull", token("t2")), wanted=OTHER)


def test_a_wrong_password_is_not_sent_a_second_time_where_gets_have_worked_a15(signed_in: RegistryAuth) -> None:
    signed_in.password_grant = True
    ask(signed_in, (f"{GET_A} as ann:secret", token("t1")))
    with pytest.raises(LoginRequired):
        ask(signed_in, (f"{GET_B} as ann:secret", answer(401)), wanted=OTHER, method="DELETE")


def test_no_refresh_token_is_asked_for_or_kept_by_itself_a18(signed_in: RegistryAuth) -> None:
    ask(signed_in, (f"{GET_A} as ann:secret", token("t1", refresh_token="r1")))
    ask(signed_in, (f"{GET_B} as ann:secret", token("t2")), wanted=OTHER)


def test_a_refresh_token_takes_the_place_of_the_password_when_wanted_a18(signed_in: RegistryAuth) -> None:
    signed_in.offline_tokens = True
    offline = "&offline_token=true&client_id=portolan"
    ask(signed_in, (f"{GET_A}{offline} as ann:secret", token("t1", refresh_token="r1")))
    more = "&access_type=offline"
    ask(signed_in, (refresh("r1", "repository:b:pull", more), token("t2", refresh_token="r2")), wanted=OTHER)
    ask(signed_in, (refresh("r2", more=more), token("t3")))
    ask(signed_in, (refresh("r2", "repository:b:pull", more), token("t4")), wanted=OTHER)


def test_an_expired_refresh_token_is_dropped_and_the_password_asks_again_a18(signed_in: RegistryAuth) -> None:
    signed_in.offline_tokens = True
    get = f"{GET_A}&offline_token=true&client_id=portolan as ann:secret"
    ask(signed_in, (get, token("t1", refresh_token="r1")))
    form = refresh("r1", more="&access_type=offline")
    ask(signed_in, (form, error("invalid_grant")), (f"{GET_A} as ann:secret", token("t2")))
    ask(signed_in, (get, token("t3", refresh_token="r3")))


def test_a_refresh_token_is_sent_to_no_other_realm_than_the_one_that_issued_it_a18(signed_in: RegistryAuth) -> None:
    signed_in.offline_tokens = True
    signed_in.approve(parse_origin("https://auth.example"))
    get = f"{GET_A}&offline_token=true&client_id=portolan as ann:secret"
    ask(signed_in, (get, token("t1", refresh_token="r1")))
    elsewhere = f"token {REALM}&{SCOPE_A}&offline_token=true&client_id=portolan as ann:secret"
    ask(signed_in, (elsewhere, token("t2")), wanted=FOREIGN)


def test_an_identity_token_stays_with_the_realm_that_took_it_a18(auth: RegistryAuth) -> None:
    auth.sign_in(IdentityToken(None, "r0"))
    auth.approve(parse_origin("https://auth.example"))
    ask(auth, (refresh("r0"), token("t1")))
    with pytest.raises(LoginRequired) as caught:
        ask(auth, wanted=FOREIGN)
    assert caught.value.prompt.reason == "required"


def test_a_rotated_identity_token_is_used_from_then_on_a18(auth: RegistryAuth) -> None:
    auth.sign_in(IdentityToken(None, "r0"))
    ask(auth, (refresh("r0"), token("t1", refresh_token="r1")))
    ask(auth, (refresh("r1", "repository:b:pull"), token("t2")), wanted=OTHER)


def test_a_refresh_token_rotated_by_another_request_meanwhile_is_no_refusal_a18(auth: RegistryAuth) -> None:
    auth.sign_in(IdentityToken(None, "r0"))
    ask(auth, (refresh("r0"), token("t1", refresh_token="r1")))
    late = ask_token(WANTED, auth, manifest(), lambda: 50.0)
    assert isinstance(next(late), Send)
    ask(auth, (refresh("r1", "repository:b:pull"), token("t2", refresh_token="r2")), wanted=OTHER)
    step = late.send(error("invalid_grant")._replace(url=TOKEN_SERVICE))
    assert isinstance(step, Send)
    assert b"refresh_token=r2" in (step.request.body or b"")


@pytest.mark.parametrize("reply", [error("invalid_grant"), answer(401)])
def test_an_identity_token_that_is_refused_is_forgotten(auth: RegistryAuth, reply: Reply) -> None:
    auth.sign_in(IdentityToken(None, "r0"))
    with pytest.raises(LoginRequired) as caught:
        ask(auth, (refresh("r0"), reply))
    assert caught.value.prompt.reason == "wrong-password"
    assert auth.credential is None


def test_a_request_that_a_service_does_not_like_is_no_wrong_credential(auth: RegistryAuth) -> None:
    auth.sign_in(IdentityToken(None, "r0"))
    with pytest.raises(TokenServiceFailed) as caught:
        ask(auth, (refresh("r0"), error("invalid_scope")))
    assert caught.value.status == 400
    assert auth.credential is not None


# Azure: a token of the directory is exchanged for a refresh token of the registry.

ACR = parse_origin("https://contoso.azurecr.io")
ACR_WANTED = Wanted(Bearer(f"{ACR}/oauth2/token", ACR, ACR.host), ("repository:a:pull",))
EXCHANGE = (
    "form https://contoso.azurecr.io/oauth2/exchange"
    "?grant_type=access_token&service=contoso.azurecr.io&access_token=aad"
)


def acr_form(refresh_token: str) -> str:
    return (
        f"form https://contoso.azurecr.io/oauth2/token?grant_type=refresh_token&refresh_token={refresh_token}"
        "&service=contoso.azurecr.io&client_id=portolan&scope=repository:a:pull"
    )


@pytest.fixture
def acr() -> RegistryAuth:
    auth = RegistryAuth(ACR)
    auth.sign_in(AadToken("aad"))
    return auth


def refresh_answer(refresh_token: str) -> Reply:
    return answer(200, body=json.dumps({"refresh_token": refresh_token}).encode())


def access_answer(access_token: str) -> Reply:
    return answer(200, body=json.dumps({"access_token": access_token}).encode())


def test_azure_gets_a_refresh_token_once_and_access_tokens_with_it(acr: RegistryAuth) -> None:
    why: list[str] = []
    ask(acr, (EXCHANGE, refresh_answer("r1")), (acr_form("r1"), access_answer("t1")), wanted=ACR_WANTED, why=why)
    assert why == ["exchange", "refresh-token"]
    ask(acr, (acr_form("r1"), access_answer("t2")), wanted=ACR_WANTED)


def test_azures_refresh_token_is_exchanged_for_anew_when_it_has_ended(acr: RegistryAuth) -> None:
    ask(acr, (EXCHANGE, refresh_answer("r1")), (acr_form("r1"), access_answer("t1")), wanted=ACR_WANTED)
    ask(
        acr,
        (acr_form("r1"), answer(401)),
        (EXCHANGE, refresh_answer("r2")),
        (acr_form("r2"), access_answer("t2")),
        wanted=ACR_WANTED,
    )


def test_azures_refresh_token_falls_back_to_a_get_with_the_null_guid_a15(acr: RegistryAuth) -> None:
    get = "token https://contoso.azurecr.io/oauth2/token?service=contoso.azurecr.io&scope=repository:a:pull"
    ask(
        acr,
        (EXCHANGE, refresh_answer("r1")),
        (acr_form("r1"), answer(405)),
        (f"{get} as 00000000-0000-0000-0000-000000000000:r1", access_answer("t1")),
        wanted=ACR_WANTED,
    )


def test_a_directorys_token_that_azure_refuses_is_forgotten(acr: RegistryAuth) -> None:
    with pytest.raises(LoginRequired) as caught:
        ask(acr, (EXCHANGE, answer(401, body=DENIED)), wanted=ACR_WANTED)
    assert caught.value.prompt.reason == "wrong-password"
    assert acr.credential is None


def test_an_exchange_without_a_refresh_token_brought_no_token(acr: RegistryAuth) -> None:
    with pytest.raises(TokenServiceFailed) as caught:
        ask(acr, (EXCHANGE, answer(200, body=b"{}")), wanted=ACR_WANTED)
    assert caught.value.reason == "no-token"


def test_a_directorys_token_is_for_azure_alone(auth: RegistryAuth) -> None:
    auth.sign_in(AadToken("aad"))
    with pytest.raises(UnusableChallenge) as caught:
        ask(auth)
    assert caught.value.reason == "no exchange"


# A.23: refused credentials, and reading without them.


def test_a_denial_of_the_token_service_is_followed_by_an_anonymous_try_a23(signed_in: RegistryAuth) -> None:
    """GHCR answers 403 to an expired token even for a public repository."""
    why: list[str] = []
    issued = ask(signed_in, (f"{GET_A} as ann:secret", answer(403)), (GET_A, token("t1")), why=why)
    assert why == ["challenge-bearer", "anonymous-retry"]
    assert issued.key.identity == ""
    assert isinstance(issued.instead, LoginRequired)
    assert signed_in.credential is not None


def test_a_refusal_of_both_is_the_one_of_the_credentials_a23(signed_in: RegistryAuth) -> None:
    with pytest.raises(LoginRequired) as caught:
        ask(signed_in, (f"{GET_A} as ann:secret", answer(403)), (GET_A, answer(401)))
    assert (caught.value.prompt.reason, caught.value.prompt.username) == ("wrong-password", "ann")


def test_a_good_credential_without_the_right_to_a_repository_is_denied_there_a23(signed_in: RegistryAuth) -> None:
    ask(signed_in, (f"{GET_B} as ann:secret", token("t2")), wanted=OTHER)
    with pytest.raises(AccessDenied) as caught:
        ask(signed_in, (f"{GET_A} as ann:secret", answer(403, body=DENIED)), (GET_A, answer(401)))
    assert (caught.value.identity, caught.value.codes[0].code) == ("ann", "DENIED")


def test_a_password_just_typed_that_is_wrong_is_not_covered_up_a23(signed_in: RegistryAuth) -> None:
    with pytest.raises(LoginRequired) as caught:
        ask(signed_in, (f"{GET_A} as ann:secret", answer(401)))
    assert caught.value.prompt.reason == "wrong-password"


def test_a_stored_credential_that_is_wrong_does_not_stand_before_what_is_public_a23(auth: RegistryAuth) -> None:
    auth.sign_in(Password("ann", "old"), stored=True)
    issued = ask(auth, (f"{GET_A} as ann:old", answer(401)), (GET_A, token("t1")))
    assert isinstance(issued.instead, LoginRequired)
    assert auth.credential is None


def test_credentials_that_worked_and_no_longer_do_are_expired_a23(signed_in: RegistryAuth) -> None:
    ask(signed_in, (f"{GET_A} as ann:secret", token("t1")))
    with pytest.raises(LoginRequired) as caught:
        ask(signed_in, (f"{GET_B} as ann:secret", answer(401)), (GET_B, answer(401)), wanted=OTHER)
    assert (caught.value.prompt.reason, caught.value.prompt.username) == ("expired", "ann")


def test_nothing_but_reading_is_tried_anonymously_a23(signed_in: RegistryAuth) -> None:
    with pytest.raises(LoginRequired):
        ask(signed_in, (f"{GET_A} as ann:secret", answer(403)), method="DELETE")


def test_the_anonymous_token_serves_while_it_lives_without_another_refusal_a23(signed_in: RegistryAuth) -> None:
    ask(signed_in, (f"{GET_A} as ann:secret", answer(403)), (GET_A, token("t1")))
    again = follow(Exchange(signed_in, manifest(), lambda: 60.0).obtain(WANTED, "known-bearer"))
    assert (again.token.value, again.instead is not None) == ("t1", True)
    later = Exchange(signed_in, manifest(), lambda: 500.0).obtain(WANTED, "known-bearer")
    assert follow(later, (f"{GET_A} as ann:secret", token("t2"))).instead is None


# A.26: a busy token service.


def test_a_busy_token_service_is_waited_for_a_little_a26(auth: RegistryAuth) -> None:
    why: list[str] = []
    ask(auth, (GET_A, answer(429, Retry_After="3")), wait(3), (GET_A, token("t1")), why=why)
    assert why == ["challenge-bearer", "rate-limited", "after-wait"]


def test_a_longer_wait_is_left_to_the_person_a26(auth: RegistryAuth) -> None:
    with pytest.raises(TokenServiceBusy) as caught:
        ask(auth, (GET_A, answer(429, Retry_After="30")))
    assert (caught.value.status, caught.value.retry_after) == (429, 30.0)


@pytest.mark.parametrize("stated", ["soon", "-1", "9" * 40, "٣"])
def test_a_busy_token_service_that_does_not_say_how_long_is_asked_three_times_a26(
    auth: RegistryAuth, stated: str
) -> None:
    busy = (GET_A, answer(429, Retry_After=stated))
    with pytest.raises(TokenServiceBusy) as caught:
        ask(auth, busy, wait(2), busy, wait(4), busy)
    assert caught.value.retry_after is None


# A.7, A.16: answers that are no token.


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("url", ["https://10.0.0.1/t", "http://auth.example/t", "https://169.254.169.254/t"])
def test_an_answer_from_where_nothing_may_be_asked_is_refused_a7(auth: RegistryAuth, signed: bool, url: str) -> None:
    if signed:
        auth.sign_in(Password("ann", "secret"))
    with pytest.raises(RealmRefused) as caught:
        ask(auth, (GET_A + (" as ann:secret" if signed else ""), token("t1")._replace(url=url)))
    assert caught.value.reason == "redirected"
    assert list(auth.tokens) == []


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_that_was_not_followed_is_no_token_a16(auth: RegistryAuth, status: int) -> None:
    with pytest.raises(TokenServiceFailed) as caught:
        ask(auth, (GET_A, answer(status, Location="https://evil.example/")))
    assert (caught.value.reason, caught.value.status) == ("status", status)


def generator(auth: RegistryAuth) -> Generator[Step, Reply, Issued]:
    return ask_token(WANTED, auth, manifest(), lambda: 50.0)


def test_who_signs_in_while_a_token_is_under_way_gets_one_of_their_own(auth: RegistryAuth) -> None:
    steps = generator(auth)
    next(steps)
    auth.sign_in(Password("ann", "secret"))
    step = steps.send(token("t1")._replace(url=TOKEN_SERVICE))
    assert isinstance(step, Send)
    assert step.request.header("Authorization") is not None
    assert list(auth.tokens) == []
