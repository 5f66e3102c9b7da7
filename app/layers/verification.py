"""Digests of a layer as it streams: of the blob, and of what it decompresses to."""

from app.layers.layer_index import Verdict
from app.oci.digest import Digest
from app.ports.hashing import Hashing, StreamHash

_QUEUED = 32 * 1024 * 1024


class Verification:
    """Holds a layer against its digest and its diff_id; `digest` and `diff_id` are the verdicts."""

    def __init__(self, hashing: Hashing, digest: Digest | None, diff_id: Digest | None) -> None:
        self._expected = digest, diff_id
        self._blob = _start(hashing, digest)
        self._output = _start(hashing, diff_id)
        self._once = False
        self.digest: Verdict = "unknown" if self._blob is None else "unfinished"
        self.diff_id: Verdict = "unknown" if self._output is None else "unfinished"

    def blob(self, data: bytes) -> None:
        """The next bytes of the blob."""
        if self._blob is not None:
            self._blob.update(data)

    def output(self, data: bytes) -> None:
        """The next bytes of what it decompresses to."""
        if self._output is not None and not self._once:
            self._output.update(data)

    def plain(self) -> None:
        """Nothing is compressed: what is the same is hashed once."""
        digest, diff_id = self._expected
        self._once = digest is not None and diff_id is not None and digest.algorithm == diff_id.algorithm

    def closed(self) -> None:
        """The blob cannot be opened, so that nothing can be said of its diff_id."""
        self._output = None
        self.diff_id = "unknown"

    async def settle(self) -> None:
        """Let a hash that works elsewhere catch up."""
        for hashed in (self._blob, self._output):
            if hashed is not None:
                await hashed.settle(_QUEUED)

    async def conclude(self, whole: bool, sound: bool) -> None:
        """All has come. `whole`: and nothing was left out; `sound`: and all of it could be opened."""
        digest, diff_id = self._expected
        self.digest = _only(await _verdict(self._blob, digest), whole)
        self.diff_id = _only(await _verdict(self._blob if self._once else self._output, diff_id), sound)


def _start(hashing: Hashing, digest: Digest | None) -> StreamHash | None:
    return None if digest is None else hashing.start(digest.algorithm)


async def _verdict(hashed: StreamHash | None, digest: Digest | None) -> Verdict:
    if hashed is None or digest is None:
        return "unknown"
    return "ok" if await hashed.hexdigest() == digest.encoded else "wrong"


def _only(verdict: Verdict, condition: bool) -> Verdict:
    return verdict if condition or verdict == "unknown" else "wrong"
