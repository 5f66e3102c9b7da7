"""What is searched for in a document: where a text holds it, and how the page marks it."""

import json
from collections.abc import Sequence

from app.view.markup import Element, Node, el, hostile, wrapping

LONGEST = 200


class Search:
    """A text to look for, case apart; `*` stands for anything in between."""

    __slots__ = ("_parts", "text")

    def __init__(self, text: str) -> None:
        self.text = text[:LONGEST]
        self._parts = [part.lower() for part in self.text.split("*") if part]

    def spans(self, text: str, most: int = 100) -> Sequence[tuple[int, int]]:
        """Where it stands in a text: (start, end) of each hit, in order, none over another."""
        if not self._parts:
            return ()
        lower = text.lower()
        if len(lower) != len(text):
            lower = text  # a few letters grow as they become small, and every place behind them moves
        found: list[tuple[int, int]] = []
        at = 0
        while len(found) < most:
            start = end = -1
            for part in self._parts:
                position = lower.find(part, at)
                if position < 0:
                    return found
                start = position if start < 0 else start
                at = end = position + len(part)
            found.append((start, end))
        return found

    def count(self, text: str) -> int:
        return len(self.spans(text))


def quoted(text: str, search: Search | None = None, *, wrap: bool = False) -> Node:
    """A string as JSON writes it, what is invisible in it spelled out, and marked what is searched for."""
    shown = wrapping if wrap else hostile
    spans = search.spans(text) if search is not None else ()
    if not spans:
        return shown(json.dumps(text, ensure_ascii=False))
    return ('"', marked(text, spans, wrap=wrap), '"')


def marked(text: str, spans: Sequence[tuple[int, int]], *, wrap: bool = False) -> Node:
    """The text inside its quotes, with its hits marked."""
    out: list[Node] = []
    at = 0
    for start, end in spans:
        out += [_part(text[at:start], wrap), el("mark", None, _part(text[start:end], wrap))]
        at = end
    out.append(_part(text[at:], wrap))
    return out


def _part(text: str, wrap: bool) -> str | Element:
    inner = json.dumps(text, ensure_ascii=False)[1:-1]
    return wrapping(inner) if wrap else hostile(inner)
