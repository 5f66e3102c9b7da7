import pytest

from app.auth.bearer_token import Token
from app.auth.credential import Password
from app.auth.identity import Bearer, Identities, Identity, RegistryAuth, Standing, Wanted
from app.auth.realm import judge_realm
from app.auth.scope import CATALOG
from app.oci.origin import parse_origin

REGISTRY = parse_origin("https://reg.example")
BEARER = Bearer("https://reg.example/token", REGISTRY, "reg")
HINT = ("repository:a:pull",)
WANTED = Wanted(BEARER, HINT)


@pytest.fixture
def auth() -> RegistryAuth:
    return RegistryAuth(REGISTRY)


def put(auth: RegistryAuth, expires_at: float, scopes: tuple[str, ...] = HINT) -> None:
    auth.tokens.put(auth.key(Wanted(BEARER, scopes)), Token("t", 0.0, expires_at))


def test_nobody_is_signed_in_at_first(auth: RegistryAuth) -> None:
    assert auth.identity(0.0) is None
    assert auth.standing(0.0) == Standing(None, None, None)


def test_who_is_signed_in_is_known_before_the_first_challenge(auth: RegistryAuth) -> None:
    auth.sign_in(Password("ann", "secret"))
    assert auth.identity(0.0) == Identity("ann", "", None)
    assert auth.standing(0.0) == Standing(None, "ann", None)


def test_an_identity_lasts_as_long_as_its_longest_token(auth: RegistryAuth) -> None:
    auth.sign_in(Password("ann", "secret"))
    auth.remember_bearer(HINT, WANTED)
    put(auth, 60.0)
    put(auth, 300.0, ("repository:b:pull",))
    assert auth.identity(100.0) == Identity("ann", "bearer", 200.0)
    assert auth.identity(400.0) == Identity("ann", "bearer", None)


def test_an_anonymous_token_is_visible(auth: RegistryAuth) -> None:
    auth.remember_bearer(HINT, WANTED)
    put(auth, 300.0)
    assert auth.standing(100.0) == Standing("bearer", None, 200.0)
    assert auth.identity(100.0) is None


def test_basic_without_a_credential_is_no_standing(auth: RegistryAuth) -> None:
    auth.remember_basic(HINT)
    assert auth.standing(0.0) == Standing(None, None, None)
    auth.sign_in(Password("ann", "secret"))
    assert auth.standing(0.0) == Standing("basic", "ann", None)


@pytest.mark.parametrize("change", ["sign_in", "sign_out"])
def test_signing_in_or_out_forgets_all_tokens(auth: RegistryAuth, change: str) -> None:
    auth.sign_in(Password("ann", "secret"))
    put(auth, 300.0)
    before = auth.key(WANTED)
    if change == "sign_in":
        auth.sign_in(Password("ann", "other"))
    else:
        auth.sign_out()
    assert list(auth.tokens) == []
    assert auth.key(WANTED) != before


def test_signing_out_keeps_what_the_registry_said(auth: RegistryAuth) -> None:
    auth.sign_in(Password("ann", "secret"))
    auth.remember_bearer(HINT, WANTED)
    auth.sign_out()
    assert auth.credential is None
    assert auth.wanted_for(HINT) == WANTED


def test_a_rejected_credential_is_forgotten_but_for_its_name(auth: RegistryAuth) -> None:
    auth.sign_in(Password("ann", "secret"))
    auth.reject(auth.session)
    assert (auth.credential, auth.refused_username) == (None, "ann")
    auth.sign_in(Password("bob", "secret"))
    assert auth.refused_username is None


def test_a_late_rejection_does_not_touch_a_newer_credential(auth: RegistryAuth) -> None:
    auth.sign_in(Password("ann", "wrong"))
    late = auth.session
    auth.sign_in(Password("ann", "right"))
    auth.reject(late)
    assert auth.credential is not None


def test_a_late_success_proves_nothing_for_a_newer_credential(auth: RegistryAuth) -> None:
    auth.sign_in(Password("ann", "right"))
    late = auth.session
    auth.sign_in(Password("bob", "other"))
    auth.prove(late)
    assert not auth.is_proven(auth.session)


def test_nothing_is_wanted_before_the_first_challenge_a8(auth: RegistryAuth) -> None:
    assert auth.wanted_for(HINT) is None


def test_a_challenge_serves_other_repositories_and_not_the_catalog_a8_a11(auth: RegistryAuth) -> None:
    auth.remember_bearer(HINT, WANTED)
    assert auth.wanted_for(("repository:b:pull",)) == Wanted(BEARER, ("repository:b:pull",))
    assert auth.wanted_for((CATALOG,)) is None
    assert auth.wanted_for(()) is None


def test_the_catalogs_own_challenge_serves_the_catalog_a11(auth: RegistryAuth) -> None:
    wanted = Wanted(BEARER, ("repository::pull",))
    auth.remember_bearer((CATALOG,), wanted)
    assert auth.wanted_for((CATALOG,)) == wanted


def test_basic_as_the_only_offer_for_a_repository_replaces_what_was_known_of_tokens(auth: RegistryAuth) -> None:
    auth.remember_bearer(HINT, WANTED)
    auth.remember_basic((CATALOG,))
    assert auth.wanted_for(HINT) == WANTED
    auth.remember_basic(HINT)
    assert auth.wanted_for(HINT) is None
    assert auth.wanted_for(("repository:b:pull",)) is None


def test_challenges_of_a_thousand_requests_are_remembered_and_no_more(auth: RegistryAuth) -> None:
    for number in range(1001):
        auth.remember_bearer((f"repository:{number}:pull",), Wanted(BEARER, ("x:y:z",)))
    assert auth.wanted_for(("repository:0:pull",)) == Wanted(BEARER, ("repository:0:pull",))
    assert auth.wanted_for(("repository:1:pull",)) == Wanted(BEARER, ("x:y:z",))


def test_scopes_in_another_order_have_the_same_key_a19(auth: RegistryAuth) -> None:
    one = Wanted(BEARER, ("repository:b:pull", "repository:a:pull"))
    two = Wanted(BEARER, ("repository:a:pull", "repository:b:pull"))
    assert auth.key(one) == auth.key(two)


def test_each_registry_has_its_own_memory() -> None:
    identities = Identities()
    other = parse_origin("https://reg.example:5000")
    identities.of(REGISTRY).sign_in(Password("ann", "secret"))
    assert identities.of(REGISTRY) is identities.of(parse_origin("https://reg.example"))
    assert identities.of(other).credential is None


def test_configured_approvals_hold_for_their_registry_alone() -> None:
    realm, other = parse_origin("https://auth.example"), parse_origin("https://other.example")
    identities = Identities([(REGISTRY, realm)])
    for registry, outcome in ((REGISTRY, "allowed"), (other, "anonymous-only")):
        policy = identities.of(registry).policy
        assert judge_realm(registry, "https://auth.example/token", policy).outcome == outcome


def test_everything_can_be_forgotten() -> None:
    identities = Identities()
    identities.of(REGISTRY).sign_in(Password("ann", "secret"))
    identities.forget()
    assert identities.of(REGISTRY).credential is None
