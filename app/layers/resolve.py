"""Paths followed through symbolic links, never out of the root."""

from typing import Literal, NamedTuple

from app.layers.entry import SYMLINK
from app.layers.tree import Folder, Place, Tree, unpack
from app.oci.value import value

MOST_LINKS = 40
"""Links followed in one path, as in Linux (MAXSYMLINKS, path_resolution(7))."""

_MOST_PARTS = 4096


@value
class Resolved(NamedTuple):
    """Where a path leads. `path`: the clean path of it, as far as it could be followed; `place`: its member, None where
    there is none or no archive lists the folder; `hops`: the clean paths of the links followed.

    `problem`: None, loop (too many links), missing (nothing is there), not-folder (a file stands in the way).
    """

    path: str
    place: Place | None
    hops: tuple[str, ...]
    problem: Literal["loop", "missing", "not-folder"] | None


class _Walk:
    """A path being followed."""

    def __init__(self, tree: Tree, path: str) -> None:
        self.tree = tree
        self.at = tree.root
        self.file = -1
        self.name = ""
        self.hops: list[str] = []
        self.problem: Literal["loop", "missing", "not-folder"] | None = None
        self._todo = _parts(path)

    def go(self) -> None:
        while self._todo and self.problem is None:
            name = self._todo.pop()
            if name in ("", "."):
                continue
            if self.file >= 0:
                self.problem = "not-folder"
            elif name == "..":
                self.at = self.at.parent or self.at
            elif name in self.at.folders:
                self.at = self.at.folders[name]
            elif name in self.at.files:
                self._file(name, self.at.files[name])
            else:
                self.name, self.problem = name, "missing"

    def _file(self, name: str, packed: int) -> None:
        layer, index = unpack(packed)
        entries = self.tree.layers[layer]
        if entries.kind(index) != SYMLINK:
            self.name, self.file = name, packed
            return
        folder = self.at.path()
        self.hops.append(f"{folder}/{name}" if folder else name)
        target = entries.target(index)
        if len(self.hops) > MOST_LINKS or len(self._todo) > _MOST_PARTS:
            self.problem = "loop"
            return
        if target.startswith("/"):
            self.at = self.tree.root
        self._todo += _parts(target)

    @property
    def path(self) -> str:
        folder = self.at.path()
        return f"{folder}/{self.name}" if folder and self.name else folder or self.name


def _parts(path: str) -> list[str]:
    return path.split("/")[::-1]


def resolve(tree: Tree, path: str) -> Resolved:
    """Follow a path from the root, its last component too. Never raises."""
    walk = _Walk(tree, path)
    walk.go()
    packed = -1 if walk.problem else walk.file if walk.file >= 0 else walk.at.place
    return Resolved(walk.path, None if packed < 0 else unpack(packed), tuple(walk.hops), walk.problem)


def folder_at(tree: Tree, path: str) -> Folder | None:
    """The folder that a path leads to; None where it leads to none."""
    found = tree.folder(path)
    if found is not None:
        return found
    walk = _Walk(tree, path)
    walk.go()
    return walk.at if walk.problem is None and walk.file < 0 else None
