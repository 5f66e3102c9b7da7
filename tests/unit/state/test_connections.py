import asyncio

from app.auth.bearer_token import parse_token_response
from app.auth.credential import Password
from app.auth.identity import Bearer, RegistryAuth, Wanted
from app.auth.scope import CATALOG, pull
from app.oci.origin import parse_origin
from app.state.connections import Connections
from tests.unit.fake_transport import FakeClock, FakeTransport, json_response
from tests.unit.state.fake_content import REGISTRY

TOKENS = parse_origin("https://tokens.example")
LAB = pull("lab")


def connections(approvals: tuple[tuple[str, str], ...] = ()) -> Connections:
    return Connections(FakeTransport(), FakeClock(), approvals)


def challenged(auth: RegistryAuth, scope: str) -> None:
    auth.remember_bearer((scope,), Wanted(Bearer("https://tokens.example/token", TOKENS, "s"), (scope,)))


def test_a_registry_has_one_client_and_one_memory() -> None:
    found = connections()
    assert found.client(REGISTRY) is found.client(REGISTRY)
    assert found.auth(REGISTRY) is found.client(REGISTRY).session.auth
    assert found.client(parse_origin("https://other.example")) is not found.client(REGISTRY)


def test_renewing_drops_what_was_read_and_keeps_who_one_is() -> None:
    found = connections()
    client, auth = found.client(REGISTRY), found.auth(REGISTRY)
    found.renew(REGISTRY)
    assert found.client(REGISTRY) is not client
    assert found.auth(REGISTRY) is auth


def test_forgetting_signs_out() -> None:
    found = connections()
    found.auth(REGISTRY).sign_in(Password("ann", "x"))
    found.forget()
    assert found.auth(REGISTRY).credential is None


def test_approvals_from_earlier_visits_count() -> None:
    kept = ("https://r.example", "https://tokens.example")
    assert (REGISTRY, TOKENS) in connections((kept,)).auth(REGISTRY).policy.approved
    assert connections().auth(REGISTRY).policy.approved == frozenset()


def test_an_approval_that_cannot_be_read_is_none() -> None:
    assert connections((("not an origin", "x"),)).auth(REGISTRY).policy.approved == frozenset()


def test_there_is_no_prompt_before_a_challenge() -> None:
    assert connections().prompt(REGISTRY, (LAB,)) is None


def test_a_registry_with_basic_is_signed_in_to_itself() -> None:
    found = connections()
    found.auth(REGISTRY).remember_basic((LAB,))
    prompt = found.prompt(REGISTRY, (LAB,))
    assert prompt is not None
    assert (prompt.scheme, prompt.realm_origin) == ("basic", None)


def test_a_prompt_names_the_token_service_and_the_scopes_of_the_challenge() -> None:
    found = connections()
    challenged(found.auth(REGISTRY), LAB)
    prompt = found.prompt(REGISTRY, (LAB,))
    assert prompt is not None
    assert (prompt.scheme, prompt.realm_origin, prompt.scopes) == ("bearer", TOKENS, (LAB,))


def test_a_catalog_that_never_asked_is_signed_in_to_where_another_page_was_sent() -> None:
    found = connections()
    challenged(found.auth(REGISTRY), LAB)
    prompt = found.prompt(REGISTRY, (CATALOG,))
    assert prompt is not None
    assert (prompt.realm_origin, prompt.scopes) == (TOKENS, (CATALOG,))


def test_the_realm_of_an_earlier_question_is_known_when_a_person_asks_for_the_form() -> None:
    found = connections()
    found.auth(REGISTRY).remember_basic((LAB,))
    first = found.prompt(REGISTRY, (LAB,))
    assert first is not None
    found.asked(first._replace(realm="the lab"))
    again = found.prompt(REGISTRY, (CATALOG,))
    assert again is not None
    assert again.realm == "the lab"


def test_the_time_that_is_left_is_in_whole_seconds() -> None:
    found = connections()
    auth = found.auth(REGISTRY)
    challenged(auth, LAB)
    wanted = auth.wanted_for((LAB,))
    assert wanted is not None
    token = parse_token_response(b'{"token": "t", "expires_in": 100}', FakeClock().monotonic() - 0.5, (LAB,))
    auth.tokens.put(auth.key(wanted), token)
    left = found.standing(REGISTRY).expires_in
    assert left is not None
    assert left == int(left)


def test_a_registry_that_asked_for_basic_has_a_way_to_sign_in() -> None:
    found = connections()
    assert found.standing(REGISTRY).scheme is None
    found.auth(REGISTRY).remember_basic((LAB,))
    assert (found.standing(REGISTRY).scheme, found.standing(REGISTRY).username) == ("basic", None)


# Several identities


def test_who_one_was_before_is_come_back_to_when_the_next_is_given_up() -> None:
    found = connections()
    found.sign_in(REGISTRY, Password("ann", "x"))
    found.settle(REGISTRY)
    found.sign_in(REGISTRY, Password("bob", "x"))
    found.sign_in(REGISTRY, Password("carol", "x"))
    found.give_up(REGISTRY)
    assert used(found) == [("ann", True), ("bob", False)]


def test_who_settled_in_is_not_given_up_for_somebody_earlier() -> None:
    found = connections()
    for name in ("ann", "bob"):
        found.sign_in(REGISTRY, Password(name, "x"))
        found.settle(REGISTRY)
    assert not found.back(REGISTRY)
    assert used(found) == [("ann", False), ("bob", True)]


def test_another_identity_drops_what_was_read() -> None:
    found = connections()
    found.sign_in(REGISTRY, Password("ann", "x"))
    client = found.client(REGISTRY)
    assert found.use(REGISTRY, None)
    assert found.client(REGISTRY) is not client
    assert not found.use(REGISTRY, "carol")


def test_signing_out_of_all_leaves_nobody_anywhere() -> None:
    found = connections()
    other = parse_origin("https://other.example")
    for registry in (REGISTRY, other):
        found.sign_in(registry, Password("ann", "x"))
    assert found.is_anybody()
    found.sign_out_all()
    assert not found.is_anybody()
    assert found.identities(other) == ()


def test_settings_of_tokens_hold_for_registries_met_later_and_after_forgetting() -> None:
    found = connections()
    found.auth(REGISTRY)
    found.configure(60.0, True)
    assert [(auth.lifetime, auth.offline_tokens) for auth in found.all()] == [(60, True)]
    found.forget()
    auth = found.auth(REGISTRY)
    assert (auth.lifetime, auth.offline_tokens) == (60, True)


def test_all_sessions_write_into_one_transcript() -> None:
    async def read() -> None:
        transport = FakeTransport(lambda request: json_response({"repositories": []}))
        found = Connections(transport, FakeClock(), page=parse_origin("https://portolan.example"))
        for registry in (REGISTRY, parse_origin("https://other.example")):
            await found.client(registry).catalog()
        assert [each.host for each in found.transcript.registries()] == ["r.example", "other.example"]

    asyncio.run(read())


def used(found: Connections) -> list[tuple[str, bool]]:
    return [(one.name, one.in_use) for one in found.identities(REGISTRY)]
