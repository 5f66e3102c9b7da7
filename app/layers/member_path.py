"""Paths of members as the file system below the root has them."""

import re

DEEPEST_FOLDER = 4096
"""Bytes of a folder's path. What is longer no system would unpack; it is kept as one long name in that folder."""

# An empty, `.` or `..` component anywhere.
_UNCLEAN = re.compile(rb"(?:^|/)\.{0,2}(?=/|\Z)")


def clean_path(path: bytes) -> bytes:
    """Without `.`, `..`, empty components and slashes at the ends: `../../etc//passwd` is `etc/passwd`.

    A `..` at the root stays there, as it does in a container; the root itself is empty.
    """
    plain = path.strip(b"/")
    if plain.startswith(b"./"):
        plain = plain[2:]
    if not _UNCLEAN.search(plain):
        return plain
    kept: list[bytes] = []
    for part in path.split(b"/"):
        if part == b"..":
            if kept:
                kept.pop()
        elif part not in (b"", b"."):
            kept.append(part)
    return b"/".join(kept)


def split_path(path: bytes) -> tuple[bytes, bytes]:
    """Folder and name of a clean path. A folder beyond DEEPEST_FOLDER is cut where it still fits."""
    cut = path.rfind(b"/")
    if cut > DEEPEST_FOLDER:
        cut = path.rfind(b"/", 0, DEEPEST_FOLDER)
    return (b"", path) if cut < 0 else (path[:cut], path[cut + 1 :])
