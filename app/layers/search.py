"""Search by patterns as shells write them, in time that grows with the text alone."""

import re
from collections.abc import Iterator

from app.layers.entries import Entries
from app.layers.tree import Place, Tree, unpack

LONGEST_PATTERN = 1000


class Pattern:
    """`*` and `?` within a name, `[a-z]`, `[!a-z]`, and `**` for any folders. Case counts.

    A pattern without a slash is held against names, one with a slash against whole paths from the root.
    """

    def __init__(self, text: str) -> None:
        """ValueError: longer than LONGEST_PATTERN."""
        if len(text) > LONGEST_PATTERN:
            raise ValueError(f"a pattern of more than {LONGEST_PATTERN} characters")
        parts = text.strip("/").split("/")
        self.by_name = "/" not in text.strip("/") and parts != ["**"]
        self._parts = [None if part == "**" else re.compile(_translated(part), re.DOTALL) for part in parts]
        if text.startswith("/"):
            self.by_name = False

    def matches(self, path: str) -> bool:
        """Whether a clean path, or for a pattern of names its last component, fits."""
        parts = self._parts
        if self.by_name:
            pattern = parts[0]
            return pattern is not None and pattern.fullmatch(path.rpartition("/")[2]) is not None
        names = path.split("/")
        # The greedy match with one place to come back to: after the last `**`, one name later each time.
        name = part = 0
        again: tuple[int, int] | None = None
        while name < len(names):
            pattern = parts[part] if part < len(parts) else None
            if part < len(parts) and pattern is None:
                again = part + 1, name
                part += 1
            elif pattern is not None and pattern.fullmatch(names[name]):
                part += 1
                name += 1
            elif again is not None:
                again = again[0], again[1] + 1
                part, name = again
            else:
                return False
        return all(rest is None for rest in parts[part:])


def _translated(part: str) -> str:
    # Everything up to a star's next piece is one atomic group: the first place where the piece fits is taken and never
    # given back, which is right as long as the last piece is tried at the end alone.
    pieces = [_literal(piece) for piece in re.split(r"\*++", part)]
    if len(pieces) == 1:
        return pieces[0]
    middle = "".join(f"(?>.*?{piece})" for piece in pieces[1:-1] if piece)
    return f"{pieces[0]}{middle}.*{pieces[-1]}"


# A set, as in glob(7): `]` may stand first in it.
_SET = re.compile(r"\[(!?)(\]?[^\]]*+)\]")


def _literal(piece: str) -> str:
    out: list[str] = []
    at = 0
    while at < len(piece):
        found = _SET.match(piece, at)
        if piece[at] == "?":
            out.append(".")
            at += 1
        elif found is not None and found[2]:
            out.append(_set(found[1] == "!", found[2]))
            at = found.end()
        else:
            out.append(re.escape(piece[at]))
            at += 1
    return "".join(out)


def _set(without: bool, inner: str) -> str:
    ranges = re.sub(r"([\\\[\]^&~|])", r"\\\1", inner)
    found = f"[{'^' if without else ''}{ranges}]"
    try:
        re.compile(found)
    except re.error:
        return "(?!)"  # a range whose end is before its start holds nothing
    return found


def search_layer(entries: Entries, pattern: Pattern) -> Iterator[Place | None]:
    """The members of one layer that fit; None now and then, so that others may have their turn."""
    for index in range(len(entries)):
        if pattern.matches(entries.name(index) if pattern.by_name else entries.path(index)):
            yield Place(0, index)
        elif index % 500 == 0:
            yield None


def search_tree(tree: Tree, pattern: Pattern) -> Iterator[Place | None]:
    """The members seen in a tree that fit, folders too; None now and then."""
    for count, folder in enumerate(tree.root.below()):
        path = folder.path()
        if folder.place >= 0 and path and pattern.matches(path):
            yield unpack(folder.place)
        for name, packed in folder.files.items():
            if pattern.matches(name if pattern.by_name else f"{path}/{name}" if path else name):
                yield unpack(packed)
        if count % 50 == 0:
            yield None
