"""Scans: digests, limits, what is cut off and goes on, and others having their turn."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.auth.errors import AuthError
from app.client.errors import Unreachable
from app.layers.blob_source import HeldBlob
from app.layers.layer_index import Compression, LayerIndex
from app.layers.limits import Limits, Problem
from app.layers.local_hash import LocalHashing
from app.layers.scan import Scan
from app.oci.digest import Digest, digest_of, parse_digest
from tests.unit.fake_transport import FakeClock
from tests.unit.layers.layer_kit import ChunkedBlob, gzip_of, noise, paths, run, scan_of, scanned, tar_of
from tests.unit.layers.zstd_kit import zstd_of

RAW = tar_of(*((f"folder/file{number}", noise(number, 3000)) for number in range(30)))
NAMES = [f"folder/file{number}" for number in range(30)]
BLOB = gzip_of(RAW)
LOST = Unreachable("GET", "https://r.example/v2/x", "truncated")


@pytest.mark.parametrize(("compression", "blob"), [("none", RAW), ("gzip", BLOB), ("zstd", zstd_of(RAW))])
def test_a_layer_read_to_its_end_is_listed_and_verified(compression: Compression, blob: bytes) -> None:
    index = scanned(blob, RAW, compression)
    assert paths(index) == NAMES
    assert (index.state, index.listed, index.digest, index.diff_id) == ("complete", True, "ok", "ok")
    assert (index.compression, index.problems, index.source) == (compression, (), "layer")
    progress = index.progress
    assert (progress.received, progress.decompressed, progress.entries) == (len(blob), len(RAW), 30)


def test_the_bytes_decide_where_the_media_type_says_something_else() -> None:
    index = scanned(zstd_of(RAW), RAW, "gzip")
    assert (index.compression, paths(index)) == ("zstd", NAMES)
    assert index.problems == (Problem("other-compression", 0, "gzip"),)


def test_a_compression_that_cannot_be_opened_is_named_and_the_digest_is_still_checked() -> None:
    index = scanned(b"\xfd7zXZ\0" + bytes(1000), RAW, None)
    assert index.problems == (Problem("compression", 0, "xz"),)
    assert (index.state, index.digest, index.diff_id) == ("complete", "ok", "unknown")


def test_a_wrong_digest_is_said() -> None:
    scan = Scan(FakeClock(), "gzip", digest=digest_of(b"another"), diff_id=digest_of(RAW), size=len(BLOB))
    index = run(scan.run(HeldBlob(BLOB)))
    assert (index.digest, index.diff_id, len(index.entries)) == ("wrong", "ok", 30)


def test_a_wrong_diff_id_is_said() -> None:
    assert scanned(BLOB, b"another").diff_id == "wrong"


def test_a_digest_that_cannot_be_computed_is_never_called_right() -> None:
    blake = parse_digest("blake3:" + "0" * 64)
    scan = Scan(FakeClock(), "gzip", digest=blake, diff_id=None, size=len(BLOB))
    index = run(scan.run(HeldBlob(BLOB)))
    assert (index.digest, index.diff_id) == ("unknown", "unknown")


def test_damaged_compression_keeps_the_tree_so_far_and_checks_the_digest() -> None:
    damaged = BLOB[: len(BLOB) // 2] + b"\xff" * 64 + BLOB[len(BLOB) // 2 + 64 :]
    index = scanned(damaged, RAW)
    assert 5 < len(index.entries) < 30
    assert (index.state, index.digest, index.diff_id) == ("complete", "ok", "wrong")
    assert index.problems[-1].kind == "bad-compression"


def test_a_wrong_checksum_of_gzip_loses_no_member() -> None:
    damaged = BLOB[:-8] + bytes([BLOB[-8] ^ 1]) + BLOB[-7:]
    index = scanned(damaged, RAW)
    assert (len(index.entries), index.diff_id) == (30, "wrong")


def test_a_blob_cut_short_with_its_digest_right_is_truncated() -> None:
    index = scanned(BLOB[:-100], RAW)
    assert [problem.kind for problem in index.problems] == ["truncated"]


def test_what_is_no_archive_is_said() -> None:
    index = scanned(b"{}" * 600, None)
    assert (index.problems, len(index.entries)) == ((Problem("not-tar", 0, "checksum"),), 0)


@pytest.mark.parametrize("blob", [b"", b"x", bytes(100)])
def test_a_tiny_blob_is_no_archive(blob: bytes) -> None:
    assert [problem.kind for problem in scanned(blob).problems][:1] in (["not-tar"], ["truncated"])


def test_more_than_the_descriptor_says_is_not_received() -> None:
    scan = Scan(FakeClock(), digest=digest_of(RAW), size=len(RAW))
    source = ChunkedBlob(RAW + bytes(10**6))
    index = run(scan.run(source))
    assert source.sent < len(RAW) + 2000
    assert (index.digest, len(index.entries)) == ("wrong", 30)
    assert index.problems == (Problem("oversized", len(RAW), "", len(RAW)),)


# Broken off, cancelled, gone on.


def test_a_broken_download_keeps_the_tree_and_goes_on_where_it_was() -> None:
    broken, sound = ChunkedBlob(BLOB, fail_at=50_000, error=LOST), ChunkedBlob(BLOB)
    scan = scan_of(BLOB, RAW)
    first = run(scan.run(broken))
    assert (first.state, first.digest, scan.error) == ("broken", "unfinished", LOST)
    assert first.problems == (Problem("broken", 50_000, "truncated"),)
    assert 10 < len(first.entries) < 30
    index = run(scan.run(sound))
    assert sound.starts == [50_000]
    assert (paths(index), index.digest, index.diff_id, index.problems) == (NAMES, "ok", "ok", ())


def test_a_body_that_ends_early_without_a_word_is_broken_too() -> None:
    scan = scan_of(BLOB, RAW)
    first = run(scan.run(ChunkedBlob(BLOB, fail_at=50_000)))
    assert (first.state, first.problems) == ("broken", (Problem("broken", 50_000, "truncated"),))
    assert run(scan.run(ChunkedBlob(BLOB))).digest == "ok"


def test_a_download_that_never_began_raises_its_error() -> None:
    with pytest.raises(Unreachable):
        run(scan_of(BLOB).run(ChunkedBlob(BLOB, fail_at=0, error=LOST)))


def test_a_login_that_ran_out_is_raised_and_the_scan_goes_on_after_it() -> None:
    class SignedOut(AuthError):
        def __init__(self) -> None:
            Exception.__init__(self)

    scan = scan_of(BLOB, RAW)
    with pytest.raises(SignedOut):
        run(scan.run(ChunkedBlob(BLOB, fail_at=40_000, error=SignedOut())))
    assert scan.index().state == "paused"
    assert run(scan.run(ChunkedBlob(BLOB))).digest == "ok"


def test_cancelling_keeps_the_tree_and_goes_on_where_it_was() -> None:
    async def cancelled() -> tuple[LayerIndex, LayerIndex]:
        scan = scan_of(BLOB, RAW)

        def at(begin: int) -> None:
            if begin == 40_000:
                task.cancel()

        task = asyncio.ensure_future(scan.run(ChunkedBlob(BLOB, at=at)))
        with pytest.raises(asyncio.CancelledError):
            await task
        return scan.index(), await scan.run(ChunkedBlob(BLOB))

    first, index = run(cancelled())
    assert (first.state, first.digest) == ("paused", "unfinished")
    assert (paths(index), index.digest, index.diff_id) == (NAMES, "ok", "ok")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, len(BLOB) - 1), max_size=4), st.integers(300, 30_000), st.booleans())
def test_a_scan_gone_on_with_equals_one_without_a_break(breaks: list[int], piece: int, zipped: bool) -> None:
    blob = BLOB if zipped else RAW
    scan = scan_of(blob, RAW)
    for at in sorted(breaks):
        run(scan.run(ChunkedBlob(blob, piece, fail_at=at)))
    index = run(scan.run(ChunkedBlob(blob, piece)))
    whole = scanned(blob, RAW)
    assert list(index.entries) == list(whole.entries)
    assert (index.digest, index.diff_id, index.problems) == ("ok", "ok", ())
    assert index.progress.decompressed == whole.progress.decompressed


def test_a_scan_that_is_complete_asks_for_nothing_more() -> None:
    scan, source = scan_of(BLOB, RAW), ChunkedBlob(BLOB)
    run(scan.run(source))
    run(scan.run(source))
    assert source.starts == [0]


# Limits.


def bomb(size: int) -> bytes:
    return gzip_of(tar_of(("small", b"x"), ("zeros", bytes(size))), level=9)


@pytest.mark.parametrize(
    ("limits", "kind"),
    [
        (Limits(free=2**20, ratio=50), "ratio"),
        (Limits(free=2**20, decompressed=2**21, ratio=10**6), "decompressed"),
    ],
)
def test_a_bomb_stops_at_a_limit_that_can_be_raised(limits: Limits, kind: str) -> None:
    blob = bomb(6 * 2**20)
    scan = scan_of(blob, limits=limits)
    first = run(scan.run(ChunkedBlob(blob)))
    assert (first.state, [problem.kind for problem in first.problems]) == ("limit", ["limit"])
    assert first.problems[0].detail == kind
    assert first.progress.decompressed < 4 * 2**20
    assert paths(first) == ["small", "zeros"]
    assert run(scan.run(ChunkedBlob(blob))).state == "limit"  # not raised, so nothing happens
    for _ in range(4):
        scan.raise_limit()
        index = run(scan.run(ChunkedBlob(blob)))
        if index.state == "complete":
            break
    assert (index.digest, index.problems) == ("ok", ())


def test_too_many_members_stop_and_go_on_once_more_are_allowed() -> None:
    scan = scan_of(BLOB, RAW, limits=Limits(entries=10))
    first = run(scan.run(ChunkedBlob(BLOB)))
    assert (first.state, len(first.entries), first.problems[0].detail) == ("limit", 10, "entries")
    scan.raise_limit()
    index = run(scan.run(ChunkedBlob(BLOB)))
    assert (paths(index), index.digest, index.diff_id, index.problems) == (NAMES, "ok", "ok", ())


def test_members_beyond_a_limit_that_had_come_already_are_not_lost_once_it_is_raised() -> None:
    raw = tar_of(*((f"{number}", b"") for number in range(20)))
    scan = scan_of(raw, raw, limits=Limits(entries=3))
    run(scan.run(HeldBlob(raw)))
    for _ in range(2):
        scan.raise_limit()
        index = run(scan.run(HeldBlob(raw)))
    assert (len(index.entries), index.digest, index.problems) == (20, "ok", ())


def test_endless_zeros_behind_the_archive_stop_too() -> None:
    blob = gzip_of(tar_of(("a", b"")) + bytes(2**23), level=9)
    index = run(scan_of(blob, limits=Limits(free=2**20, ratio=20)).run(ChunkedBlob(blob)))
    assert index.state == "limit"
    assert index.progress.decompressed < 2**22


# Slices, spill, hashing elsewhere.


def test_others_have_their_turn_while_a_layer_is_read() -> None:
    clock = FakeClock()
    ticking = clock.monotonic

    def monotonic() -> float:
        clock.advance(0.004)
        return ticking()

    clock.monotonic = monotonic  # type: ignore[method-assign]
    scan = Scan(clock, "gzip", digest=digest_of(BLOB), size=len(BLOB))
    run(scan.run(ChunkedBlob(BLOB)))
    assert clock.slept.count(0) > 5


class MemoryFile:
    def __init__(self, budget: int) -> None:
        self.data = bytearray()
        self.budget = budget
        self.complete = False

    @property
    def size(self) -> int:
        return len(self.data)

    def write(self, data: bytes) -> bool:
        if len(self.data) + len(data) > self.budget:
            self.drop()
            return False
        self.data += data
        return True

    def finish(self) -> None:
        self.complete = True

    def read(self, start: int, length: int) -> bytes:
        return bytes(self.data[start : start + length])

    def drop(self) -> None:
        self.data.clear()


def test_the_blob_is_put_aside_as_it_comes() -> None:
    file = MemoryFile(10**9)
    scan = scan_of(BLOB, spill=file)
    run(scan.run(ChunkedBlob(BLOB, fail_at=9000)))
    assert not file.complete
    run(scan.run(ChunkedBlob(BLOB)))
    assert (file.complete, file.read(0, len(BLOB))) == (True, BLOB)


def test_no_room_to_put_it_aside_does_not_stop_the_reading() -> None:
    file = MemoryFile(5000)
    index = run(scan_of(BLOB, spill=file).run(ChunkedBlob(BLOB)))
    assert (index.state, file.complete, file.size) == ("complete", False, 0)


def test_a_hash_elsewhere_is_waited_for_and_asked_at_the_end() -> None:
    class Elsewhere:
        def __init__(self) -> None:
            self.data = b""
            self.settled = 0

        def update(self, data: bytes) -> None:
            self.data += data

        async def settle(self, most: int) -> None:
            self.settled += 1

        async def hexdigest(self) -> str:
            return digest_of(self.data).encoded

    class Hashes:
        def __init__(self) -> None:
            self.started: list[Elsewhere] = []

        def start(self, algorithm: str) -> Elsewhere:
            self.started.append(Elsewhere())
            return self.started[-1]

    hashes = Hashes()
    index = run(scan_of(BLOB, RAW, hashing=hashes).run(ChunkedBlob(BLOB)))
    assert (index.digest, index.diff_id) == ("ok", "ok")
    assert [len(each.data) for each in hashes.started] == [len(BLOB), len(RAW)]


def test_hashlib_computes_what_it_knows_alone() -> None:
    assert LocalHashing().start("sha512") is not None
    assert LocalHashing().start("blake3") is None
    assert Digest("sha512", "").verifiable
