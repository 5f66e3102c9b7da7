"""Stamps: a step of the set-up runs again only when the bytes that went into it have changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tools.paths import CACHE


def digest_of(paths: Iterable[Path], *words: str) -> str:
    """SHA-256 (hex) over names and bytes of the files below these paths, and over the words.

    Contents, not times: a fresh clone, a copied tree and a touched file all give the same answer.
    A missing path counts as missing and is no error.
    """
    total = hashlib.sha256()
    for word in words:
        total.update(f"word {len(word)} {word}\n".encode())
    for path in paths:
        for file in files_below(path):
            data = file.read_bytes()
            name = file.relative_to(path.parent).as_posix()
            total.update(f"file {name} {len(data)} {hashlib.sha256(data).hexdigest()}\n".encode())
        if not path.exists():
            total.update(f"missing {path.name}\n".encode())
    return total.hexdigest()


def files_below(path: Path) -> list[Path]:
    """The file itself, or the sorted files of a folder without Python's own caches."""
    if path.is_file():
        return [path]
    found = [file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    return sorted(found, key=lambda file: file.relative_to(path).as_posix())


class Stamp:
    """The recorded digest of a finished step."""

    def __init__(self, name: str, folder: Path = CACHE / "stamps") -> None:
        self.file = folder / name

    def holds(self, digest: str, *results: Path) -> bool:
        """Whether the step was finished for this digest and all that it made is still there."""
        if not all(result.exists() for result in results):
            return False
        try:
            return self.file.read_text() == digest
        except OSError:
            return False

    def write(self, digest: str) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(digest)

    def clear(self) -> None:
        self.file.unlink(missing_ok=True)
