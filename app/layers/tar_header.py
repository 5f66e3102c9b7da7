"""The fields of one tar header (POSIX.1-1988 ustar, GNU and the seventh edition's)."""

from zlib import adler32

from app.layers.entry import BLOCK, CHAR, FIFO, FILE, FOLDER, HARDLINK, OTHER, SYMLINK, Segment

BLOCK_SIZE = 512
ZEROS = bytes(BLOCK_SIZE)

# More than any disk holds; what is larger would overflow the columns.
LARGEST = 2**60

# typeflag of POSIX.1-1988; 7 is a contiguous file. All others carry contents of a kind unknown.
KIND_OF = {48: FILE, 0: FILE, 55: FILE, 49: HARDLINK, 50: SYMLINK, 51: CHAR, 52: BLOCK, 53: FOLDER, 54: FIFO}

# These have no contents whatever their size says; archives of links to large files do say one.
NO_CONTENTS = frozenset({HARDLINK, SYMLINK, CHAR, BLOCK, FOLDER, FIFO})

_ADLER = 65521


def padded(size: int) -> int:
    """Bytes that contents take in the archive: whole blocks."""
    return (size + 511) & ~511


def parse_number(field: bytes) -> int:
    """A number in octal, or with the first bit set in base 256 (GNU, star). Raises ValueError."""
    first = field[0]
    if first & 0x80:
        number = int.from_bytes(field, "big", signed=True)
        # The mark is the top bit of a positive number, and all of the first byte of a negative one.
        return number if first == 0xFF else int.from_bytes(bytes([first & 0x7F]) + field[1:], "big")
    digits = field.strip(b" \0")
    if not digits:
        return 0
    if not digits.isdigit():
        raise ValueError("no octal number")
    return int(digits, 8)


def number_or_zero(field: bytes) -> int:
    """A number that the reading does not depend on."""
    try:
        return parse_number(field)
    except ValueError:
        return 0


def checksum_holds(block: bytes) -> bool:
    """Whether the header's sum is that of its bytes, its own field taken as blanks.

    The sum comes from Adler-32, whose low half is one more than the sum of the bytes modulo 65521: adding 512 numbers
    in Python costs as much as all else that is done to a header.
    """
    try:
        stated = parse_number(block[148:156])
    except ValueError:
        return False
    field = sum(block[148:156])
    if ((adler32(block) & 0xFFFF) - 1 - field + 256 - stated) % _ADLER == 0:
        return True
    # Sun's tar summed signed bytes.
    rest = block[:148] + block[156:]
    return stated == 256 + sum(byte - 256 if byte > 127 else byte for byte in rest)


def text_of(field: bytes) -> bytes:
    """A field's text, up to its first NUL."""
    return field.partition(b"\0")[0]


def name_of(block: bytes) -> bytes:
    """The path of a member; ustar has the part that did not fit in another field."""
    name = block[:100].partition(b"\0")[0]
    if block[345] and block[257:263] == b"ustar\0":
        return block[345:500].partition(b"\0")[0] + b"/" + name
    return name


def kind_of(typeflag: int, name: bytes) -> int:
    """An index of KINDS."""
    if typeflag == 0 and name.endswith(b"/"):
        return FOLDER  # the seventh edition had no type for it
    return KIND_OF.get(typeflag, OTHER)


# tar.h of GNU tar: old_gnu_header has four pieces, and whether blocks with twenty-one more follow.
def gnu_pieces(block: bytes, at: int, count: int) -> list[Segment]:
    """The pieces of a sparse file that a header or one of its extensions lists. Raises ValueError."""
    found: list[Segment] = []
    for start in range(at, at + 24 * count, 24):
        if not block[start + 12]:
            break
        found.append(Segment(parse_number(block[start : start + 12]), parse_number(block[start + 12 : start + 24])))
    return found
