from app.state.model import Landing
from app.state.route import LANDING
from app.state.work import Work
from tests.unit.state.fake_page import Tab, play
from tests.unit.state.fake_work import FakeWork


def test_a_visit_and_the_work_of_the_tests_are_work() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("r.example")
        assert tab.controller.visit is not None
        works: list[Work] = [tab.controller.visit, FakeWork(LANDING, Landing("", None))]
        assert [str(work.route) for work in works] == ["#/r.example", "#/"]

    play(scene)
