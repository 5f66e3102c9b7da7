import pytest

from app.state.idle_lock import IdleLock
from app.state.messages import Command, Granted, Input, Message, Near, Submit
from app.state.model import Catalog, TokenPage
from tests.unit.fake_transport import FakeClock
from tests.unit.state.fake_content import HOME
from tests.unit.state.fake_lab import APPROVED, jwt, lab_tab, names_of
from tests.unit.state.fake_page import Tab, play

LOCKING = {"approvals": APPROVED, "idle-lock": "5"}


class TwoClocks(FakeClock):
    """Whose clocks can go each by itself."""

    def jump(self, *, now: float = 0, monotonic: float = 0) -> None:
        self._now += now
        self._monotonic += monotonic


def test_the_lock_is_due_after_the_time_chosen_and_never_for_none() -> None:
    clock = FakeClock()
    lock = IdleLock(clock)
    clock.advance(299)
    assert not lock.is_due(5)
    clock.advance(1)
    assert lock.is_due(5)
    assert not lock.is_due(0)


def test_a_touch_begins_the_time_anew() -> None:
    clock = FakeClock()
    lock = IdleLock(clock)
    clock.advance(299)
    lock.touch()
    clock.advance(299)
    assert not lock.is_due(5)


def test_a_computer_that_slept_was_idle_and_a_clock_that_was_set_back_makes_nothing_young() -> None:
    clock = TwoClocks()
    slept, back = IdleLock(clock), IdleLock(clock)
    clock.jump(now=300)
    assert slept.is_due(5)
    clock.jump(now=-10_000, monotonic=300)
    assert back.is_due(5)


# In a tab


def test_a_tab_that_nobody_touches_signs_out_and_shows_nothing_of_what_was_read() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, LOCKING)
        await tab.sign_in()
        await tab.pass_time(299)
        assert names_of(tab.state) == [("ann", True)]
        await tab.pass_time(1)
        assert names_of(tab.state) == []
        assert tab.state.locked
        assert tab.shown(Catalog).rows == ()
        assert tab.facts() == ("registry", "login", "")

    play(scene, lab_tab())


@pytest.mark.parametrize(
    ("message", "awake"),
    [
        (Command("more", {}), True),
        (Input("filter", ""), True),
        (Submit("unheard-of", {}), True),
        (Near("rows", (0,)), False),
        (Granted((), ok=True), False),
    ],
)
def test_what_a_person_does_keeps_it_awake_and_what_the_page_does_by_itself_does_not(
    message: Message, awake: bool
) -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, LOCKING)
        await tab.sign_in()
        await tab.pass_time(200)
        tab.send(message)
        await tab.pass_time(100)
        assert tab.state.locked is not awake

    play(scene, lab_tab())


def test_that_it_locked_is_said_until_the_next_page() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, LOCKING)
        await tab.sign_in()
        await tab.pass_time(300)
        await tab.pass_time(1)
        assert tab.state.locked
        await tab.go("#/")
        assert not tab.state.locked

    play(scene, lab_tab())


def test_signing_in_again_ends_the_lock() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, LOCKING)
        await tab.sign_in()
        await tab.pass_time(300)
        await tab.sign_in()
        assert not tab.state.locked
        assert tab.rows() == ["ann"]

    play(scene, lab_tab())


def test_nobody_is_not_signed_out() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, LOCKING)
        asked = len(tab.transport.requests)
        await tab.pass_time(1000)
        assert not tab.state.locked
        assert len(tab.transport.requests) == asked

    play(scene, lab_tab(is_open=True))


def test_the_lock_forgets_what_was_pasted() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, LOCKING)
        await tab.sign_in()
        await tab.go("#/r.example/-/token")
        await tab.submit("inspect", token=jwt({"sub": "ann"}))
        await tab.pass_time(300)
        page = tab.shown(TokenPage)
        assert (page.inspection, page.held) == (None, ())
        assert tab.state.locked

    play(scene, lab_tab())


def test_a_pasted_token_of_nobody_is_forgotten_too() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/-/token", LOCKING)
        await tab.submit("inspect", token=jwt({"sub": "ann"}))
        await tab.pass_time(300)
        assert tab.shown(TokenPage).inspection is None

    play(scene)
