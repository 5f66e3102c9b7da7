"""What every step of a build needs: commands, a lock, a folder that is whole or not there, jobs for Pyodide."""

import fcntl
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools import stdlib
from tools.packing import Job
from tools.paths import CACHE, ROOT


class StepFailed(Exception):
    """A step failed; the message says which, and what the command said."""


def finish(command: Sequence[str], doing: str, env: Mapping[str, str] | None = None) -> str:
    """Runs a command to its end and returns what it printed; raises StepFailed with the last of what it said."""
    try:
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    except FileNotFoundError as missing:
        raise StepFailed(f"{doing}: {command[0]} is not installed") from missing
    if done.returncode:
        raise StepFailed(f"{doing} failed:\n{(done.stderr or done.stdout).strip()[-3000:]}")
    return done.stdout


@contextmanager
def locked() -> Iterator[None]:
    """Holds the set-up's lock: two commands started together must not build into each other's files."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def fresh_folder(target: Path) -> Iterator[Path]:
    """An empty folder that becomes `target` when all went well."""
    new = target.with_name(f".{target.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    yield new
    shutil.rmtree(target, ignore_errors=True)
    new.replace(target)


def pack(
    pyodide: Path,
    out: Path,
    mounted_at: str,
    entries: Sequence[tuple[str, Path]] = (),
    library: Path | None = None,
    roots: Sequence[str] = (),
) -> None:
    """Has the Pyodide of a folder write a zip (tools/packing.py): the entries, and what the roots need of a library."""
    # `/host` is where it sees this machine's disk.
    one: Job = {
        "out": f"/host{out.resolve()}",
        "mounted_at": mounted_at,
        "entries": [(name, f"/host{path.resolve()}") for name, path in entries],
        "library": f"/host{library.resolve()}" if library else "",
        "roots": list(roots),
        "left_out": list(stdlib.LEFT_OUT),
    }
    file = CACHE / f"job-{out.stem}.json"
    file.write_text(json.dumps(one))
    finish(["node", str(ROOT / "tools" / "pack.mjs"), str(pyodide), str(file)], f"compiling {out.name} with Pyodide")
    out.chmod(0o644)


def compress(files: Sequence[Path]) -> None:
    """Writes .gz and .br siblings, so that the server need not compress."""
    finish(["node", str(ROOT / "tools" / "compress.mjs"), *map(str, files)], "compressing static/vendor/")
