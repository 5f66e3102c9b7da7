import asyncio

from app.ports.transport import Request
from tests.unit.fake_transport import FakeResponse, FakeTransport
from tests.unit.state.fake_content import HOME
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
