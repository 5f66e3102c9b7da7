"""A tab for tests: messages go in, commits come out, and a registry answers in between. No browser, no network."""

import asyncio
import builtins
import gc
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from app.oci.origin import Origin, parse_origin
from app.ports.crypto import Crypto
from app.ports.probing import Prober
from app.ports.shell import Commit
from app.state.controller import Controller
from app.state.host_config import DEFAULT, HostConfig
from app.state.messages import Command, Input, Message, Navigate, Near, Start, Submit
from app.state.model import CHUNK, AppState, Catalog, Page, Tags
from app.state.renderer import RegionView, Renderer, Screen
from app.state.summary import summarise
from tests.unit.fake_transport import FakeClock, FakeResponse, FakeTransport, error_response

P = TypeVar("P", bound=Page)
PUBLIC = parse_origin("https://portolan.example")


class FakeShell:
    """Records what Python tells, and keeps `regions` as a page would: commits of older navigations are dropped."""

    def __init__(self) -> None:
        self.nav = 0
        self.commits: list[Commit] = []
        self.kept: list[tuple[str, str | None]] = []
        self.downloads: list[tuple[str, bytes, str]] = []
        self.regions: dict[str, str] = {}

    def commit(self, commit: Commit) -> None:
        self.commits.append(commit)
        if commit.nav >= self.nav:
            self.regions.update({patch.region: patch.html for patch in commit.patches})

    def keep(self, key: str, text: str | None) -> None:
        self.kept.append((key, text))

    def download(self, name: str, content: bytes, media_type: str) -> None:
        self.downloads.append((name, content, media_type))

    @property
    def last(self) -> Commit:
        return self.commits[-1]

    def rows(self, chunks: int) -> list[str]:
        """What is in the first chunks of the list on the page."""
        return [row for number in range(chunks) for row in self.regions.get(f"rows-{number}", "").splitlines()]


def plain(state: AppState) -> Screen:
    """A view that writes all of the state, for tests that look for what must not be in it."""
    page = state.page
    bar = f"{state.route.subject} {state.standing} {state.retry}"
    regions = [
        RegionView("context", bar, lambda: bar, 0),
        RegionView(
            "main", state._replace(standing=None, identities=(), retry=None, suggestions=()), lambda: repr(state), 0
        ),
    ]
    if isinstance(page, Catalog | Tags):
        for number in range(-(-min(page.shown, len(page.rows)) // CHUNK)):
            names = page.rows[number * CHUNK : (number + 1) * CHUNK]
            details = tuple(page.details.get(name) for name in names) if isinstance(page, Tags) else ()
            build = partial("\n".join, names)
            regions.append(RegionView(f"rows-{number}", (names, details), build, len(names)))
    regions.append(RegionView("suggestions", state.suggestions, lambda: "\n".join(state.suggestions), 0))
    main = summarise(state)
    words = f"{main.view} {main.state} {main.problem} {state.login.reason if state.login else ''}"
    return Screen(f"{main.view} · Portolan", tuple(regions), words.strip())


def nothing_there(request: object) -> FakeResponse:
    return error_response(404, "NAME_UNKNOWN")


class Tab:
    """One tab. Its methods send a message and let all that can follow happen, but for `send` and `leave_for`."""

    def __init__(
        self,
        transport: FakeTransport | None = None,
        *,
        page_origin: Origin | None = PUBLIC,
        config: HostConfig = DEFAULT,
        renderer: Renderer = plain,
        crypto: Crypto | None = None,
        prober: Prober | None = None,
    ) -> None:
        self.transport = FakeTransport(nothing_there) if transport is None else transport
        self.clock = FakeClock()
        self.shell = FakeShell()
        looks = None if prober is None else lambda: prober
        self.controller = Controller(
            self.shell, self.clock, self.transport, renderer, config, page_origin, crypto, looks
        )

    @property
    def state(self) -> AppState:
        return self.controller.state

    def send(self, message: Message) -> None:
        self.controller.receive(message)

    async def start(self, text: str = "", kept: dict[str, str] | None = None) -> None:
        self.send(Start(0, text, {} if kept is None else kept, secure=True, extension=False))
        await self.settle()

    def leave_for(self, text: str) -> None:
        """Navigate, without waiting for anything."""
        self.shell.nav += 1
        self.send(Navigate(self.shell.nav, text))

    async def go(self, text: str) -> None:
        self.leave_for(text)
        await self.settle()

    async def submit(self, form: str, /, **fields: str) -> None:
        self.send(Submit(form, fields))
        await self.settle()

    async def sign_in(self, username: str = "ann", word: str = "right") -> None:
        await self.submit("login", username=username, password=word)

    async def type(self, name: str, text: str) -> None:
        self.send(Input(name, text))
        await self.settle()

    async def press(self, name: str, /, **args: object) -> None:
        self.send(Command(name, args))
        await self.settle()

    async def see(self, *chunks: int) -> None:
        self.send(Near("rows", chunks))
        await self.settle()

    async def pass_time(self, seconds: float) -> None:
        """Let that time go by, with a tick at its end."""
        self.clock.advance(seconds)
        self.controller.tick()
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing has happened for a while of turns."""
        quiet, before = 0, (-1, -1)
        while quiet < 40:
            await asyncio.sleep(0)
            now = (len(self.transport.requests), len(self.shell.commits))
            quiet, before = (quiet + 1, before) if now == before else (0, now)

    def shown(self, kind: builtins.type[P]) -> P:
        """The page that is shown, which must be of that kind."""
        assert isinstance(self.state.page, kind)
        return self.state.page

    def states(self) -> list[str]:
        return [commit.main.state for commit in self.shell.commits]

    def facts(self) -> tuple[str, str, str]:
        """View, state and problem of the last commit."""
        main = self.shell.last.main
        return main.view, main.state, main.problem

    def rows(self) -> list[str]:
        """The rows of the list on the page, in order."""
        page = self.state.page
        return self.shell.rows(-(-min(page.shown, len(page.rows)) // CHUNK)) if isinstance(page, Catalog | Tags) else []

    def addresses(self) -> list[tuple[str, bool]]:
        """The hashes that were written into the address, and whether each replaced the one before."""
        return [(commit.route, commit.replace) for commit in self.shell.commits if commit.route is not None]


Scene = Callable[[Tab], Awaitable[None]]


def play(scene: Scene, tab: Callable[[], Tab] = Tab) -> Tab:
    """Run a scene in a new tab, and see that nothing of it is left behind: no task, no exception that nobody took."""
    unheard: list[str] = []

    async def run() -> Tab:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: unheard.append(str(context["message"])))
        played = tab()
        await scene(played)
        played.controller.close()
        for _ in range(20):
            await asyncio.sleep(0)
        left = asyncio.all_tasks() - {asyncio.current_task()}
        assert not left, left
        gc.collect()
        return played

    played = asyncio.run(run())
    assert unheard == []
    return played


def names(prefix: str, count: int) -> list[str]:
    """So many names, in their natural order."""
    return [f"{prefix}{number:05}" for number in range(count)]
