import asyncio

from app.auth.bearer_token import Token
from app.auth.credential import Password
from app.auth.lessons import Bearer, Wanted
from app.auth.registry_auth import RegistryAuth
from app.oci.origin import origin_of
from app.ports.crypto import Algorithm, KeyFormat
from app.state.model import TokenPage
from app.state.token_desk import TokenDesk
from tests.unit.fake_transport import FakeClock
from tests.unit.state.fake_content import HOME, REGISTRY
from tests.unit.state.fake_lab import APPROVED, REALM, Lab, jwt
from tests.unit.state.fake_page import Tab, play

# RFC 7517 appendix A.1, the elliptic curve key.
KEY = {
    "kty": "EC",
    "crv": "P-256",
    "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
    "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
}
SCOPE = "repository:lab/app:pull"
BEARER = Bearer(REALM, origin_of(REALM), "lab")


class FakeCrypto:
    """Answers as told, once it may."""

    def __init__(self, answer: bool | None = True) -> None:
        self.answer = answer
        self.may = asyncio.Event()
        self.may.set()

    async def verify(
        self, algorithm: Algorithm, key_format: KeyFormat, key: bytes, signature: bytes, signed: bytes
    ) -> bool | None:
        await self.may.wait()
        return self.answer


def nothing() -> None:
    """Told of nothing."""


def own_key() -> str:
    return jwt({"sub": "ann"}, {"alg": "ES256", "jwk": KEY})


def put(auth: RegistryAuth, value: str, *scopes: str, seconds: float = 100, anonymous: bool = False) -> None:
    auth.remember_bearer(scopes, Wanted(BEARER, scopes))
    auth.tokens.put(auth.key(Wanted(BEARER, scopes), anonymous), Token(value, 1000.0, 1000.0 + seconds, scopes))


# What was pasted


def test_a_desk_with_nothing_on_it_shows_nothing() -> None:
    assert TokenDesk(FakeClock(), None, nothing).page(None) == TokenPage(None, None, checking=False, held=())


def test_the_time_that_a_pasted_token_has_left_passes() -> None:
    clock = FakeClock(now=1000.0)
    desk = TokenDesk(clock, None, nothing)
    desk.paste(jwt({"exp": 1100}))
    clock.advance(10)
    inspection = desk.page(None).inspection
    assert inspection is not None
    assert inspection.times is not None
    assert inspection.times.left == 90


def test_a_signature_is_checked_by_the_key_in_the_header() -> None:
    async def scene(tab: Tab) -> None:
        crypto.may.clear()
        await tab.start("#/-/token")
        await tab.submit("inspect", token=own_key())
        await tab.submit("verify", key="")
        checking = tab.shown(TokenPage)
        crypto.may.set()
        await tab.settle()
        done = tab.shown(TokenPage)
        assert (checking.checking, done.checking) == (True, False)
        assert done.verification is not None
        assert (done.verification.outcome, done.verification.proves) == ("matches-embedded-key", "self-consistent")

    crypto = FakeCrypto()
    play(scene, lambda: Tab(crypto=crypto))


def test_another_token_takes_the_verdict_of_the_first_away() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/-/token")
        await tab.submit("inspect", token=own_key())
        await tab.submit("verify", key="")
        await tab.submit("inspect", token=jwt({}))
        assert tab.shown(TokenPage).verification is None

    play(scene, lambda: Tab(crypto=FakeCrypto()))


def test_a_key_that_is_none_is_said() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/-/token")
        await tab.submit("inspect", token=own_key())
        await tab.submit("verify", key="not a key")
        verification = tab.shown(TokenPage).verification
        assert verification is not None
        assert (verification.outcome, verification.source) == ("bad-key", "pasted")

    play(scene, lambda: Tab(crypto=FakeCrypto()))


def test_a_platform_without_webcrypto_cannot_check() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/-/token")
        await tab.submit("inspect", token=own_key())
        await tab.submit("verify", key="")
        verification = tab.shown(TokenPage).verification
        assert verification is not None
        assert verification.outcome == "cannot-check"

    play(scene)


def test_a_check_that_fails_in_its_own_way_is_no_silence() -> None:
    class Broken(FakeCrypto):
        async def verify(
            self, algorithm: Algorithm, key_format: KeyFormat, key: bytes, signature: bytes, signed: bytes
        ) -> bool | None:
            raise RuntimeError("OperationError")

    async def scene(tab: Tab) -> None:
        await tab.start("#/-/token")
        await tab.submit("inspect", token=own_key())
        await tab.submit("verify", key="")
        page = tab.shown(TokenPage)
        assert page.verification is not None
        assert (page.checking, page.verification.outcome) == (False, "cannot-check")

    play(scene, lambda: Tab(crypto=Broken()))


def test_a_check_is_given_up_with_its_page() -> None:
    async def scene(tab: Tab) -> None:
        crypto.may.clear()
        await tab.start("#/-/token")
        await tab.submit("inspect", token=own_key())
        await tab.submit("verify", key="")
        await tab.go("#/")
        crypto.may.set()
        await tab.go("#/-/token")
        assert tab.shown(TokenPage) == TokenPage(None, None, checking=False, held=())

    crypto = FakeCrypto()
    play(scene, lambda: Tab(crypto=crypto))


# What is in memory


def test_a_token_in_memory_shows_whose_it_is_and_what_it_was_asked_for() -> None:
    auth = RegistryAuth(REGISTRY)
    put(auth, "opaque", "repository:lab/open:pull", anonymous=True)
    auth.sign_in(Password("ann", "x"))
    put(auth, jwt({"access": [{"type": "repository", "name": "lab/app", "actions": ["pull"]}]}), SCOPE)
    held = TokenDesk(FakeClock(), None, nothing).page(auth).held
    assert [(each.identity, each.asked, each.granted, each.expires_in) for each in held] == [
        (None, ("repository:lab/open:pull",), None, 100),
        ("ann", (SCOPE,), (SCOPE,), 100),
    ]
    assert held[1].inspection.access is not None


def test_tokens_of_who_is_not_in_use_and_those_that_ended_are_not_shown() -> None:
    auth, clock = RegistryAuth(REGISTRY), FakeClock()
    auth.sign_in(Password("ann", "x"))
    put(auth, "of-ann", SCOPE)
    auth.sign_in(Password("bob", "x"))
    put(auth, "of-bob", SCOPE, seconds=50)
    desk = TokenDesk(clock, None, nothing)
    assert [each.identity for each in desk.page(auth).held] == ["bob"]
    clock.advance(60)
    assert desk.page(auth).held == ()


def test_to_look_at_a_token_is_not_to_use_it() -> None:
    auth, clock = RegistryAuth(REGISTRY), FakeClock()
    put(auth, "opaque", SCOPE)
    clock.advance(20)
    TokenDesk(clock, None, nothing).page(auth)
    assert [token.used_at for token in auth.tokens] == [1000.0]


def test_the_time_left_passes_and_the_rest_is_looked_at_once() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"approvals": APPROVED})
        await tab.sign_in()
        await tab.go(f"{HOME}/-/token")
        before = tab.shown(TokenPage).held[0]
        await tab.pass_time(10)
        after = tab.shown(TokenPage).held[0]
        assert before.expires_in - after.expires_in == 10
        assert after.inspection is before.inspection

    play(scene, Lab().tab)
