"""Layers of any size, written as they are sent: tar in one gzip member, the same bytes every time.

Contents come from a small pool, deflated once. Each piece ends where all that came before may be forgotten (zlib's full
flush), so pieces follow each other in any order, and the whole is a gzip stream like any other.
"""

import hashlib
import random
import struct
import tarfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

POOL = 64
SMALLEST, LARGEST = 200, 160_000
BLOCK = 512
HEAD = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
CHUNK = 1 << 18
TAIL = 1024


class Content(NamedTuple):
    """Whole blocks, and what they are deflated to; `size`: without the padding."""

    size: int
    data: bytes
    packed: bytes


class Facts(NamedTuple):
    """What a manifest and a config say of a layer, and how many members it has."""

    size: int
    digest: str
    diff_id: str
    unpacked: int
    members: int


def pool() -> list[Content]:
    """Files of 200 bytes to 160 kB, half words and half noise, so that gzip saves 40 percent of them."""
    choose = random.Random("stowage")  # noqa: S311 - filling, not keys
    words = [choose.randbytes(choose.randint(2, 9)).hex().encode() for _ in range(3000)]
    made = []
    for at in range(POOL):
        size = int(SMALLEST * (LARGEST / SMALLEST) ** (at / (POOL - 1)))
        data = b""
        while len(data) < size:
            data += b" ".join(choose.choices(words, k=120)) + choose.randbytes(500)
        padded = data[:size] + bytes(-size % BLOCK)
        made.append(Content(size, padded, deflated(padded)))
    return made


def deflated(data: bytes, level: int = 6) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)


class Stowage:
    """A layer of at least `least` bytes. `tail`: the last of them."""

    def __init__(self, least: int) -> None:
        self._least = least
        self._pool = pool()
        self.facts = self._measured()

    def _pieces(self) -> Iterator[tuple[bytes, bytes]]:
        """Parts of the archive, each with what it is deflated to."""
        choose = random.Random("order")  # noqa: S311 - an order, not keys
        sent = number = 0
        while sent < self._least:
            content = choose.choice(self._pool)
            info = tarfile.TarInfo(f"srv/cargo/hold-{number // 500}/crate-{number // 20 % 25}/piece-{number}.bin")
            info.size, info.mtime = content.size, 1767600000
            header = info.tobuf(tarfile.USTAR_FORMAT)
            packed = deflated(header, 1)
            sent += len(packed) + len(content.packed)
            number += 1
            yield header, packed
            yield content.data, content.packed
        yield bytes(2 * BLOCK), deflated(bytes(2 * BLOCK))

    def _measured(self) -> Facts:
        """One pass over all of it."""
        blob, archive = hashlib.sha256(HEAD), hashlib.sha256()
        size, unpacked, crc, parts = len(HEAD), 0, 0, 0
        tail = b""
        for data, packed in self._pieces():
            tail = (tail + packed)[-TAIL:]
            blob.update(packed)
            archive.update(data)
            crc = zlib.crc32(data, crc)
            size += len(packed)
            unpacked += len(data)
            parts += 1
        # RFC 1951: a last block that is empty; RFC 1952: checksum and size.
        self._end = b"\x03\0" + struct.pack("<II", crc, unpacked & 0xFFFFFFFF)
        blob.update(self._end)
        self.tail = (tail + self._end)[-TAIL:]
        digest, diff_id = (f"sha256:{one.hexdigest()}" for one in (blob, archive))
        return Facts(size + len(self._end), digest, diff_id, unpacked, parts // 2)

    def chunks(self) -> Iterator[bytes]:
        """All of its bytes, some hundred thousand at a time."""
        held = [HEAD]
        size = 0
        for _, packed in self._pieces():
            held.append(packed)
            size += len(packed)
            if size >= CHUNK:
                yield b"".join(held)
                held, size = [], 0
        yield b"".join([*held, self._end])
