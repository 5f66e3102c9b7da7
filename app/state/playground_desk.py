"""Who plays the scenarios: asks the sample registry's board, has the doctor examine, or reads what was recorded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.state.playground_board import Board, BoardGone
from app.state.playground_model import PlaygroundPage, Run, Scenario
from app.state.playground_reading import Unreadable, parse_catalogue, parse_recording

if TYPE_CHECKING:
    from app.cors.fixes import Fix
    from app.oci.origin import Origin
    from app.ports.clock import Clock
    from app.ports.probing import Prober
    from app.ports.transport import Transport

EXAMPLES = Path("cors-examples")
"""Where app.zip is unpacked, it lies beside the program."""


class PlaygroundDesk:
    """`board`: where the sample registry's board is, None on a host without one. `page`: the origin of this page.

    `changed`: told whenever the page is another one than before.
    """

    def __init__(
        self,
        transport: Transport,
        clock: Clock,
        prober: Callable[[], Prober] | None,
        board: Origin | None,
        page: Origin | None,
        changed: Callable[[], None],
        examples: Path = EXAMPLES,
    ) -> None:
        self._board = None if board is None else Board(transport, board)
        self._clock = clock
        self._prober = prober
        self._origin = page
        self._changed = changed
        self._examples = examples
        self._page: PlaygroundPage | None = None
        self._tail: str | None = None
        self._task: asyncio.Task[None] | None = None

    def page(self, tail: str) -> PlaygroundPage:
        """The page as it is now; what it needs is set going when it is newly opened. Raises Unreadable, OSError."""
        if self._page is None:
            text = (self._examples / "playground" / "scenarios.toml").read_text("utf-8")
            self._page = PlaygroundPage(parse_catalogue(text), "unknown")
        if tail != self._tail:
            self._tail = tail
            chosen = self._page.catalogue.find(tail)
            unknown = tail if tail and chosen is None else None
            self._page = PlaygroundPage(self._page.catalogue, self._page.source, chosen, unknown)
            self._start(fixed=False)
        return self._page

    def play(self, *, fixed: bool | None = None) -> None:
        """Examine the chosen scenario once more, with the fix or without; None: as it is."""
        page = self._page
        if page is None or page.chosen is None:
            return
        run = page.run
        fixed = fixed if fixed is not None else run is not None and run.fixed
        # What was seen stays until there is something newer to see.
        self._page = page._replace(run=None if run is None else run._replace(fixed=fixed, running=True, said=()))
        self._start(fixed=fixed)

    def leave(self) -> None:
        """The page is left: nothing more is asked."""
        self.close()
        self._tail = None

    def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _start(self, *, fixed: bool) -> None:
        self.close()
        self._task = asyncio.ensure_future(self._run(fixed))

    async def _run(self, fixed: bool) -> None:
        page = self._page
        if page is None:
            return
        chosen = page.chosen
        if page.source == "unknown" or chosen is None:
            live = self._board is not None and self._prober is not None and await self._board.is_there()
            self._show(source="live" if live else "recorded")
        if chosen is None or not chosen.live:
            return
        try:
            if self._page is not None and self._page.source == "live":
                await self._live(chosen, fixed)
                return
        except BoardGone:
            self._show(source="recorded")
        self._replay(chosen, fixed)

    async def _live(self, scenario: Scenario, fixed: bool) -> None:
        from app.state.playground_exam import examine
        from app.state.playground_witness import Witness

        page, board, prober = self._page, self._board, self._prober
        if page is None or board is None or prober is None:
            raise BoardGone
        told = await board.turn(scenario.id, fixed=fixed)
        witness = Witness(prober(), board, scenario.id)
        async for run in examine(scenario, page.catalogue, told, self._origin, witness, self._clock):
            self._show(run=run, fixes=() if run.running else self._fixes(scenario, told.origin))

    def _replay(self, scenario: Scenario, fixed: bool) -> None:
        try:
            text = (self._examples / "playground" / "recorded.json").read_text("utf-8")
            run, recorded = parse_recording(text, scenario.id, fixed=fixed)
        except (OSError, Unreadable):
            run, recorded = None, ""
        fixes = () if run is None else self._fixes(scenario, run.origin)
        self._show(run=run or Run("", fixed), recorded=recorded, fixes=fixes)

    def _fixes(self, scenario: Scenario, origin: str) -> tuple[Fix, ...]:
        """Configurations against what the scenario shows, whether the fix is on or not."""
        page = self._page
        if page is None or not scenario.mended_as:
            return ()
        from app.cors.fixes import load
        from app.state.playground_exam import subject_of

        subject = subject_of(scenario, page.catalogue, origin, self._origin)
        return load(self._examples).fixes(scenario.mended_as, subject, "any", delete=False)

    def _show(self, **changes: object) -> None:
        if self._page is not None:
            self._page = self._page._replace(**changes)  # type: ignore[arg-type]
            self._changed()
