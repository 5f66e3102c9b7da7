import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layers.entry import Segment
from app.layers.sparse import checked, expand, map_inside, map_of


def test_the_old_maps_are_read() -> None:
    assert map_of({b"GNU.sparse.map": b"0,2,50,1"}) == (Segment(0, 2), Segment(50, 1))
    assert map_of({b"GNU.sparse.map": b""}) == ()
    assert map_of({b"GNU.sparse.offset": b"7", b"GNU.sparse.numbytes": b"3"}) == (Segment(7, 3),)


@pytest.mark.parametrize(
    "records",
    [
        {b"GNU.sparse.map": b"0,2,50"},
        {b"GNU.sparse.map": b"0,-2"},
        {b"GNU.sparse.map": b"a,b"},
        {b"GNU.sparse.offset": b"7", b"GNU.sparse.numbytes": b"3,4"},
    ],
)
def test_a_map_that_is_none_is_said(records: dict[bytes, bytes]) -> None:
    assert map_of(records) is None


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (b"1\n5\n2\n".ljust(512, b"\0"), ((Segment(5, 2),), 512)),
        (b"0\n".ljust(512, b"\0"), ((), 512)),
        (b"2\n5\n2\n", (None, 0)),
        (b"12345", (None, 0)),
        (b"x\n", (None, -1)),
        (b"1\nx\n2\n", (None, -1)),
        (b"1" * 100, (None, -1)),
        (b"99999999999999999999\n", (None, -1)),
    ],
)
def test_a_map_before_the_contents_is_read_or_asks_for_more(
    blocks: bytes, expected: tuple[tuple[Segment, ...] | None, int]
) -> None:
    assert map_inside(blocks) == expected


@pytest.mark.parametrize(
    ("segments", "sound"),
    [
        ((Segment(0, 2), Segment(2, 1)), True),
        ((Segment(0, 2), Segment(1, 1)), False),
        ((Segment(9, 3),), False),
        ((Segment(0, 2),), False),
        ((Segment(5, 3), Segment(0, 0)), False),
    ],
)
def test_a_map_must_be_in_order_and_of_what_is_stored(segments: tuple[Segment, ...], sound: bool) -> None:
    assert checked(segments, 10, 3) is sound


@given(st.binary(min_size=1, max_size=300), st.data())
def test_a_file_is_put_together_as_it_was(data: bytes, draws: st.DataObject) -> None:
    cuts = sorted(draws.draw(st.lists(st.integers(0, len(data)), max_size=6)))
    edges = [0, *cuts, len(data)]
    segments = [Segment(start, end - start) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    holed = bytearray(len(data))
    for start, length in segments:
        holed[start : start + length] = data[start : start + length]
    stored = b"".join(bytes(holed[start : start + length]) for start, length in segments)
    size = draws.draw(st.integers(0, len(data)))
    assert expand(stored, tuple(segments), size) == bytes(holed[:size])
