"""Where layers are read for the pages of files, and what was read of them is kept from page to page."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from app.layers.slices import to_the_end
from app.layers.tree import LayerTree
from app.state.files_contents import Contents
from app.state.files_layers import Image, find_layers
from app.state.files_model import FilesPage, asked
from app.state.files_painting import fill
from app.state.files_reading import Job, Reading
from app.state.files_soci import SociIndexes
from app.state.files_tree import Item, Picture
from app.state.model import CHUNK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.client.session import Session
    from app.ports.clock import Clock
    from app.ports.hashing import Hashing
    from app.ports.spill import Spill
    from app.state.visit import Visit

TURN = 0.2
"""Seconds between two pictures of a tree that is being read."""

FRESH = 300.0
IMAGES = 16
READINGS = 80
MEMBERS = 3_000_000


Key = tuple[tuple[tuple[int, int], ...], bool]


class FilesDesk:
    """`spill`: makes where bytes are put aside, None where there is no such storage. `hashing`: likewise what computes
    digests of large layers, None where that is nothing special."""

    def __init__(
        self,
        clock: Clock,
        spill: Callable[[], Spill | None],
        hashing: Callable[[], Hashing | None] = lambda: None,
    ) -> None:
        self._clock = clock
        self._make_spill = spill
        self._make_hashing = hashing
        self._hashing: Hashing | None = None
        self._spill: Spill | None = None
        self._images: dict[str, tuple[float, Image]] = {}
        self._readings: dict[tuple[str, str], Reading] = {}
        self._soci = SociIndexes()
        self._session: Session | None = None
        self._job: Job | None = None
        self._key: object = None
        self._users = 0
        self._picture: tuple[Key, Picture] | None = None
        self._drawn = (0.0, 0.0)
        self._items: list[Item] = []
        self.contents: Contents = Contents(clock)

    async def load(self, visit: Visit) -> None:
        """Read what the page needs and show it as it comes; go on where it was left. Raises what stops it."""
        if visit.client.session is not self._session:
            # Somebody else asks now, who may not be allowed to see what is here.
            self.forget()
            self._session = visit.client.session
        self._users += 1
        try:
            image = await self._image(visit)
            page = visit.page()
            if not isinstance(page, FilesPage):
                return
            if image.unsuitable is not None:
                visit.show(page._replace(unsuitable=image.unsuitable, platforms=image.platforms, what="missing"))
                return
            job = self._attach(visit, image)
            job.start()
            await self._follow(visit, image, job)
        finally:
            self._users -= 1
            asyncio.get_running_loop().call_soon(self._leave)

    def _leave(self) -> None:
        """The page was left, and not for another one of the same layers."""
        if not self._users and self._job is not None:
            self._job.stop()

    def forget(self) -> None:
        """Drop all that was read."""
        self.close()
        self._images.clear()
        for reading in self._readings.values():
            reading.drop()
        self._readings.clear()
        self._soci.forget()
        self._picture = None
        self._items = []
        self.contents.forget()

    def close(self) -> None:
        """Give up what is under way."""
        if self._job is not None:
            self._job.stop()
        self._job = self._key = None

    async def _image(self, visit: Visit) -> Image:
        route = visit.route
        key = str(route.at_manifest(route.tag, route.digest)) + f" {route.parameter('platform')} {route.blob}"
        known = self._images.get(key)
        if known is not None and self._clock.monotonic() - known[0] < FRESH:
            return known[1]
        image = await find_layers(visit)
        self._images.pop(key, None)
        self._images[key] = (self._clock.monotonic(), image)
        while len(self._images) > IMAGES:
            del self._images[next(iter(self._images))]
        return image

    def _attach(self, visit: Visit, image: Image) -> Job:
        repository = visit.route.repository or ""
        readings: list[Reading] = []
        for ref in image.layers:
            key = (repository, str(ref.digest))
            known = self._readings.pop(key, None)
            if known is None:
                known = Reading(ref, visit.client.session, repository)
            elif known.ref != ref:
                known.name(ref)
            self._readings[key] = known
            readings.append(known)
        self._drop(readings)
        page = visit.page()
        chosen = page.chosen if isinstance(page, FilesPage) else None
        order = _order(len(readings), chosen)
        identity = (tuple(self._readings[repository, str(ref.digest)] for ref in image.layers), order)
        if self._job is None or self._key != identity:
            self.close()
            if self._spill is None:
                self._spill = self._make_spill()
            if self._hashing is None:
                self._hashing = self._make_hashing()
            soci = self._soci.of(visit.client, repository, image)
            self._job = Job(readings, self._clock, self._spill, order, self._hashing, soci)
            self._key = identity
        return self._job

    def _drop(self, needed: Sequence[Reading]) -> None:
        """Keep no more than memory is for; the layers read longest ago go first."""
        for key in list(self._readings):
            members = sum(len(one.entries) for one in self._readings.values())
            if len(self._readings) <= READINGS and members <= MEMBERS:
                break
            if self._readings[key] not in needed:
                self._readings.pop(key).drop()

    async def _follow(self, visit: Visit, image: Image, job: Job) -> None:
        while True:
            running = job.running
            begun = self._clock.monotonic()
            if not running:
                _raise_failed(job)
            picture = await self._paint(visit, image, job, running)
            if not running:
                break
            await job.wait(max(TURN, 4 * (self._clock.monotonic() - begun)))
        if job.error is not None:
            raise job.error
        if picture is not None:
            await self.contents.show(visit, job.readings, picture)

    async def _paint(self, visit: Visit, image: Image, job: Job, running: bool) -> Picture | None:
        """Show how far it is."""
        page = visit.page()
        if not isinstance(page, FilesPage):
            return None
        readings = job.readings
        states = tuple(one.state(reading=running and job.at is one) for one in readings)
        page = asked(page, visit.route)._replace(
            layers=states, platform=image.platform, platforms=image.platforms, running=running, unsuitable=None
        )
        only = page.chosen if page.whole else readings[0].ref.number
        picture = await self._draw(readings, whole=not running, merged=only is None)
        if only is not None and only not in picture.numbers:
            page, only = page._replace(chosen=None), None
        page, self._items = await fill(page, picture, only)
        visit.show(page)
        return picture

    async def _draw(self, readings: Sequence[Reading], *, whole: bool, merged: bool) -> Picture:
        """The trees as they are now; laid over one another where that is seen, and in the end."""
        entries = [one.entries for one in readings]
        begun = self._clock.monotonic()
        when, cost = self._drawn
        # While a layer is read, a picture is good for a while: another page of the tree must not wait for a new one.
        grown = whole or begun - when > max(TURN, 4 * cost)
        key = (tuple((id(one), len(one) if grown else 0) for one in entries), whole)
        if self._picture is not None and not grown:
            old, drawn_whole = self._picture[0]
            if tuple((each, 0) for each, _ in old) == key[0] and not drawn_whole:
                return self._picture[1]
        if self._picture is None or self._picture[0] != key:
            trees = []
            for reading, each in zip(readings, entries, strict=True):
                if reading.tree is None or reading.tree.layers[0] is not each:
                    reading.tree = LayerTree(each)
                await to_the_end(self._clock, reading.tree.extend())
                trees.append(reading.tree)
            picture = Picture(entries, [one.ref.number for one in readings], trees, self._clock)
            await picture.draw(whole=whole)
            key = (tuple((id(one), len(one)) for one in entries), whole) if not grown else key
            self._picture = (key, picture)
            self._drawn = (self._clock.monotonic(), self._clock.monotonic() - begun)
        return self._picture[1]

    # What a person does.

    def near(self, visit: Visit, chunks: tuple[int, ...]) -> None:
        """These chunks of the list are in view."""
        page = visit.page()
        if isinstance(page, FilesPage) and chunks and (max(chunks) + 3) * CHUNK >= len(page.lines):
            self.more(visit)

    def more(self, visit: Visit) -> None:
        """Show more of the entries that are there."""
        page = visit.page()
        if isinstance(page, FilesPage) and len(page.lines) < len(self._items) and self._picture is not None:
            start, end = len(page.lines), len(page.lines) + 4 * CHUNK
            lines = (*page.lines, *self._picture[1].lines(self._items[start:end]))
            visit.show(page._replace(lines=lines, shown=len(lines)))

    def cancel(self) -> None:
        """Read no further until a person wants it."""
        if self._job is not None:
            for reading in self._job.readings:
                reading.held = not reading.listed or reading.thorough
            self._job.stop()

    def go_on(self) -> None:
        """What was cancelled, cut off or stopped at a limit is read on."""
        for reading in () if self._job is None else self._job.readings:
            reading.go_on()

    def allow(self) -> None:
        """Large layers may be downloaded."""
        for reading in () if self._job is None else self._job.readings:
            reading.allowed = True

    def verify(self, number: int) -> None:
        """Read a layer to its end, although its tree is known."""
        for reading in () if self._job is None else self._job.readings:
            if reading.ref.number == number:
                reading.thorough = reading.allowed = True
                reading.held = False


def _order(count: int, chosen: int | None) -> tuple[int, ...]:
    """Base first; of one layer's changes, that layer and then those below it."""
    if chosen is None or not 1 <= chosen <= count:
        return tuple(range(count))
    return (chosen - 1, *range(chosen - 1))


def _raise_failed(job: Job) -> None:
    """Where no layer could be read at all, that is what there is to say of the page; the next attempt begins anew."""
    failed = [one for one in job.readings if one.failure is not None and not one.received]
    if job.error is None and failed and len(failed) == len(job.readings) and failed[0].failure is not None:
        error = failed[0].failure.error
        for reading in failed:
            reading.failure = None
        raise error
