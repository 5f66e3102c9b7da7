"""The memory for one registry; numbers are those of tests/unit/auth/RULES.md."""

import pytest

from app.auth.bearer_token import Token
from app.auth.credential import IdentityToken, Password, RegistryToken
from app.auth.errors import AccessDenied, RealmRefused
from app.auth.lessons import Bearer, Wanted
from app.auth.registry_auth import RegistryAuth
from app.auth.standing import Identity, Standing
from app.oci.origin import parse_origin

REGISTRY = parse_origin("https://reg.example")
BEARER = Bearer("https://reg.example/token", REGISTRY, "reg")
HINT = ("repository:a:pull",)
WANTED = Wanted(BEARER, HINT)


@pytest.fixture
def auth() -> RegistryAuth:
    return RegistryAuth(REGISTRY)


def put(auth: RegistryAuth, expires_at: float, scopes: tuple[str, ...] = HINT) -> None:
    auth.keep(auth.key(Wanted(BEARER, scopes)), Token("t", 0.0, expires_at, scopes))


def ann(expires_in: float | None, scheme: str = "bearer", *, in_use: bool = True, proven: bool = False) -> Identity:
    return Identity("ann", "password", "ann", in_use, proven, scheme, expires_in)


def test_nobody_is_signed_in_at_first(auth: RegistryAuth) -> None:
    assert auth.identity(0.0) is None
    assert auth.standing(0.0) == Standing(None, None, None)


def test_who_is_signed_in_is_known_before_the_first_challenge(auth: RegistryAuth) -> None:
    auth.sign_in(Password("ann", "secret"))
    assert auth.identity(0.0) == ann(None, "")
    assert auth.standing(0.0) == Standing(None, "ann", None)


def test_an_identity_lasts_as_long_as_its_longest_token(auth: RegistryAuth) -> None:
    auth.sign_in(Password("ann", "secret"))
    auth.remember_bearer(HINT, WANTED)
    put(auth, 60.0)
    put(auth, 300.0, ("repository:b:pull",))
    assert auth.identity(100.0) == ann(200.0)
    assert auth.identity(400.0) == ann(None)


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


def test_scopes_in_another_order_have_the_same_key_a19(auth: RegistryAuth) -> None:
    one = Wanted(BEARER, ("repository:b:pull", "repository:a:pull"))
    two = Wanted(BEARER, ("repository:a:pull", "repository:b:pull"))
    assert auth.key(one) == auth.key(two)


def test_each_identity_keeps_its_tokens_while_another_is_in_use_a19(auth: RegistryAuth) -> None:
    auth.sign_in(Password("ann", "secret"))
    auth.remember_bearer(HINT, WANTED)
    put(auth, 300.0)
    auth.sign_in(Password("bob", "secret"))
    put(auth, 400.0)
    assert auth.identities(100.0) == (
        ann(200.0, in_use=False),
        Identity("bob", "password", "bob", True, False, "bearer", 300.0),
    )
    auth.use("ann")
    assert auth.held(auth.key(WANTED), 100.0) is not None
    assert auth.standing(100.0) == Standing("bearer", "ann", 200.0)


def test_nobody_may_be_used_beside_identities(auth: RegistryAuth) -> None:
    auth.sign_in(Password("ann", "secret"))
    put(auth, 300.0)
    auth.use(None)
    assert (auth.credential, auth.identity(0.0), auth.held(auth.key(WANTED), 0.0)) == (None, None, None)
    assert [identity.in_use for identity in auth.identities(0.0)] == [False]


def test_an_unknown_identity_cannot_be_used(auth: RegistryAuth) -> None:
    with pytest.raises(KeyError):
        auth.use("ann")


def test_signing_out_one_identity_leaves_the_other_with_its_tokens(auth: RegistryAuth) -> None:
    auth.sign_in(Password("ann", "secret"))
    put(auth, 300.0)
    auth.sign_in(Password("bob", "secret"))
    put(auth, 300.0)
    auth.sign_out("bob")
    assert auth.credential is None
    assert [identity.name for identity in auth.identities(0.0)] == ["ann"]
    assert len(list(auth.tokens)) == 1


