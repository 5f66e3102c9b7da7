"""The contents of one file of a page of files, and what they were in a lower layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.auth.errors import AuthError
from app.client.errors import ClientError
from app.layers.entry import HARDLINK
from app.layers.file_diff import FileDiff, diff_files
from app.layers.reading import FileContent, ReadProblem, cost, member_of, read_file
from app.state.failure import failure_of
from app.state.files_model import FilesPage, FileView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.layers.tree import Place
    from app.ports.clock import Clock
    from app.state.files_reading import Reading
    from app.state.files_tree import Picture
    from app.state.visit import Visit

READ = 4 << 20
"""Bytes of a file that are read to be shown."""

FURTHEST = 64 << 20
"""Bytes into a file that its dump goes."""

LARGE = 16 << 20
"""Bytes of a layer that do not come for one file without asking."""

LARGEST = 256 << 20
"""Bytes of a file that are offered as a download: it has to fit into the tab's memory."""

KEPT = 32 << 20


class Contents:
    """Files that were read, kept up to so many bytes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._files: dict[tuple[str, int], FileContent] = {}
        self._diffs: dict[object, FileDiff] = {}
        self._allowed: set[tuple[str, int]] = set()
        self._at: tuple[Reading, int, str] | None = None

    def forget(self) -> None:
        self._files.clear()
        self._diffs.clear()
        self._allowed.clear()
        self._at = None

    def allow(self) -> None:
        """The file of the page may cost what it costs."""
        if self._at is not None:
            self._allowed.add(_key(*self._at[:2]))

    async def show(self, visit: Visit, readings: Sequence[Reading], picture: Picture) -> None:
        """Read the file that the page is of, and show it. Raises `app.auth.errors`."""
        page = visit.page()
        self._at = None
        if not isinstance(page, FilesPage) or page.what != "file" or page.details is None:
            return
        path = page.via or page.path
        only = page.chosen if page.whole else readings[0].ref.number
        place = picture.place(path, only)
        if place is None or page.details.entry.kind not in ("file", "hardlink", "other"):
            visit.show(page._replace(file=None))
            return
        view = await self._read(visit, page, readings, picture, place)
        against = page.file.against if page.file is not None else None
        wanted = visit.route.parameter("diff")
        if wanted is not None and view.content is not None:
            view = await self._compared(view, wanted, path, readings, picture)
        elif against is not None:
            view = view._replace(against=None, diff=None)
        _show(visit, view)

    async def _read(
        self, visit: Visit, page: FilesPage, readings: Sequence[Reading], picture: Picture, place: Place
    ) -> FileView:
        view = FileView("reading", None, "range")
        try:
            reading, member = _source(readings, picture, place)
            self._at = (reading, member, page.path.rpartition("/")[2])
            wanted = _wanted(visit, picture, place)
            view = view._replace(cost=_cost(reading, member), way=reading.source()[1])
            known = self._known(reading, member, wanted)
            if known is None:
                if view.way == "range" and (view.cost or 0) > LARGE and _key(reading, member) not in self._allowed:
                    return view._replace(phase="asked")
                _show(visit, view)
                known = await self._fetch(reading, member, wanted)
            return view._replace(phase="shown", content=known)
        except ReadProblem as error:
            return view._replace(phase="failed", trouble=error.kind)
        except ClientError as error:
            return view._replace(phase="failed", failure=failure_of(error))

    def _known(self, reading: Reading, member: int, wanted: int) -> FileContent | None:
        known = self._files.get(_key(reading, member))
        return known if known is not None and (known.complete or len(known.data) >= wanted) else None

    async def _fetch(self, reading: Reading, member: int, wanted: int) -> FileContent:
        index = reading.index
        if index is None:
            raise ReadProblem("unplaced", "")
        found = await read_file(index, member, reading.source()[0], self._clock, wanted)
        self._files.pop(_key(reading, member), None)
        self._files[_key(reading, member)] = found
        while len(self._files) > 1 and sum(len(one.data) for one in self._files.values()) > KEPT:
            del self._files[next(iter(self._files))]
        return found

    async def _compared(
        self, view: FileView, wanted: str, path: str, readings: Sequence[Reading], picture: Picture
    ) -> FileView:
        """With the same path in another layer."""
        number = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 5 else 0
        place = next((one for one in picture.overlay.copies(path) if picture.numbers[one.layer] == number), None)
        if place is None or view.content is None:
            return view
        try:
            reading, member = _source(readings, picture, place)
            known = self._known(reading, member, READ) or await self._fetch(reading, member, READ)
        except ReadProblem as error:
            return view._replace(trouble=error.kind, against=number)
        except (ClientError, AuthError) as error:
            return view._replace(failure=failure_of(error), against=number)
        key = (_key(reading, member), self._at and _key(*self._at[:2]))
        if key not in self._diffs:
            self._diffs.clear()
            self._diffs[key] = diff_files(known.data, view.content.data)
        return view._replace(against=number, diff=self._diffs[key])

    async def whole(self) -> tuple[str, bytes] | None:
        """Name and contents of the page's file, all of them. Raises ReadProblem, `app.client.errors`."""
        if self._at is None:
            return None
        reading, member, name = self._at
        wanted = min(reading.entries.size(member), LARGEST)
        found = self._known(reading, member, wanted) or await self._fetch(reading, member, wanted)
        return name, found.data


def _key(reading: Reading, member: int) -> tuple[str, int]:
    return (str(reading.ref.digest), member)


def _source(readings: Sequence[Reading], picture: Picture, place: Place) -> tuple[Reading, int]:
    """The layer and the member that hold the bytes: of a hard link, maybe in a layer below. Raises ReadProblem."""
    entries = picture.overlay.layers[place.layer]
    if entries.kind(place.member) == HARDLINK:
        found = picture.overlay.contents(place)
        if found is None:
            raise ReadProblem("missing-link", entries.path(place.member))
        place = found
    reading = readings[place.layer]
    index = reading.index
    return reading, place.member if index is None else member_of(index, place.member)


def _wanted(visit: Visit, picture: Picture, place: Place) -> int:
    """How many bytes: more where the dump is looked at far inside."""
    at = visit.route.parameter("at") or ""
    if visit.route.parameter("as") == "hex" and at.isascii() and at.isdecimal() and len(at) < 12:
        return max(READ, min(int(at) + (1 << 20), FURTHEST))
    return READ


def _cost(reading: Reading, member: int) -> int | None:
    index = reading.index
    if index is None:
        return None
    found = cost(index, member)
    if found is not None and reading.ref.size is not None:
        found = min(found, reading.ref.size)
    if found is not None and reading.ranged is False and index.compression != "none":
        # Without ranges all that stands before it comes too.
        found += index.restarts.before(max(index.entries[member].offset, 0)).blob
    return found


def _show(visit: Visit, view: FileView) -> None:
    page = visit.page()
    if isinstance(page, FilesPage):
        visit.show(page._replace(file=view))
