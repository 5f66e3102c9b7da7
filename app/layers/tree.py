"""Folders and what is in them: of one layer as its archive has it, or of several as an overlay makes them."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from app.layers.entries import Entries
from app.layers.entry import FOLDER
from app.oci.value import value

Sort = Literal["name", "size"]

_STEP = 500


@value
class Place(NamedTuple):
    """A member: the number of its layer, from 0 for the lowest, and its number in that layer's entries."""

    layer: int
    member: int


@value
class Row(NamedTuple):
    """One line of a folder. `place`: its member, None for a folder that no archive lists. `size` and `files` are sums
    over all below for a folder."""

    name: str
    folder: bool
    place: Place | None
    size: int
    files: int


class Folder:
    """A folder: its files by name, as packed places, its folders by name, and sums over its own files."""

    __slots__ = ("files", "folders", "name", "parent", "place", "size")

    def __init__(self, name: str, parent: "Folder | None") -> None:
        self.name = name
        self.parent = parent
        self.place = -1
        self.files: dict[str, int] = {}
        self.folders: dict[str, Folder] = {}
        self.size = 0

    def child(self, name: str) -> "Folder":
        """The folder of that name, made if it is not there."""
        found = self.folders.get(name)
        if found is None:
            found = self.folders[name] = Folder(name, self)
        return found

    def path(self) -> str:
        names: list[str] = []
        folder = self
        while folder.parent is not None:
            names.append(folder.name)
            folder = folder.parent
        return "/".join(reversed(names))

    def below(self) -> Iterator["Folder"]:
        """This folder and all below it, each before its own."""
        todo = [self]
        while todo:
            folder = todo.pop()
            yield folder
            todo.extend(folder.folders.values())


def pack(layer: int, index: int) -> int:
    return layer << 32 | index


def unpack(packed: int) -> Place:
    return Place(packed >> 32, packed & 0xFFFFFFFF)


class Tree:
    """Folders from a root. `layers`: the entries that places speak of."""

    def __init__(self, layers: Sequence[Entries]) -> None:
        self.layers = layers
        self.root = Folder("", None)

    def find(self, path: str) -> Place | None:
        """The member at a clean path; None where there is none, or only a folder that no archive lists."""
        folder, _, name = path.rpartition("/")
        found = self.folder(folder)
        if found is not None and name in found.files:
            return unpack(found.files[name])
        at = self.folder(path)
        return None if at is None or at.place < 0 else unpack(at.place)

    def folder(self, path: str) -> Folder | None:
        """The folder at a clean path, empty for the root."""
        found: Folder | None = self.root
        for name in path.split("/") if path else ():
            found = None if found is None else found.folders.get(name)
        return found

    def is_folder(self, path: str) -> bool:
        return self.folder(path) is not None

    def rows(self, path: str, sort: Sort = "name") -> tuple[Row, ...]:
        """What is in a folder, folders first; none where there is no such folder."""
        folder = self.folder(path)
        if folder is None:
            return ()
        rows = [self._row_of(child) for child in folder.folders.values()]
        rows += [Row(name, False, unpack(packed), self.size(packed), 1) for name, packed in folder.files.items()]
        if sort == "size":
            return tuple(sorted(rows, key=lambda row: (-row.size, row.name)))
        return tuple(sorted(rows, key=lambda row: (not row.folder, row.name)))

    def _row_of(self, folder: Folder) -> Row:
        size = files = 0
        for each in folder.below():
            size += each.size
            files += len(each.files)
        return Row(folder.name, True, None if folder.place < 0 else unpack(folder.place), size, files)

    def total(self, path: str = "") -> tuple[int, int]:
        """Bytes and files below a folder."""
        folder = self.folder(path)
        row = None if folder is None else self._row_of(folder)
        return (0, 0) if row is None else (row.size, row.files)

    def size(self, packed: int) -> int:
        return self.layers[packed >> 32].size(packed & 0xFFFFFFFF)

    def files(self) -> Iterator[tuple[str, int]]:
        """Path and packed place of every member but folders."""
        for folder in self.root.below():
            path = folder.path()
            before = path + "/" if path else ""
            for name, packed in folder.files.items():
                yield before + name, packed


class LayerTree(Tree):
    """The folders of one layer. What its archive holds twice is shown as it was last; whiteouts are files here."""

    def __init__(self, entries: Entries) -> None:
        super().__init__((entries,))
        self._nodes = [self.root]
        self._taken = 0

    def extend(self) -> Iterator[None]:
        """Take in what was read since; yields now and then."""
        (entries,) = self.layers
        nodes = self._nodes
        while self._taken < len(entries):
            for number in range(len(nodes), entries.folder_count):
                name = entries.folder_path(number).rpartition("/")[2]
                nodes.append(nodes[entries.parent(number)].child(name))
            until = min(len(entries), self._taken + _STEP)
            for index in range(self._taken, until):
                folder, name = nodes[entries.folder(index)], entries.name(index)
                if entries.kind(index) == FOLDER:
                    (folder.child(name) if name else folder).place = index
                elif name:
                    before = folder.files.get(name)
                    folder.size += entries.size(index) - (0 if before is None else entries.size(before))
                    folder.files[name] = index
            self._taken = until
            yield None


def layer_tree(entries: Entries) -> LayerTree:
    """The whole tree of a layer as far as it was read, at once."""
    tree = LayerTree(entries)
    for _ in tree.extend():
        pass
    return tree
