"""State → commits: only what changed, a bounded number of rows at a time, no more often than can be seen."""

import asyncio
from collections.abc import Callable

from app.ports.clock import Clock
from app.ports.shell import Commit, MainData, Mark, Patch, Shell
from app.state.model import PATCH_ROWS, AppState
from app.state.renderer import RegionView, Renderer
from app.state.summary import has_data, summarise

PAUSE = 0.04
"""Seconds between two commits of one page, so that twenty answers in a row are not twenty commits."""


class Publisher:
    """Knows what is on the page, and brings it to what the state is."""

    def __init__(self, shell: Shell, clock: Clock, renderer: Renderer, state: Callable[[], AppState]) -> None:
        self._shell = shell
        self._clock = clock
        self._renderer = renderer
        self._state = state
        self._sent: dict[str, tuple[object, str]] = {}
        self._task: asyncio.Task[None] | None = None
        self._last = float("-inf")
        self._nav = 0
        self._focus: str | None = None
        self._push = False
        self._route: str | None = None
        self._told: tuple[int, str] | None = None
        self._marked: set[Mark] = set()

    def navigated(self, nav: int, *, by_hand: bool, push: bool = False) -> None:
        """A new page begins. `by_hand`: the focus goes to its heading. `push`: it gets a history entry of its own."""
        self._nav = nav
        self._focus = "heading" if by_hand else None
        self._push = push
        self._told = None
        self._marked = set()

    def focus(self, target: str) -> None:
        """The element of that id gets the focus with the next commit."""
        self._focus = target

    def soon(self) -> None:
        """The state changed."""
        if self._task is None:
            self._task = asyncio.ensure_future(self._run())

    async def _run(self) -> None:
        await asyncio.sleep(0)
        wait = self._last + PAUSE - self._clock.monotonic()
        if wait > 0:
            await self._clock.sleep(wait)
        self._task = None
        self.publish()

    def publish(self) -> None:
        """Commit now what differs; what would be too much at once follows by itself."""
        state = self._state()
        screen = self._renderer(state)
        present = {view.region for view in screen.regions}
        for region in [region for region in self._sent if region not in present]:
            del self._sent[region]
        patches, postponed = self._patches(screen.regions)
        main = summarise(state)
        route = str(state.route)
        self._shell.commit(
            Commit(
                self._nav,
                patches,
                main,
                screen.title,
                None if route == self._route else route,
                not self._push,
                self._focus,
                self._announcement(main, screen.announce),
                self._mark(state, main),
            )
        )
        self._route, self._push, self._focus = route, False, None
        self._last = self._clock.monotonic()
        if postponed:
            self.soon()

    def _patches(self, views: tuple[RegionView, ...]) -> tuple[tuple[Patch, ...], bool]:
        patches: list[Patch] = []
        rows = 0
        for view in views:
            key, old = self._sent.get(view.region, (None, None))
            if old is not None and key == view.key:
                continue
            if rows and rows + view.rows > PATCH_ROWS:
                return tuple(patches), True
            html = view.build()
            self._sent[view.region] = (view.key, html)
            if html != old:
                rows += view.rows
                patches.append(Patch(view.region, html))
        return tuple(patches), False

    def _announcement(self, main: MainData, text: str) -> str | None:
        now = (self._nav, main.state)
        if main.state == "loading" or not text or self._told == now:
            return None
        self._told = now
        return text

    def _mark(self, state: AppState, main: MainData) -> Mark | None:
        """`shown` once there is nothing more to wait for; `first-data` when something comes before that."""
        mark: Mark | None = None
        if main.state in {"idle", "shown", "login", "failed"}:
            mark = "shown"
        elif main.state == "partial":
            mark = "first-data" if state.loading and has_data(state) else "shown"
        if mark is None or mark in self._marked:
            return None
        self._marked.add(mark)
        return mark
