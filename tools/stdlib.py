"""Which modules of Pyodide's standard library go into the page."""

from pathlib import Path


def kept(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.py"))
