from app.state.compare_commands import COMMANDS
from app.state.compare_files import FilesCompared
from app.state.compare_model import ComparePage
from tests.unit.state.fake_content import HOME, REGISTRY, TAGS
from tests.unit.state.fake_page import Tab, play
from tests.unit.state.test_compare_desk import OTHER, ROUTE, image, tab


def test_the_form_leads_to_the_comparison() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(f"{TAGS}:1")
        await tab.submit("compare", other=" docker pull other.example/team/app:2 ")
        assert str(tab.state.route) == ROUTE
        await tab.submit("compare", other=":2")
        assert str(tab.state.route) == f"{TAGS}:1/-/compare/r.example/lab/app:2"

    play(scene, tab)


def test_a_mistake_is_shown_in_the_form_and_a_password_is_not() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(f"{TAGS}:1")
        await tab.submit("compare", other="ann:secretword@other.example/app:1")
        page = tab.shown(ComparePage)
        assert page.mistake is not None
        assert page.right is None
        assert "secretword" not in repr(tab.state)
        assert "secretword" not in repr(tab.shell.commits)

    play(scene, tab)


def test_where_there_is_no_manifest_the_form_does_nothing() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        before = tab.state.route
        await tab.submit("compare", other=":2")
        assert tab.state.route == before

    play(scene, tab)


def test_rows_and_marks_are_chosen() -> None:
    async def scene(tab: Tab) -> None:
        image(tab.transport, REGISTRY, "1")
        image(tab.transport, OTHER, "2")
        await tab.start(ROUTE)
        await tab.press("compare-files")
        await tab.press("compare-more")
        await tab.press("compare-more")
        files = tab.shown(ComparePage).files
        assert files is not None
        assert files.shown == 600
        await tab.press("compare-mark", mark="added")
        files = tab.shown(ComparePage).files
        assert isinstance(files, FilesCompared)
        assert (files.mark, files.shown) == ("added", 200)
        await tab.press("compare-mark", mark="nonsense")
        files = tab.shown(ComparePage).files
        assert files is not None
        assert files.mark is None

    play(scene, tab)


def test_they_do_nothing_on_another_page() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        before = tab.state
        for name in COMMANDS:
            await tab.press(name, path="a", mark="added")
        assert tab.state == before

    play(scene, tab)
