"""Layers being read for a page, one after another; what was read of each is kept from page to page."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from app.auth.errors import AuthError
from app.client.errors import ClientError
from app.layers.blob_source import BlobSource, HeldBlob, RangesIgnored, RegistryBlob, SpilledBlob
from app.layers.entries import Entries
from app.layers.limits import Limits
from app.layers.scan import Scan
from app.layers.toc_layers import read_toc, toc_kind
from app.layers.tree import LayerTree
from app.oci.media_type import layer_compression
from app.state.failure import Failure, failure_of
from app.state.files_model import LayerRef, LayerState, Phase, Way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.client.session import Session
    from app.layers.layer_index import Compression, LayerIndex
    from app.ports.clock import Clock
    from app.ports.hashing import Hashing
    from app.ports.spill import Spill, SpillFile
    from app.state.files_soci import SociIndex

LARGE = 100_000_000
"""Bytes of a layer that are not downloaded without asking."""

SMALL = 4 << 20
"""Bytes of a layer below which nobody looks for a table of contents that no annotation of it names."""

LIMITS = Limits()
"""Where reading stops to ask."""

HASHED_ASIDE = 1 << 20
"""Bytes of a layer from which on another worker is worth its messages."""

_NOTHING = Entries()


class Reading:
    """One layer. `allowed`: a person said yes to its size; `held`: said that it is enough; `thorough`: it is to
    be read although its tree is known."""

    def __init__(self, ref: LayerRef, session: Session, repository: str) -> None:
        self.ref = ref
        self.scan: Scan | None = None
        self.toc: LayerIndex | None = None
        self.tree: LayerTree | None = None
        self.file: SpillFile | None = None
        self.failure: Failure | None = None
        self.allowed = self.held = self.thorough = False
        self._looked = False
        self._source = RegistryBlob(session, repository, ref.digest, ref.size)
        self._probe = RegistryBlob(session, repository, ref.digest, ref.size, must_range=True)

    @property
    def index(self) -> LayerIndex | None:
        """What is known of its members, the most that there is."""
        scanned = None if self.scan is None else self.scan.index()
        if self.toc is not None and (scanned is None or not scanned.listed):
            return self.toc
        return scanned

    @property
    def entries(self) -> Entries:
        index = self.index
        return _NOTHING if index is None else index.entries

    @property
    def listed(self) -> bool:
        index = self.index
        return index is not None and index.listed

    @property
    def ranged(self) -> bool | None:
        """Whether the registry sends parts of it; None until that was tried."""
        tried = (self._source.ranged, self._probe.ranged)
        return True if True in tried else False if False in tried else None

    @property
    def is_large(self) -> bool:
        return (self.ref.size or 0) > LARGE and not self.allowed

    def source(self) -> tuple[BlobSource, Way]:
        """Where its bytes come from now, and which way that is."""
        if self.ref.data is not None:
            return HeldBlob(self.ref.data), "held"
        if self.file is not None and self.file.complete:
            return SpilledBlob(self.file), "spill"
        return self._source, "range"

    def state(self, *, reading: bool) -> LayerState:
        """What the page says of it."""
        index = self.index
        ref, failure = self.ref, self.failure
        if index is None:
            phase: Phase = "failed" if failure else "reading" if reading else "asked" if self.is_large else "waiting"
            return LayerState(ref, phase, False, "layer", None, "unknown", "unknown", "unknown", (), failure)
        scanned = index if self.scan is None else self.scan.index()
        phase = "failed" if failure and not scanned.progress.received else scanned.state
        if phase == "paused" and reading:
            phase = "reading"
        problems = tuple(dict.fromkeys((*index.problems, *scanned.problems)))
        verdicts = (scanned.digest, scanned.diff_id, index.toc)
        return LayerState(ref, phase, index.listed, index.source, scanned.progress, *verdicts, problems, failure)

    async def look(self, soci: SociIndex | None = None) -> None:
        """Read its table of contents, or the one beside its image, where the registry sends parts of blobs.

        Raises `app.auth.errors`.
        """
        small = self.ref.size is None or self.ref.size < SMALL
        if self.ref.data is not None or (small and toc_kind(self.ref.annotations) is None):
            return
        if not self._looked:
            try:
                self.toc = await read_toc(self._probe, self.ref.annotations)
            except (RangesIgnored, ClientError):
                if self._probe.ranged is None:
                    self._probe.ranged = False
            self._looked = True
        if self.toc is None and soci is not None and not small and self.ranged is not False:
            self.toc = await soci.read(self.ref)

    async def read(self, clock: Clock, spill: Spill | None, hashing: Hashing | None = None) -> None:
        """Read on from where it is. Raises `app.auth.errors`; all else is in its state."""
        ref = self.ref
        if self.scan is None:
            if spill is not None and ref.data is None:
                self.file = await spill.open(str(ref.digest), ref.size)
            known = layer_compression(ref.media_type)
            self.scan = Scan(
                clock,
                cast("Compression | None", known),
                digest=ref.digest if ref.digest.verifiable else None,
                diff_id=ref.diff_id,
                size=ref.size,
                limits=LIMITS,
                spill=self.file,
                hashing=hashing if ref.size is None or ref.size >= HASHED_ASIDE else None,
            )
        self.failure = None
        try:
            await self.scan.run(self.source()[0])
        except ClientError as error:
            self.failure = failure_of(error)
        if self.scan.error is not None:
            self.failure = failure_of(self.scan.error)

    @property
    def received(self) -> int:
        """Bytes of it that have come."""
        index = self.index
        return 0 if index is None else index.progress.received + (len(index.entries) if self.toc else 0)

    def name(self, ref: LayerRef) -> None:
        """Another manifest has the same blob, under another number."""
        self.ref = (
            ref if ref.diff_id is not None or self.ref.diff_id is None else ref._replace(diff_id=self.ref.diff_id)
        )

    def go_on(self) -> None:
        """Let the next job read on: past a failure, a cancel or a limit."""
        self.held, self.failure = False, None
        if self.scan is not None:
            self.scan.raise_limit()

    def drop(self) -> None:
        """Nobody needs it any more."""
        if self.file is not None:
            self.file.drop()

    @property
    def may_go_on(self) -> bool:
        """Whether there is more of it to be read."""
        if self.held or self.failure is not None:
            return False
        if self.scan is not None:
            return self.scan.index().state not in ("complete", "limit")
        return self.toc is None or self.thorough


class Job:
    """The reading of the layers of one page. `spill`: given where the registry sends no parts of blobs. `hashing`: for
    the large ones. `soci`: the index beside their image, None where there is no image."""

    def __init__(
        self,
        readings: Sequence[Reading],
        clock: Clock,
        spill: Spill | None,
        order: Sequence[int],
        hashing: Hashing | None = None,
        soci: SociIndex | None = None,
    ) -> None:
        self.readings = tuple(readings)
        self.order = tuple(order)
        self.error: Exception | None = None
        self.at: Reading | None = None
        self._clock = clock
        self._spill = spill
        self._hashing = hashing
        self._soci = soci
        self._task: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        return self._task is not None and not self._task.done()

    def start(self) -> None:
        """Read on, unless it does already."""
        if not self.running:
            self.error = None
            self._task = asyncio.ensure_future(self._run())

    def stop(self) -> None:
        """Read no further; what was read stays."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.at = None

    async def wait(self, seconds: float) -> None:
        """Until it is done, but no longer than that."""
        if self._task is not None:
            pause = asyncio.ensure_future(self._clock.sleep(seconds))
            try:
                await asyncio.wait((self._task, pause), return_when=asyncio.FIRST_COMPLETED)
            finally:
                pause.cancel()

    async def _run(self) -> None:
        try:
            for number in self.order:
                reading = self.at = self.readings[number]
                if reading.index is None and not reading.held:
                    await reading.look(self._soci)
                if reading.may_go_on and not reading.is_large:
                    ignored = any(one.ranged is False for one in self.readings)
                    await reading.read(self._clock, self._spill if ignored else None, self._hashing)
        except AuthError as error:
            self.error = error
        except Exception as error:  # whatever it is, the page says it
            self.error = error
        finally:
            self.at = None
