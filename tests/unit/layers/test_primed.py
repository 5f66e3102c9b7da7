import pytest

from app.layers.primed import PrimedInflate
from tests.unit.layers.deflate_kit import STREAM, TEXT, WITHIN


def test_places_within_a_byte_were_found_to_test_with() -> None:
    assert len({bits for _, bits, _ in WITHIN}) > 2


@pytest.mark.parametrize("piece", [1, 7, 4096, 10**9])
def test_a_stream_entered_within_a_byte_goes_on_to_its_end(piece: int) -> None:
    for blob, bits, output in WITHIN[:: 1 if piece > 7 else 5]:
        state = PrimedInflate(TEXT[output - 32768 : output], bits)
        data = STREAM[blob - (bits > 0) :]
        found = b"".join(state.decompress(data[at : at + piece]) for at in range(0, len(data), piece))
        assert found == TEXT[output:]
        assert state.eof


def test_a_copy_goes_on_by_itself() -> None:
    blob, bits, output = WITHIN[0]
    state = PrimedInflate(TEXT[output - 32768 : output], bits)
    data = STREAM[blob - (bits > 0) :]
    first = state.decompress(data[:1000], 100)
    other = state.copy()
    assert state.decompress(data[1000:5000]) == other.decompress(data[1000:5000])
    assert TEXT[output:].startswith(first)
