"""Compressed streams, whole, in pieces, of several members, damaged and endless."""

import gzip
import io
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.layers.inflate import Inflater, compression_of, open_stream
from app.layers.layer_index import Compression
from app.layers.limits import Problem
from app.layers.restart import Restarts
from tests.unit.layers.layer_kit import gzip_of, noise, tar_of
from tests.unit.layers.zstd_kit import zstd_of

TEXT = noise(1, 3000) * 40 + b"the end"


def opened(stream: Inflater, data: bytes, piece: int = 10**9, most: int = 1 << 20) -> bytes:
    """All output, with input in pieces."""
    parts = []
    for at in range(0, len(data), piece):
        stream.push(data[at : at + piece])
        while part := stream.pull(most):
            assert len(part) <= most
            parts.append(part)
    stream.finish()
    return b"".join(parts)


def named_gzip(data: bytes) -> bytes:
    """A member with a name, an extra field, a comment and a checksum of its header (RFC 1952, FLG)."""
    head = b"\x1f\x8b\x08\x1e\0\0\0\0\0\x03" + b"\x04\0ABCD" + b"name\0" + b"comment\0"
    head += (zlib.crc32(head) & 0xFFFF).to_bytes(2, "little")
    return head + gzip_of(data)[10:]


BLOBS: list[tuple[Compression, bytes]] = [
    ("none", TEXT),
    ("gzip", gzip_of(TEXT)),
    ("gzip", gzip_of(TEXT[:1000]) + gzip_of(b"") + gzip_of(TEXT[1000:])),
    ("gzip", named_gzip(TEXT)),
    ("gzip", gzip_of(TEXT) + bytes(700)),
    ("zstd", zstd_of(TEXT)),
    ("zstd", zstd_of(TEXT[:5000]) + b"\x5a\x2a\x4d\x18\x03\0\0\0abc" + zstd_of(b"") + zstd_of(TEXT[5000:])),
]


@pytest.mark.parametrize(("compression", "blob"), BLOBS)
@pytest.mark.parametrize("piece", [1000, 4096, 10**9])
@pytest.mark.parametrize("most", [100, 1 << 20])
def test_a_stream_opens_in_pieces_of_any_size(compression: Compression, blob: bytes, piece: int, most: int) -> None:
    stream = open_stream(compression)
    assert opened(stream, blob, piece, most) == TEXT
    assert (stream.problem, stream.blob, stream.output) == (None, len(blob), len(TEXT))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.binary(max_size=3000), min_size=1, max_size=4), st.integers(1, 999), st.integers(1, 500))
def test_members_one_after_another_are_one_stream(parts: list[bytes], piece: int, most: int) -> None:
    for compression, pack in (("gzip", gzip_of), ("zstd", zstd_of)):
        stream = open_stream("gzip" if compression == "gzip" else "zstd")
        assert opened(stream, b"".join(map(pack, parts)), piece, most) == b"".join(parts)
        assert stream.problem is None


@pytest.mark.parametrize(("compression", "blob"), [BLOBS[1], BLOBS[2], BLOBS[5], BLOBS[6]])
def test_a_stream_cut_off_gives_what_it_has_and_says_so(compression: Compression, blob: bytes) -> None:
    stream = open_stream(compression)
    assert TEXT.startswith(opened(stream, blob[:-30]))
    assert stream.problem == Problem("truncated", stream.output, "compressed")


@pytest.mark.parametrize(("compression", "blob"), [BLOBS[1], BLOBS[5]])
def test_what_follows_and_is_no_member_is_told_and_left_alone(compression: Compression, blob: bytes) -> None:
    stream = open_stream(compression)
    assert opened(stream, blob + b"garbage") == TEXT
    assert stream.problem is not None
    assert (stream.problem.kind, stream.problem.offset) == ("trailing", len(blob))


def test_a_wrong_checksum_at_the_end_loses_nothing_of_what_came_before() -> None:
    blob = gzip_of(TEXT)
    stream = open_stream("gzip")
    assert opened(stream, blob[:-8] + b"wrong" + blob[-3:]) == TEXT
    assert stream.problem is not None
    assert stream.problem.kind == "bad-compression"


