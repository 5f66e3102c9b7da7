"""The pages of files as frozen values: one layer's tree, or all layers of an image one over another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from app.oci.value import value
from app.state.model import PATCH_ROWS

if TYPE_CHECKING:
    from app.layers.biggest import Waste
    from app.layers.changes import Summary
    from app.layers.entry import Entry, EntryKind, Oddity
    from app.layers.file_diff import FileDiff
    from app.layers.layer_index import Progress, Source, Verdict
    from app.layers.limits import Problem
    from app.layers.overlay import How
    from app.layers.reading import FileContent, ReadKind
    from app.layers.resolve import Resolved
    from app.oci.digest import Digest
    from app.state.failure import Failure
    from app.state.route import Route

Order = Literal["name", "-name", "size", "-size", "modified", "-modified", "layer", "-layer"]
Show = Literal["tree", "biggest", "wasted"]
Phase = Literal["waiting", "asked", "reading", "paused", "limit", "broken", "complete", "failed"]
Mark = Literal["", "replaces", "deleted", "hidden", "added", "changed", "removed", "emptied", "same", "nothing"]
Way = Literal["range", "spill", "held"]
What = Literal["unread", "folder", "file", "missing"]
Unsuitable = Literal["no-layers", "unknown", "no-archive"]

ORDERS: tuple[Order, ...] = get_args(Order)


@value
class LayerRef(NamedTuple):
    """A layer as the manifest and the config name it. `number` counts from 1 at the base; `said`: its line of history.

    `size`, `diff_id` and `said` are None where nobody says them; `data`: the bytes that the descriptor holds itself.
    """

    number: int
    digest: Digest
    media_type: str
    size: int | None
    diff_id: Digest | None
    annotations: Mapping[str, str]
    urls: tuple[str, ...]
    data: bytes | None
    said: str | None


@value
class LayerState(NamedTuple):
    """How far a layer is. `phase`: `asked` waits for a person's yes to a large download, `limit` for more room.

    `listed`: its tree is whole, though its digests may not be checked. `source`: what tells the tree.
    """

    ref: LayerRef
    phase: Phase
    listed: bool
    source: Source
    progress: Progress | None
    digest: Verdict
    diff_id: Verdict
    toc: Verdict
    problems: tuple[Problem, ...]
    failure: Failure | None

    @property
    def received(self) -> int:
        """Bytes of it that have come."""
        return 0 if self.progress is None else self.progress.received


@value
class Line(NamedTuple):
    """One entry of a list. `layer`: the number of the layer it is from, None for a folder that no archive names.

    `mark` says what it does to the layers below, or what a later one did to it; `other`: the number of that layer.
    `files`: how many are in a folder; `size` of a folder is the sum of all below.
    """

    path: str
    name: str
    folder: bool
    kind: EntryKind
    letters: str
    owner: str
    size: int
    files: int
    mtime: float | None
    target: str
    layer: int | None
    mark: Mark
    other: int | None
    oddities: tuple[Oddity, ...]


@value
class Copy(NamedTuple):
    """A path in one of the layers. `current`: the one that is shown."""

    layer: int
    kind: EntryKind
    size: int
    mtime: float
    whiteout: bool
    current: bool


@value
class Details(NamedTuple):
    """The entry that the page is of. `resolved`: where a link leads. `hidden`: how, and by which layer's number."""

    entry: Entry
    layer: int
    mark: Mark
    resolved: Resolved | None
    copies: tuple[Copy, ...]
    hidden: tuple[How, int] | None
    oddities: tuple[Oddity, ...]


@value
class FileView(NamedTuple):
    """The contents. `phase`: `asked` waits for a yes to the `cost` in bytes. `way`: where the bytes came from.

    `trouble` or `failure`: why there are none. `against`: the layer that `diff` holds them against.
    """

    phase: Literal["asked", "reading", "shown", "failed"]
    cost: int | None
    way: Way
    content: FileContent | None = None
    trouble: ReadKind | None = None
    failure: Failure | None = None
    against: int | None = None
    diff: FileDiff | None = None


@value
class FilesPage(NamedTuple):
    """The page. `whole`: of an image, not of one layer. `layers`: empty until the manifest is known.

    `chosen`: the number of the only layer to show. `total`: entries there are, of which `lines` are shown. `via`: the
    path that a linked one leads to. `running`: a download is going on.
    """

    whole: bool
    path: str
    layers: tuple[LayerState, ...] = ()
    unsuitable: Unsuitable | None = None
    platform: str | None = None
    platforms: tuple[str, ...] = ()
    chosen: int | None = None
    order: Order = "name"
    show: Show = "tree"
    search: str = ""
    deleted: bool = True
    what: What = "unread"
    lines: tuple[Line, ...] = ()
    total: int = 0
    shown: int = PATCH_ROWS
    totals: tuple[int, int] = (0, 0)
    via: str | None = None
    details: Details | None = None
    file: FileView | None = None
    biggest: tuple[Line, ...] = ()
    waste: Waste | None = None
    summary: Summary | None = None
    running: bool = False
    mistake: str | None = None

    @property
    def has_data(self) -> bool:
        """Whether something was read, or waits for a person."""
        begun = (one.listed or one.phase not in ("reading", "waiting", "failed") or one.received for one in self.layers)
        return self.unsuitable is not None or any(begun)

    @property
    def settled(self) -> bool:
        """Whether the trees of all layers in question are whole."""
        return bool(self.layers) and all(layer.listed for layer in self.layers if self.matters(layer))

    @property
    def is_damaged(self) -> bool:
        """Whether the bytes of a layer are not what their digests say."""
        return any("wrong" in (layer.digest, layer.diff_id, layer.toc) for layer in self.layers)

    def matters(self, layer: LayerState) -> bool:
        """Whether the page needs that layer: of one layer's changes, it and those below."""
        return self.chosen is None or layer.ref.number <= self.chosen


def begin(route: Route) -> FilesPage:
    """The page before anything is read, as its query wants it."""
    page = FilesPage(route.view == "files", clean(route.path))
    return asked(page, route)


def asked(page: FilesPage, route: Route) -> FilesPage:
    """The page as the query of the route wants it."""
    order = next((one for one in ORDERS if one == route.parameter("sort")), ORDERS[0])
    show = route.parameter("show")
    layer = route.parameter("layer") or ""
    return page._replace(
        path=clean(route.path),
        order=order,
        show="biggest" if show == "biggest" else "wasted" if show == "wasted" else "tree",
        search=(route.parameter("search") or "").strip(),
        deleted=route.parameter("deleted") != "no",
        chosen=int(layer) if layer.isdecimal() and layer.isascii() and len(layer) < 5 and page.whole else None,
        platform=route.parameter("platform"),
    )


def clean(path: str) -> str:
    """The path below the root, without what means nothing in it."""
    from app.layers.entry import decode_name
    from app.layers.member_path import clean_path

    return decode_name(clean_path(path.encode("utf-8", "surrogateescape"))) if path else ""
