"""Fills static/vendor/: what the page loads beside our own sources, taken from the locked packages. Standard library only.

    pyodide/    Pyodide, with its standard library compiled and trimmed
    pyscript/   the parts of PyScript's core that a page with one worker asks for
    morphdom/   morphdom
    app.zip     app/ and PyJWT, compiled
    LICENSES/   the notices of all of these
    build.json  version and hash of this build
"""

import fcntl
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import stdlib
from tools.paths import CACHE, NODE_MODULES, REQUIREMENTS, ROOT, VENDOR
from tools.stamps import Stamp, digest_of, files_below

# Where Pyodide unpacks nothing but mounts its standard library; tracebacks name files by it.
STDLIB_MOUNT = "/lib/python314.zip"
APP_MOUNT = "/home/pyodide"

# Of PyScript's dist: the entry and what it imports at once are followed; these are what it imports later, on demand,
# in a page whose only Python is a worker: the parser of pyscript.toml. Editors and terminals stay out.
PYSCRIPT_LATER = ("toml-V4",)

# Pictures, templates and other files that Python wants to read, (folder, pattern): the doctor's fix templates go here.
APP_DATA: tuple[tuple[Path, str], ...] = ()

# All that decides what the runtime half and the app half of static/vendor/ look like.
RUNTIME_INPUTS = ("package-lock.json", "tools/vendor.py", "tools/stdlib.py", "tools/packing.py", "tools/pack.mjs", "tools/compress.mjs")
SITE_INPUTS = ("index.html", "pyscript.toml", "pyproject.toml", "app", "tools/requirements/browser.txt", *RUNTIME_INPUTS)


class BuildFailed(Exception):
    """A step of the build failed; the message says which and what it said."""


def main() -> int:
    try:
        fill(say=print)
    except BuildFailed as failed:
        print(f"portolan: {failed}", file=sys.stderr)
        return 1
    return 0


def fill(say: object = None) -> None:
    """Brings static/vendor/ up to date; does nothing when it is. Safe to call from several processes at once."""
    tell = say if callable(say) else lambda _line: None
    with locked():
        runtime = digest_of([ROOT / name for name in RUNTIME_INPUTS])
        stamp = Stamp("vendor-runtime")
        if not stamp.holds(runtime, VENDOR / "pyodide", VENDOR / "pyscript", VENDOR / "morphdom"):
            tell("Filling static/vendor/ (Pyodide, PyScript, morphdom) …")
            stamp.clear()
            fill_runtime()
            stamp.write(runtime)
        build = build_id()
        stamp = Stamp("vendor-app")
        if not stamp.holds(build, VENDOR / "app.zip", VENDOR / "build.json"):
            tell("Compiling app/ into static/vendor/app.zip …")
            stamp.clear()
            fill_app(build)
            stamp.write(build)


def build_id() -> str:
    """SHA-256 (hex) over every source of the site: the same tree gives the same build."""
    own = [path for path in sorted((ROOT / "static").glob("*")) if path != VENDOR] if (ROOT / "static").is_dir() else []
    data = [file for folder, pattern in APP_DATA for file in sorted(folder.glob(pattern))]
    return digest_of([*(ROOT / name for name in SITE_INPUTS), *own, *data])


def version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return str(project["project"]["version"])


def fill_runtime() -> None:
    """Pyodide, PyScript and morphdom, each into a fresh folder that then takes the old one's place."""
    with fresh_folder(VENDOR / "pyodide") as folder:
        source = NODE_MODULES / "pyodide"
        for name in ("pyodide.asm.mjs", "pyodide.asm.wasm"):
            shutil.copyfile(source / name, folder / name)
        copy_script(source / "pyodide.mjs", folder / "pyodide.mjs")
        # No package is loaded by Pyodide's own loader, but the file must be there and name the right ABI.
        lock = json.loads((source / "pyodide-lock.json").read_text())
        (folder / "pyodide-lock.json").write_text(json.dumps({"info": lock["info"], "packages": {}}) + "\n")
        pack([stdlib_job(folder / "python_stdlib.zip")], source)
        compress(folder)
    with fresh_folder(VENDOR / "pyscript") as folder:
        dist = NODE_MODULES / "@pyscript" / "core" / "dist"
        for name in pyscript_files(dist):
            copy_script(dist / name, folder / name)
        compress(folder)
    with fresh_folder(VENDOR / "morphdom") as folder:
        copy_script(NODE_MODULES / "morphdom" / "dist" / "morphdom-esm.js", folder / "morphdom-esm.js")


