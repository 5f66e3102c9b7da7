"""Fills static/vendor/: what the page loads beside our own sources, from the locked packages. Standard library only.

pyodide/    Pyodide, with its standard library compiled and trimmed
pyscript/   the parts of PyScript's core that a page with one worker asks for
morphdom/   morphdom
hash-wasm/  SHA-256 of hash-wasm
app.zip     app/ and PyJWT, compiled; templates of the doctor's fixes
licenses/   the notices of all of these
build.json  version and hash of this build
"""

import json
import re
import shutil
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

from tools import notices, stdlib
from tools.paths import CACHE, NODE_MODULES, REQUIREMENTS, ROOT, VENDOR, venv_python
from tools.stamps import Stamp, digest_of, files_below
from tools.steps import StepFailed, compress, finish, fresh_folder, locked, pack

# Where Pyodide puts its library, and where the shell has PyScript unpack app.zip: tracebacks name files by it.
STDLIB_MOUNT = "/lib/python314.zip"
APP_MOUNT = "/home/pyodide"

# Of PyScript's dist: the entry and what it imports at once are followed; these are what a page whose only Python is a
# worker asks for later: a plugin that is fetched although it is turned off.
PYSCRIPT_LATER = ("error-",)

# Files beside the sources that Python reads in the page, as (folder, pattern): what the doctor writes its fixes from.
APP_DATA: tuple[tuple[Path, str], ...] = (
    (ROOT / "cors-examples", "*/example.toml"),
    (ROOT / "cors-examples", "*/*.template"),
    (ROOT / "cors-examples" / "s3-storage", "*.json"),
    (ROOT / "cors-examples" / "s3-storage", "*.xml"),
    (ROOT / "cors-examples" / "playground", "scenarios.toml"),
    (ROOT / "cors-examples" / "playground", "recorded.json"),
)

# All that decides what the runtime half and the app half of static/vendor/ look like.
RUNTIME_INPUTS = (
    "package-lock.json",
    "tools/closure.py",
    "tools/compress.mjs",
    "tools/notices",
    "tools/notices.py",
    "tools/pack.mjs",
    "tools/packing.py",
    "tools/stdlib.py",
    "tools/steps.py",
    "tools/vendor.py",
)
SITE_INPUTS = (
    "index.html",
    "pyscript.toml",
    "pyproject.toml",
    "LICENSE",
    "app",
    "tools/requirements/browser.txt",
    *RUNTIME_INPUTS,
)
RUNTIME_FOLDERS = ("pyodide", "pyscript", "morphdom", "hash-wasm", "licenses")


def main() -> int:
    try:
        fill(print)
    except (StepFailed, stdlib.Unreadable) as failed:
        print(f"portolan: {failed}", file=sys.stderr)
        return 1
    return 0


def fill(say: Callable[[str], None]) -> None:
    """Brings static/vendor/ up to date; does nothing when it is. Safe to call from several processes at once."""
    with locked():
        wanted = stdlib.roots(ROOT / "app", jwt_wheel())
        runtime = digest_of([ROOT / name for name in RUNTIME_INPUTS], *wanted)
        stamp = Stamp("vendor-runtime")
        if not stamp.holds(runtime, *(VENDOR / name for name in RUNTIME_FOLDERS)):
            say("Filling static/vendor/: Pyodide, its standard library compiled, PyScript, morphdom …")
            stamp.clear()
            fill_runtime(wanted)
            stamp.write(runtime)
        build = build_id()
        stamp = Stamp("vendor-app")
        if not stamp.holds(build, VENDOR / "app.zip", VENDOR / "build.json"):
            say("Compiling app/ into static/vendor/app.zip …")
            stamp.clear()
            fill_app(build)
            stamp.write(build)


def build_id() -> str:
    """SHA-256 (hex) over every source of the site: the same tree gives the same build."""
    own = [path for path in sorted((ROOT / "static").glob("[!.]*")) if path != VENDOR]
    data = [file for folder, pattern in APP_DATA for file in sorted(folder.glob(pattern))]
    return digest_of([*(ROOT / name for name in SITE_INPUTS), *own, *data])


def version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return str(project["project"]["version"])


