"""ztocs written here after the schema, with places to enter gzip found by zlib itself."""

import zlib

from hypothesis import given, settings
from hypothesis import strategies as st

from app.layers.blob_source import HeldBlob
from app.layers.limits import Limits
from app.layers.reading import read_file
from app.layers.soci import read_ztoc
from tests.unit.fake_transport import FakeClock
from tests.unit.layers.deflate_kit import STREAM, TEXT, WITHIN
from tests.unit.layers.flatbuffer_kit import Field, checkpoints, table
from tests.unit.layers.layer_kit import ChunkedBlob, gzip_of, read_tar, run, tar_of

FILES = [(f"file{number}", b"%d " % number * 4000) for number in range(20)]
RAW = tar_of(("folder", None), *FILES)
NAMES = {"file": b"reg", "folder": b"dir"}


def packed() -> tuple[bytes, list[tuple[int, int, int, bytes]]]:
    """gzip with places where it may be entered, between bytes."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    blob, points = b"", [(10, 0, 0, b"")]
    for at in range(0, len(RAW), 60_000):
        if at:
            points.append((len(blob), at, 0, RAW[max(0, at - 32768) : at]))
        blob += packer.compress(RAW[at : at + 60_000]) + packer.flush(zlib.Z_SYNC_FLUSH)
    return blob + packer.flush(), points


BLOB, POINTS = packed()


def ztoc(points: list[tuple[int, int, int, bytes]] | None = None, algorithm: int = 1) -> bytes:
    members: list[Field] = [
        {
            0: entry.path.encode(),
            1: NAMES[entry.kind],
            2: (entry.offset, 8),
            3: (entry.size, 8),
            5: (0o644, 8),
            6: (1000, 4),
            8: b"wer",
            10: b"2026-01-05T08:00:00Z",
            13: [{0: b"user.a", 1: b"x"}],
        }
        for entry in read_tar(RAW).entries
    ]
    info: Field = {0: (algorithm, 1), 1: (len(POINTS) - 1, 4), 3: checkpoints(POINTS if points is None else points)}
    return table({0: b"1.0", 2: (len(BLOB), 8), 3: (len(RAW), 8), 4: {0: members}, 5: info}, 14)


def test_the_tree_is_had_from_the_ztoc() -> None:
    index = read_ztoc(ztoc(), len(BLOB))
    assert (index.source, index.toc, index.problems, index.compression) == ("soci", "ok", (), "gzip")
    assert [entry.path for entry in index.entries] == ["folder/", *(name for name, _ in FILES)]
    entry = index.entries[3]
    assert (entry.kind, entry.mode, entry.uid, entry.user, entry.mtime) == ("file", 0o644, 1000, "wer", 1767600000.0)
    assert dict(entry.xattrs) == {"user.a": b"x"}


def test_files_are_read_by_the_nearest_place_to_enter() -> None:
    index = read_ztoc(ztoc(), len(BLOB))
    assert len(index.restarts) == len(POINTS)
    for member, (_, data) in enumerate(FILES, 1):
        source = ChunkedBlob(BLOB, 500)
        assert run(read_file(index, member, source, FakeClock())).data == data
        if member > 10:
            assert source.starts[0] > 200


def test_a_place_within_a_byte_is_entered_there() -> None:
    blob = gzip_of(b"")[:10] + STREAM[:-8] + bytes(8)
    points = [(10 + at, output, bits, TEXT[output - 32768 : output]) for at, bits, output in WITHIN if bits]
    for number, (_, output, _, _) in enumerate(points):
        member: Field = {0: b"text", 1: b"reg", 2: (output + 99, 8), 3: (2000, 8)}
        data = table({4: {0: [member]}, 5: {0: (1, 1), 3: checkpoints(points[number : number + 1])}}, 14)
        index = read_ztoc(data, len(blob))
        assert len(index.restarts) == 2
        content = run(read_file(index, 0, ChunkedBlob(blob, 700), FakeClock()))
        assert content.data == TEXT[output + 99 : output + 2099]


def test_without_places_to_enter_files_are_read_from_the_beginning() -> None:
    index = read_ztoc(ztoc([]), len(BLOB))
    assert run(read_file(index, 15, HeldBlob(BLOB), FakeClock())).data == FILES[14][1]


def test_a_layer_that_is_not_compressed_is_read_where_its_files_are() -> None:
    index = read_ztoc(ztoc(algorithm=2), len(RAW))
    assert run(read_file(index, 15, HeldBlob(RAW), FakeClock())).data == FILES[14][1]


def test_a_ztoc_that_nobody_checked_is_said_so() -> None:
    assert read_ztoc(ztoc(), checked=False).toc == "unknown"


def test_places_out_of_order_are_left_out() -> None:
    assert len(read_ztoc(ztoc([*POINTS[3:], *POINTS])).restarts) == len(POINTS) - 2


def test_more_members_than_allowed_are_not_kept() -> None:
    index = read_ztoc(ztoc(), limits=Limits(entries=3))
    assert (len(index.entries), index.problems[0].detail) == (3, "entries")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_damage_is_a_problem_and_never_more(data: st.DataObject) -> None:
    damaged = bytearray(ztoc([]))
    for _ in range(data.draw(st.integers(0, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    index = read_ztoc(bytes(damaged[: data.draw(st.integers(0, len(damaged)))]))
    assert {problem.kind for problem in index.problems} <= {"bad-toc"}
