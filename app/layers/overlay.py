"""All layers, one over another, as a container sees them."""

from array import array
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from app.layers.entries import Entries
from app.layers.entry import FOLDER, Entry, Owner, decode_name
from app.layers.member_path import clean_path
from app.layers.resolve import Resolved, folder_at, resolve
from app.layers.tree import Folder, Place, Tree, pack, unpack
from app.oci.value import value

How = Literal["replaced", "whiteout", "opaque"]
Effect = Literal["added", "changed", "removed", "emptied", "same", "nothing"]

_HOWS: tuple[How, ...] = ("replaced", "whiteout", "opaque")
_EFFECTS: tuple[Effect, ...] = ("added", "changed", "removed", "emptied", "same", "nothing")
_ADDED, _CHANGED, _REMOVED, _EMPTIED, _SAME, _NOTHING = range(6)

_STEP = 500
_PREFIX = ".wh."

# image-spec layer.md, "Opaque Whiteout". Other names that begin so are aufs's own (.wh..wh.plnk, .wh..wh.aufs).
_OPAQUE = ".wh..wh..opq"


@value
class Hidden(NamedTuple):
    """A member that is not seen: `by` is what hides it, `how` says in which way."""

    place: Place
    by: Place
    how: How


class Overlay:
    """`layers`: from the lowest. `tree`: what is seen, once `work` has been done to its end. `layer`: how many layers
    are done. image-spec layer.md, "Applying Changesets"; a path through a symbolic link goes where that leads, as it
    does where runtimes unpack.
    """

    def __init__(self, layers: Sequence[Entries]) -> None:
        self.layers = tuple(layers)
        self.tree = Tree(self.layers)
        self.layer = 0
        self._effects = [bytearray(len(entries)) for entries in self.layers]
        self._hidden = array("q")
        self._hiding = array("q")
        self._hows = bytearray()
        self._folders: dict[int, Folder] = {}

    def work(self) -> Iterator[None]:
        """Lay each layer over those below; yields now and then."""
        for number, (entries, effects) in enumerate(zip(self.layers, self._effects, strict=True)):
            # "Whiteout files MUST only apply to resources in lower/parent layers", wherever they stand in the archive.
            self._folders.clear()
            for done, index in enumerate(list(entries.whiteouts)):
                if index < len(effects):
                    effects[index] = self._white_out(number, index, entries)
                if done % _STEP == 0:
                    yield None
            self._folders.clear()
            whiteouts = set(entries.whiteouts)
            for index in range(len(effects)):
                if index not in whiteouts:
                    effects[index] = self._lay(number, index, entries)
                if index % _STEP == 0:
                    yield None
            self.layer = number + 1

    def _white_out(self, layer: int, index: int, entries: Entries) -> int:
        folder = folder_at(self.tree, entries.folder_path(entries.folder(index)))
        name = entries.name(index)
        packed = pack(layer, index)
        if folder is None:
            return _NOTHING
        if name == _OPAQUE:
            found = bool(folder.files or folder.folders)
            self._hide_all(folder, packed, 2)
            return _EMPTIED if found else _NOTHING
        hidden = name.removeprefix(_PREFIX)
        if hidden.startswith(_PREFIX) or hidden in ("", ".", ".."):
            return _NOTHING
        return _REMOVED if self._remove(folder, hidden, packed, 1) else _NOTHING

    def _lay(self, layer: int, index: int, entries: Entries) -> int:
        number, packed = entries.folder(index), pack(layer, index)
        folder = self._folders.get(number)
        if folder is None:
            folder = self._folders[number] = self._make(entries.folder_path(number), packed)
        name = entries.name(index)
        if entries.kind(index) == FOLDER:
            return self._lay_folder(folder, name, packed)
        if not name:
            return _NOTHING
        had = self._remove(folder, name, packed, 0)
        folder.files[name] = packed
        folder.size += entries.size(index)
        return _CHANGED if had else _ADDED

    def _lay_folder(self, folder: Folder, name: str, packed: int) -> int:
        replaced = name in folder.files and self._remove(folder, name, packed, 0)
        known = not name or name in folder.folders
        at = folder.child(name) if name else folder
        before, at.place = at.place, packed
        if not known:
            return _CHANGED if replaced else _ADDED
        if before < 0:
            return _SAME
        return _SAME if self._owner(before) == self._owner(packed) else _CHANGED

    def _owner(self, packed: int) -> Owner:
        return self.layers[packed >> 32].owner(packed & 0xFFFFFFFF)

    def _make(self, path: str, packed: int) -> Folder:
        """The folder that a path leads to, made where it is missing; a file in its way gives way."""
        found = folder_at(self.tree, path)
        if found is not None:
            return found
        at = self.tree.root
        for name in path.split("/"):
            if name in at.files:
                behind = folder_at(self.tree, f"{at.path()}/{name}")
                if behind is not None:
                    at = behind
                    continue
                self._remove(at, name, packed, 0)
            at = at.child(name)
        return at

    def _remove(self, folder: Folder, name: str, by: int, how: int) -> bool:
        """Take a file, or a folder with all that is in it, out of sight; whether there was one."""
        packed = folder.files.pop(name, -1)
        if packed >= 0:
            folder.size -= self.tree.size(packed)
            self._hide(packed, by, how)
        below = folder.folders.pop(name, None)
        if below is not None:
            self._hide(below.place, by, how)
            self._hide_all(below, by, how)
        return packed >= 0 or below is not None

    def _hide_all(self, folder: Folder, by: int, how: int) -> None:
        """Hide all that is in a folder."""
        for each in folder.below():
            if each is not folder:
                self._hide(each.place, by, how)
            for packed in each.files.values():
                self._hide(packed, by, how)
        folder.files.clear()
        folder.folders.clear()
        folder.size = 0
        self._folders.clear()

    def _hide(self, packed: int, by: int, how: int) -> None:
        if packed >= 0:
            self._hidden.append(packed)
            self._hiding.append(by)
            self._hows.append(how)

    def entry(self, place: Place) -> Entry:
        return self.layers[place.layer][place.member]

    def effect(self, place: Place) -> Effect:
        """What a member did to the layers below it: `same` is a folder named again, `nothing` a whiteout of nothing."""
        return _EFFECTS[self._effects[place.layer][place.member]]

    @property
    def hidden_count(self) -> int:
        return len(self._hidden)

    def hidden(self, start: int = 0, count: int | None = None) -> Iterator[Hidden]:
        """What is not seen, in the order in which it was hidden."""
        end = len(self._hidden) if count is None else min(start + count, len(self._hidden))
        for at in range(start, end):
            yield Hidden(unpack(self._hidden[at]), unpack(self._hiding[at]), _HOWS[self._hows[at]])

    def hidden_by(self, place: Place) -> Hidden | None:
        """What hides a member; None where it is seen."""
        try:
            return next(self.hidden(self._hidden.index(pack(*place))))
        except ValueError:
            return None

    def copies(self, path: str) -> tuple[Place, ...]:
        """The members of that clean path in all layers, from the lowest, whiteouts of it included."""
        folder, slash, name = path.rpartition("/")
        found: list[Place] = []
        for number, entries in enumerate(self.layers):
            for each in (path, f"{folder}{slash}{_PREFIX}{name}"):
                index = entries.find(each)
                if index >= 0:
                    found.append(Place(number, index))
        return tuple(found)

    def resolve(self, path: str) -> Resolved:
        """Where a path leads, symbolic links followed inside the root."""
        return resolve(self.tree, path)

    def contents(self, place: Place) -> Place | None:
        """The member that holds the contents: itself, or for a hard link the one that it is a name of."""
        for _ in range(len(self.layers) + 8):
            entry = self.entry(place)
            if entry.kind != "hardlink":
                return place
            target = decode_name(clean_path(entry.target.encode("utf-8", "surrogateescape")))
            found = self._linked(place, target)
            if found is None:
                return None
            place = found
        return None

    def _linked(self, place: Place, target: str) -> Place | None:
        for number in range(place.layer, -1, -1):
            index = self.layers[number].find(target)
            if index >= 0 and (number, index) != tuple(place):
                return Place(number, index)
        return None


def overlay_of(layers: Sequence[Entries]) -> Overlay:
    """The overlay of these layers, at once."""
    overlay = Overlay(layers)
    for _ in overlay.work():
        pass
    return overlay
