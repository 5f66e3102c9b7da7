"""One file out of a layer: by restarts, by tables of contents, whole or its beginning."""

import tarfile

import pytest

from app.layers.blob_source import HeldBlob
from app.layers.entries import Entries
from app.layers.entry import FILE, Chunk, Extra, Owner
from app.layers.layer_index import LayerIndex
from app.layers.reading import FileContent, ReadProblem, cost, read_file
from app.layers.restart import Restarts
from app.layers.scan import Scan
from app.oci.digest import digest_of
from tests.unit.fake_transport import FakeClock
from tests.unit.layers.layer_kit import (
    END,
    ChunkedBlob,
    gzip_of,
    header,
    info,
    link,
    noise,
    octal,
    padded,
    pax,
    run,
    scanned,
    tar_of,
)
from tests.unit.layers.zstd_kit import zstd_of

FILES = [(f"file{number}", noise(number, 20_000 + number)) for number in range(20)]
RAW = tar_of(*FILES, link("hard", "file3", tarfile.LNKTYPE), link("soft", "file3"), ("folder", None), ("empty", b""))
BLOB = gzip_of(RAW)


def with_restarts(blob: bytes) -> LayerIndex:
    scan = Scan(FakeClock(), digest=digest_of(blob), size=len(blob))
    scan._restarts.spacing = 50_000
    return run(scan.run(ChunkedBlob(blob, 10_000)))


def read(index: LayerIndex, member: int, blob: bytes, limit: int = 10**9) -> FileContent:
    return run(read_file(index, member, HeldBlob(blob), FakeClock(), limit))


@pytest.mark.parametrize("blob", [RAW, BLOB, zstd_of(RAW), zstd_of(RAW[:200_000]) + zstd_of(RAW[200_000:])])
def test_every_file_reads_as_it_was_written(blob: bytes) -> None:
    index = with_restarts(blob)
    for member, (_, data) in enumerate(FILES):
        assert read(index, member, blob) == FileContent(data, len(data), True, "none")


def test_a_file_costs_one_request_from_the_nearest_restart_and_ends_it_early() -> None:
    index, source = with_restarts(BLOB), ChunkedBlob(BLOB, 1000)
    assert len(index.restarts) > 5
    member = 10
    run(read_file(index, member, source, FakeClock()))
    (start,) = source.starts
    assert 100_000 < start < index.entries[member].offset
    assert source.sent < 100_000


def test_the_cost_is_said_beforehand() -> None:
    index = with_restarts(BLOB)
    assert 20_000 < (cost(index, 10) or 0) < 150_000
    assert cost(with_restarts(RAW), 10) == 20_010


def test_the_beginning_of_a_file_is_enough_where_that_is_asked_for() -> None:
    assert read(with_restarts(BLOB), 5, BLOB, 100) == FileContent(FILES[5][1][:100], 20_005, False, "none")


def test_a_hard_link_reads_as_what_it_is_a_name_of() -> None:
    assert read(with_restarts(BLOB), 20, BLOB).data == FILES[3][1]


def test_an_empty_file_asks_for_nothing() -> None:
    source = ChunkedBlob(BLOB)
    assert run(read_file(with_restarts(BLOB), 23, source, FakeClock())) == FileContent(b"", 0, True, "none")
    assert source.starts == []


@pytest.mark.parametrize(("member", "kind"), [(21, "not-a-file"), (22, "not-a-file")])
def test_what_is_no_file_has_no_contents(member: int, kind: str) -> None:
    with pytest.raises(ReadProblem) as caught:
        read(with_restarts(BLOB), member, BLOB)
    assert caught.value.kind == kind


@pytest.mark.parametrize("target", ["missing", "self"])
def test_a_hard_link_to_nothing_is_said(target: str) -> None:
    blob = tar_of(link("self", target, tarfile.LNKTYPE))
    with pytest.raises(ReadProblem) as caught:
        read(scanned(blob), 0, blob)
    assert (caught.value.kind, caught.value.path) == ("missing-link", "self")


def test_a_file_that_the_blob_no_longer_has_is_truncated() -> None:
    with pytest.raises(ReadProblem) as caught:
        read(with_restarts(BLOB), 19, BLOB[:300_000])
    assert caught.value.kind == "truncated"


def test_a_blob_that_changed_is_damaged() -> None:
    blob = gzip_of(tar_of(("file", b"".join(b"%d " % number for number in range(10_000)))))
    with pytest.raises(ReadProblem) as caught:
        read(scanned(blob), 0, blob[:5000] + b"\xff" * 200_000)
    assert caught.value.kind == "bad-compression"


def test_a_sparse_file_has_its_holes() -> None:
    records = [(b"GNU.sparse.size", b"100"), (b"GNU.sparse.map", b"10,2,50,1")]
    blob = pax(records) + header(size=octal(3)) + padded(b"abc") + END
    expected = bytes(10) + b"ab" + bytes(38) + b"c" + bytes(49)
    assert read(scanned(blob), 0, blob).data == expected
    assert read(scanned(blob), 0, blob, 11).data == expected[:11]


# Tables of contents.

PARTS = [noise(9, 1000), bytes(500), noise(8, 700)]


def chunked(digests: bool = True, wrong: bool = False) -> tuple[LayerIndex, bytes]:
    """A file of three chunks, the middle one of zeros that are stored nowhere, behind something else."""
    first, last = gzip_of(PARTS[0]), gzip_of(PARTS[2])
    blob = b"before" + first + last + b"after"
    names = [str(digest_of(b"else" if wrong else part)) if digests else "" for part in PARTS]
    chunks = (
        Chunk(0, 1000, 6, 6 + len(first), 0, names[0]),
        Chunk(1000, 500, -1, 0, 0, names[1]),
        Chunk(1500, 700, 6 + len(first), 0, 0, names[2]),
    )
    entries = Entries()
    owner = entries.owner_id(Owner(0o644, 0, 0, b"", b""))
    entries.append(b"file", FILE, owner, 2200, extra=Extra(chunks=chunks))
    return scanned(tar_of())._replace(entries=entries, compression="gzip", restarts=Restarts()), blob


def test_a_file_of_chunks_is_put_together_and_held_against_their_digests() -> None:
    index, blob = chunked()
    assert read(index, 0, blob) == FileContent(b"".join(PARTS), 2200, True, "ok")


def test_a_chunk_that_is_not_what_its_digest_says_is_told() -> None:
    index, blob = chunked(wrong=True)
    assert read(index, 0, blob).checked == "wrong"


def test_chunks_without_digests_are_not_called_checked() -> None:
    index, blob = chunked(digests=False)
    assert read(index, 0, blob).checked == "none"


def test_a_beginning_within_a_chunk_is_not_called_checked() -> None:
    index, blob = chunked()
    assert read(index, 0, blob, 500) == FileContent(PARTS[0][:500], 2200, False, "none")


def test_a_file_that_nothing_places_is_said() -> None:
    entries = Entries()
    entries.append(b"file", FILE, entries.owner_id(Owner(0o644, 0, 0, b"", b"")), 5)
    with pytest.raises(ReadProblem) as caught:
        read(scanned(tar_of())._replace(entries=entries), 0, b"")
    assert caught.value.kind == "unplaced"
    assert info("unused").name == "unused"
