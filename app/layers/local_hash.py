"""Digests by hashlib, in the same thread. Implements app.ports.hashing."""

from app.oci.digest import Digest, Hasher, hasher


class LocalHash:
    """Implements StreamHash."""

    def __init__(self, state: Hasher) -> None:
        self._state = state
        self.update = state.update

    async def settle(self, most: int) -> None:
        """Nothing is ever queued."""

    async def hexdigest(self) -> str:
        return self._state.hexdigest()


class LocalHashing:
    """Implements Hashing."""

    def start(self, algorithm: str) -> LocalHash | None:
        wanted = Digest(algorithm, "")
        return LocalHash(hasher(wanted)) if wanted.verifiable else None
