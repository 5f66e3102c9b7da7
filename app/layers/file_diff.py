"""Two contents held against each other: lines where both are texts, digests where not."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from app.layers.sniff import sniff
from app.oci.digest import Digest, digest_of
from app.oci.value import value

Mark = Literal["same", "gone", "new"]

MOST_BYTES = 1024 * 1024
"""Of one text; beyond it only digests are compared."""

MOST_LINES = 2000
"""Of one text that differ: difflib's time grows with the square of them."""

_CONTEXT = 3


@value
class DiffLine(NamedTuple):
    """`old` and `new`: line numbers from 1, None where the line is not there."""

    mark: Mark
    old: int | None
    new: int | None
    text: str


@value
class FileDiff(NamedTuple):
    """`kind`: same; lines (`hunks` tell); binary, or too-long to compare by lines: sizes and digests alone."""

    kind: Literal["same", "lines", "binary", "too-long"]
    hunks: tuple[tuple[DiffLine, ...], ...]
    added: int
    removed: int
    sizes: tuple[int, int]
    digests: tuple[Digest, Digest]


def diff_files(old: bytes, new: bytes) -> FileDiff:
    """Hold two contents against each other."""
    sizes, digests = (len(old), len(new)), (digest_of(old), digest_of(new))
    if old == new:
        return FileDiff("same", (), 0, 0, sizes, digests)
    if not (_is_text(old) and _is_text(new)):
        return FileDiff("binary", (), 0, 0, sizes, digests)
    if max(sizes) > MOST_BYTES:
        return FileDiff("too-long", (), 0, 0, sizes, digests)
    before, after = _lines(old), _lines(new)
    # What both begin and end with needs no comparing, and most changes are small.
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    if max(len(before), len(after)) - start - end > MOST_LINES:
        return FileDiff("too-long", (), 0, 0, sizes, digests)
    hunks = _hunks(before, after, start, end)
    lines = [line.mark for hunk in hunks for line in hunk]
    return FileDiff("lines", hunks, lines.count("new"), lines.count("gone"), sizes, digests)


def _is_text(data: bytes) -> bool:
    return sniff(data).kind in ("empty", "text", "json", "pem")


def _lines(data: bytes) -> list[str]:
    encoding = sniff(data).encoding or "utf-8"
    # Only line feeds part lines, as in git: a form feed within one is not the end of it.
    lines = data.decode(encoding, "replace").split("\n")
    return lines if lines[-1] else lines[:-1]


def _hunks(before: Sequence[str], after: Sequence[str], start: int, end: int) -> tuple[tuple[DiffLine, ...], ...]:
    first = max(0, start - _CONTEXT)
    keep = max(0, end - _CONTEXT)
    old, new = before[first : len(before) - keep], after[first : len(after) - keep]
    found: list[tuple[DiffLine, ...]] = []
    for group in SequenceMatcher(None, old, new, autojunk=True).get_grouped_opcodes(_CONTEXT):
        lines: list[DiffLine] = []
        for tag, old_from, old_to, new_from, new_to in group:
            if tag == "equal":
                lines += [
                    DiffLine("same", first + at + 1, first + new_from + at - old_from + 1, old[at])
                    for at in range(old_from, old_to)
                ]
                continue
            lines += [DiffLine("gone", first + at + 1, None, old[at]) for at in range(old_from, old_to)]
            lines += [DiffLine("new", None, first + at + 1, new[at]) for at in range(new_from, new_to)]
        found.append(tuple(lines))
    return tuple(found)
