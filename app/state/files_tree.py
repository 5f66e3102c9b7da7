"""What a page of files lists: folders, matches, the biggest, changes of one layer; with what hides what."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.layers.biggest import Waste, biggest, biggest_seen, wasted
from app.layers.changes import Summary, summary
from app.layers.entries import WHITEOUT
from app.layers.entry import FOLDER, KINDS, EntryKind, oddities, type_letters
from app.layers.overlay import Hidden, Overlay
from app.layers.search import Pattern, search_layer
from app.layers.slices import in_slices, to_the_end
from app.layers.tree import Folder, LayerTree, Place, Tree
from app.state.files_model import Copy, Details, Line, Mark, Order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.layers.entries import Entries
    from app.ports.clock import Clock

MOST_FOUND = 5000
BIGGEST = 100
_PREFIX = WHITEOUT.decode()


class Item(NamedTuple):
    """A line to be: what it needs to be sorted. `path` as shown; `place` None for a folder that no archive names."""

    path: str
    folder: bool
    place: Place | None
    size: int
    files: int
    mark: Mark
    other: int | None


class Picture:
    """The trees of some layers, as far as they are read. `numbers`: of the layers; `chosen`: the only one to be seen.

    `whole`: nothing more will come, so what is hidden is worth knowing.
    """

    def __init__(
        self, layers: Sequence[Entries], numbers: Sequence[int], trees: Sequence[LayerTree], clock: Clock
    ) -> None:
        self.numbers = tuple(numbers)
        self.overlay = Overlay(layers)
        self.whole = False
        self._trees = trees
        self._clock = clock
        self._replaced: dict[Place, Hidden] = {}
        self._hidden: dict[Place, Hidden] = {}
        self._gone: dict[str, dict[str, Hidden]] = {}

    async def draw(self, *, whole: bool) -> None:
        """Lay the layers over one another."""
        await to_the_end(self._clock, self.overlay.work())
        if whole:
            async for hidden in in_slices(self._clock, self.overlay.hidden()):
                self._note(hidden)
            self.whole = True

    def _note(self, hidden: Hidden) -> None:
        self._hidden[hidden.place] = hidden
        if hidden.how == "replaced":
            self._replaced[hidden.by] = hidden
        entries = self.overlay.layers[hidden.place.layer]
        folder, _, name = entries.path(hidden.place.member).rpartition("/")
        self._gone.setdefault(folder, {})[name] = hidden

    def tree(self, chosen: int | None) -> Tree:
        """What is seen, or what one layer has."""
        return self.overlay.tree if chosen is None else self._trees[self._at(chosen)]

    def _at(self, number: int) -> int:
        return self.numbers.index(number)

    def place(self, path: str, chosen: int | None) -> Place | None:
        """The member at a clean path."""
        found = self.tree(chosen).find(path)
        return found if found is None or chosen is None else Place(self._at(chosen), found.member)

    def is_folder(self, path: str, chosen: int | None) -> bool:
        return self.tree(chosen).is_folder(path) or (chosen is None and path in self._gone and bool(path))

    # Lists.

    async def folder(self, path: str, chosen: int | None, *, deleted: bool) -> list[Item]:
        """What is in a folder; what a later layer deleted of it too, if that is wanted."""
        before = f"{path}/" if path else ""
        found = self.tree(chosen).folder(path)
        rows = () if found is None else self._rows(before, found, chosen)
        items = [item async for item in in_slices(self._clock, rows)]
        if chosen is None and deleted:
            seen = {item.path for item in items}
            for name, hidden in self._gone.get(path, {}).items():
                if before + name not in seen:
                    items.append(self._gone_item(before + name, hidden))
        return items

    def _rows(self, before: str, folder: Folder, chosen: int | None) -> Iterator[Item]:
        sizes = self.tree(chosen).size
        for name, child in folder.folders.items():
            size = files = 0
            for each in child.below():
                size += each.size
                files += len(each.files)
            yield self._item(before + name, child.place, True, size, files, chosen)
        for name, packed in folder.files.items():
            yield self._item(before + name, packed, False, sizes(packed), 1, chosen)

    def _item(self, path: str, packed: int, folder: bool, size: int, files: int, chosen: int | None) -> Item:
        if packed < 0:
            return Item(path, folder, None, size, files, "", None)
        layer, member = packed >> 32, packed & 0xFFFFFFFF
        if chosen is not None:
            place = Place(self._at(chosen), member)
            return Item(path, folder, place, size, files, self.effect(place), None)
        place = Place(layer, member)
        replaced = self._replaced.get(place) if self._replaced else None
        if replaced is None:
            return Item(path, folder, place, size, files, "", None)
        return Item(path, folder, place, size, files, "replaces", self.numbers[replaced.place.layer])

    def effect(self, place: Place) -> Mark:
        """What a member did to the layers below it; nothing is said of the lowest, which adds all it has."""
        return self.overlay.effect(place) if self.whole and place.layer else ""

    def _gone_item(self, path: str, hidden: Hidden) -> Item:
        entries = self.overlay.layers[hidden.place.layer]
        folder = entries.kind(hidden.place.member) == FOLDER
        by = self.numbers[hidden.by.layer]
        return Item(path, folder, hidden.place, entries.size(hidden.place.member), 0, "deleted", by)

    async def found(self, text: str, chosen: int | None) -> tuple[list[Item], bool]:
        """The members of all layers that fit, and whether those are all. ValueError: the pattern is too long."""
        pattern = Pattern(text if any(one in text for one in "*?[/") else f"*{text}*")
        items: list[Item] = []
        for at, entries in enumerate(self.overlay.layers):
            if chosen is not None and self.numbers[at] != chosen:
                continue
            async for place in in_slices(self._clock, search_layer(entries, pattern)):
                if place is None or entries.name(place.member).startswith(_PREFIX):
                    continue
                items.append(self.item(Place(at, place.member)))
                if len(items) >= MOST_FOUND:
                    return items, False
        return items, True

    def item(self, place: Place) -> Item:
        """A member of any layer, seen or hidden."""
        entries = self.overlay.layers[place.layer]
        hidden = self._hidden.get(place)
        mark: Mark = "" if hidden is None else "hidden" if hidden.how == "replaced" else "deleted"
        other = None if hidden is None else self.numbers[hidden.by.layer]
        folder = entries.kind(place.member) == FOLDER
        return Item(entries.path(place.member), folder, place, entries.size(place.member), 0, mark, other)

    def biggest(self, count: int, chosen: int | None) -> list[Item]:
        """The biggest files seen, or of one layer."""
        if chosen is None:
            return [self.item(place) for place in biggest_seen(self.overlay, count)]
        at = self._at(chosen)
        return [self.item(Place(at, member)) for member in biggest(self.overlay.layers[at], count)]

    def waste(self, count: int) -> Waste:
        return wasted(self.overlay, count)

    def summary(self, chosen: int) -> Summary:
        return summary(self.overlay, self._at(chosen))

    # What becomes of them on the page.

    async def sorted(self, items: list[Item], order: Order) -> list[Item]:
        """In the order asked for; by name, folders come first."""
        by = order.lstrip("-")
        items.sort(key=lambda item: (not item.folder, item.path))
        if by == "size":
            items.sort(key=lambda item: item.size, reverse=True)
        elif by == "layer":
            items.sort(key=lambda item: -1 if item.place is None else item.place.layer)
        elif by == "modified":
            items.sort(
                key=lambda item: 0.0 if item.place is None else self.overlay.entry(item.place).mtime, reverse=True
            )
        return items[::-1] if order.startswith("-") else items

    def lines(self, items: Sequence[Item]) -> Iterator[Line]:
        for item in items:
            yield self.line(item)

    def line(self, item: Item) -> Line:
        name = item.path.rpartition("/")[2]
        if item.place is None:
            return Line(
                item.path, name, True, "folder", "", "", item.size, item.files, None, "", None, "", None, oddities(name)
            )
        entry = self.overlay.entry(item.place)
        return Line(
            item.path,
            name,
            item.folder,
            entry.kind,
            type_letters(entry.kind, entry.mode),
            _owner(entry.user, entry.uid) + ":" + _owner(entry.group, entry.gid),
            item.size,
            item.files,
            entry.mtime,
            entry.target,
            self.numbers[item.place.layer],
            item.mark,
            item.other,
            oddities(entry.path),
        )

    def details(self, path: str, place: Place, chosen: int | None) -> Details:
        """All that is known of one member."""
        overlay = self.overlay
        entry = overlay.entry(place)
        hidden = self._hidden.get(place)
        linked = chosen is None and entry.kind == "symlink"
        target = overlay.resolve(path) if linked else None
        copies = tuple(self._copy(one, place) for one in overlay.copies(path)) if path else ()
        how = None if hidden is None else (hidden.how, self.numbers[hidden.by.layer])
        mark = self.effect(place)
        return Details(entry, self.numbers[place.layer], mark, target, copies, how, oddities(entry.path))

    def _copy(self, place: Place, current: Place) -> Copy:
        entries = self.overlay.layers[place.layer]
        kind: EntryKind = KINDS[entries.kind(place.member)]
        entry = entries[place.member]
        white = entries.name(place.member).startswith(_PREFIX)
        return Copy(self.numbers[place.layer], kind, entry.size, entry.mtime, white, place == current)


def _owner(name: str, number: int) -> str:
    return name or str(number)
