from app.auth.bearer_token import Token
from app.auth.credential import Password
from app.auth.identity import Bearer, Identities, Wanted
from app.auth.realm import judge_realm
from app.oci.origin import parse_origin

REGISTRY = parse_origin("https://reg.example")


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


def test_a_lifetime_holds_for_registries_known_and_to_come_a17() -> None:
    identities = Identities(lifetime=60.0)
    known = identities.of(REGISTRY)
    key = known.key(Wanted(Bearer("https://reg.example/token", REGISTRY, None), ()))
    known.keep(key, Token("t", 0.0, 300.0))
    identities.set_lifetime(0)
    assert (known.lifetime, list(known.tokens)) == (0, [])
    assert identities.of(parse_origin("https://other.example")).lifetime == 0


def test_all_registries_are_signed_out_of_at_once() -> None:
    identities = Identities()
    realm = parse_origin("https://auth.example")
    auth = identities.of(REGISTRY)
    auth.sign_in(Password("ann", "secret"))
    auth.approve(realm)
    identities.sign_out()
    assert [one.credential for one in identities.all()] == [None]
    assert auth.policy.approved == {(REGISTRY, realm)}
