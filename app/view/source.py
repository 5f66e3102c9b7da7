"""Text with line numbers, and bytes as a hex dump."""

from app.view.markup import Element, el, hostile

LINES = 5000
LONGEST = 4000
DUMPED = 4096
"""Bytes of a hex dump."""


def source(text: str, label: str) -> Element:
    """Text as it is, its lines numbered by the stylesheet; what is invisible in it is spelled out."""
    lines = text.replace("\r\n", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    shown = [el("span.line", None, _line(line), "\n") for line in lines[:LINES]]
    if len(lines) > LINES:
        shown.append(el("span.line.faint", None, f"… {len(lines) - LINES:,} more lines; the download has all"))
    return el("pre.source.card", {"tabindex": 0, "role": "region", "aria-label": label}, el("code", None, shown))


def _line(line: str) -> str:
    return hostile(line if len(line) <= LONGEST else f"{line[:LONGEST]}…", "\t")


def hex_dump(data: bytes, label: str) -> Element:
    """The first DUMPED bytes: offset, sixteen bytes, the printable ones."""
    lines = [_dump(offset, data[offset : offset + 16]) for offset in range(0, min(len(data), DUMPED), 16)]
    return el(
        "pre.dump.card", {"tabindex": 0, "role": "region", "aria-label": label}, el("code", None, "\n".join(lines))
    )


def _dump(offset: int, part: bytes) -> str:
    pairs = f"{part[:8].hex(' '):<23}  {part[8:].hex(' '):<23}"
    return f"{offset:08x}  {pairs}  {''.join(chr(one) if 32 <= one < 127 else '.' for one in part)}"
