"""Writes the licence notices of what static/vendor/ holds into its licenses/ folder; `make site` takes them along."""

import json
import shutil
import zipfile
from pathlib import Path

from tools.paths import NODE_MODULES, ROOT

TEXTS = ROOT / "tools" / "notices"

# Packages of the lock file that are not bundled into PyScript's core: Pyodide and what only its Node side uses, and
# those that have a notice of their own.
OWN = ("morphdom", "hash-wasm")
NOT_IN_PYSCRIPT = ("pyodide", "ws", "@types/emscripten", *OWN)

INDEX = """\
Portolan is under the Apache License, version 2.0 (LICENSE at the top of the site). It is served together with:

pyodide/    Pyodide {pyodide}, Mozilla Public License 2.0 (mpl-2.0.txt), unchanged but for a removed source map pointer.
            Source: https://github.com/pyodide/pyodide
            It contains CPython and its standard library, here compiled and trimmed, Python Software Foundation
            License 2 (python.txt). Source: https://github.com/python/cpython
            CPython's build there links musl (MIT), zlib (Zlib), bzip2 (bzip2-1.0.6), liblzma (0BSD),
            zstd (BSD-3-Clause), SQLite (public domain), libffi (MIT), Expat (MIT), mpdecimal (BSD-2-Clause)
            and HACL* (Apache-2.0).
pyscript/   PyScript {pyscript}, Apache License 2.0, and what is bundled into it (pyscript.txt).
            Source: https://github.com/pyscript/pyscript
morphdom/   morphdom {morphdom}, MIT License (morphdom.txt). Source: https://github.com/patrick-steele-idem/morphdom
hash-wasm/  hash-wasm {hashwasm}, MIT License (hash-wasm.txt). Source: https://github.com/Daninet/hash-wasm
app.zip     contains PyJWT, MIT License (pyjwt.txt), compiled. Source: https://github.com/jpadilla/pyjwt
"""


def write(folder: Path, jwt_wheel: Path) -> None:
    """Fills an empty folder; the same lock files give the same bytes."""
    versions = json.loads((ROOT / "package.json").read_text())["dependencies"]
    named = {"pyodide": "pyodide", "pyscript": "@pyscript/core", "morphdom": "morphdom", "hashwasm": "hash-wasm"}
    (folder / "README.txt").write_text(INDEX.format(**{key: versions[name] for key, name in named.items()}))
    for name in ("mpl-2.0.txt", "python.txt"):
        shutil.copyfile(TEXTS / name, folder / name)
    for name in OWN:
        shutil.copyfile(NODE_MODULES / name / "LICENSE", folder / f"{name}.txt")
    (folder / "pyscript.txt").write_text(pyscript_notices())
    with zipfile.ZipFile(jwt_wheel) as wheel:
        found = [name for name in wheel.namelist() if name.endswith("LICENSE")]
        (folder / "pyjwt.txt").write_bytes(wheel.read(found[0]))


def pyscript_notices() -> str:
    """PyScript's own licence, then one notice for each package bundled into it."""
    parts = [license_text(NODE_MODULES / "@pyscript" / "core") or ""]
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for place, facts in sorted(lock.items()):
        name = place.rpartition("node_modules/")[2]
        if not name or facts.get("dev") or name in {*NOT_IN_PYSCRIPT, "@pyscript/core"}:
            continue
        package = ROOT / place
        text = license_text(package)
        if text is None:
            author = json.loads((package / "package.json").read_text()).get("author", "its authors")
            holder = author["name"] if isinstance(author, dict) else author
            text = f"Copyright (c) {holder}\n\n{(TEXTS / 'isc.txt').read_text()}"
        parts.append(f"{name} {facts['version']} ({facts['license']})\n\n{text}")
    return f"\n{'-' * 78}\n\n".join(part.strip() + "\n" for part in parts)


def license_text(package: Path) -> str | None:
    """The licence file of an installed package, if it ships one."""
    for file in sorted(package.glob("LICENSE*")):
        return file.read_text()
    return None