def fill_runtime(wanted: list[str]) -> None:
    """Pyodide with what is wanted of its library and the other packages; each folder is whole or the old one."""
    with fresh_folder(VENDOR / "pyodide") as folder:
        source = NODE_MODULES / "pyodide"
        for name in ("pyodide.asm.mjs", "pyodide.asm.wasm"):
            shutil.copyfile(source / name, folder / name)
        copy_script(source / "pyodide.mjs", folder / "pyodide.mjs")
        # No package is loaded by Pyodide's own loader, but the file must be there and name the right ABI.
        lock = json.loads((source / "pyodide-lock.json").read_text())
        (folder / "pyodide-lock.json").write_text(json.dumps({"info": lock["info"], "packages": {}}) + "\n")
        library = CACHE / "stdlib"
        shutil.rmtree(library, ignore_errors=True)
        with zipfile.ZipFile(source / "python_stdlib.zip") as archive:
            archive.extractall(library)
        pack(source, folder / "python_stdlib.zip", STDLIB_MOUNT, library=library, roots=wanted)
        compress([folder / name for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")])
    with fresh_folder(VENDOR / "pyscript") as folder:
        dist = NODE_MODULES / "@pyscript" / "core" / "dist"
        for name in pyscript_files(dist):
            copy_script(dist / name, folder / name)
        compress(files_below(folder))
    with fresh_folder(VENDOR / "morphdom") as folder:
        copy_script(NODE_MODULES / "morphdom" / "dist" / "morphdom-esm.js", folder / "morphdom-esm.js")
        compress(files_below(folder))
    with fresh_folder(VENDOR / "hash-wasm") as folder:
        copy_script(NODE_MODULES / "hash-wasm" / "dist" / "sha256.umd.min.js", folder / "sha256.umd.min.js")
        compress(files_below(folder))
    with fresh_folder(VENDOR / "licenses") as folder:
        notices.write(folder, jwt_wheel())


def fill_app(build: str) -> None:
    """app.zip and build.json."""
    packages = json.loads((ROOT / "package.json").read_text())["dependencies"]
    facts = {
        "version": version(),
        "build": build[:12],
        "pyodide": packages["pyodide"],
        "pyscript": packages["@pyscript/core"],
    }
    work = CACHE / "app"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    (work / "portolan-build.json").write_text(json.dumps(facts) + "\n")
    entries = [("portolan-build.json", work / "portolan-build.json")]
    entries += [(file.relative_to(ROOT).as_posix(), file) for file in files_below(ROOT / "app")]
    entries += [
        (file.relative_to(ROOT).as_posix(), file)
        for folder, pattern in APP_DATA
        for file in sorted(folder.glob(pattern))
    ]
    with zipfile.ZipFile(jwt_wheel()) as wheel:
        names = [name for name in wheel.namelist() if name.startswith("jwt/") and name.endswith(".py")]
        entries += [(name, Path(wheel.extract(name, work))) for name in names]
    out = work / "app.zip"
    # By the Pyodide just built: with its library compiled it is up in a third of the time.
    pack(VENDOR / "pyodide", out, APP_MOUNT, entries)
    out.replace(VENDOR / "app.zip")
    shutil.copyfile(work / "portolan-build.json", VENDOR / "build.json")


def jwt_wheel() -> Path:
    """The wheel of PyJWT, downloaded once and held against the hash in its lock file."""
    lock = REQUIREMENTS / "browser.txt"
    folder = CACHE / "wheels"
    digest = digest_of([lock])
    stamp = Stamp("wheels")
    if not stamp.holds(digest, folder):
        stamp.clear()
        shutil.rmtree(folder, ignore_errors=True)
        command = [
            str(venv_python()),
            "-m",
            "pip",
            "download",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
        ]
        finish(
            [*command, "--no-deps", "--only-binary=:all:", "--dest", str(folder), "-r", str(lock)], "downloading PyJWT"
        )
        stamp.write(digest)
    wheels = sorted(folder.glob("pyjwt-*.whl"))
    if len(wheels) != 1:
        stamp.clear()
        raise StepFailed(f"expected one wheel of PyJWT in {folder}, found {len(wheels)}; start again")
    return wheels[0]


def pyscript_files(dist: Path) -> list[str]:
    """core.js, what it imports at once, and the files of PYSCRIPT_LATER, each with its imports."""
    found: list[str] = []
    waiting = ["core.js", *(file.name for start in PYSCRIPT_LATER for file in dist.glob(f"{start}*.js"))]
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


if __name__ == "__main__":
    sys.exit(main())
