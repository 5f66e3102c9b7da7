"""Deflate entered in the middle of a byte, with the bytes before as its window (zlib's zran.c, inflatePrime)."""

import zlib


class PrimedInflate:
    """A decompressor for the middle of a deflate stream. Implements app.layers.restart.Inflating.

    `window`: up to 32 KiB of output before that place. `bits`: how many bits of the first byte of input are still to
    be read, the high ones; 0 for all of them. Python's zlib cannot begin within a byte, so the input is shifted.
    """

    unconsumed_tail = b""
    unused_data = b""

    def __init__(self, window: bytes, bits: int) -> None:
        self._state = zlib.decompressobj(-zlib.MAX_WBITS, zdict=window)
        self._bits = bits
        self._carry = 0
        self._begun = bits == 0
        self._pending = b""

    @property
    def eof(self) -> bool:
        return self._state.eof

    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes:
        self._pending += self._shifted(data)
        out = self._state.decompress(self._pending, max_length)
        self._pending = self._state.unconsumed_tail
        return out

    def _shifted(self, data: bytes) -> bytes:
        bits = self._bits
        if not bits or not data:
            return data
        if not self._begun:
            self._begun = True
            self._carry = data[0] >> (8 - bits)
            data = data[1:]
        count = len(data)
        number = self._carry | int.from_bytes(data, "little") << bits
        self._carry = number >> (8 * count)
        return (number & ((1 << (8 * count)) - 1)).to_bytes(count, "little")

    def copy(self) -> "PrimedInflate":
        made = PrimedInflate(b"", self._bits)
        made._state = self._state.copy()
        made._carry, made._begun, made._pending = self._carry, self._begun, self._pending
        return made
