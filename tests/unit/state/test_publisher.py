import asyncio
from collections.abc import Awaitable, Callable

import pytest

from app.state.failure import failure_of
from app.state.host_config import DEFAULT
from app.state.keeping import DEFAULT as SETTINGS
from app.state.model import PATCH_ROWS, AppState, Catalog, Listing
from app.state.publisher import PAUSE, Publisher
from app.state.renderer import RegionView, Screen
from app.state.route import parse_route
from tests.unit.fake_transport import FakeClock
from tests.unit.state.fake_page import FakeShell

ROUTE = parse_route("r.example")


def state_of(*names: str, complete: bool = True, loading: bool = False, failure: Exception | None = None) -> AppState:
    page = Catalog(Listing(names, complete, loading, None), "", grouped=False, rows=names, shown=PATCH_ROWS)
    found = None if failure is None else failure_of(failure)
    return AppState(ROUTE, page, loading, found, None, False, None, None, None, DEFAULT, SETTINGS, ())


class Desk:
    """A publisher with a state and a screen that the test sets."""

    def __init__(self) -> None:
        self.shell, self.clock = FakeShell(), FakeClock()
        self.state = state_of("a")
        self.regions: tuple[RegionView, ...] = ()
        self.words = ""
        self.failures: list[Exception] = []
        self.broken = False
        self.publisher = Publisher(self.shell, self.clock, self.render, lambda: self.state, self.failures.append)

    def render(self, state: AppState) -> Screen:
        if self.broken:
            raise ValueError("broken")
        return Screen("title", self.regions, self.words)

    def patched(self) -> list[str]:
        return [patch.region for patch in self.shell.last.patches]

    def address(self) -> str | None:
        return self.shell.last.route


def region(name: str, key: object = 1, html: str = "x", rows: int = 0) -> RegionView:
    return RegionView(name, key, lambda: html, rows)


async def turns() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def play(scene: Callable[[Desk], Awaitable[None]]) -> None:
    async def run() -> None:
        await scene(Desk())

    asyncio.run(run())


def unbuilt(name: str, key: object) -> RegionView:
    def build() -> str:
        raise AssertionError(f"{name} was built")

    return RegionView(name, key, build, 0)


def test_only_regions_whose_key_changed_are_built() -> None:
    desk = Desk()
    desk.regions = (region("main"), region("rows-0"))
    desk.publisher.publish()
    assert desk.patched() == ["main", "rows-0"]
    desk.regions = (unbuilt("main", 1), region("rows-0", 2, "y"))
    desk.publisher.publish()
    assert desk.patched() == ["rows-0"]


def test_a_region_that_comes_out_the_same_is_not_sent_again() -> None:
    desk = Desk()
    desk.regions = (region("main"),)
    desk.publisher.publish()
    desk.regions = (region("main", 2),)
    desk.publisher.publish()
    assert len(desk.shell.commits) == 1


def test_a_region_that_was_gone_is_sent_again() -> None:
    desk = Desk()
    for regions in ((region("main"), region("rows-0")), (region("main", 2, "y"),), (region("main"), region("rows-0"))):
        desk.regions = regions
        desk.publisher.publish()
    assert desk.patched() == ["main", "rows-0"]


def test_a_navigation_sends_everything() -> None:
    async def scene(desk: Desk) -> None:
        desk.regions = (region("main"), region("context"))
        desk.publisher.publish()
        desk.publisher.navigated(1, by_hand=True)
        desk.publisher.publish()
        assert desk.patched() == ["main", "context"]
        assert desk.shell.last.nav == 1

    play(scene)


def test_more_rows_than_one_commit_may_bring_follow_by_themselves() -> None:
    async def scene(desk: Desk) -> None:
        desk.regions = tuple(region(f"rows-{number}", 1, str(number), 25) for number in range(20))
        desk.publisher.soon()
        await turns()
        assert [len(commit.patches) for commit in desk.shell.commits] == [8, 8, 4]
        assert list(desk.shell.regions) == [f"rows-{number}" for number in range(20)]

    play(scene)


