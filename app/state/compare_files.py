"""The files of two images compared: which were added, removed and changed, by what their archives say of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from app.layers.tree import unpack
from app.oci.value import value

if TYPE_CHECKING:
    from app.layers.entry import Entry
    from app.layers.overlay import Overlay
    from app.layers.tree import Place
    from app.state.failure import Failure

Mark = Literal["added", "removed", "changed"]
Difference = Literal["kind", "size", "content", "mode", "owner", "time", "target"]
Contents = Literal["reading", "same", "different", "unreadable"]

ROWS = 200
"""Files that are shown at once, and how many more each time."""

MOST = 20_000
"""Differences that are kept; beyond that they are counted alone."""

_SLICE = 500


@value
class FileChange(NamedTuple):
    """A file that differs. Sizes in bytes, None where it is not there. `differs`: what of it, of a changed one.

    `content`, in there, is known where both tables of contents have digests; else only the archives' headers differ.
    """

    path: str
    mark: Mark
    left: int | None
    right: int | None
    differs: tuple[Difference, ...] = ()


@value
class Counted(NamedTuple):
    """How many files. `same`: of the same layer, or of the same content, which was read or is in both tables of
    contents. `alike`: the archives say the same of them, and their contents were not compared."""

    added: int = 0
    removed: int = 0
    changed: int = 0
    same: int = 0
    alike: int = 0


@value
class FilesCompared(NamedTuple):
    """How far the comparison is. `received`, `total`: bytes of the layers that are read.

    `unread`: layers of which not the whole list of files is known. `cost`: about how many bytes have to be read to
    compare the contents of the files that are alike, `checked`: how many of them were, None before that began.
    `mark`: only those are shown; `shown`: so many rows. `contents`: by path, of the files that a person had read.
    """

    running: bool
    received: int
    total: int
    changes: tuple[FileChange, ...] = ()
    counted: Counted = Counted()
    unread: int = 0
    cost: int = 0
    checked: int | None = None
    failure: Failure | None = None
    mark: Mark | None = None
    shown: int = ROWS
    contents: Mapping[str, Contents] = MappingProxyType({})

    @property
    def done(self) -> bool:
        """Whether there is a result."""
        return not self.running and self.failure is None and not self.unread


Keys = tuple[object, ...]


class Differences:
    """The comparison itself. `left`, `right`: the overlays, and for each of their layers what is equal for equal
    layers, such as the digest."""

    def __init__(self, left: Overlay, left_layers: Keys, right: Overlay, right_layers: Keys) -> None:
        self._sides = ((left, left_layers), (right, right_layers))
        self.changes: list[FileChange] = []
        self.counts = {"added": 0, "removed": 0, "changed": 0, "same": 0}
        # Files whose contents alone can tell: reproducible builds give every file the same time.
        self.alike: dict[str, None] = {}

    @property
    def counted(self) -> Counted:
        counts = self.counts
        return Counted(counts["added"], counts["removed"], counts["changed"], counts["same"], len(self.alike))

    def work(self) -> Iterator[None]:
        """All of it; yields now and then."""
        (left, left_layers), (right, right_layers) = self._sides
        there = dict(right.tree.files())
        yield
        for number, (path, packed) in enumerate(left.tree.files(), 1):
            before, other = unpack(packed), there.pop(path, None)
            if other is None:
                self._note(FileChange(path, "removed", left.entry(before).size, None))
            else:
                after = unpack(other)
                if (left_layers[before.layer], before.member) == (right_layers[after.layer], after.member):
                    self.counts["same"] += 1
                else:
                    self._compare(path, left.entry(before), right.entry(after))
            if not number % _SLICE:
                yield
        for number, (path, packed) in enumerate(there.items(), 1):
            self._note(FileChange(path, "added", None, right.entry(unpack(packed)).size))
            if not number % _SLICE:
                yield
        self.changes.sort(key=lambda one: one.path)

    def _compare(self, path: str, before: Entry, after: Entry) -> None:
        differs = tuple(differences(before, after))
        if differs:
            self._note(FileChange(path, "changed", before.size, after.size, differs))
        elif before.kind == "file" and before.size and not (before.digest and after.digest):
            self.alike[path] = None
        else:
            self.counts["same"] += 1

    def tell(self, path: str, size: int, *, same: bool) -> None:
        """The contents of one that is alike were compared."""
        del self.alike[path]
        if same:
            self.counts["same"] += 1
        else:
            self._note(FileChange(path, "changed", size, size, ("content",)))
            self.changes.sort(key=lambda one: one.path)

    def _note(self, change: FileChange) -> None:
        self.counts[change.mark] += 1
        if len(self.changes) < MOST:
            self.changes.append(change)


def differences(before: Entry, after: Entry) -> Iterator[Difference]:
    """What the headers of two files say differently."""
    if before.kind != after.kind:
        yield "kind"
    if before.size != after.size:
        yield "size"
    elif before.digest and after.digest and before.digest != after.digest:
        yield "content"
    if before.mode != after.mode:
        yield "mode"
    if (before.uid, before.gid) != (after.uid, after.gid):
        yield "owner"
    if before.mtime != after.mtime:
        yield "time"
    if (before.target, before.device) != (after.target, after.device):
        yield "target"


def place_of(overlay: Overlay, path: str) -> Place | None:
    """Where the contents of a file are; None for what has none."""
    place = overlay.tree.find(path)
    return None if place is None else overlay.contents(place)
