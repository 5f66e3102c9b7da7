"""Runs inside Pyodide under Node: which files of a standard library a set of modules needs."""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path


def files_needed(folder: Path, roots: Iterable[str], left_out: Iterable[str]) -> list[str]:
    """Names of files below `folder` that this interpreter's start, the roots and all they import at once need.

    Followed: imports that run when a module is imported. Not followed: those inside functions, which name much of the
    library for the sake of rare uses; the ones that matter are among the roots. Modules of `left_out` and what
    is inside them are passed over: their importers catch the ImportError.
    """
    barred = set(left_out)
    needed: dict[str, str] = {}
    waiting = [*sorted(sys.modules), *roots]
    while waiting:
        name = waiting.pop()
        found = locate(folder, name)
        if found is None or name in needed or barred & set(parents(name)):
            continue
        needed[name] = found
        waiting += parents(name)
        source = (folder / found).read_bytes()
        waiting += imported(ast.parse(source), package_of(name, found))
    return sorted(needed.values())


def locate(folder: Path, name: str) -> str | None:
    """The file of a module, relative to the folder; None when it is not there (built in, or no module at all)."""
    stem = name.replace(".", "/")
    for candidate in (f"{stem}/__init__.py", f"{stem}.py"):
        if (folder / candidate).is_file():
            return candidate
    return None


def parents(name: str) -> list[str]:
    """`a.b.c` → `a`, `a.b`, `a.b.c`."""
    parts = name.split(".")
    return [".".join(parts[: count + 1]) for count in range(len(parts))]


def package_of(name: str, file: str) -> str:
    return name if file.endswith("__init__.py") else name.rpartition(".")[0]


def imported(tree: ast.AST, package: str) -> Iterator[str]:
    """Names a module imports when it is itself imported; `from a import b` gives `a` and `a.b`."""
    for node in at_import(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run at import: not function bodies, nor what is for type checkers or for a script alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and ast.unparse(child.test) in {
            "TYPE_CHECKING",
            "typing.TYPE_CHECKING",
            "__name__ == '__main__'",
        }:
            continue
        yield child
        yield from at_import(child)