def test_one_region_of_many_rows_is_sent_alone() -> None:
    async def scene(desk: Desk) -> None:
        desk.regions = (region("main"), region("rows-0", 1, "x", 500), region("rows-1", 1, "x", 1))
        desk.publisher.soon()
        await turns()
        assert [len(commit.patches) for commit in desk.shell.commits] == [2, 1]

    play(scene)


def test_changes_in_a_row_are_one_commit() -> None:
    async def scene(desk: Desk) -> None:
        for _ in range(5):
            desk.publisher.soon()
        await turns()
        assert len(desk.shell.commits) == 1

    play(scene)


def test_commits_of_one_page_have_a_pause_between_them() -> None:
    async def scene(desk: Desk) -> None:
        desk.publisher.soon()
        await turns()
        desk.state = state_of("a", "b", complete=False)
        desk.publisher.soon()
        await turns()
        assert desk.clock.slept == [pytest.approx(PAUSE)]
        desk.clock.advance(1)
        desk.state = state_of("a")
        desk.publisher.soon()
        await turns()
        assert len(desk.clock.slept) == 1
        assert len(desk.shell.commits) == 3

    play(scene)


@pytest.mark.parametrize("what", ["navigated", "hurry"])
def test_who_waits_for_an_answer_is_answered_without_a_pause(what: str) -> None:
    async def scene(desk: Desk) -> None:
        desk.publisher.publish()
        desk.state = state_of("a", "b", complete=False)
        desk.publisher.soon()
        if what == "hurry":
            desk.publisher.hurry()
        else:
            desk.publisher.navigated(1, by_hand=True)
            desk.publisher.soon()
        await turns()
        assert desk.clock.slept == []
        assert len(desk.shell.commits) == 2

    play(scene)


def test_a_commit_that_is_waiting_for_its_pause_to_end_is_hurried_too() -> None:
    class Standing(FakeClock):
        async def sleep(self, seconds: float) -> None:
            await asyncio.Event().wait()

    async def scene(desk: Desk) -> None:
        desk.clock = Standing()
        desk.publisher = Publisher(desk.shell, desk.clock, desk.render, lambda: desk.state, desk.failures.append)
        desk.publisher.publish()
        desk.state = state_of("a", "b", complete=False)
        desk.publisher.soon()
        await turns()
        assert len(desk.shell.commits) == 1
        desk.publisher.hurry()
        await turns()
        assert len(desk.shell.commits) == 2

    play(scene)


def test_nothing_is_committed_when_nothing_changed() -> None:
    desk = Desk()
    desk.publisher.publish()
    desk.publisher.publish()
    assert len(desk.shell.commits) == 1


def test_a_new_title_is_a_change() -> None:
    desk = Desk()
    desk.publisher.publish()
    desk.state = state_of("a", complete=False)
    desk.publisher.publish()
    assert len(desk.shell.commits) == 2
    assert desk.shell.last.patches == ()


def test_the_address_is_written_when_it_differs() -> None:
    async def scene(desk: Desk) -> None:
        desk.publisher.navigated(1, by_hand=True, address="#/r.example")
        desk.publisher.publish()
        assert desk.address() is None
        desk.state = desk.state._replace(route=ROUTE.with_query([("filter", "a")]))
        desk.publisher.publish()
        assert (desk.address(), desk.shell.last.replace) == ("#/r.example?filter=a", True)

    play(scene)


def test_a_pushed_page_gets_an_entry_of_its_own_once() -> None:
    async def scene(desk: Desk) -> None:
        desk.publisher.navigated(0, by_hand=True, push=True)
        desk.publisher.publish()
        assert desk.shell.last.replace is False
        desk.state = desk.state._replace(route=ROUTE.with_query([("filter", "a")]))
        desk.publisher.publish()
        assert desk.shell.last.replace is True

    play(scene)


