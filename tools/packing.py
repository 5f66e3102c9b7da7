"""Runs inside Pyodide under Node (`tools/pack.mjs`): compiles Python sources and writes them into one zip.

Only the interpreter that will load a `.pyc` can write it (the format belongs to one version of Python), and only one
zlib packs the bytes the same on every machine: both are the ones in the Pyodide that gets the zip.
"""

import ast
import json
import marshal
import zipfile
from importlib.util import MAGIC_NUMBER, source_hash
from pathlib import Path
from typing import TypedDict

from tools.closure import files_needed

# Flags of a `.pyc` (PEP 552): bit 0 says "by hash", bit 1 unset says "and nobody checks it".
UNCHECKED_HASH = (1).to_bytes(4, "little")

# The earliest time a zip can hold. One fixed time for all entries, so that the same tree gives the same bytes.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


class Job(TypedDict):
    """One zip: `entries` are (name in the zip, path of the file); `.py` files are compiled, others copied.

    With a `library` (a folder), the files of it that `roots` need are added, without those of `left_out`.
    """

    out: str
    mounted_at: str
    entries: list[tuple[str, str]]
    library: str
    roots: list[str]
    left_out: list[str]


def run(job_file: str) -> str:
    """Writes the zip of a job (a JSON file); says how much went into it."""
    return write_zip(json.loads(Path(job_file).read_text()))


def write_zip(job: Job) -> str:
    out = Path(job["out"])
    entries = [(name, Path(path)) for name, path in job["entries"]]
    if job["library"]:
        library = Path(job["library"])
        entries += [(name, library / name) for name in files_needed(library, job["roots"], job["left_out"])]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in sorted(entries):
            data = path.read_bytes()
            if name.endswith(".py"):
                data = compiled(data, f"{job['mounted_at']}/{name}")
                name += "c"
            info = zipfile.ZipInfo(name, ZIP_EPOCH)
            info.external_attr = 0o644 << 16
            info.create_system = 3  # Unix, whatever the machine
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return f"{out.name}: {len(entries)} files, {out.stat().st_size} bytes"


def compiled(source: bytes, filename: str) -> bytes:
    """The bytes of an unchecked-hash `.pyc`: nothing about it depends on times or on the source being there.

    Docstrings go, a seventh of the bytes; assertions stay (`optimize=2` would drop both).
    """
    tree = ast.parse(source, filename)
    drop_docstrings(tree)
    code = compile(tree, filename, "exec", dont_inherit=True, optimize=0)
    return MAGIC_NUMBER + UNCHECKED_HASH + source_hash(source) + marshal.dumps(code)


def drop_docstrings(tree: ast.Module) -> None:
    """Takes the docstrings out in place; a body that was nothing else becomes `pass`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or not node.body:
            continue
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
            node.body[:1] = [] if len(node.body) > 1 else [ast.copy_location(ast.Pass(), first)]
