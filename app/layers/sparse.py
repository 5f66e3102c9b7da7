"""Maps of sparse files in pax archives (GNU tar's manual, "Storing Sparse Files"), and files put together by them."""

from app.layers.entry import Segment
from app.layers.pax import Records, decimal
from app.layers.tar_header import LARGEST, padded


def is_sparse(records: Records) -> bool:
    """Whether the records tell of a sparse file, in any of the three forms."""
    return b"GNU.sparse.major" in records or b"GNU.sparse.map" in records or b"GNU.sparse.numblocks" in records


def is_mapped_inside(records: Records) -> bool:
    """Whether it is the form 1.0, whose map stands before the contents."""
    return records.get(b"GNU.sparse.major") == b"1" and records.get(b"GNU.sparse.minor") == b"0"


def real_size(records: Records) -> int | None:
    """Bytes of the file with its holes."""
    text = records.get(b"GNU.sparse.realsize", records.get(b"GNU.sparse.size"))
    return None if text is None else decimal(text, LARGEST)


def map_of(records: Records) -> tuple[Segment, ...] | None:
    """The map of the forms 0.0 (offset and numbytes repeated) and 0.1 (one list); None where it is none."""
    listed = records.get(b"GNU.sparse.map")
    if listed is None:
        offsets = records.get(b"GNU.sparse.offset", b"").split(b",")
        counts = records.get(b"GNU.sparse.numbytes", b"").split(b",")
        if len(offsets) != len(counts):
            return None
        texts = [text for pair in zip(offsets, counts, strict=True) for text in pair]
    else:
        texts = listed.split(b",")
    return _segments([] if texts in ([b""], [b"", b""]) else texts)


def map_inside(blocks: bytes) -> tuple[tuple[Segment, ...] | None, int]:
    """The map of the form 1.0: decimal lines, the first their count, filled up to whole blocks.

    Returns the map and the bytes it takes; (None, 0) where `blocks` end before it does, (None, -1) where it is none.
    """
    end = blocks.find(b"\n")
    if end < 0:
        return None, 0 if len(blocks) < 32 else -1
    count = decimal(blocks[:end], 2**32)
    if count is None:
        return None, -1
    lines = blocks.split(b"\n", 2 * count + 1) if len(blocks) >= 4 * count else []
    if len(lines) < 2 * count + 2:
        return None, 0
    segments = _segments(lines[1:-1])
    taken = len(blocks) - len(lines[-1])
    return segments, -1 if segments is None else padded(taken)


def checked(segments: tuple[Segment, ...], size: int, stored: int) -> bool:
    """Whether the pieces lie in the file in order, without overlap, and are as long together as what is stored."""
    at = total = 0
    for segment in segments:
        if segment.offset < at or segment.length < 0:
            return False
        at = segment.offset + segment.length
        total += segment.length
    return at <= size and total == stored


def _segments(texts: list[bytes]) -> tuple[Segment, ...] | None:
    numbers = [decimal(text, LARGEST) for text in texts]
    if len(numbers) % 2 or None in numbers:
        return None
    plain = [number for number in numbers if number is not None]
    return tuple(map(Segment, plain[::2], plain[1::2]))


def expand(stored: bytes, segments: tuple[Segment, ...], size: int) -> bytes:
    """The first `size` bytes of the file: the pieces where they belong, zeros between."""
    out = bytearray()
    at = 0
    for offset, length in segments:
        if offset >= size or at >= len(stored):
            break
        out += bytes(min(offset, size) - len(out))
        out += stored[at : at + min(length, size - offset)]
        at += length
    return bytes(out) + bytes(max(size - len(out), 0))
