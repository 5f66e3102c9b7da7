import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from app.state.playground_desk import PlaygroundDesk
from app.state.playground_model import PlaygroundPage
from tests.unit.fake_transport import FakeClock, FakeTransport
from tests.unit.state.fake_board import BOARD, PAGE, FakeBoard, ended

Scene = Callable[[FakeBoard, PlaygroundDesk], Awaitable[PlaygroundPage]]


def played(scene: Scene, *, live: bool = True) -> tuple[FakeBoard, PlaygroundPage]:
    fake = FakeBoard()

    async def run() -> PlaygroundPage:
        desk = fake.desk(BOARD if live else None)
        page = await scene(fake, desk)
        desk.close()
        return page

    return fake, asyncio.run(run())


def test_the_list_is_there_at_once_and_says_whether_it_is_live() -> None:
    async def scene(fake: FakeBoard, desk: PlaygroundDesk) -> PlaygroundPage:
        first = desk.page("")
        assert (len(first.catalogue.scenarios) > 30, first.source, first.running) == (True, "unknown", True)
        return await ended(desk, "")

    fake, page = played(scene)
    assert (page.source, page.chosen) == ("live", None)
    assert fake.asked() == ["GET /_scenarios"]


def test_without_a_board_it_is_recorded() -> None:
    fake, page = played(lambda fake, desk: ended(desk, ""), live=False)
    assert page.source == "recorded"
    assert fake.transport.requests == []


def test_a_board_that_does_not_answer_is_as_none() -> None:
    async def scene(fake: FakeBoard, desk: PlaygroundDesk) -> PlaygroundPage:
        fake.gone = True
        return await ended(desk, "")

    assert played(scene)[1].source == "recorded"


def test_a_scenario_begins_broken_and_is_examined() -> None:
    fake, page = played(lambda fake, desk: ended(desk, "no-allow-origin"))
    assert fake.asked() == ["GET /_scenarios", "POST /_scenarios/no-allow-origin/break"]
    assert page.verdicts == ("no-usable-allow-origin",)
    assert page.run is not None
    assert not page.run.fixed
    assert page.recorded is None
    assert "nginx" in [one.server for one in page.fixes]


def test_with_the_fix_it_is_examined_again() -> None:
    async def scene(fake: FakeBoard, desk: PlaygroundDesk) -> PlaygroundPage:
        before = await ended(desk, "no-allow-origin")
        desk.play(fixed=True)
        meanwhile = desk.page("no-allow-origin")
        assert before.run is not None
        assert meanwhile.run == before.run._replace(fixed=True, running=True, said=())
        return await ended(desk, "no-allow-origin")

    fake, page = played(scene)
    assert fake.asked()[-1] == "POST /_scenarios/no-allow-origin/fix"
    assert page.verdicts == ("ok",)


def test_run_again_leaves_the_fix_as_it_is() -> None:
    async def scene(fake: FakeBoard, desk: PlaygroundDesk) -> PlaygroundPage:
        await ended(desk, "no-allow-origin")
        desk.play(fixed=True)
        await ended(desk, "no-allow-origin")
        desk.play()
        return await ended(desk, "no-allow-origin")

    fake, _ = played(scene)
    assert fake.asked()[-2:] == ["POST /_scenarios/no-allow-origin/fix"] * 2


def test_another_scenario_ends_the_one_before() -> None:
    async def scene(fake: FakeBoard, desk: PlaygroundDesk) -> PlaygroundPage:
        desk.page("no-allow-origin")
        await asyncio.sleep(0)
        page = desk.page("reset")
        assert (page.run, page.chosen is not None and page.chosen.id) == (None, "reset")
        return await ended(desk, "reset")

    fake, _ = played(scene)
    assert fake.asked()[-1] == "POST /_scenarios/reset/break"
    assert "POST /_scenarios/no-allow-origin/break" not in fake.asked()


def test_nothing_is_asked_after_one_has_left() -> None:
    async def scene(fake: FakeBoard, desk: PlaygroundDesk) -> PlaygroundPage:
        desk.page("no-allow-origin")
        desk.leave()
        for _ in range(50):
            await asyncio.sleep(0)
        assert fake.transport.requests == []
        return await ended(desk, "no-allow-origin")  # and back it begins anew

    assert played(scene)[1].verdicts == ("no-usable-allow-origin",)


def test_what_is_only_explained_is_not_played() -> None:
    fake, page = played(lambda fake, desk: ended(desk, "mixed-content"))
    assert page.run is None
    assert fake.asked() == ["GET /_scenarios"]


def test_a_name_that_is_no_scenario_is_said() -> None:
    _, page = played(lambda fake, desk: ended(desk, "sirens"))
    assert (page.chosen, page.unknown) == (None, "sirens")


@pytest.mark.parametrize(("fixed", "verdict"), [(False, "no-usable-allow-origin"), (True, "ok")])
def test_without_a_board_the_recorded_exchange_is_shown(fixed: bool, verdict: str) -> None:
    async def scene(fake: FakeBoard, desk: PlaygroundDesk) -> PlaygroundPage:
        await ended(desk, "no-allow-origin")
        desk.play(fixed=fixed)
        return await ended(desk, "no-allow-origin")

    fake, page = played(scene, live=False)
    assert page.verdicts == (verdict,)
    assert page.recorded is not None
    assert page.recorded.startswith("Chromium ")
    assert page.run is not None
    assert page.run.origin == "http://registry.example"
    assert fake.transport.requests == []


def test_when_the_board_goes_meanwhile_the_recording_stands_in() -> None:
    async def scene(fake: FakeBoard, desk: PlaygroundDesk) -> PlaygroundPage:
        await ended(desk, "no-allow-origin")
        fake.gone = True
        desk.play(fixed=True)
        return await ended(desk, "no-allow-origin")

    _, page = played(scene)
    assert (page.source, page.verdicts) == ("recorded", ("ok",))


def test_without_a_recording_nothing_is_shown_and_nothing_breaks(tmp_path: Path) -> None:
    fake = FakeBoard()
    (tmp_path / "playground").mkdir()
    scenarios = (Path(__file__).parents[3] / "cors-examples" / "playground" / "scenarios.toml").read_text("utf-8")
    (tmp_path / "playground" / "scenarios.toml").write_text(scenarios, "utf-8")

    async def run() -> PlaygroundPage:
        transport = FakeTransport()
        desk = PlaygroundDesk(transport, FakeClock(), None, None, PAGE, lambda: None, tmp_path)
        return await ended(desk, "reset")

    page = asyncio.run(run())
    assert page.run is not None
    assert (page.run.seen, page.verdicts, page.recorded) == ((), (), "")
    assert fake.transport.requests == []
