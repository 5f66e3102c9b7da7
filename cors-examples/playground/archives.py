"""Archives with the same bytes every time: tar with fixed times and owners, gzip, zstd, and a tiny ELF file."""

import io
import struct
import sys
import tarfile
import zlib
from collections.abc import Iterable
from typing import NamedTuple

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MTIME = 1767600000  # 2026-01-05T08:00:00Z

KINDS = {
    "file": tarfile.REGTYPE,
    "dir": tarfile.DIRTYPE,
    "symlink": tarfile.SYMTYPE,
    "hardlink": tarfile.LNKTYPE,
    "char": tarfile.CHRTYPE,
    "block": tarfile.BLKTYPE,
    "fifo": tarfile.FIFOTYPE,
}


class Entry(NamedTuple):
    """A member of a tar: path without leading slash, target for links, device as major and minor number."""

    path: str
    data: bytes = b""
    kind: str = "file"
    mode: int = 0o644
    target: str = ""
    owner: int = 0
    device: tuple[int, int] = (0, 0)


def text(path: str, content: str, mode: int = 0o644) -> Entry:
    """A file of text."""
    return Entry(path, content.encode(), mode=mode)


def folder(path: str, mode: int = 0o755, owner: int = 0) -> Entry:
    """A directory."""
    return Entry(path, kind="dir", mode=mode, owner=owner)


def symlink(path: str, target: str) -> Entry:
    """A symbolic link."""
    return Entry(path, kind="symlink", mode=0o777, target=target)


def hardlink(path: str, target: str) -> Entry:
    """A second name of a file that comes earlier in the archive."""
    return Entry(path, kind="hardlink", target=target)


def whiteout(path: str) -> Entry:
    """Image-spec, layer.md, "Whiteouts": path of what a lower layer has and this one hides."""
    head, slash, name = path.rpartition("/")
    return Entry(f"{head}{slash}.wh.{name}")


def opaque(path: str) -> Entry:
    """Image-spec, layer.md, "Opaque Whiteout": hides all that lower layers have in this directory."""
    return Entry(f"{path}/.wh..wh..opq")


def tar(entries: Iterable[Entry]) -> bytes:
    """A pax archive in the order given: long and non-ASCII names get pax headers, all else plain ustar ones."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT, errors="surrogateescape") as archive:
        for entry in entries:
            info = tarfile.TarInfo(entry.path)
            info.type = KINDS[entry.kind]
            info.mode = entry.mode
            info.mtime = MTIME
            info.uid = info.gid = entry.owner
            info.linkname = entry.target
            info.devmajor, info.devminor = entry.device
            info.size = len(entry.data)
            archive.addfile(info, io.BytesIO(entry.data))
    return out.getvalue()


def gzip(data: bytes) -> bytes:
    """RFC 1952 by hand: gzip.compress writes another operating system byte in other versions of Python."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(data) + packer.flush()
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + packed + struct.pack("<II", zlib.crc32(data), len(data))


def zstandard(data: bytes) -> bytes:
    """One zstd frame."""
    return zstd.compress(data, level=9)


def elf(machine: int, bits: int, payload: bytes) -> bytes:
    """A file that `file` takes for an executable of that machine (the e_machine of the ELF specification)."""
    ident = b"\x7fELF" + bytes([bits // 32, 1, 1]) + bytes(9)
    if bits == 64:
        header = struct.pack("<HHIQQQIHHHHHH", 2, machine, 1, 0x400078, 0, 0, 0, 64, 56, 0, 64, 0, 0)
    else:
        header = struct.pack("<HHIIIIIHHHHHH", 2, machine, 1, 0x8054, 0, 0, 0x5000400, 52, 32, 0, 40, 0, 0)
    return ident + header + payload
