"""Text with numbered lines, cheaply coloured, a page at a time; and two texts held against each other."""

from collections.abc import Sequence

from app.layers.file_diff import DiffLine
from app.layers.language import language, tokens
from app.view.markup import Element, Node, el, hostile

LINES = 1000
"""Of one page: more at once would be felt."""

LONGEST = 4000
"""Characters of one line that are shown."""


def lines_of(text: str) -> list[str]:
    """The lines of a text as its numbers count them."""
    lines = text.replace("\r\n", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return lines


def text_view(lines: Sequence[str], name: str, label: str, start: int = 0) -> Element:
    """One page of lines, from line `start` (counted from 0) on; what is invisible in them is spelled out."""
    of = language(name, lines[0] if lines else "")
    shown = [
        el("span.line", {"data-n": number}, _coloured(line, of), "\n")
        for number, line in enumerate(lines[start : start + LINES], start + 1)
    ]
    return el("pre.source", {"tabindex": 0, "role": "region", "aria-label": label}, el("code", None, shown))


def _coloured(line: str, of: object) -> Node:
    if len(line) > LONGEST:
        return hostile(f"{line[:LONGEST]}…", "\t")
    if of is None:
        return hostile(line, "\t")
    return [
        hostile(token.text, "\t")
        if token.kind == "plain"
        else el(f"span.tok-{token.kind}", None, hostile(token.text, "\t"))
        for token in tokens(line, of)  # type: ignore[arg-type]
    ]


_MARKS = {"same": " ", "gone": "-", "new": "+"}


def diff_view(hunks: Sequence[Sequence[DiffLine]], label: str) -> Element:
    """Lines that differ with a few around them, in the order of the text; parts that are left out are said."""
    shown: list[Element] = []
    for number, hunk in enumerate(hunks):
        if number:
            shown.append(el("span.line.skipped", {"data-n": "…"}, "\n"))
        shown += [_line(line) for line in hunk]
    return el("pre.source.diff", {"tabindex": 0, "role": "region", "aria-label": label}, el("code", None, shown))


def _line(line: DiffLine) -> Element:
    number = line.new if line.new is not None else line.old
    text = line.text if len(line.text) <= LONGEST else f"{line.text[:LONGEST]}…"
    return el(f"span.line.{line.mark}", {"data-n": number}, _MARKS[line.mark], " ", hostile(text, "\t"), "\n")
