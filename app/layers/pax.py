"""Extended headers (POSIX.1-2001, pax "Extended Header"), and what they say of a member."""

from binascii import Error as NotBase64
from binascii import a2b_base64
from collections.abc import Mapping
from math import isfinite
from types import MappingProxyType
from urllib.parse import unquote_to_bytes

from app.layers.entry import NO_XATTRS, decode_name

Records = dict[bytes, bytes]

_XATTR = b"SCHILY.xattr."
_XATTR_BASE64 = b"LIBARCHIVE.xattr."

# Repeated in the oldest form of sparse files, where all of them count.
_REPEATED = frozenset({b"GNU.sparse.offset", b"GNU.sparse.numbytes"})


class BadPax(ValueError):
    """Records that are none. `records`: those before."""

    def __init__(self, records: Records) -> None:
        super().__init__("not a pax record")
        self.records = records


# "%d %s=%s\n", <length>, <keyword>, <value>
def parse_records(data: bytes) -> Records:
    """Keyword to value; the values of the repeated ones are joined by commas. Raises BadPax."""
    found: Records = {}
    at, end = 0, len(data)
    while at < end:
        blank = data.find(b" ", at, at + 20)
        digits = data[at:blank]
        if blank < 0 or not digits.isdigit():
            if not data[at:].strip(b"\0"):
                break  # some writers count the padding
            raise BadPax(found)
        following = at + int(digits)
        equals = data.find(b"=", blank, following)
        if equals <= blank or following > end or data[following - 1] != 10:
            raise BadPax(found)
        key, text = data[blank + 1 : equals], data[equals + 1 : following - 1]
        found[key] = found[key] + b"," + text if key in _REPEATED and key in found else text
        at = following
    return found


def decimal(text: bytes, largest: int) -> int | None:
    """A decimal number up to `largest`; None for anything else."""
    if not text.isdigit() or len(text) > 20:
        return None
    number = int(text)
    return number if number <= largest else None


def time_of(text: bytes) -> float | None:
    """Seconds since 1970, with a fraction; None where it is no number."""
    if len(text) > 64:
        return None
    try:
        seconds = float(text)
    except ValueError:
        return None
    return seconds if isfinite(seconds) else None


def xattrs_of(records: Records) -> tuple[Mapping[str, bytes], int]:
    """Extended attributes, and the bytes that keeping them costs."""
    found: dict[str, bytes] = {}
    cost = 0
    for key, text in records.items():
        if key.startswith(_XATTR):
            name, content = key[len(_XATTR) :], text
        elif key.startswith(_XATTR_BASE64):
            # libarchive percent-encodes the name and drops the padding of the value.
            name = unquote_to_bytes(key[len(_XATTR_BASE64) :])
            try:
                content = a2b_base64(text + b"=" * (-len(text) % 4))
            except NotBase64:
                continue
        else:
            continue
        found.setdefault(decode_name(name), content)
        cost += 120 + len(name) + len(content)
    return (MappingProxyType(found), cost) if found else (NO_XATTRS, 0)
