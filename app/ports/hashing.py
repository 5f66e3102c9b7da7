"""Digests computed while bytes stream, by whatever does that best where the app runs."""

from typing import Protocol


class StreamHash(Protocol):
    def update(self, data: bytes) -> None:
        """Take the next bytes. It may only queue them."""
        ...

    async def settle(self, most: int) -> None:
        """Wait until at most that many bytes are queued, so that a slow hash does not fill the memory."""
        ...

    async def hexdigest(self) -> str:
        """The digest of all bytes so far, in lower-case hex; more may follow."""
        ...


class Hashing(Protocol):
    def start(self, algorithm: str) -> StreamHash | None:
        """A fresh hash; None for an algorithm that cannot be computed here."""
        ...
