from app.layers.local_hash import LocalHashing
from app.ports.hashing import Hashing, StreamHash


def test_the_hashing_of_this_thread_fits_the_port() -> None:
    hashing: Hashing = LocalHashing()
    started: StreamHash | None = hashing.start("sha256")
    assert started is not None
