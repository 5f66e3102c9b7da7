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

# Flags of a `.pyc` (PEP 552): bit 0 says "by hash", bit 1 unset says "and nobody checks it".
UNCHECKED_HASH = (1).to_bytes(4, "little")

# The earliest time a zip can hold. One fixed time for all entries, so that the same tree gives the same bytes.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


class Job(TypedDict):
    """One zip: `entries` are (name in the zip, path of the file); `.py` files are compiled, others copied."""

    out: str
    mounted_at: str
    keep_docstrings: bool
    deflate: bool
    entries: list[tuple[str, str]]


def run(job_file: str) -> str:
    """Writes the zips of a JSON list of jobs; answers with JSON, one line of counts for each."""
    jobs: list[Job] = json.loads(Path(job_file).read_text())
    return json.dumps([write_zip(job) for job in jobs])


def write_zip(job: Job) -> dict[str, int | str]:
    method = zipfile.ZIP_DEFLATED if job["deflate"] else zipfile.ZIP_STORED
    out = Path(job["out"])
    with zipfile.ZipFile(out, "w", method, compresslevel=9 if job["deflate"] else None) as archive:
        for name, path in sorted(job["entries"]):
            data = Path(path).read_bytes()
            if name.endswith(".py"):
                data = compiled(data, f"{job['mounted_at']}/{name}", job["keep_docstrings"])
                name += "c"
            info = zipfile.ZipInfo(name, ZIP_EPOCH)
            info.external_attr = 0o644 << 16
            info.create_system = 3  # Unix, whatever the machine
            info.compress_type = method
            archive.writestr(info, data)
    return {"out": out.name, "entries": len(job["entries"]), "bytes": out.stat().st_size}


def compiled(source: bytes, filename: str, keep_docstrings: bool) -> bytes:
    """The bytes of an unchecked-hash `.pyc`: nothing about it depends on times or on the source being there.

    Assertions stay (they are the difference to `optimize=2`, which would drop them together with the docstrings).
    """
    tree = ast.parse(source, filename)
    if not keep_docstrings:
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
