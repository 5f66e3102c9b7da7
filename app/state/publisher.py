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
    """Knows what is on the page, and brings it to what the state is.

    `failed`: told of an exception of the renderer; nothing is committed then.
    """

    def __init__(
        self,
        shell: Shell,
        clock: Clock,
        renderer: Renderer,
        state: Callable[[], AppState],
        failed: Callable[[Exception], None],
    ) -> None:
        self._shell = shell
        self._clock = clock
        self._renderer = renderer
        self._state = state
        self._failed = failed
        self._sent: dict[str, tuple[object, str]] = {}
        self._facts: tuple[int, MainData, str] | None = None
        self._task: asyncio.Task[None] | None = None
        self._last = float("-inf")
        self._nav = 0
        self._focus: str | None = None
        self._push = False
        self._address: str | None = None
        self._fixed = False
        self._told: tuple[str, str] | None = None
        self._marked: set[Mark] = set()

    def navigated(
        self, nav: int, *, by_hand: bool, push: bool = False, address: str | None = None, fixed: bool = False
    ) -> None:
        """A new page begins, and is committed without a pause.

        `by_hand`: the focus goes to its heading. `push`: it gets a history entry of its own. `address`: the hash that
        led here, if one did; `fixed`: that hash stays in the address as it is.
        """
        # The page drops commits of earlier navigations and keeps nothing of their regions.
        self._sent.clear()
        self.hurry()
        self._nav = nav
        self._focus = "heading" if by_hand else None
        self._push = push
        self._address = self._address if address is None else address
        self._fixed = fixed
        self._told = None
        self._marked = set()

    def focus(self, target: str) -> None:
        """The element of that id gets the focus with the next commit."""
        self._focus = target

    def hurry(self) -> None:
        """A person waits for an answer: the next commit comes without a pause."""
        self._last = float("-inf")
        if self._task is not None:
            self.close()
            self.soon()

    def retell(self) -> None:
        """What is said of the page is news again, even in the same words."""
        self._told = None

    def soon(self) -> None:
        """The state changed."""
        if self._task is None:
            self._task = asyncio.ensure_future(self._run())

    def close(self) -> None:
        """Commit nothing more until the state changes again."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

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
        try:
            screen = self._renderer(state)
            patches, postponed = self._patches(screen.regions)
        except Exception as error:  # a page that cannot be written must not be silence
            self._sent.clear()
            self._failed(error)
            return
        self._commit(state, patches, screen.title, screen.announce, more=postponed)
        if postponed:
            self.soon()

    def give_up(self, title: str) -> None:
        """Say by the data of `<main>` alone that there is no page, when not even its failure can be written."""
        state = self._state()
        main = summarise(state)._replace(state="failed")
        self._shell.commit(Commit(self._nav, (), main, title, None, True, None, None, None))

    def _commit(self, state: AppState, patches: tuple[Patch, ...], title: str, words: str, *, more: bool) -> None:
        main = summarise(state)
        route = str(state.route)
        address = None if self._fixed or route == self._address else route
        announce, mark = self._announcement(state, main, words), self._mark(state, main, more=more)
        self._last = self._clock.monotonic()
        facts = (self._nav, main, title)
        if not (patches or address or announce or mark or self._focus) and facts == self._facts:
            return
        self._facts = facts
        self._shell.commit(
            Commit(self._nav, patches, main, title, address, not self._push, self._focus, announce, mark)
        )
        self._address = address or self._address
        self._push, self._focus = False, None

    def _patches(self, views: tuple[RegionView, ...]) -> tuple[tuple[Patch, ...], bool]:
        present = {view.region for view in views}
        for region in [region for region in self._sent if region not in present]:
            del self._sent[region]
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

    def _announcement(self, state: AppState, main: MainData, words: str) -> str | None:
        """News for a screen reader: not the same twice, and not each page of a list that is still arriving."""
        if main.state == "loading" or state.busy or not words:
            self._told = None
            return None
        arriving = main.state == "partial" and state.loading
        if self._told is not None and (self._told[1] == words or (arriving and self._told[0] == "partial")):
            return None
        self._told = (main.state, words)
        return words

    def _mark(self, state: AppState, main: MainData, *, more: bool) -> str | None:
        """`first-data` once something that was read is there, `shown` once there is nothing more to wait for."""
        reached: list[Mark] = []
        if main.state != "loading":
            if state.route.registry is not None and has_data(state):
                reached.append("first-data")
            if not more and not (main.state == "partial" and state.loading):
                reached.append("shown")
        new = [mark for mark in reached if mark not in self._marked]
        self._marked.update(new)
        return " ".join(new) or None
