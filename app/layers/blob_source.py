"""Where the bytes of a layer come from: the registry, what was put aside, or memory."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Protocol

from app.client.blob_stream import open_blob
from app.client.errors import Refused
from app.client.session import Session
from app.oci.digest import Digest
from app.ports.spill import SpillFile

_SPILL_PIECE = 1024 * 1024


class BlobSource(Protocol):
    """A blob that can be read from any byte on. `size`: its bytes, None where nobody said."""

    @property
    def size(self) -> int | None: ...
    def stream(self, start: int) -> AsyncGenerator[bytes, None]:
        """Its bytes from there to the end; close it when enough has come."""
        ...


async def read_range(source: BlobSource, start: int, length: int) -> bytes:
    """At most `length` bytes from there, fewer where the blob ends. Raises what the source does."""
    parts: list[bytes] = []
    left = length
    async with aclosing(source.stream(start)) as stream:
        async for chunk in stream:
            parts.append(chunk[:left])
            left -= len(chunk)
            if left <= 0:
                break
    return b"".join(parts)


class RangesIgnored(Exception):
    """The registry sends all of a blob where a part was asked for, and the caller wants no more than that part."""


class RegistryBlob:
    """A blob of a registry. `ranged`: whether it sends parts of blobs; None until that was tried. `must_range`: rather
    than pass over what comes before, raise RangesIgnored."""

    def __init__(
        self, session: Session, repository: str, digest: Digest, size: int | None, must_range: bool = False
    ) -> None:
        self.size = size
        self._must_range = must_range
        self.ranged: bool | None = None
        self._session = session
        self._repository = repository
        self._digest = digest

    async def stream(self, start: int) -> AsyncGenerator[bytes, None]:
        """Raises `app.client.errors`, `app.auth.errors` and RangesIgnored."""
        if self.size is not None and start >= self.size:
            return
        try:
            opened = await open_blob(self._session, self._repository, self._digest, start)
        except Refused as error:
            if error.status == 416 and start:
                return  # RFC 9110 section 15.5.17: nothing is there, so that was all
            raise
        if start:
            self.ranged = opened.ranged
        if self._must_range and not opened.ranged:
            opened.close()
            raise RangesIgnored
        async with aclosing(opened.chunks()) as chunks:
            async for chunk in chunks:
                yield chunk


class SpilledBlob:
    """A blob that was put aside, whole."""

    def __init__(self, file: SpillFile) -> None:
        self._file = file

    @property
    def size(self) -> int:
        return self._file.size

    async def stream(self, start: int) -> AsyncGenerator[bytes, None]:
        while data := self._file.read(start, _SPILL_PIECE):
            yield data
            start += len(data)


class HeldBlob:
    """A blob in memory: small ones, and the data that a descriptor embeds."""

    def __init__(self, data: bytes) -> None:
        self.size = len(data)
        self._data = data

    async def stream(self, start: int) -> AsyncGenerator[bytes, None]:
        for at in range(start, len(self._data), _SPILL_PIECE):
            yield self._data[at : at + _SPILL_PIECE]
