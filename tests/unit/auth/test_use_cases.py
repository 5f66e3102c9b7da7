"""The working group's use cases, each observed in a transcript."""

import json

import jwt
import pytest

from app.auth.errors import AccessDenied, AuthError, ChallengeHidden, LoginPrompt, LoginRequired
from app.auth.observation import Observation
from app.auth.standing import Identity
from app.auth.step import Why
from app.auth.transcript import Transcript
from app.auth.use_cases import USE_CASES, observed
from app.ports.transport import Request, TransportError
from tests.unit.auth.conversation import BASIC, REALM, REGISTRY, SCOPE, hold, key, reply, request, send, transcript

BLOB = "https://r.example/v2/a/blobs/sha256:0"
CATALOG = "https://r.example/v2/_catalog"


def identity(name: str, kind: str = "password") -> Identity:
    return Identity(name, kind, name, True, True, "bearer", None)  # type: ignore[arg-type]


def observe(case: str, of: Transcript, *identities: Identity) -> Observation:
    (found,) = [each for each in observed(of, REGISTRY, identities) if each.case == case]
    return found


def code(case: str, of: Transcript, *identities: Identity) -> tuple[str, str]:
    found = observe(case, of, *identities)
    return found.status, found.code


def ask(
    of: Transcript,
    status: int = 200,
    *fields: tuple[str, str],
    url: str = "https://r.example/v2/a/manifests/1",
    authorization: str | None = None,
    why: Why = "first-contact",
    error: Exception | None = None,
    method: str = "GET",
    answered_by: str = "",
) -> None:
    """One request of a caller, from its sending to its end."""
    caller = Request(method, url).with_header("Authorization", authorization)
    number = of.sent(send(caller, why), REGISTRY, caller)
    of.answered(number, reply(status, *fields, url=answered_by or url), 0.1)
    of.ended(REGISTRY, caller, error)


def get_token(
    of: Transcript,
    *access: tuple[str, list[str]],
    asked: tuple[str, ...] = (SCOPE,),
    authorization: str | None = None,
    why: Why = "challenge-bearer",
    status: int = 200,
    opaque: bool = False,
) -> None:
    granted = [{"type": "repository", "name": name, "actions": actions} for name, actions in access]
    text = "opaque" if opaque else jwt.encode({"access": granted}, "k" * 64, "HS256")
    step = send(request(authorization, REALM), why, "token")._replace(key=key(*asked))
    body = json.dumps({"token": text, "expires_in": 300}).encode()
    of.answered(of.sent(step, REGISTRY), reply(status, url=REALM, body=body), 0.1)


def denied(*scopes: str) -> AccessDenied:
    return AccessDenied(REGISTRY, scopes, "ann", "GET", CATALOG, ())


def login() -> LoginRequired:
    return LoginRequired(LoginPrompt(REGISTRY, "bearer", REALM, None, None, (), "required", None))


def test_every_use_case_is_observed_once_and_in_order() -> None:
    cases = [each.case for each in observed(transcript(), REGISTRY, ())]
    assert cases == [case.id for case in USE_CASES]
    assert len(set(cases)) == len(cases)


def test_in_an_empty_tab_nothing_was_seen() -> None:
    assert "seen" not in {each.status for each in observed(transcript(), REGISTRY, ())}


def test_a_whole_conversation_is_seen_in_its_use_cases() -> None:
    of = transcript()
    hold(of)
    found = observed(of, REGISTRY, (identity("ann"),))
    assert {each.case: each.code for each in found if each.status == "seen"} == {
        "auth-method": "challenged",
        "credential-kind": "in-memory",
        "pull": "granted",
        "redirect": "stripped",
        "long-running": "counting",
    }


def test_an_observation_points_into_the_transcript() -> None:
    of = transcript()
    hold(of)
    assert observe("redirect", of).exchanges == (4,)


def test_no_other_registry_s_exchanges_count() -> None:
    from app.oci.origin import parse_origin

    of = transcript()
    hold(of)
    found = observed(of, parse_origin("https://s.example"), ())
    assert "seen" not in {each.status for each in found}


def test_a_registry_open_to_everybody_is_seen() -> None:
    of = transcript()
    ask(of)
    assert code("anonymous", of) == ("seen", "open")
    assert code("auth-method", of) == ("seen", "not-challenged")
    assert code("pull", of) == ("seen", "without-token")


