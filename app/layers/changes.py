"""What one layer, and so one line of history, did to those below it."""

from collections.abc import Iterator
from typing import NamedTuple

from app.layers.entries import WHITEOUT
from app.layers.entry import FOLDER
from app.layers.overlay import Effect, Overlay
from app.layers.tree import Place
from app.oci.value import value

_PREFIX = WHITEOUT.decode()


@value
class Change(NamedTuple):
    """`path`: the clean path of what was added, changed, removed or emptied; `size` of what was added."""

    path: str
    effect: Effect
    size: int
    place: Place


@value
class Summary(NamedTuple):
    """How much a layer did: files and folders by effect, and bytes that it brought."""

    added: int
    changed: int
    removed: int
    size: int


def changes(overlay: Overlay, layer: int) -> Iterator[Change]:
    """The changes of one layer, in its archive's order. Folders only named again are none."""
    entries = overlay.layers[layer]
    whiteouts = set(entries.whiteouts)
    for member in range(len(entries)):
        place = Place(layer, member)
        effect = overlay.effect(place)
        if effect in ("same", "nothing"):
            continue
        path = entries.path(member)
        if member in whiteouts:
            folder, slash, name = path.rpartition("/")
            path = folder if effect == "emptied" else f"{folder}{slash}{name.removeprefix(_PREFIX)}"
        yield Change(path, effect, entries.size(member), place)


def summary(overlay: Overlay, layer: int) -> Summary:
    """The changes of one layer in numbers; folders count with the files only where they are new or removed."""
    counts = {"added": 0, "changed": 0, "removed": 0, "emptied": 0}
    size = 0
    entries = overlay.layers[layer]
    for change in changes(overlay, layer):
        if change.effect == "changed" and entries.kind(change.place.member) == FOLDER:
            continue
        counts[change.effect] += 1
        size += change.size
    return Summary(counts["added"], counts["changed"], counts["removed"] + counts["emptied"], size)