@pytest.mark.parametrize(
    ("credential", "name", "username"),
    [
        (RegistryToken("t"), "registry-token", None),
        (IdentityToken(None, "t"), "identity-token", None),
        (IdentityToken("ann", "t"), "ann", "ann"),
    ],
)
def test_an_identity_without_a_user_name_is_named_by_its_kind(
    auth: RegistryAuth, credential: RegistryToken | IdentityToken, name: str, username: str | None
) -> None:
    auth.sign_in(credential)
    found = auth.identity(0.0)
    assert found is not None
    assert (found.name, found.username, found.kind) == (name, username, credential.kind)
    assert auth.standing(0.0).username == name


def test_an_identity_has_the_name_that_it_is_given(auth: RegistryAuth) -> None:
    auth.sign_in(RegistryToken("one"), "build")
    auth.sign_in(RegistryToken("two"), "deploy")
    assert [identity.name for identity in auth.identities(0.0)] == ["build", "deploy"]


def test_a_token_for_somebody_who_has_left_is_not_kept(auth: RegistryAuth) -> None:
    auth.sign_in(Password("ann", "secret"))
    key = auth.key(WANTED)
    auth.sign_out("ann")
    auth.keep(key, Token("late", 0.0, 300.0))
    assert list(auth.tokens) == []


def test_without_a_lifetime_no_token_is_kept_a17(auth: RegistryAuth) -> None:
    auth.lifetime = 0
    put(auth, 300.0)
    assert auth.held(auth.key(WANTED), 1.0) is None
    assert list(auth.tokens) == []


def test_a_lifetime_ends_tokens_that_would_live_longer_a17(auth: RegistryAuth) -> None:
    auth.lifetime = 30.0
    put(auth, 300.0)
    assert auth.held(auth.key(WANTED), 29.0) is not None
    assert auth.standing(10.0).expires_in == 20.0
    assert auth.held(auth.key(WANTED), 30.0) is None


def test_a_token_in_use_is_named_for_renewal_shortly_before_it_is_too_old_a17(auth: RegistryAuth) -> None:
    put(auth, 300.0)
    assert auth.renewals(200.0) == ()
    assert auth.renewals(245.0) == (WANTED,)
    auth.begin_renewal(WANTED, 245.0)
    assert auth.renewals(246.0) == ()


def test_a_token_without_scopes_is_renewed_as_it_was_asked_for(auth: RegistryAuth) -> None:
    put(auth, 300.0, ())
    assert auth.renewals(245.0) == (Wanted(BEARER, ()),)


def test_only_tokens_of_the_identity_in_use_are_renewed(auth: RegistryAuth) -> None:
    put(auth, 300.0)
    auth.sign_in(Password("ann", "secret"))
    assert auth.renewals(245.0) == ()


def test_a_challenge_entered_by_hand_serves_every_repository_a3(auth: RegistryAuth) -> None:
    auth.enter_challenge(" https://auth.example/token ", " reg ")
    bearer = Bearer("https://auth.example/token", parse_origin("https://auth.example"), "reg")
    assert auth.wanted_for(HINT) == Wanted(bearer, HINT)
    assert auth.scheme == "bearer"


@pytest.mark.parametrize("service", [None, "", "  "])
def test_a_challenge_may_be_entered_without_a_service(auth: RegistryAuth, service: str | None) -> None:
    auth.enter_challenge("/token", service)
    assert auth.lessons.bearer == Bearer("https://reg.example/token", REGISTRY, None)


def test_an_entered_realm_is_judged_as_any_other_a7(auth: RegistryAuth) -> None:
    with pytest.raises(RealmRefused) as caught:
        auth.enter_challenge("http://evil.example/token", None)
    assert caught.value.reason == "downgrade"
    assert auth.scheme is None


def test_what_was_turned_down_is_forgotten_with_its_identity_a23(auth: RegistryAuth) -> None:
    auth.sign_in(Password("ann", "secret"))
    key = auth.key(WANTED)
    auth.turn_down(key, AccessDenied(REGISTRY, HINT, "ann", "GET", "https://reg.example/v2/", ()))
    assert auth.turned_down(key) is not None
    auth.sign_out("ann")
    assert auth.turned_down(key) is None
