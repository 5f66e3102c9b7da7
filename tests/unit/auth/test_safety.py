"""Whatever a stranger's server says: the flow ends, raises nothing but its own errors, and gives no secret away."""

import gc
import json
import time
import traceback
from collections.abc import Generator, Iterator
from contextlib import suppress
from types import FrameType, FunctionType, ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.auth.bearer_token import (
    BadTokenResponse,
    describe_token,
    parse_oauth_error,
    parse_refresh_token,
    parse_token_response,
)
from app.auth.challenge import parse_challenges
from app.auth.credential import AadToken, Credential, IdentityToken, Password, RegistryToken, Secret, basic_header
from app.auth.errors import AuthError
from app.auth.flow import authorize
from app.auth.identity import Identities, RegistryAuth
from app.auth.realm import judge_realm
from app.auth.scope import CATALOG, describe, split_scopes, unite
from app.auth.step import WAITED, Reply, Send, Step, Wait
from app.oci.origin import origin_of
from app.ports.transport import Headers, TransportError
from tests.unit.auth.script import REGISTRY, manifest

CANARY = "canary-secret"
BASIC = basic_header("ann", CANARY).removeprefix("Basic ")
SECRETS = (CANARY, BASIC)

CREDENTIALS = (
    None,
    Password("ann", CANARY),
    IdentityToken("ann", CANARY),
    IdentityToken(None, CANARY),
    RegistryToken(CANARY),
    AadToken(CANARY),
)
REALMS = (
    "https://reg.example/token",
    "https://reg.example/oauth2/token",
    "/token",
    "https://auth.example/token?x=1",
    "https://10.0.0.1/t",
    "http://reg.example/t",
    "javascript:alert(1)",
    "https://user:pw@reg.example/t",
    "https://reg.example:5000:5000/t",
    "",
)
SCOPES = ("", "repository:a:pull", "repository:z:pull,push", "registry:catalog:*", "aws", "*", "repository::pull")
GOOD = Reply(401, "", Headers([("WWW-Authenticate", 'Bearer realm="https://reg.example/token"')]), b"")
BODIES = (
    b"",
    b"<html>",
    b"[]",
    b"{}",
    json.dumps({"token": CANARY}).encode(),
    json.dumps({"access_token": CANARY, "refresh_token": CANARY, "expires_in": 3}).encode(),
    json.dumps({"refresh_token": CANARY}).encode(),
    json.dumps({"error": "invalid_grant", "error_description": CANARY}).encode(),
    json.dumps({"errors": [{"code": "DENIED", "message": "expired"}]}).encode(),
    b'{"errors":[{"code":"UNAUTHORIZED","detail":[{"Type":"repository","Name":"a","Action":"pull"}]}]}',
)


@st.composite
def challenges(draw: st.DrawFn) -> str | None:
    kind = draw(st.sampled_from(["none", "basic", "bearer", "both", "odd", "text"]))
    realm = draw(st.sampled_from(REALMS))
    scope = draw(st.sampled_from(SCOPES))
    error = draw(st.sampled_from(["", ',error="invalid_token"', ',error="insufficient_scope"']))
    bearer = f'Bearer realm="{realm}",service="s",scope="{scope}"{error}'
    match kind:
        case "basic":
            return 'Basic realm="b"'
        case "bearer":
            return bearer
        case "both":
            return f'Basic realm="b", {bearer}'
        case "odd":
            return 'Bearer realm="https://a/t",realm="https://b/t"'
        case "text":
            return draw(st.text(max_size=40))
        case _:
            return None


@st.composite
def replies(draw: st.DrawFn) -> Reply | TransportError:
    status = draw(st.sampled_from([200, 200, 400, 401, 401, 401, 403, 404, 405, 429, 500]))
    if draw(st.integers(0, 15)) == 0:
        return TransportError("GET", "https://reg.example/", draw(st.sampled_from(["network", "timeout", "too-large"])))
    fields = []
    challenge = draw(challenges())
    if challenge is not None:
        fields.append(("WWW-Authenticate", challenge))
    if status == 429:
        fields.append(("Retry-After", draw(st.sampled_from(["0", "1", "9", "99", "soon"]))))
    url = draw(st.sampled_from(["", "", "", "", "https://storage.example/x?sig=1", "https://10.0.0.9/"]))
    return Reply(status, url, Headers(fields), draw(st.sampled_from(BODIES)))


def may_have_secrets(auth: RegistryAuth, url: str) -> bool:
    origin = origin_of(url)
    return origin == REGISTRY or judge_realm(REGISTRY, url, auth.policy).outcome == "allowed"


