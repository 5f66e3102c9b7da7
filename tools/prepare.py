"""Sets the checkout up: python3 -m tools.prepare [GROUP …] installs what is locked and fills static/vendor/.

Runs on the system's own Python before anything is installed, so it keeps to the standard library, and this file to what
an old Python can parse: the answer to one is a sentence, not a traceback.
"""

import json
import os
import shutil
import subprocess
import sys

OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20


def main():  # type: () -> int
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:3]))
        print(
            "portolan: needs Python 3.11 or newer, this is " + found + ". With a newer one: make run PYTHON=python3.12"
        )
        return 1
    from tools import stdlib, vendor
    from tools.steps import StepFailed

    try:
        check_tools()
        ensure_python(["run", *sys.argv[1:]])
        ensure_node()
        vendor.fill(say)
    except (StepFailed, stdlib.Unreadable) as failed:
        print(f"portolan: {failed}", file=sys.stderr)
        return 1
    return 0


def say(line: str) -> None:
    print(line, flush=True)


def check_tools() -> None:
    """Raises StepFailed naming each tool that is missing or too old, and what it is needed for."""
    from tools.steps import StepFailed

    wrong = []
    for name, reason in (("git", "to build from a checkout"), ("npm", "to install the JavaScript packages")):
        if shutil.which(name) is None:
            wrong.append(f"{name} is not installed; it is needed {reason}")
    node = shutil.which("node")
    if node is None:
        wrong.append(f"Node.js is not installed; version {OLDEST_NODE} or newer compiles the app")
    else:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
        if node_major(answer) < OLDEST_NODE:
            wrong.append(
                f"Node.js {answer or '(unknown version)'} is too old; version {OLDEST_NODE} or newer compiles the app"
            )
    if wrong:
        raise StepFailed("; ".join(wrong))


def node_major(answer: str) -> int:
    """`v20.19.1` → 20; 0 for anything else."""
    major = answer.removeprefix("v").split(".")[0]
    return int(major) if major.isascii() and major.isdigit() else 0


def ensure_python(groups: list[str]) -> None:
    """The virtual environment, with these groups of locked packages installed (those installed before stay)."""
    from tools.paths import REQUIREMENTS, VENV, venv_python
    from tools.stamps import digest_of
    from tools.steps import finish, locked

    with locked():
        state_file = VENV / "portolan-groups.json"
        if not runs(str(venv_python())):
            say("Making the virtual environment .venv …")
            command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
            finish(command, "making .venv (on Debian and Ubuntu this needs the package python3-venv)")
        try:
            state = json.loads(state_file.read_text())
        except (OSError, ValueError):
            state = {}
        wanted = {group: digest_of([REQUIREMENTS / f"{group}.txt"]) for group in groups}
        missing = [group for group, digest in wanted.items() if state.get(group) != digest]
        if missing:
            say(f"Installing the locked Python packages ({', '.join(missing)}) …")
            files = [part for group in missing for part in ("-r", str(REQUIREMENTS / f"{group}.txt"))]
            pip = [str(venv_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            # The locks name every package, so pip need not look for more, and may not take one without its hash.
            finish([*pip, "--no-deps", "--require-hashes", *files], "installing the Python packages")
            state_file.write_text(json.dumps({**state, **wanted}))


def runs(python: str) -> bool:
    """Whether the interpreter of the environment is there and starts: an upgrade of the system's Python breaks it."""
    if not os.access(python, os.X_OK):
        return False
    return subprocess.run([python, "-c", "import pip"], capture_output=True, check=False).returncode == 0


def ensure_node() -> None:
    """node_modules as package-lock.json says."""
    from tools.paths import NODE_MODULES, ROOT
    from tools.stamps import Stamp, digest_of
    from tools.steps import finish, locked

    with locked():
        stamp = Stamp("node")
        digest = digest_of([ROOT / "package.json", ROOT / "package-lock.json"])
        if not stamp.holds(digest, NODE_MODULES / "pyodide", NODE_MODULES / "@pyscript" / "core"):
            say("Installing the locked JavaScript packages …")
            stamp.clear()
            finish(["npm", "ci", "--no-audit", "--no-fund"], "installing the JavaScript packages")
            stamp.write(digest)


if __name__ == "__main__":
    sys.exit(main())