def test_a_fixed_address_stays_until_the_next_page() -> None:
    async def scene(desk: Desk) -> None:
        desk.publisher.navigated(1, by_hand=True, address="#/R:x", fixed=True)
        desk.publisher.publish()
        assert desk.address() is None
        desk.publisher.navigated(2, by_hand=True, address="#/r.example/")
        desk.publisher.publish()
        assert desk.address() == "#/r.example"

    play(scene)


def test_the_focus_is_asked_for_once() -> None:
    desk = Desk()
    desk.publisher.publish()
    desk.publisher.focus("reference")
    desk.publisher.publish()
    assert desk.shell.last.focus == "reference"
    desk.state = state_of("a", complete=False)
    desk.publisher.publish()
    assert desk.shell.last.focus is None


def told(*steps: tuple[AppState, str]) -> list[str | None]:
    desk, heard = Desk(), []
    for state, words in steps:
        desk.state, desk.words = state, words
        desk.shell.commits.clear()
        desk.publisher.publish()
        heard.append(desk.shell.last.announce if desk.shell.commits else None)
    return heard


LOADING = state_of(complete=False, loading=True)
ARRIVING = state_of("a", complete=False, loading=True)


def test_a_page_that_loads_is_not_announced() -> None:
    assert told((LOADING, "loading")) == [None]


def test_a_list_that_arrives_is_announced_at_its_beginning_and_at_its_end() -> None:
    steps = (LOADING, ""), (ARRIVING, "1 so far"), (ARRIVING, "2 so far"), (state_of("a"), "3")
    assert told(*steps) == [None, "1 so far", None, "3"]


def test_the_same_words_are_not_announced_twice() -> None:
    assert told((state_of("a"), "1"), (state_of("a", "b"), "1")) == ["1", None]


def test_a_failure_is_announced_again_after_another_attempt() -> None:
    failed = state_of(complete=False, failure=ValueError())
    assert told((failed, "no"), (LOADING, "…"), (failed, "no")) == ["no", None, "no"]


def test_news_can_be_told_again() -> None:
    desk = Desk()
    desk.words = "1"
    desk.publisher.publish()
    desk.publisher.retell()
    desk.publisher.publish()
    assert [commit.announce for commit in desk.shell.commits] == ["1", "1"]


@pytest.mark.parametrize(
    ("states", "marks"),
    [
        ([LOADING, ARRIVING, ARRIVING, state_of("a")], ["first-data", "shown"]),
        ([LOADING, state_of("a"), ARRIVING], ["first-data shown"]),
        ([state_of(complete=False, failure=ValueError())], ["shown"]),
        ([state_of("a", complete=False)], ["first-data shown"]),
    ],
)
def test_marks_are_set_once_and_in_order(states: list[AppState], marks: list[str]) -> None:
    desk = Desk()
    for state in states:
        desk.state = state
        desk.publisher.publish()
    assert [commit.mark for commit in desk.shell.commits if commit.mark] == marks


def test_a_page_is_not_shown_while_rows_of_it_are_still_to_come() -> None:
    async def scene(desk: Desk) -> None:
        desk.regions = tuple(region(f"rows-{number}", rows=PATCH_ROWS) for number in range(2))
        desk.publisher.publish()
        desk.publisher.publish()
        assert [commit.mark for commit in desk.shell.commits] == ["first-data", "shown"]

    play(scene)


def test_a_view_that_fails_commits_nothing_and_is_told() -> None:
    desk = Desk()
    desk.broken = True
    desk.publisher.publish()
    assert desk.shell.commits == []
    assert [type(error) for error in desk.failures] == [ValueError]


def test_giving_up_changes_the_data_of_main_alone() -> None:
    desk = Desk()
    desk.publisher.give_up("Portolan")
    commit = desk.shell.last
    assert (commit.main.state, commit.patches, commit.title, commit.route) == ("failed", (), "Portolan", None)


def test_a_closed_publisher_commits_nothing_until_the_state_changes_again() -> None:
    async def scene(desk: Desk) -> None:
        desk.publisher.soon()
        desk.publisher.close()
        await turns()
        assert desk.shell.commits == []
        desk.publisher.soon()
        await turns()
        assert len(desk.shell.commits) == 1

    play(scene)