def check(auth: RegistryAuth, step: Send) -> None:
    """No credential goes to where it may not; only the anonymous token of its own goes elsewhere."""
    request = step.request
    sent = request.header("Authorization") or ""
    if request.body is not None:
        assert request.redirect == "error"
        assert may_have_secrets(auth, request.url)
    if sent.startswith("Basic "):
        assert may_have_secrets(auth, request.url)
    if isinstance(auth.credential, RegistryToken) and step.why == "registry-token":
        assert origin_of(request.url) == REGISTRY
    assert CANARY not in request.url


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(CREDENTIALS), st.lists(replies(), max_size=30), st.booleans(), st.booleans(), st.booleans())
def test_every_conversation_ends_in_its_own_errors_and_gives_nothing_away(
    credential: Credential | None, answers: list[Reply | TransportError], catalog: bool, flags: bool, off: bool
) -> None:
    auth = RegistryAuth(REGISTRY)
    auth.password_grant = auth.offline_tokens = flags
    auth.lifetime = 0 if off else None
    if credential is not None:
        auth.sign_in(credential)
    scopes = (CATALOG,) if catalog else ("repository:a:pull",)
    # Half of them begin well, so as to come further.
    left = iter([GOOD, *answers] if flags else answers)
    for _ in range(3):
        talk(auth, scopes, left)


@pytest.mark.parametrize("credential", CREDENTIALS, ids=repr)
def test_no_variable_of_a_failed_token_request_shows_a_secret(credential: Credential | None) -> None:
    for realm in ("/token", "/oauth2/token"):
        auth = RegistryAuth(REGISTRY)
        auth.offline_tokens = auth.password_grant = True
        if credential is not None:
            auth.sign_in(credential)
        challenge = Reply(401, "", Headers([("WWW-Authenticate", f'Bearer realm="{realm}"')]), b"")
        refreshed = Reply(200, "", Headers(), json.dumps({"refresh_token": CANARY}).encode())
        for answers in ([challenge], [challenge, refreshed]):
            talk(
                auth, ("repository:a:pull",), iter([*answers, TransportError("GET", "https://reg.example/", "network")])
            )


def talk(auth: RegistryAuth, scopes: tuple[str, ...], left: Iterator[Reply | TransportError]) -> None:
    flow = authorize(manifest(), auth, scopes, lambda: 0.0, lambda: 0.0)
    sends = waits = 0
    try:
        for step in steps_of(flow, left):
            assert not any(secret in repr(step) for secret in SECRETS)
            if isinstance(step, Wait):
                waits += 1
                assert 0 <= step.seconds <= 10
            else:
                check(auth, step)
                sends += step.purpose == "resource" and step.why != "after-wait"
    except AuthError as error:
        failed = error
    else:
        return
    shown = "".join(traceback.TracebackException.from_exception(failed, capture_locals=True).format())
    inside = shown.split("/app/auth/", 1)[-1] if "/app/auth/" in shown else ""
    assert not any(secret in inside for secret in SECRETS)
    assert not any(secret in f"{failed!r} {failed} {failed.args} {vars(failed)}" for secret in SECRETS)
    assert sends <= 6
    assert waits <= 8


def steps_of(flow: Generator[Step, Reply, Reply], left: Iterator[Reply | TransportError]) -> Iterator[Step]:
    """The steps of a flow answered from `left`, then by 401s; AssertionError when it does not end."""
    nothing = Reply(401, "", Headers(), b"")
    try:
        step = next(flow)
        for _ in range(60):
            yield step
            given_answer = WAITED if isinstance(step, Wait) else next(left, nothing)
            if isinstance(given_answer, TransportError):
                if isinstance(step, Send) and step.purpose == "resource":
                    return  # the driver ends the flow
                step = flow.throw(given_answer)
            elif isinstance(step, Wait):
                step = flow.send(given_answer)
            else:
                step = flow.send(given_answer._replace(url=given_answer.url or step.request.url))
    except StopIteration:
        return
    finally:
        flow.close()
    raise AssertionError("the conversation does not end")


# The parsers alone.


@given(st.binary(max_size=300))
def test_no_body_makes_the_token_parsers_raise_anything_else(body: bytes) -> None:
    parse_refresh_token(body)
    parse_oauth_error(body)
    with suppress(BadTokenResponse):
        parse_token_response(body, 0.0)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from(["token", "access_token", "refresh_token", "expires_in", "error", "issued_at"])


@given(st.dictionaries(FIELDS, JSON, max_size=4))
def test_no_field_of_an_answer_makes_the_token_parsers_raise_anything_else(answer: dict[str, object]) -> None:
    body = json.dumps(answer).encode()
    parse_refresh_token(body)
    parse_oauth_error(body)
    try:
        token = parse_token_response(body, 10.0)
    except BadTokenResponse:
        return
    assert 60.0 <= token.expires_at - 10.0 <= 366 * 86400.0