def test_a_ping_alone_does_not_make_a_registry_open() -> None:
    of = transcript()
    ask(of, url="https://r.example/v2/", why="ping")
    assert code("anonymous", of) == ("not-seen", "not-yet")


def test_an_anonymous_token_is_seen_with_what_it_grants() -> None:
    of = transcript()
    get_token(of, ("a", ["pull"]))
    found = observe("anonymous", of)
    assert (found.code, found.facts) == ("anonymous-token", (("granted", SCOPE),))


def test_a_token_service_that_wants_a_login_is_seen() -> None:
    of = transcript()
    get_token(of, status=401)
    assert observe("anonymous", of).facts == (("status", "401"),)


def test_a_registry_that_wants_a_login_is_seen() -> None:
    of = transcript()
    ask(of, 401, error=login())
    assert code("anonymous", of) == ("seen", "refused")


def test_the_schemes_offered_and_used_are_told() -> None:
    of = transcript()
    ask(of, 401, ("WWW-Authenticate", 'Bearer realm="r", Basic realm="b"'))
    ask(of, authorization=BASIC)
    assert observe("auth-method", of).facts == (("offered", "bearer basic"), ("used", "basic"))


def test_the_kinds_of_credentials_are_told() -> None:
    found = observe("credential-kind", transcript(), identity("ann"), identity("ci", "identity-token"))
    assert found.facts == (("kinds", "password identity-token"),)


def test_without_a_login_there_is_no_kind_of_credential() -> None:
    assert code("credential-kind", transcript()) == ("not-seen", "nobody-signed-in")


@pytest.mark.parametrize(("actions", "result"), [(["pull"], "granted"), (["*"], "granted"), ([], "not-granted")])
def test_pull_is_compared_with_what_was_granted(actions: list[str], result: str) -> None:
    of = transcript()
    get_token(of, ("a", actions))
    assert code("pull", of) == ("seen", result)


def test_an_opaque_token_for_pull_is_told() -> None:
    of = transcript()
    get_token(of, opaque=True)
    assert code("pull", of) == ("seen", "opaque")


def test_push_is_never_asked_for() -> None:
    assert code("push-and-delete", transcript()) == ("not-by-portolan", "never-asked")


def test_push_granted_unasked_is_seen() -> None:
    of = transcript()
    get_token(of, ("a", ["pull", "push"]))
    assert code("push-and-delete", of) == ("seen", "granted-unasked")


def test_push_named_by_a_challenge_is_seen() -> None:
    of = transcript()
    ask(of, 401, ("WWW-Authenticate", 'Bearer realm="r",scope="repository:a:pull,push"'))
    assert code("push-and-delete", of) == ("seen", "named-by-challenge")


def test_a_deletion_is_seen_with_its_status() -> None:
    of = transcript()
    ask(of, 202, method="DELETE")
    assert observe("push-and-delete", of).facts == (("status", "202"),)


def test_a_challenge_with_two_scopes_is_a_mount() -> None:
    of = transcript()
    ask(of, 401, ("WWW-Authenticate", 'Bearer realm="r",scope="repository:a:pull,push repository:b:pull"'))
    assert code("mount", of) == ("seen", "two-scopes")


@pytest.mark.parametrize("why", ["fresh-token", "forbidden-retry", "not-before"])
@pytest.mark.parametrize(("error", "result"), [(None, "recovered"), (denied(SCOPE), "refused")])
def test_a_refused_token_is_seen_with_what_became_of_it(why: Why, error: AuthError | None, result: str) -> None:
    of = transcript()
    ask(of, why=why, error=error)
    assert code("expired-token", of) == ("seen", result)


def test_a_token_for_another_repository_is_asked_for_again() -> None:
    of = transcript()
    get_token(of, why="new-scope")
    assert observe("other-repository", of).facts == (("asked", SCOPE),)


def test_a_denied_action_is_seen_with_the_scope_refused() -> None:
    of = transcript()
    challenge = 'Bearer realm="r",scope="repository:a:pull",error="insufficient_scope"'
    ask(of, 401, ("WWW-Authenticate", challenge), error=denied(SCOPE))
    assert observe("other-action", of).facts == (("refused", SCOPE), ("error", "insufficient_scope"))


