"""Where the bytes are: the biggest files, and those that a lower layer carries although nobody sees them."""

from heapq import nlargest
from typing import NamedTuple

from app.layers.entries import Entries
from app.layers.overlay import Overlay
from app.layers.tree import Place, unpack
from app.oci.value import value


@value
class Wasted(NamedTuple):
    """A path whose bytes are carried but not seen. `copies`: how many members; `size`: their bytes together;
    `last`: the hidden member of the highest layer."""

    path: str
    copies: int
    size: int
    last: Place


@value
class Waste(NamedTuple):
    """`hidden`: bytes that are not seen, of `carried` in all layers; `rows` by size, at most as many as asked for, of
    `paths` in all."""

    hidden: int
    carried: int
    paths: int
    rows: tuple[Wasted, ...]

    @property
    def efficiency(self) -> float:
        """The part of the bytes carried that is seen, from 0 to 1."""
        return 1.0 if not self.carried else 1 - self.hidden / self.carried


def biggest(entries: Entries, count: int) -> tuple[int, ...]:
    """The members of one layer with the most bytes, biggest first."""
    found = nlargest(count, range(len(entries)), key=entries.size)
    return tuple(index for index in found if entries.size(index))


def biggest_seen(overlay: Overlay, count: int) -> tuple[Place, ...]:
    """The files that a container sees with the most bytes, biggest first."""
    size = overlay.tree.size
    packed = (file for folder in overlay.tree.root.below() for file in folder.files.values())
    return tuple(unpack(file) for file in nlargest(count, packed, key=size) if size(file))


def wasted(overlay: Overlay, count: int) -> Waste:
    """What later layers overwrite or delete."""
    rows: dict[str, tuple[int, int, Place]] = {}
    total = 0
    for place, _, _ in overlay.hidden():
        entries = overlay.layers[place.layer]
        size = entries.size(place.member)
        if not size:
            continue
        total += size
        path = entries.path(place.member)
        copies, before, last = rows.get(path, (0, 0, place))
        rows[path] = copies + 1, before + size, max(last, place)
    carried = total + overlay.tree.total()[0]
    top = nlargest(count, rows.items(), key=lambda row: (row[1][1], row[0]))
    return Waste(total, carried, len(rows), tuple(Wasted(path, *row) for path, row in top))
