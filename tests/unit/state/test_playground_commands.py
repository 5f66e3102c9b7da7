import os
from collections.abc import Iterator

import pytest

from app.state.host_config import DEFAULT
from app.state.playground_model import PlaygroundPage
from tests.unit.state.fake_board import BOARD, PAGE, FakeBoard
from tests.unit.state.fake_page import Tab, play
from tools.paths import ROOT

HERE = "#/-/playground/no-allow-origin"


@pytest.fixture(autouse=True)
def beside_the_examples() -> Iterator[None]:
    """In the page the examples lie where the program runs."""
    before = os.getcwd()
    os.chdir(ROOT)
    yield
    os.chdir(before)


def tab(fake: FakeBoard) -> Tab:
    config = DEFAULT._replace(playground=BOARD)
    return Tab(fake.transport, page_origin=PAGE, config=config, prober=fake.browser)


def test_the_page_of_a_scenario_ends_with_its_verdict() -> None:
    fake = FakeBoard()

    async def scene(tab: Tab) -> None:
        await tab.start(HERE)
        main = tab.shell.last.main
        assert (main.view, main.state, main.verdict) == ("playground", "shown", "no-usable-allow-origin")
        assert tab.states()[0] == "partial"

    play(scene, lambda: tab(fake))


def test_the_switch_turns_the_fix_on_and_off() -> None:
    fake = FakeBoard()

    async def scene(tab: Tab) -> None:
        await tab.start(HERE)
        await tab.press("playground-fix", value=True)
        assert (tab.shell.last.main.verdict, fake.fixed) == ("ok", True)
        await tab.press("playground-fix", value=False)
        assert (tab.shell.last.main.verdict, fake.fixed) == ("no-usable-allow-origin", False)

    play(scene, lambda: tab(fake))


def test_it_is_run_again_by_hand() -> None:
    fake = FakeBoard()

    async def scene(tab: Tab) -> None:
        await tab.start(HERE)
        before = len(fake.browser.probes)
        await tab.press("playground-again")
        assert len(fake.browser.probes) == 2 * before

    play(scene, lambda: tab(fake))


def test_elsewhere_the_commands_do_nothing() -> None:
    fake = FakeBoard()

    async def scene(tab: Tab) -> None:
        await tab.start("#/-/settings")
        await tab.press("playground-fix", value=True)
        await tab.press("playground-sink")
        assert fake.transport.requests == []

    play(scene, lambda: tab(fake))


def test_who_leaves_the_page_leaves_nothing_behind() -> None:
    fake = FakeBoard()

    async def scene(tab: Tab) -> None:
        await tab.start(HERE)
        tab.leave_for("#/-/playground/reset")
        await tab.go("#/-/settings")
        assert tab.facts() == ("settings", "shown", "")
        assert tab.shell.last.main.verdict == ""
        await tab.go("#/-/playground")
        page = tab.shown(PlaygroundPage)
        assert (page.chosen, page.source) == (None, "live")

    play(scene, lambda: tab(fake))
