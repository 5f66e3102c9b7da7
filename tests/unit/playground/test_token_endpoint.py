"""The token endpoint: what it gives, to whom, for how long."""

from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from tests.unit.playground.playing import Ask, basic, playing

PULL = "repository:sample/harbour:pull"


class Clock:
    """Seconds since 1970 that a test can move."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def claims(token: str) -> dict[str, Any]:
    return jwt.decode(token, options={"verify_signature": False})


def access(token: str) -> dict[str, list[str]]:
    return {f"{entry['type']}:{entry['name']}": entry["actions"] for entry in claims(token)["access"]}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def timed(clock: Clock) -> Iterator[Ask]:
    with playing("second:bearer", token_expiry=60, clock=clock) as ask:
        yield ask


def test_a_token_has_the_claims_of_the_specification(timed: Ask, clock: Clock) -> None:
    token = timed.token("bearer", PULL, user="sailor:harbour").json["token"]
    found = claims(token)
    assert len(str(found.pop("jti"))) >= 8
    assert found == {
        "iss": "playground",
        "sub": "sailor",
        "aud": "bearer.playground",
        "iat": clock.now,
        "nbf": clock.now,
        "exp": clock.now + 60,
        "access": [{"type": "repository", "name": "sample/harbour", "actions": ["pull"]}],
    }
    header = jwt.get_unverified_header(token)
    assert (header["alg"], header["typ"], len(header["kid"])) == ("ES256", "JWT", 43)


def test_the_answer_names_the_token_twice_and_says_how_long_it_lasts(timed: Ask) -> None:
    seen = timed.token("bearer", PULL)
    assert seen.json["token"] == seen.json["access_token"]
    assert (seen.json["expires_in"], seen.json["issued_at"]) == (60, "2027-01-15T08:00:00Z")
    assert "refresh_token" not in seen.json
    assert seen.headers["Cache-Control"] == "no-store"


def test_a_certificate_for_real_registries_is_in_the_tokens_instead_of_the_id_of_the_key(tmp_path: Path) -> None:
    file = tmp_path / "token.pem"
    with playing(token_certificate=str(file)) as ask:
        authorization = ask.bearer(PULL)
        assert ask("bearer", "/v2/sample/harbour/tags/list", Authorization=authorization).status == 200
    written = x509.load_pem_x509_certificate(file.read_bytes())
    token = authorization.removeprefix("Bearer ")
    header = jwt.get_unverified_header(token)
    assert (set(header), [b64decode(der) for der in header["x5c"]]) == (
        {"alg", "typ", "x5c"},
        [written.public_bytes(Encoding.DER)],
    )
    key = written.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert jwt.decode(token, key, ["ES256"], audience="bearer.playground")["iss"] == "playground"


def test_an_expired_token_is_invalid(timed: Ask, clock: Clock) -> None:
    token = timed.bearer(PULL)
    clock.now += 59
    assert timed("bearer", "/v2/sample/harbour/tags/list", Authorization=token).status == 200
    clock.now += 1
    seen = timed("bearer", "/v2/sample/harbour/tags/list", Authorization=token)
    assert seen.status == 401
    assert seen.headers["WWW-Authenticate"].endswith('error="invalid_token"')


def test_a_token_for_one_service_is_invalid_at_another(timed: Ask) -> None:
    seen = timed("second", "/v2/sample/harbour/tags/list", Authorization=timed.bearer(PULL))
    assert seen.headers["WWW-Authenticate"].endswith('error="invalid_token"')


def test_a_token_with_another_signature_is_invalid(timed: Ask) -> None:
    head, payload, signature = timed.bearer(PULL).split(".")
    forged = ".".join((head, payload, signature[::-1]))
    seen = timed("bearer", "/v2/sample/harbour/tags/list", Authorization=forged)
    assert seen.headers["WWW-Authenticate"].endswith('error="invalid_token"')


@pytest.mark.parametrize(
    ("user", "scope", "granted"),
    [
        ("", "repository:sample/harbour:pull,push,delete", ["pull"]),
        ("", "repository:private/logbook:pull", []),
        ("", "registry:catalog:*", []),
        ("sailor:harbour", "registry:catalog:*", ["*"]),
        ("sailor:harbour", "repository:private/logbook:pull,push", ["pull"]),
        ("sailor:harbour", "repository:private/chartroom:pull", []),
        ("admin:lighthouse", "repository:private/chartroom:pull", ["pull"]),
        ("sailor:harbour", "repository(plugin):sample/harbour:pull", ["pull"]),
        ("sailor:harbour", "something:else:pull", []),
    ],
)
def test_what_may_not_be_had_is_left_out_of_a_token_without_an_error(
    ask: Ask, user: str, scope: str, granted: list[str]
) -> None:
    seen = ask.token("bearer", scope, user=user)
    assert seen.status == 200
    assert list(access(seen.json["token"]).values()) == [granted]


@pytest.mark.parametrize("scopes", [(PULL, "repository:sample/notes:pull"), (f"{PULL} repository:sample/notes:pull",)])
def test_scopes_may_be_repeated_or_joined_by_blanks(ask: Ask, scopes: tuple[str, ...]) -> None:
    granted = access(ask.token("bearer", *scopes).json["token"])
    assert granted == {"repository:sample/harbour": ["pull"], "repository:sample/notes": ["pull"]}


def test_a_name_in_a_scope_may_hold_a_port(ask: Ask) -> None:
    granted = access(
        ask.token("bearer", "repository:host:5000/sample/harbour:pull", user="sailor:harbour").json["token"]
    )
    assert granted == {"repository:host:5000/sample/harbour": ["pull"]}


@pytest.mark.parametrize("scope", ["", "garbage", "*", "repository::", "a:b"])
def test_a_scope_that_is_none_grants_nothing(ask: Ask, scope: str) -> None:
    seen = ask.token("bearer", scope)
    assert (seen.status, access(seen.json["token"])) == (200, {})


@pytest.mark.parametrize("authorization", [basic("sailor:wrong"), basic("nobody:x"), "Basic ???", "Bearer x"])
def test_wrong_credentials_are_401_in_json(ask: Ask, authorization: str) -> None:
    seen = ask("token", "/token?service=bearer.playground", Authorization=authorization)
    assert (seen.status, seen.code) == (401, "UNAUTHORIZED")
    assert "token" not in seen.json


@pytest.mark.parametrize(("account", "status"), [("sailor", 200), ("admin", 400)])
def test_an_account_has_to_be_the_user(ask: Ask, account: str, status: int) -> None:
    assert ask.token("bearer", PULL, user="sailor:harbour", account=account).status == status


def test_a_password_can_be_posted(ask: Ask) -> None:
    seen = ask(
        "token",
        "/token",
        method="POST",
        body=urlencode(
            {
                "grant_type": "password",
                "service": "bearer.playground",
                "username": "sailor",
                "password": "harbour",
                "scope": f"{PULL} registry:catalog:*",
            }
        ),
    )
    assert (seen.status, seen.json["scope"]) == (200, f"{PULL} registry:catalog:*")
    assert access(seen.json["access_token"]) == {"repository:sample/harbour": ["pull"], "registry:catalog": ["*"]}


def test_a_refresh_token_buys_tokens_again_and_again(ask: Ask) -> None:
    form = {"grant_type": "password", "username": "admin", "password": "lighthouse", "access_type": "offline"}
    refresh = ask("token", "/token", method="POST", body=urlencode(form)).json["refresh_token"]
    scope = "repository:private/chartroom:pull"
    form = {"grant_type": "refresh_token", "refresh_token": refresh, "service": "bearer.playground", "scope": scope}
    for _ in range(2):
        seen = ask("token", "/token", method="POST", body=urlencode(form))
        assert seen.json["refresh_token"] == refresh
        authorization = "Bearer " + seen.json["access_token"]
        assert ask("bearer", "/v2/private/chartroom/tags/list", Authorization=authorization).status == 200


def test_get_gives_a_refresh_token_to_who_asks_for_an_offline_one(ask: Ask) -> None:
    assert "refresh_token" in ask.token("bearer", PULL, user="sailor:harbour", offline_token="true").json
    assert "refresh_token" not in ask.token("bearer", PULL, offline_token="true").json


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": "password", "username": "sailor", "password": "wrong"}, "invalid_grant"),
        ({"grant_type": "refresh_token", "refresh_token": "unknown"}, "invalid_grant"),
        ({"grant_type": "client_credentials"}, "unsupported_grant_type"),
        ({}, "unsupported_grant_type"),
    ],
)
def test_a_post_that_is_refused_says_why_as_oauth_does(ask: Ask, form: dict[str, str], error: str) -> None:
    seen = ask("token", "/token", method="POST", body=urlencode(form))
    assert (seen.status, seen.json["error"]) == (400, error)


def test_other_methods_get_no_token(ask: Ask) -> None:
    assert ask("token", "/token", method="PUT").status == 405
