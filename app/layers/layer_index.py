"""What is known of one layer: its members, whether it is what its digests say, and where it can be entered again."""

from typing import Literal, NamedTuple

from app.layers.entries import Entries
from app.layers.limits import Problem
from app.layers.restart import Restarts
from app.oci.value import value

Compression = Literal["none", "gzip", "zstd"]

Source = Literal["layer", "estargz", "zstd:chunked", "soci"]

ReadState = Literal["reading", "paused", "limit", "broken", "complete"]

Verdict = Literal["ok", "wrong", "unfinished", "unknown"]


@value
class Progress(NamedTuple):
    """How far the reading is, in bytes; `total` of the blob, None where nobody said. `seconds` spent on it."""

    received: int
    total: int | None
    decompressed: int
    entries: int
    seconds: float

    @property
    def left(self) -> float | None:
        """Seconds that the rest will take at this pace; None where that cannot be told."""
        if self.total is None or not self.received or self.seconds < 0.5:
            return None
        return max(self.total - self.received, 0) * self.seconds / self.received


@value
class LayerIndex(NamedTuple):
    """The members of a layer as far as they are known.

    `source`: `layer` when its bytes were read; otherwise the table of contents that names the members, which nothing
    has held against the layer. `listed`: whether `entries` is all there is; reading can go on without them, for the
    digests. `state`: `paused` was cancelled, `broken` was cut off, `limit` stopped at a limit: each can go on.
    `digest`: of the blob, `diff_id`: of the decompressed stream: `unfinished` until all of it was read, `unknown`
    where nothing says what it should be, or it cannot be computed. `toc`: whether the table of contents is the one
    that the manifest names.
    """

    entries: Entries
    source: Source
    compression: Compression
    state: ReadState
    listed: bool
    progress: Progress
    digest: Verdict
    diff_id: Verdict
    toc: Verdict
    problems: tuple[Problem, ...]
    restarts: Restarts
