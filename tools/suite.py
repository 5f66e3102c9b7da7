"""`make test` and its parts: installs what they need, runs them all, says how each ended; exit code 1 if one failed."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tools.binaries import PROGRAMS
from tools.needs import install
from tools.paths import NODE_MODULES, ROOT

BROWSER = ("chromium",)
PYTEST = (sys.executable, "-m", "pytest")

# The Python of the project. cors-examples is no name of a package, so what is in it is checked from inside.
TYPED = ("app", "tools", "tests", "cors-examples/playground")
TSC = (str(NODE_MODULES / ".bin" / "tsc"), "--project")


def parts_of(name: str) -> list[str]:
    return ["check", "unit", "pyodide", "e2e", "real"] if name == "test" else [name]


def commands_of(part: str) -> list[Sequence[str]]:
    """What a part runs, one command after the other."""
    if part == "check":
        return [
            (sys.executable, "-m", "ruff", "check", "."),
            (sys.executable, "-m", "ruff", "format", "--check", "."),
            (sys.executable, "-m", "mypy", *TYPED),
            (*TSC, "tools/tsconfig.shell.json"),
            (*TSC, "tools/tsconfig.tools.json"),
            (*PYTEST, "-q", "tests/unit/test_architecture.py"),
        ]
    if part == "bench":
        return [(sys.executable, "-m", "tests.bench")]
    return [(*PYTEST, f"tests/{part}")]


def needs_of(part: str) -> tuple[str, ...]:
    return {"e2e": BROWSER, "bench": BROWSER, "real": tuple(PROGRAMS)}.get(part, ())


class Installing:
    """Installs programs in the background, so that the checks and the unit tests need not wait for them."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.missing: list[str] = []
        self._thread = threading.Thread(target=self._install, args=(names,), daemon=True)
        self._thread.start()

    def _install(self, names: tuple[str, ...]) -> None:
        self.missing = install(names, say)

    def wait(self) -> list[str]:
        """Those of the names that could not be installed."""
        self._thread.join()
        return self.missing


def run_part(part: str, installing: Installing, run: Callable[[Sequence[str]], int]) -> list[str]:
    """Runs one part; the reasons why it failed, none when it passed."""
    needed = needs_of(part)
    failures = []
    if needed:
        absent = [name for name in installing.wait() if name in needed]
        if absent:
            say(f"Missing for the {part} tests: {', '.join(absent)}. What needs them is not run.")
        if "chromium" in absent or (absent and os.environ.get("CI") == "true"):
            failures.append(f"missing: {', '.join(absent)}")
        if "chromium" in absent:
            return failures
    # Any code but 0: pytest's 5, "no tests were collected", is a failure too.
    ended = [(command, run(command)) for command in commands_of(part)]
    return failures + [f"{name_of(command)} ended with {code}" for command, code in ended if code]


def run_command(command: Sequence[str]) -> int:
    say(f"$ {name_of(command)}")
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def name_of(command: Sequence[str]) -> str:
    """A command as a person would say it: without paths and without `python -m`."""
    first, *rest = command
    if rest[:1] == ["-m"]:
        return " ".join(rest[1:])
    return " ".join([Path(first).name, *rest])


def say(line: str) -> None:
    print(line, flush=True)


def main(arguments: list[str]) -> int:
    parts = parts_of(arguments[0] if arguments else "test")
    needed = {name for part in parts for name in needs_of(part)}
    installing = Installing(tuple(name for name in PROGRAMS if name in needed))
    summary = []
    failed = False
    for part in parts:
        started = time.monotonic()
        failures = run_part(part, installing, run_command)
        failed = failed or bool(failures)
        ended = "; ".join(failures) if failures else "passed"
        summary.append(f"{part:8} {time.monotonic() - started:5.0f} s  {ended}")
    say("\n" + "\n".join(summary))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
