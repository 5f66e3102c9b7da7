from app.auth.bearer_token import parse_token_response
from app.auth.credential import Password
from app.auth.identity import Bearer, RegistryAuth, Wanted
from app.auth.scope import CATALOG, pull
from app.oci.origin import parse_origin
from app.state.connections import Connections
from tests.unit.fake_transport import FakeClock, FakeTransport
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
