"""The app beside a sample registry that plays the scenarios, one tab on it for a whole file; the playground's page."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator

from tests.e2e.portolan import Portolan
from tools.record import FOLDER
from tools.stage import Stage

SCENARIOS: dict[str, Any] = {
    one["id"]: one for one in tomllib.loads((FOLDER / "scenarios.toml").read_text("utf-8"))["scenario"]
}


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.close()


@pytest.fixture(scope="module")
def seat(context: BrowserContext, stage: Stage) -> Iterator[Portolan]:
    """A tab with the app started; scenarios may name hosts that nobody has."""
    page = context.new_page()
    # The doctor also tries the other scheme.
    origins = {*stage.origins.values(), *(one["address"] for one in SCENARIOS.values() if "address" in one)}
    tab = Portolan(page, stage.site, origins | {origin.replace("http:", "https:") for origin in origins})
    tab.goto()
    tab.booted()
    yield tab
    page.close()


@pytest.fixture
def play(seat: Portolan) -> Iterator["Playground"]:
    """The playground as newly opened; afterwards the console must be empty."""
    seat.recover()
    seat.complaints.clear()
    yield Playground(seat)
    assert seat.complaints == []


class Playground:
    """The list of scenarios and the page of one. Asserts nothing."""

    def __init__(self, app: Portolan) -> None:
        self.app = app
        self.page = app.page
        self.switch = app.page.get_by_role("switch", name="Apply the fix")
        self.steps = app.page.locator("main details.talk")
        self.verdict = app.page.locator("#verdict")

    def list(self) -> None:
        """Open the list, and wait until it is known whether it is live."""
        self.app.goto("-/playground")
        self.page.locator('main[data-view="playground"][data-state="shown"] .scenarios').first.wait_for()

    def open(self, name: str) -> None:
        """Open a scenario by its address, and wait for the verdict."""
        self.app.goto(f"-/playground/{name}")
        self.arrive(name)

    def arrive(self, name: str, *, fixed: bool = False) -> None:
        """Wait until that scenario was examined."""
        self.shown(name, fixed=fixed).wait_for(timeout=60_000)

    def shown(self, name: str, *, fixed: bool = False) -> Locator:
        """The page of that scenario once it was examined."""
        has = "[data-fixed]" if fixed else ":not([data-fixed])"
        return self.page.locator(f'main[data-view="playground"][data-state="shown"] [data-scenario="{name}"]{has}')

    def step(self, title: str) -> Locator:
        """The steps with that question."""
        return self.steps.filter(has=self.page.get_by_role("heading", name=title))
