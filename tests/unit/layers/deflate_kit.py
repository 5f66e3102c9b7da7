"""A deflate stream with the places within its bytes where a block ends, for tests."""

import zlib

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


WITHIN, STREAM = entry_points()