def test_damage_in_the_middle_leaves_what_came_before() -> None:
    text = b"".join(b"%d " % number for number in range(100000))
    blob = bytearray(gzip_of(text))
    at = len(blob) // 2
    blob[at : at + 100] = b"\xff" * 100
    stream = open_stream("gzip")
    found = opened(stream, bytes(blob), 65536)
    assert len(found) > len(text) // 3
    assert text.startswith(found[: len(text) // 3])


def test_damaged_zstd_leaves_the_blocks_before() -> None:
    text = noise(2, 400_000)
    blob = zstd_of(text)
    stream = open_stream("zstd")
    found = opened(stream, blob[:-4] + b"zzzz", 65536)
    assert len(found) >= 131072
    assert text.startswith(found)
    assert stream.problem is not None
    assert stream.problem.kind == "bad-compression"


@pytest.mark.parametrize("compression", ["gzip", "zstd"])
def test_what_is_not_compressed_so_gives_nothing(compression: Compression) -> None:
    stream = open_stream(compression)
    assert opened(stream, b"neither of the two, but long enough") == b""
    assert stream.problem is not None
    assert stream.problem.kind == "bad-compression"


def test_a_window_that_no_tab_can_hold_is_refused() -> None:
    # RFC 8878 section 3.1.1.1.2: exponent 21, a window of two gigabytes
    stream = open_stream("zstd")
    opened(stream, b"\x28\xb5\x2f\xfd\x00" + bytes([21 << 3]) + b"\x01\x00\x00")
    assert stream.problem is not None


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(BLOBS), st.data())
def test_no_damage_raises_anything(which: tuple[Compression, bytes], data: st.DataObject) -> None:
    compression, sound = which
    damaged = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    stream = open_stream(compression)
    total = 0
    stream.push(bytes(damaged))
    while total < 10**6 and (part := stream.pull(50_000)):
        total += len(part)
    stream.finish()


# Restarts.


def test_every_restart_leads_to_the_same_bytes() -> None:
    text = noise(3, 200_000) * 2
    blob = gzip_of(text[:300_000]) + gzip_of(text[300_000:])
    restarts = Restarts(spacing=50_000)
    assert opened(open_stream("gzip", restarts), blob, 10_000) == text
    assert len(restarts) > 4
    for output in range(0, len(text), 37_000):
        restart = restarts.before(output)
        assert restart.output <= output
        assert opened(open_stream("gzip", restart=restart), blob[restart.blob :]) == text[restart.output :]


def test_zstd_restarts_where_frames_begin() -> None:
    frames = [noise(number, 10_000) for number in range(10)]
    blob, text = b"".join(map(zstd_of, frames)), b"".join(frames)
    restarts = Restarts(spacing=25_000)
    assert opened(open_stream("zstd", restarts), blob, 777) == text
    assert len(restarts) == 4
    restart = restarts.before(80_000)
    assert restart.output % 10_000 == 0
    assert opened(open_stream("zstd", restart=restart), blob[restart.blob :]) == text[restart.output :]


# A bomb: bounded output however much there is.


def test_a_bomb_gives_a_bounded_piece_at_a_time() -> None:
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as packer:
        for _ in range(8):
            packer.write(bytes(1 << 20))
    stream = open_stream("gzip")
    stream.push(out.getvalue())
    assert [len(stream.pull(1 << 16)) for _ in range(5)] == [1 << 16] * 5


# Magic.


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (gzip_of(b""), "gzip"),
        (zstd_of(b""), "zstd"),
        (b"\x5e\x2a\x4d\x18\0\0\0\0", "zstd"),
        (tar_of(("a", b"")), "none"),
        (bytes(1024), "none"),
        (b"\xfd7zXZ\0", "xz"),
        (b"BZh91AY", "bzip2"),
        (b"text", None),
        (b"", None),
    ],
)
def test_a_stream_is_known_by_its_first_bytes(head: bytes, expected: str | None) -> None:
    assert compression_of(head) == expected