def test_an_insufficient_scope_that_was_mended_is_seen() -> None:
    of = transcript()
    ask(of, 401, ("WWW-Authenticate", 'Bearer realm="r",scope="repository:a:pull",error="insufficient_scope"'))
    assert code("other-action", of) == ("seen", "insufficient-scope")


class NotFound(Exception):
    pass


class Unreachable(Exception):
    pass


class ServerFailed(Exception):
    pass


@pytest.mark.parametrize(
    ("error", "result"),
    [
        (None, "allowed"),
        (denied("registry:catalog:*"), "denied"),
        (login(), "denied"),
        (NotFound(), "unsupported"),
        (Unreachable(), "hidden"),
        (ChallengeHidden(REGISTRY, "GET", CATALOG, ()), "hidden"),
        (ServerFailed(), "failed"),
    ],
)
def test_the_ends_of_a_catalog_differ(error: Exception | None, result: str) -> None:
    of = transcript()
    ask(of, url=CATALOG + "?n=100", error=error)
    assert code("catalog", of) == ("seen", result)


def test_a_catalog_under_way_was_not_seen() -> None:
    of, caller = transcript(), request(None, CATALOG)
    of.sent(send(caller), REGISTRY, caller)
    assert code("catalog", of) == ("not-seen", "not-yet")


def test_a_redirect_of_a_bare_request_had_nothing_to_strip() -> None:
    of = transcript()
    ask(of, answered_by="https://cdn.example/x/y?sig=1")
    found = observe("redirect", of)
    assert (found.code, found.facts) == ("nothing-to-strip", (("to", "https://cdn.example"),))


def test_a_blob_that_fails_may_be_a_redirect_that_the_browser_blocks() -> None:
    of, caller = transcript(), request(None, BLOB)
    of.failed(of.sent(send(caller), REGISTRY, caller), TransportError("GET", BLOB, "network"), 0.1)
    assert code("redirect", of) == ("not-seen", "perhaps-blocked")


def test_scopes_of_an_extension_are_seen() -> None:
    of = transcript()
    get_token(of, asked=("repository:a:metadata-read",))
    assert observe("extension-scopes", of).facts == (("scopes", "repository:a:metadata-read"),)


@pytest.mark.parametrize("scope", ["aws", "registry:catalog:*"])
def test_scopes_for_the_whole_registry_are_seen(scope: str) -> None:
    of = transcript()
    get_token(of, asked=(scope,))
    assert observe("global-apis", of).facts == (("scopes", scope),)


def test_renewals_are_counted() -> None:
    of = transcript()
    for why in ("challenge-bearer", "renewal", "renewal"):
        get_token(of, why=why)
    assert observe("long-running", of).facts == (("times", "2"), ("lifetimes", "300"))


@pytest.mark.parametrize("kind", ["registry-token", "identity-token", "aad-token"])
def test_a_token_of_a_workload_is_seen_when_pasted(kind: str) -> None:
    assert code("workload-identity", transcript(), identity("ci", kind)) == ("seen", "pasted")


def test_client_certificates_cannot_be_seen_from_a_browser() -> None:
    assert code("client-certificates", transcript()) == ("not-from-browser", "browser-managed")


def test_a_tag_denied_beside_one_that_was_read_is_per_tag() -> None:
    of = transcript()
    ask(of, url="https://r.example/v2/a/manifests/1")
    ask(of, 403, url="https://r.example/v2/a/manifests/2", error=denied(SCOPE))
    found = observe("per-tag", of)
    assert (found.code, found.exchanges, found.facts) == ("per-item", (2,), (("repositories", "a"),))


def test_a_repository_denied_beside_another_is_not_per_tag() -> None:
    of = transcript()
    ask(of, url="https://r.example/v2/a/manifests/1")
    ask(of, 403, url="https://r.example/v2/b/manifests/1", error=denied(SCOPE))
    assert code("per-tag", of) == ("not-seen", "not-yet")


def test_two_identities_are_several_tenants() -> None:
    assert code("multi-tenant", transcript(), identity("ann"), identity("bob")) == ("seen", "several")


@pytest.mark.parametrize("case", ["cli-login", "scanning-and-signing", "encryption"])
def test_what_is_no_matter_of_exchanges_is_only_told(case: str) -> None:
    assert code(case, transcript()) == ("informational", "no-exchange")
