"""The layers of two images being read, to compare their files: what both share is read once."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from app.auth.errors import AuthError
from app.client.errors import ClientError
from app.layers.overlay import Overlay
from app.layers.reading import ReadProblem, cost, read_file
from app.layers.slices import to_the_end
from app.oci.manifest import Manifest
from app.state.compare_files import Contents, Differences, FilesCompared, place_of
from app.state.compare_model import ComparePage, Side
from app.state.failure import failure_of
from app.state.files_model import LayerRef
from app.state.files_reading import Job, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.client.session import Session
    from app.oci.digest import Digest
    from app.ports.clock import Clock
    from app.ports.spill import Spill
    from app.state.compare_model import Which
    from app.state.visit import Visit

TURN = 0.25
"""Seconds between two pictures of the progress."""

READ = 16 << 20
"""Bytes of a file that are compared."""

AT_ONCE = 64 << 20
"""Bytes that are read without asking to compare the contents of files that are alike otherwise."""

MOST_AT_ONCE = 2000
"""And so many files."""


def layer_refs(side: Side) -> tuple[LayerRef, ...]:
    """The layers of the image of that side, base first."""
    document = side.image.document if side.image is not None else None
    if not isinstance(document, Manifest):
        return ()
    ids = side.config.diff_ids if side.config is not None else ()
    known = len(ids) == len(document.layers)
    return tuple(
        LayerRef(
            number,
            one.digest,
            one.media_type,
            one.size,
            ids[number - 1] if known else None,
            one.annotations,
            one.urls,
            one.data,
            None,
        )
        for number, one in enumerate(document.layers, 1)
    )


def to_read(page: ComparePage) -> dict[Digest, tuple[Which, LayerRef]]:
    """Each layer of both once, and on which side it is read."""
    found: dict[Digest, tuple[Which, LayerRef]] = {}
    for ref in layer_refs(page.left):
        found.setdefault(ref.digest, ("left", ref))
    for ref in layer_refs(page.right) if page.right is not None else ():
        found.setdefault(ref.digest, ("right", ref))
    return found


class FilesComparison:
    """One comparison of files: how it is done, and what files are read from afterwards."""

    def __init__(self, visit: Visit, sessions: dict[Which, Session], spill: Spill | None = None) -> None:
        self._visit = visit
        self._spill = spill
        self._found: Differences | None = None
        self._stopped = False
        self._clock: Clock = visit.clock
        self._sessions = sessions
        self._readings: dict[Digest, Reading] = {}
        self._job: Job | None = None
        self._overlays: dict[Which, tuple[Overlay, tuple[Digest, ...]]] = {}

    async def run(self) -> None:
        """Read what has to be read, then compare. Raises errors of a sign-in."""
        page = self._visit.page()
        if not isinstance(page, ComparePage) or page.right is None:
            return
        self._make_readings(page)
        total = self._total()
        self._show(lambda _: FilesCompared(True, 0, total))
        job = self._job = Job(tuple(self._readings.values()), self._clock, self._spill, range(len(self._readings)))
        try:
            job.start()
            while job.running:
                await job.wait(TURN)
                self._progress()
        finally:
            job.stop()
        if job.error is not None:
            error = job.error
            self._show(lambda found: found._replace(running=False, failure=failure_of(error)))
            return
        unread = sum(not one.listed for one in self._readings.values())
        if unread:
            failure = next((one.failure for one in self._readings.values() if one.failure is not None), None)
            self._show(lambda found: found._replace(running=False, unread=unread, failure=failure))
            return
        await self._compare(page)

    def stop(self) -> None:
        """Read no further."""
        self._stopped = True
        if self._job is not None:
            self._job.stop()

    async def read(self, path: str) -> None:
        """Read one file on both sides and compare the bytes."""
        self._say(path, "reading")
        try:
            left, right = await self._digest("left", path), await self._digest("right", path)
        except (AuthError, ClientError, ReadProblem):
            self._say(path, "unreadable")
            return
        self._say(path, "same" if left == right else "different")

    def _make_readings(self, page: ComparePage) -> None:
        sides: dict[Which, Side | None] = {"left": page.left, "right": page.right}
        for digest, (which, ref) in to_read(page).items():
            side = sides[which]
            if digest in self._readings or side is None:
                continue
            reading = Reading(ref, self._sessions[which], side.route.repository or "")
            # The button said how much it is.
            reading.allowed = True
            self._readings[digest] = reading

    async def _compare(self, page: ComparePage) -> None:
        for which, side in (("left", page.left), ("right", page.right)):
            digests = tuple(ref.digest for ref in layer_refs(side)) if side is not None else ()
            overlay = Overlay([self._readings[digest].entries for digest in digests])
            await to_the_end(self._clock, overlay.work())
            self._overlays["left" if which == "left" else "right"] = (overlay, digests)
        (left, left_layers), (right, right_layers) = self._overlays["left"], self._overlays["right"]
        found = self._found = Differences(left, left_layers, right, right_layers)
        await to_the_end(self._clock, found.work())
        octets = sum(self._cost("left", path) + self._cost("right", path) for path in found.alike)
        self._tell(received=self._total(), cost=octets, running=False)
        if found.alike and octets <= AT_ONCE and len(found.alike) <= MOST_AT_ONCE:
            await self.check()

    async def check(self) -> None:
        """Read the contents of all files that are alike otherwise."""
        found = self._found
        if found is None:
            return
        self._stopped = False
        waiting, checked, last = list(found.alike), 0, self._clock.monotonic()
        self._tell(running=True, checked=0)
        try:
            for path in waiting:
                if self._stopped:
                    break
                try:
                    left, right = await self._digest("left", path), await self._digest("right", path)
                except (AuthError, ClientError, ReadProblem):
                    continue  # it stays among those that were not compared
                found.tell(path, left[1], same=left == right)
                checked += 1
                if self._clock.monotonic() - last > TURN:
                    last = self._clock.monotonic()
                    self._tell(running=True, checked=checked)
        finally:
            self._tell(running=False, checked=checked)

    def _tell(self, **fields: object) -> None:
        found = self._found
        if found is not None:
            changes, counted = tuple(found.changes), found.counted
            self._show(lambda old: old._replace(changes=changes, counted=counted, **fields))  # type: ignore[arg-type]

    def _total(self) -> int:
        return sum(one.ref.size or 0 for one in self._readings.values())

    def _cost(self, which: Which, path: str) -> int:
        overlay, digests = self._overlays[which]
        place = place_of(overlay, path)
        reading = None if place is None else self._readings[digests[place.layer]]
        index = None if reading is None else reading.index
        if place is None or reading is None or index is None:
            return 0
        try:
            found = cost(index, place.member)
        except ReadProblem:
            return 0
        whole = reading.ref.size or found or 0
        return whole if found is None else min(found, whole)

    async def _digest(self, which: Which, path: str) -> tuple[bytes, int]:
        overlay, digests = self._overlays[which]
        place = place_of(overlay, path)
        if place is None:
            raise ReadProblem("missing-link", path)
        reading = self._readings[digests[place.layer]]
        index = reading.index
        if index is None:
            raise ReadProblem("unplaced", path)
        content = await read_file(index, place.member, reading.source()[0], self._clock, READ)
        if not content.complete:
            raise ReadProblem("truncated", path)
        return sha256(content.data).digest(), content.size

    def _progress(self) -> None:
        received = sum(min(one.received, one.ref.size or one.received) for one in self._readings.values())
        self._show(lambda found: found._replace(received=received))

    def _say(self, path: str, contents: Contents) -> None:
        self._show(lambda found: found._replace(contents={**found.contents, path: contents}))

    def _show(self, change: Callable[[FilesCompared], FilesCompared]) -> None:
        page = self._visit.page()
        if isinstance(page, ComparePage):
            found = change(page.files or FilesCompared(True, 0, 0))
            if found != page.files:
                self._visit.show(page._replace(files=found))
