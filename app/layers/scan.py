"""A layer read from its first byte to its last: members listed, digests computed, places to come back to kept."""

import asyncio
from collections.abc import AsyncIterator

from app.auth.errors import AuthError
from app.client.errors import ClientError, Unreachable
from app.layers.blob_source import BlobSource
from app.layers.entries import Entries
from app.layers.inflate import COMPRESSIONS, Inflater, compression_of, open_stream
from app.layers.layer_index import Compression, LayerIndex, Progress, ReadState
from app.layers.limits import LimitKind, Limits, Problem
from app.layers.local_hash import LocalHashing
from app.layers.restart import Restarts
from app.layers.tar import TarReader
from app.layers.verification import Verification
from app.oci.digest import Digest
from app.ports.clock import Clock
from app.ports.hashing import Hashing
from app.ports.spill import SpillFile

SLICE = 0.02
"""Seconds of work before others have their turn."""

_OUTPUT = 1024 * 1024
_HEAD = 512


class Scan:
    """The reading of one layer. `run` reads, and reads on after it was cancelled, cut off or stopped at a limit.

    `compression`: what the media type says; the bytes themselves decide. `digest`, `diff_id`: what they should be.
    `size`: what the descriptor says; more is not received. `spill`: takes the bytes as they come. `error`: what broke
    the download. `index()` is all that is known, at any time.
    """

    def __init__(
        self,
        clock: Clock,
        compression: Compression | None = None,
        *,
        digest: Digest | None = None,
        diff_id: Digest | None = None,
        size: int | None = None,
        limits: Limits | None = None,
        hashing: Hashing | None = None,
        spill: SpillFile | None = None,
    ) -> None:
        self.error: Exception | None = None
        self._clock = clock
        self._declared = compression
        self._compression: Compression = compression or "none"
        self._size = size
        self._limits = limits or Limits()
        self._spill = spill
        self._restarts = Restarts()
        self._reader = TarReader(Entries(), self._limits)
        self._inflater: Inflater | None = None
        self._head = b""
        self._received = 0
        self._state: ReadState = "paused"
        self._stopped: LimitKind | None = None
        self._problems: list[Problem] = []
        self._seconds = 0.0
        self._slice_end = 0.0
        self._verification = Verification(hashing or LocalHashing(), digest, diff_id)

    def index(self) -> LayerIndex:
        """All that is known so far; its entries go on growing."""
        reader, inflater = self._reader, self._inflater
        problems = list(reader.problems)
        if inflater is not None and inflater.problem is not None:
            problems.append(inflater.problem)
        output = 0 if inflater is None else inflater.output
        return LayerIndex(
            reader.entries,
            "layer",
            self._compression,
            self._state,
            reader.ended or self._state == "complete",
            Progress(self._received, self._size, output, len(reader.entries), self._seconds),
            self._verification.digest,
            self._verification.diff_id,
            "unknown",
            tuple(problems + self._problems),
            self._restarts,
        )

    def raise_limit(self) -> None:
        """Let the next run go four times as far, after it stopped at a limit."""
        if self._stopped is not None:
            self._limits = self._reader.limits = self._limits.raised(self._stopped)
            self._stopped = None
            self._reader.go_on()
            self._reader.feed(b"")
            self._forget("limit")
            self._state = "paused"

    async def run(self, source: BlobSource) -> LayerIndex:
        """Read on from where it is; done at once when all was read, or while a limit is not raised.

        A download that breaks off leaves the state `broken`. Raises what the source does where nothing had come yet,
        and `app.auth.errors` always; cancelling leaves the state `paused`. Nothing that was read is lost.
        """
        if self._state in ("complete", "limit", "reading"):
            return self.index()
        self._state, self.error = "reading", None
        self._forget("broken")
        begun, spent = self._clock.monotonic(), self._seconds
        self._slice_end = begun + SLICE
        stream = source.stream(self._received)
        try:
            await self._read(stream)
        except ClientError as error:
            self._state = "broken"
            self.error = error
            if not self._received:
                raise
            self._broken(error.reason if isinstance(error, Unreachable) else str(error.status))
        except (asyncio.CancelledError, AuthError):
            self._state = "paused"
            raise
        finally:
            self._seconds = spent + self._clock.monotonic() - begun
            await stream.aclose()
        return self.index()

    async def _read(self, stream: AsyncIterator[bytes]) -> None:
        """Take chunks until the end, or until a limit stops it."""
        if not await self._open():
            return
        async for chunk in stream:
            more = self._take(chunk)
            if not await self._open():
                return
            if not more:
                break
        if self._size is not None and self._received < self._size:
            self._state = "broken"
            self._broken("truncated")
            return
        if self._inflater is None:
            self._choose()
            if not await self._open():
                return
        await self._finish()

    def _take(self, chunk: bytes) -> bool:
        """Keep and count what came; False where it is more than the layer should have. Nothing waits in here, so that
        cancelling finds all of it done or nothing."""
        most = self._limits.decompressed if self._size is None else self._size
        left = most - self._received
        oversized = len(chunk) > left
        if oversized:
            self._problems.append(Problem("oversized", most, "", most))
            chunk = chunk[:left]
        self._received += len(chunk)
        self._verification.blob(chunk)
        if self._spill is not None and not self._spill.write(chunk):
            self._spill = None
        inflater = self._inflater
        if inflater is None:
            self._head += chunk
            if len(self._head) >= _HEAD:
                self._choose()
        elif inflater.problem is None:
            inflater.push(chunk)
        return not oversized

    def _choose(self) -> None:
        """Open the stream by what it is; the media type is asked where the bytes say nothing."""
        found = compression_of(self._head) or self._declared or "none"
        if self._declared is not None and self._declared != found:
            self._problems.append(Problem("other-compression", 0, self._declared))
        known = COMPRESSIONS.get(found)
        self._compression = known or "none"
        if known is None:
            self._problems.append(Problem("compression", 0, found))
            self._reader.ended = True
            self._verification.closed()
        elif known == "none":
            self._verification.plain()
        self._inflater = open_stream(self._compression, self._restarts)
        self._inflater.push(self._head)
        self._head = b""

    async def _open(self) -> bool:
        """Open what has come; False at a limit."""
        inflater, now = self._inflater, self._clock.monotonic
        if inflater is None:
            return True
        feed, pull, hashed = self._reader.feed, inflater.pull, self._verification.output
        while self._within(inflater):
            output = pull(_OUTPUT)
            if not output:
                return True
            hashed(output)
            feed(output)
            if now() >= self._slice_end:
                await self._rest()
        return False

    def _within(self, inflater: Inflater) -> bool:
        """Whether no limit is met."""
        limits, output, reached = self._limits, inflater.output, self._reader.stopped
        if reached is None and output > limits.free:
            over: tuple[LimitKind, int] | None = None
            if output > limits.decompressed:
                over = "decompressed", limits.decompressed
            elif output > limits.ratio * inflater.blob:
                over = "ratio", limits.ratio
            if over is not None:
                reached = over[0]
                self._problems.append(Problem("limit", output, *over))
        if reached is None:
            return True
        self._stopped = reached
        self._state = "limit"
        return False

    async def _rest(self) -> None:
        await self._verification.settle()
        await self._clock.sleep(0)
        self._slice_end = self._clock.monotonic() + SLICE

    async def _finish(self) -> None:
        inflater, reader = self._inflater, self._reader
        sound = False
        if inflater is not None:
            inflater.finish()
            sound = inflater.problem is None or inflater.problem.kind == "trailing"
        if sound:
            reader.finish()
        reader.ended = True
        whole = not any(problem.kind == "oversized" for problem in self._problems)
        await self._verification.conclude(whole, sound)
        self._state = "complete"
        if self._spill is not None:
            self._spill.finish()

    def _broken(self, why: str) -> None:
        self._problems.append(Problem("broken", self._received, why))

    def _forget(self, kind: str) -> None:
        self._problems = [problem for problem in self._problems if problem.kind != kind]
