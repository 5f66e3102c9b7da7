"""What a content is, by its first bytes."""

import re
from typing import Literal, NamedTuple

from app.oci.value import value

ContentKind = Literal[
    "empty", "text", "json", "image", "pem", "certificate", "der", "elf", "wasm", "archive", "document", "binary"
]

NEEDED = 4096
"""Bytes that are looked at."""


@value
class Sniffed(NamedTuple):
    """`name`: gzip, png, elf, json, utf-8 …; `media_type`: for an image one that a browser shows, else a fitting one;
    `encoding`: of a text, as Python names it, or empty."""

    kind: ContentKind
    name: str
    media_type: str
    encoding: str = ""


# (offset, bytes, result). Images first of which browsers show all; SVG is text here, for it can hold scripts.
_MAGIC: tuple[tuple[int, bytes, Sniffed], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", Sniffed("image", "png", "image/png")),
    (0, b"\xff\xd8\xff", Sniffed("image", "jpeg", "image/jpeg")),
    (0, b"GIF87a", Sniffed("image", "gif", "image/gif")),
    (0, b"GIF89a", Sniffed("image", "gif", "image/gif")),
    (8, b"WEBPVP8", Sniffed("image", "webp", "image/webp")),
    (4, b"ftypavif", Sniffed("image", "avif", "image/avif")),
    (0, b"\x00\x00\x01\x00", Sniffed("image", "ico", "image/x-icon")),
    (0, b"BM", Sniffed("image", "bmp", "image/bmp")),
    (0, b"\x7fELF", Sniffed("elf", "elf", "application/x-elf")),
    (0, b"\x00asm", Sniffed("wasm", "wasm", "application/wasm")),
    (0, b"\x1f\x8b", Sniffed("archive", "gzip", "application/gzip")),
    (0, b"\x28\xb5\x2f\xfd", Sniffed("archive", "zstd", "application/zstd")),
    (257, b"ustar", Sniffed("archive", "tar", "application/x-tar")),
    (0, b"\xfd7zXZ\x00", Sniffed("archive", "xz", "application/x-xz")),
    (0, b"BZh", Sniffed("archive", "bzip2", "application/x-bzip2")),
    (0, b"PK\x03\x04", Sniffed("archive", "zip", "application/zip")),
    (0, b"!<arch>\n", Sniffed("archive", "ar", "application/x-archive")),
    (0, b"\xed\xab\xee\xdb", Sniffed("archive", "rpm", "application/x-rpm")),
    (0, b"070701", Sniffed("archive", "cpio", "application/x-cpio")),
    (0, b"hsqs", Sniffed("archive", "squashfs", "application/octet-stream")),
    (0, b"%PDF-", Sniffed("document", "pdf", "application/pdf")),
    (0, b"SQLite format 3\x00", Sniffed("binary", "sqlite", "application/vnd.sqlite3")),
    (0, b"\xca\xfe\xba\xbe\x00\x00", Sniffed("binary", "java class", "application/java-vm")),
    (0, b"\xcf\xfa\xed\xfe", Sniffed("binary", "mach-o", "application/x-mach-binary")),
    (0, b"MZ", Sniffed("binary", "windows program", "application/vnd.microsoft.portable-executable")),
    (0, b"wOFF", Sniffed("binary", "font", "font/woff")),
    (0, b"wOF2", Sniffed("binary", "font", "font/woff2")),
    (0, b"\x00\x01\x00\x00\x00", Sniffed("binary", "font", "font/ttf")),
    (0, b"OTTO", Sniffed("binary", "font", "font/otf")),
    (0, b"\xde\x12\x04\x95", Sniffed("binary", "gettext catalogue", "application/octet-stream")),
)

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

# RFC 7468 section 2
_PEM = re.compile(r"\s{0,100}-----BEGIN ([A-Z0-9 ]{1,60})-----")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def sniff(head: bytes, size: int | None = None) -> Sniffed:
    """What begins with these bytes; `size`: of all of it, where it is more than `head`."""
    if not head and not size:
        return Sniffed("empty", "empty", "application/octet-stream")
    for offset, magic, found in _MAGIC:
        if head.startswith(magic, offset) and _is_it(found.name, head):
            return found
    der = _der(head, len(head) if size is None else size)
    if der is not None:
        return der
    return _text(head[:NEEDED], cut=len(head) > NEEDED or (size or 0) > len(head))


def _is_it(name: str, head: bytes) -> bool:
    """Whether more than a short magic fits."""
    if name == "bmp":  # BITMAPFILEHEADER: two reserved fields of zero
        return len(head) > 14 and head[6:10] == b"\0\0\0\0"
    if name == "ico":
        return len(head) > 6 and 0 < head[4] < 64 and head[5] == 0
    if name == "bzip2":
        return head[3:4].isdigit()
    return name != "webp" or head.startswith(b"RIFF")


def _der(head: bytes, size: int) -> Sniffed | None:
    """A SEQUENCE that is exactly as long as the content (X.690); one of three fields may be a certificate."""
    if len(head) < 8 or head[0] != 0x30:
        return None
    length, content = head[1], 2
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 4:
            return None
        length, content = int.from_bytes(head[2 : 2 + count], "big"), 2 + count
    if content + length != size:
        return None
    # tbsCertificate begins with its version: SEQUENCE { [0] { INTEGER 2 } … (RFC 5280 section 4.1)
    if head[content : content + 1] == b"\x30" and b"\xa0\x03\x02\x01\x02" in head[content : content + 12]:
        return Sniffed("certificate", "x509", "application/pkix-cert")
    return Sniffed("der", "der", "application/octet-stream")


def _text(head: bytes, cut: bool) -> Sniffed:
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), "utf-8")
    text = _decoded(head, encoding, cut)
    if text is None and b"\0" not in head:
        encoding = "latin-1"
        text = head.decode(encoding)
    if text is None or _UNPRINTABLE.search(text):
        return Sniffed("binary", "binary", "application/octet-stream")
    pem = _PEM.match(text)
    if pem is not None:
        return Sniffed("pem", pem[1].lower(), "application/x-pem-file", encoding)
    if text.lstrip()[:1] in ("{", "[") and _looks_like_json(text, cut):
        return Sniffed("json", "json", "application/json", encoding)
    return Sniffed("text", encoding, "text/plain", encoding)


def _decoded(head: bytes, encoding: str, cut: bool) -> str | None:
    # The last character may be cut in two: up to three bytes of it are missing.
    for less in range(4 if cut else 1):
        try:
            return head[: len(head) - less].decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


_JSON_START = re.compile(r'\s*(?:\{\s*(?:"(?:[^"\\]|\\.)*+"\s*:|\}\s*\Z)|\[\s*(?:[\[{"\-0-9]|true|false|null|\]\s*\Z))')


def _looks_like_json(text: str, cut: bool) -> bool:
    text = text.removeprefix("\ufeff")
    return _JSON_START.match(text) is not None and (cut or text.rstrip()[-1:] in ("}", "]"))
