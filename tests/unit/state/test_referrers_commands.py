from app.state.referrers_commands import COMMANDS
from tests.unit.state.fake_content import HOME
from tests.unit.state.fake_page import Tab, play


def test_they_do_nothing_on_another_page() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        before = tab.state
        for name in COMMANDS:
            await tab.press(name, key="a", digest="sha256:00", subject="x")
        await tab.type("packages-a", "libc")
        assert tab.state == before

    play(scene)