def fill_app(build: str) -> None:
    """app.zip and build.json."""
    facts = {"version": version(), "build": build[:12], **runtime_versions()}
    work = CACHE / "app"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    (work / "portolan-build.json").write_text(json.dumps(facts, indent=2) + "\n")
    entries = [("portolan-build.json", work / "portolan-build.json")]
    entries += [(f"app/{file.relative_to(ROOT / 'app').as_posix()}", file) for file in files_below(ROOT / "app")]
    entries += [(file.relative_to(ROOT).as_posix(), file) for folder, pattern in APP_DATA for file in sorted(folder.glob(pattern))]
    with zipfile.ZipFile(jwt_wheel()) as wheel:
        for name in sorted(wheel.namelist()):
            if name.startswith("jwt/") and name.endswith(".py"):
                entries.append((name, Path(wheel.extract(name, work))))
    out = work / "app.zip"
    pack([job(out, APP_MOUNT, entries)], VENDOR / "pyodide")
    compress(work, only=out)
    for file in (out, *sorted(work.glob("app.zip.*"))):
        file.replace(VENDOR / file.name)
    shutil.copyfile(work / "portolan-build.json", VENDOR / "build.json")


def runtime_versions() -> dict[str, str]:
    """Version of each vendored package, by its name in package.json."""
    packages = json.loads((ROOT / "package.json").read_text())["dependencies"]
    return {name.removeprefix("@").replace("/core", ""): str(found) for name, found in sorted(packages.items())}


def jwt_wheel() -> Path:
    """The wheel of PyJWT, downloaded once and held against the hash in its lock file."""
    lock = REQUIREMENTS / "browser.txt"
    folder = CACHE / "wheels"
    digest = digest_of([lock])
    stamp = Stamp("wheels")
    if not stamp.holds(digest, folder):
        shutil.rmtree(folder, ignore_errors=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--require-hashes", "--no-deps", "--only-binary", ":all:"]
        finish([*command, "--dest", str(folder), "-r", str(lock)], "downloading PyJWT")
        stamp.write(digest)
    wheels = sorted(folder.glob("pyjwt-*.whl"), key=lambda file: file.name)
    if len(wheels) != 1:
        raise BuildFailed(f"expected one wheel of PyJWT in {folder}, found {len(wheels)}")
    return wheels[0]


def stdlib_job(out: Path) -> dict[str, object]:
    """The job that compiles what `tools/stdlib.py` keeps of Pyodide's standard library."""
    folder = CACHE / "stdlib"
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(NODE_MODULES / "pyodide" / "python_stdlib.zip") as archive:
        archive.extractall(folder)
    kept = stdlib.kept(folder)
    return job(out, STDLIB_MOUNT, [(name, folder / name) for name in kept])


def job(out: Path, mounted_at: str, entries: list[tuple[str, Path]]) -> dict[str, object]:
    """A job for tools/packing.py; `/host` is where it sees this machine's disk."""
    return {
        "out": f"/host{out.resolve()}",
        "mounted_at": mounted_at,
        "keep_docstrings": False,
        "deflate": True,
        "entries": [(name, f"/host{path.resolve()}") for name, path in entries],
    }


def pack(jobs: list[dict[str, object]], pyodide: Path) -> None:
    CACHE.mkdir(exist_ok=True)
    file = CACHE / "jobs.json"
    file.write_text(json.dumps(jobs))
    finish(["node", str(ROOT / "tools" / "pack.mjs"), str(pyodide), str(file)], "compiling Python with Pyodide")


def compress(folder: Path, only: Path | None = None) -> None:
    """Writes .gz and .br siblings of the files worth it, so that the server need not compress."""
    names = [only] if only else [file for file in files_below(folder) if file.suffix in {".js", ".mjs", ".wasm", ".zip"}]
    finish(["node", str(ROOT / "tools" / "compress.mjs"), *map(str, names)], "compressing static/vendor/")


def pyscript_files(dist: Path) -> list[str]:
    """core.js, what it imports at once, and the files of PYSCRIPT_LATER, each with its imports."""
    found: list[str] = []
    waiting = ["core.js", *(file.name for start in PYSCRIPT_LATER for file in sorted(dist.glob(f"{start}*.js")))]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.append(name)
            waiting += re.findall(r'from"\./([\w.-]+\.js)"', (dist / name).read_text())
    return sorted(found)


def copy_script(source: Path, target: Path) -> None:
    """Copies a script without the pointer to its source map, which is not served: developer tools would ask for it."""
    text = source.read_text()
    target.write_text(re.sub(r"^//# sourceMappingURL=\S+\s*$", "", text, flags=re.MULTILINE))


def finish(command: list[str], doing: str) -> None:
    """Runs a command to its end; raises BuildFailed with the last of what it said."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError as missing:
        raise BuildFailed(f"{doing}: {command[0]} is not installed") from missing
    if done.returncode:
        raise BuildFailed(f"{doing} failed:\n{(done.stderr or done.stdout)[-2000:]}")


@contextmanager
def fresh_folder(target: Path) -> Iterator[Path]:
    """An empty folder that becomes `target` when all went well."""
    new = target.with_name(f".{target.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    yield new
    shutil.rmtree(target, ignore_errors=True)
    new.replace(target)


@contextmanager
def locked() -> Iterator[None]:
    """Holds the set-up's lock: two commands started together must not build into each other's files."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main())