@given(st.text(max_size=200))
def test_no_text_makes_a_description_raise(text: str) -> None:
    describe_token(text)
    describe(split_scopes(text))


DEEP = b"[" * 100_000


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "not-json"),
        (b"<!DOCTYPE html><title>Log in</title>", "html"),
        (b" " * 10_000_000, "too-large"),
        (b'{"token":"' + b"a" * 10_000_000 + b'"}', "too-large"),
        (DEEP, "not-json"),
        (b'{"token":"a b"}', "bad-token"),
        (b'{"token":"a\\r\\nX-Evil: 1"}', "bad-token"),
        (b'{"token":""}', "no-token"),
        (b'{"token":7}', "no-token"),
    ],
    ids=["empty", "html", "10 MB of blanks", "10 MB of token", "deep", "blank", "line end", "empty token", "number"],
)
def test_an_answer_that_is_no_token_says_which_a16(body: bytes, reason: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(BadTokenResponse) as caught:
        parse_token_response(body, 0.0)
    assert caught.value.reason == reason
    assert parse_refresh_token(body) is None
    assert time.perf_counter() - begun < 1.0


@pytest.mark.parametrize(
    "unit", ["repository:a:pull ", "a:b:c,", "repository:{}:pull ", "x ", "::: ", "repository:a:" + "p," * 50 + " "]
)
def test_a_megabyte_of_scopes_costs_no_more_than_a_moment(unit: str) -> None:
    scope = "".join(unit.format(number) for number in range(1_000_000 // len(unit)))
    header = f'Bearer realm="https://reg.example/token",service="s",scope="{scope}"'
    begun = time.perf_counter()
    (challenge,) = parse_challenges(header)
    auth = RegistryAuth(REGISTRY)
    flow = authorize(manifest(), auth, ("repository:a:pull",), lambda: 0.0)
    next(flow)
    step = flow.send(Reply(401, manifest().url, Headers([("WWW-Authenticate", header)]), b""))
    unite(split_scopes(challenge.parameters["scope"]), ("repository:a:pull",))
    assert isinstance(step, Send)
    assert time.perf_counter() - begun < 1.0


# What is in memory.


def reachable(*roots: object) -> Iterator[object]:
    """Every object that leads from the roots, without code, modules and classes."""
    seen: set[int] = set()
    queue = list(roots)
    while queue:
        found = queue.pop()
        if id(found) in seen or isinstance(found, type | ModuleType | FunctionType | FrameType):
            continue
        seen.add(id(found))
        yield found
        queue.extend(gc.get_referents(found))


def test_no_object_of_the_tab_shows_a_secret() -> None:
    identities = Identities()
    auth = identities.of(REGISTRY)
    auth.offline_tokens = True
    for credential in CREDENTIALS:
        if credential is not None:
            auth.sign_in(credential)
    auth.sign_in(Password("ann", CANARY))
    flow = authorize(manifest(), auth, ("repository:a:pull",), lambda: 0.0)
    challenge = Headers([("WWW-Authenticate", 'Bearer realm="/token"')])
    steps: list[Step] = [next(flow), flow.send(Reply(401, manifest().url, challenge, b""))]
    body = json.dumps({"token": CANARY, "refresh_token": CANARY}).encode()
    steps.append(flow.send(Reply(200, "https://reg.example/token", Headers(), body)))
    with pytest.raises(AuthError) as caught:
        flow.send(Reply(401, manifest().url, challenge, body))
    looked_at = 0
    for found in reachable(identities, steps, caught.value.with_traceback(None)):
        if type(found).__module__.startswith("app."):
            looked_at += 1
            assert not any(secret in f"{found!r} {found!s}" for secret in SECRETS), type(found)
    assert looked_at > 20


def test_a_secret_in_a_container_is_still_silent() -> None:
    assert CANARY not in repr({"a": [Secret(CANARY)]})


def test_signing_out_leaves_no_secret_behind() -> None:
    identities = Identities()
    auth = identities.of(REGISTRY)
    auth.offline_tokens = True
    auth.sign_in(Password("ann", CANARY))
    flow = authorize(manifest(), auth, ("repository:a:pull",), lambda: 0.0)
    challenge = Headers([("WWW-Authenticate", 'Bearer realm="/token"')])
    next(flow)
    flow.send(Reply(401, manifest().url, challenge, b""))
    flow.send(Reply(200, "https://reg.example/token", Headers(), json.dumps({"token": CANARY + "t"}).encode()))
    flow.close()
    identities.sign_out()
    kept = [found for found in reachable(identities) if isinstance(found, str) and CANARY in found]
    assert kept == []
