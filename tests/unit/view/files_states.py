"""Pages of files for tests of the view, read from an image of two layers as a person would open them."""

from app.state.model import AppState
from tests.unit.state.fake_files import Registry, see, two_layers
from tests.unit.state.fake_page import Tab
from tests.unit.view.reading import Node
from tests.unit.view.states import shown


def state_of(text: str, registry: Registry | None = None, *then: str) -> AppState:
    """The state when that page has been read, and others after it."""
    found: list[AppState] = []

    async def scene(tab: Tab) -> None:
        await tab.start(text)
        for each in then:
            await tab.go(each)
        found.append(tab.state)

    see(registry or two_layers(), scene)
    return found[0]


def page_of(text: str, registry: Registry | None = None, *then: str) -> Node:
    """The page as a person gets it."""
    return shown(state_of(text, registry, *then))
