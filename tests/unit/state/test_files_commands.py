from app.state.files_model import FilesPage
from tests.unit.state.fake_files import FILES, see, two_layers
from tests.unit.state.fake_page import Tab


def test_a_head_sorts_and_sorts_the_other_way_the_second_time() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(f"{FILES}/data")
        await tab.press("files-sort", by="size")
        assert tab.addresses()[-1] == (f"{FILES}/data?sort=size", True)
        assert tab.shown(FilesPage).lines[0].name == "replaced.txt"
        await tab.press("files-sort", by="size")
        assert tab.addresses()[-1][0] == f"{FILES}/data?sort=-size"
        await tab.press("files-sort", value="name")
        assert tab.addresses()[-1][0] == f"{FILES}/data"

    see(two_layers(), scene)


def test_a_layer_that_is_chosen_gets_its_place_in_the_history() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(f"{FILES}/data")
        await tab.press("files-layer", value="1")
        assert tab.addresses()[-1] == (f"{FILES}/data?layer=1", False)
        await tab.press("files-layer", value="")
        assert tab.addresses()[-1] == (f"{FILES}/data", False)

    see(two_layers(), scene)


def test_a_search_is_in_the_address_and_goes_with_an_empty_text() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(f"{FILES}/data?sort=size")
        await tab.submit("files-search", search=" gone ")
        assert tab.addresses()[-1] == (f"{FILES}/data?search=gone", False)
        await tab.submit("files-search", search="")
        assert tab.addresses()[-1] == (f"{FILES}/data", False)

    see(two_layers(), scene)


def test_deleted_files_are_shown_or_not() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(f"{FILES}/data")
        await tab.press("files-deleted", value=False)
        assert tab.addresses()[-1] == (f"{FILES}/data?deleted=no", True)
        assert not tab.shown(FilesPage).deleted
        await tab.press("files-deleted", value=True)
        assert tab.addresses()[-1] == (f"{FILES}/data", True)

    see(two_layers(), scene)


def test_on_other_pages_the_commands_do_nothing() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/-/settings")
        before = len(tab.shell.commits)
        for name in ("sort", "layer", "platform", "deleted", "cancel", "go-on", "read", "verify", "file", "download"):
            await tab.press(f"files-{name}", by="size", value="1", layer=1)
        await tab.submit("files-search", search="x")
        assert len(tab.shell.commits) == before

    see(two_layers(), scene)


def test_reading_a_layer_anew_is_asked_for_by_its_number() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(FILES)
        await tab.press("files-verify", layer=1)
        await tab.press("files-verify", layer="one")
        assert tab.facts() == ("files", "shown", "")

    see(two_layers(), scene)
