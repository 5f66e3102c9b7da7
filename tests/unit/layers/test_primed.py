import zlib

import pytest

from app.layers.primed import PrimedInflate

TEXT = b"".join(b"%d " % (number * number % 999983) for number in range(40000))


def entry_points() -> tuple[list[tuple[int, int, int]], bytes]:
    """Places in a deflate stream where a block ends within a byte: (bytes used, bits left of the last one, output).

    A flush that fills up no byte says where a block ends, to the byte; the bits are found by trying.
    """
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    stream = b""
    found: list[tuple[int, int]] = []
    for part in range(0, len(TEXT), 50_000):
        stream += packer.compress(TEXT[part : part + 50_000]) + packer.flush(zlib.Z_PARTIAL_FLUSH)
        found.append((len(stream), part + 50_000))
    stream += packer.flush() + b"trailer!"
    points = [
        (blob, bits, output)
        for used, output in found[:-1]
        for bits in range(8)
        for blob in (used, used - 1, used + 1)
        if opens(stream[blob - (bits > 0) :], TEXT[output - 32768 : output], bits, TEXT[output : output + 5000])
    ]
    return points, stream


def opens(data: bytes, window: bytes, bits: int, expected: bytes) -> bool:
    try:
        return PrimedInflate(window, bits).decompress(data[:20_000], len(expected)) == expected
    except zlib.error:
        return False


POINTS, STREAM = entry_points()


def test_places_within_a_byte_were_found_to_test_with() -> None:
    assert len({bits for _, bits, _ in POINTS}) > 2


@pytest.mark.parametrize("piece", [1, 7, 4096, 10**9])
def test_a_stream_entered_within_a_byte_goes_on_to_its_end(piece: int) -> None:
    for blob, bits, output in POINTS[:: 1 if piece > 7 else 5]:
        state = PrimedInflate(TEXT[output - 32768 : output], bits)
        data = STREAM[blob - (bits > 0) :]
        found = b"".join(state.decompress(data[at : at + piece]) for at in range(0, len(data), piece))
        assert found == TEXT[output:]
        assert state.eof


def test_a_copy_goes_on_by_itself() -> None:
    blob, bits, output = POINTS[0]
    state = PrimedInflate(TEXT[output - 32768 : output], bits)
    data = STREAM[blob - (bits > 0) :]
    first = state.decompress(data[:1000], 100)
    other = state.copy()
    assert state.decompress(data[1000:5000]) == other.decompress(data[1000:5000])
    assert TEXT[output:].startswith(first)
