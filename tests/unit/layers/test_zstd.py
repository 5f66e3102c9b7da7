import pytest

from app.layers.restart import Restart
from app.layers.zstd import ZstdStream, is_skippable
from tests.unit.layers.zstd_kit import zstd_of


@pytest.mark.parametrize(
    ("head", "skippable"),
    [(b"\x50\x2a\x4d\x18", True), (b"\x5f\x2a\x4d\x18", True), (b"\x28\xb5\x2f\xfd", False), (b"\x50\x2a\x4d", False)],
)
def test_skippable_frames_are_known(head: bytes, skippable: bool) -> None:
    assert is_skippable(head) is skippable


def test_frames_of_nothing_but_what_is_skipped_are_sound() -> None:
    stream = ZstdStream()
    stream.push(b"\x50\x2a\x4d\x18\x05\0\0\0ab")
    assert stream.pull(100) == b""
    stream.push(b"cde")
    assert stream.pull(100) == b""
    stream.finish()
    assert (stream.problem, stream.blob) == (None, 13)


def test_a_stream_counts_on_from_where_it_begins_again() -> None:
    stream = ZstdStream(restart=Restart(100, 1000, None))
    stream.push(zstd_of(b"abc"))
    assert stream.pull(100) == b"abc"
    assert (stream.blob, stream.output) == (100 + len(zstd_of(b"abc")), 1003)


def test_a_frame_that_is_a_bomb_gives_a_bounded_piece_at_a_time() -> None:
    stream = ZstdStream()
    stream.push(zstd_of(bytes(2**24)))
    assert [len(stream.pull(1000)) for _ in range(3)] == [1000] * 3
