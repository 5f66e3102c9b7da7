import asyncio

from app.auth.bearer_token import Token
from app.auth.lessons import Bearer, Wanted
from app.auth.registry_auth import RegistryAuth
from app.client.session import Session
from app.oci.origin import origin_of
from app.ports.transport import Request
from app.state.renewals import Renewals
from tests.unit.fake_transport import FakeClock, FakeResponse, FakeTransport
from tests.unit.state.fake_content import HOME, REGISTRY
from tests.unit.state.fake_lab import APPROVED, REALM, Lab, names_of
from tests.unit.state.fake_page import Tab, play


async def until_the_token_is_about_to_end(tab: Tab) -> None:
    await tab.start(HOME, {"approvals": APPROVED})
    await tab.press("sign-in")
    await tab.sign_in()
    tab.clock.advance(260)


def test_a_token_in_use_is_renewed_before_it_ends() -> None:
    async def scene(tab: Tab) -> None:
        await until_the_token_is_about_to_end(tab)
        asked = len(lab.asked)
        await tab.pass_time(0)
        await tab.pass_time(1)
        assert len(lab.asked) == asked + 1
        assert tab.state.standing is not None
        assert tab.state.standing.expires_in is not None
        assert tab.state.standing.expires_in > 290

    lab = Lab()
    play(scene, lab.tab)


def test_a_token_that_has_its_time_is_left_alone() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"approvals": APPROVED})
        await tab.sign_in()
        asked = len(lab.asked)
        for _ in range(10):
            await tab.pass_time(10)
        assert len(lab.asked) == asked

    lab = Lab()
    play(scene, lab.tab)


def test_a_renewal_that_fails_disturbs_nobody_and_is_not_repeated() -> None:
    async def scene(tab: Tab) -> None:
        await until_the_token_is_about_to_end(tab)
        lab.people.clear()
        asked, rows = len(lab.asked), tab.rows()
        for _ in range(5):
            await tab.pass_time(1)
        signed = [request for request in lab.asked[asked:] if request.header("Authorization")]
        assert len(signed) == 1
        assert (tab.facts(), tab.rows()) == (("registry", "shown", ""), rows)

    lab = Lab()
    play(scene, lab.tab)


def test_one_renewal_at_a_time_and_none_that_outlives_the_sign_out() -> None:
    async def scene(tab: Tab) -> None:
        await until_the_token_is_about_to_end(tab)
        gate.clear()
        asked = len(waiting)
        await tab.pass_time(1)
        await tab.pass_time(1)
        assert len(waiting) == asked + 1
        await tab.press("sign-out")
        assert [request.url.partition("?")[0] for request in tab.transport.aborted] == [REALM]
        gate.set()
        await tab.settle()
        assert names_of(tab.state) == []

    lab, gate = Lab(), asyncio.Event()
    waiting: list[Request] = []
    gate.set()

    async def slowly(request: Request) -> FakeResponse:
        if request.url.startswith(REALM):
            waiting.append(request)
            await gate.wait()
        return lab(request)

    play(scene, lambda: Tab(FakeTransport(slowly)))


def test_a_token_that_begins_to_end_meanwhile_waits_for_its_turn() -> None:
    async def in_flight() -> list[int]:
        clock, gate = FakeClock(), asyncio.Event()
        auth = RegistryAuth(REGISTRY)
        for name, ends in (("first", 30.0), ("second", 40.0)):
            scopes = (f"repository:{name}:pull",)
            wanted = Wanted(Bearer(REALM, origin_of(REALM), "lab"), scopes)
            auth.remember_bearer(scopes, wanted)
            auth.tokens.put(auth.key(wanted), Token(name, 1000.0, 1000.0 + ends, scopes))
        lab = Lab(is_open=True)

        async def slowly(request: Request) -> FakeResponse:
            await gate.wait()
            return lab(request)

        transport, renewals = FakeTransport(slowly), Renewals(clock)
        session = Session(REGISTRY, transport, clock, auth)
        asked = []
        clock.advance(20)
        for _ in range(2):
            renewals.look(session)
            for _ in range(10):
                await asyncio.sleep(0)
            clock.advance(7)
            asked.append(len(transport.requests))
        renewals.close()
        await asyncio.sleep(0)
        return asked

    assert asyncio.run(in_flight()) == [1, 1]
