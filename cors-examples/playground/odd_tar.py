"""A tar of what tarfile reads and does not write: sparse files of two kinds, extended attributes, odd pax records."""

import io
import struct
import tarfile
from base64 import b64encode

from playground.archives import MTIME
from playground.words import prose

BLOCK = 512
HOLE = 1 << 20
CAPABILITY = struct.pack("<IIIII", 0x02000001, 1 << 10, 0, 0, 0)  # cap_net_bind_service, effective


def odd_archive() -> bytes:
    """Members: a global header, attributes, a long time, GNU and pax sparse files, long names of GNU's way."""
    out = io.BytesIO()
    out.write(tarfile.TarInfo.create_pax_global_header({"comment": "packed by hand"}))
    for info, data in plain_members():
        out.write(info.tobuf(tarfile.PAX_FORMAT))
        out.write(padded(data))
    out.write(pax_sparse())
    out.write(gnu_sparse())
    deep = member("opt/" + "/".join(["a-folder-whose-name-is-long"] * 6) + "/gnu.txt", b"@LongLink\n")
    out.write(deep.tobuf(tarfile.GNU_FORMAT))
    out.write(padded(b"@LongLink\n"))
    return out.getvalue() + bytes(2 * BLOCK)


def plain_members() -> list[tuple[tarfile.TarInfo, bytes]]:
    """Those whose headers tarfile writes."""
    home = member("opt", b"")
    home.type, home.mode = tarfile.DIRTYPE, 0o755
    pilot = member("opt/pilot", prose("pilot", 3).encode())
    pilot.mode = 0o755
    pilot.pax_headers = {
        "SCHILY.xattr.security.capability": CAPABILITY.decode("latin-1"),
        "SCHILY.xattr.user.harbour.berth": "17",
        "LIBARCHIVE.xattr.user.harbour.tide": b64encode(b"high").decode(),
        "mtime": "1767600000.123456789",
        "uname": "sailor",
        "gname": "sailor",
    }
    big = member("opt/owner", b"of a number that ustar cannot hold\n")
    big.pax_headers = {"uid": "3000000", "gid": "3000000"}
    return [(home, b""), (pilot, prose("pilot", 3).encode()), (big, b"of a number that ustar cannot hold\n")]


def member(path: str, data: bytes) -> tarfile.TarInfo:
    """A file."""
    info = tarfile.TarInfo(path)
    info.size, info.mode, info.mtime = len(data), 0o644, MTIME
    return info


def padded(data: bytes) -> bytes:
    """Whole blocks."""
    return data + bytes(-len(data) % BLOCK)


def pax_sparse() -> bytes:
    """GNU tar manual, "PAX Format, Version 1.0": the map stands in front of the data."""
    head, tail = b"before the hole\n", b"behind the hole\n"
    end = HOLE + len(tail)
    sparse_map = padded(f"2\n0\n{len(head)}\n{HOLE}\n{len(tail)}\n".encode())
    stored = sparse_map + head + tail
    info = member("opt/GNUSparseFile.0/log", stored)
    info.pax_headers = {
        "GNU.sparse.major": "1",
        "GNU.sparse.minor": "0",
        "GNU.sparse.name": "opt/log",
        "GNU.sparse.realsize": str(end),
    }
    return info.tobuf(tarfile.PAX_FORMAT) + padded(stored)


def gnu_sparse() -> bytes:
    """GNU tar's own: type S, up to four pieces in the header itself."""
    data = b"lights of the coast\n"
    info = member("opt/core", data)
    info.type = tarfile.GNUTYPE_SPARSE
    block = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    for number, value in enumerate((HOLE, len(data))):
        block[386 + 12 * number : 398 + 12 * number] = b"%011o\0" % value
    block[483:495] = b"%011o\0" % (HOLE + len(data))
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block) + padded(data)
