"""Messages of the shell, and what each sets going."""

from app.state.messages import Granted, Input, Start
from tests.unit.state.fake_content import HOME, plan_catalog
from tests.unit.state.fake_page import Tab, play


def test_what_is_typed_into_the_filter_filters_the_list() -> None:
    async def scene(tab: Tab) -> None:
        plan_catalog(tab.transport, ["anchor", "buoy"])
        await tab.start(HOME)
        tab.send(Input("filter", "buo"))
        await tab.settle()
        assert tab.state.route.parameter("filter") == "buo"

    play(scene)


def test_a_field_that_no_page_has_changes_nothing() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start()
        before = tab.state
        tab.send(Input("unknown", "text"))
        await tab.settle()
        assert tab.state == before

    play(scene)


def test_what_an_extension_may_read_is_told_at_the_start() -> None:
    async def scene(tab: Tab) -> None:
        tab.send(Start(0, "", {}, secure=True, extension=True, granted=("https://r.example",)))
        await tab.settle()
        assert (tab.state.extension, tab.state.granted) == (True, ("https://r.example",))

    play(scene)


def test_a_page_of_the_web_is_granted_nothing() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start()
        before = tab.state
        tab.send(Granted(("https://r.example",), ok=True))
        await tab.settle()
        assert tab.state == before

    play(scene)
