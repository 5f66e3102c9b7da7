"""Starts a server, waits until it is ready, and stops what it started."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE = 30.0  # seconds until a server has to be ready; it takes 0.2, on a busy machine more
PAUSE = 0.02  # seconds between two looks


class DidNotStart(Exception):
    """A server ended, or was not ready in time; the text ends with what it wrote."""

    def __init__(self, command: Sequence[str], why: str, log: Path) -> None:
        super().__init__(f"{' '.join(command)}: {why}\n{tail(log)}")


@contextmanager
def running(
    command: Sequence[str],
    log: Path,
    ready: Callable[[], bool],
    environment: Mapping[str, str] | None = None,
    patience: float = PATIENCE,
) -> Iterator[subprocess.Popen[bytes]]:
    """The process, once `ready()`; at the end its whole process group is stopped. Raises DidNotStart.

    `log`: gets what it writes. `environment`: added to ours. `patience`: seconds until it has to be ready.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
            start_new_session=True,  # a process group of its own, so that its children end with it
        )
    try:
        _await(process, command, log, ready, patience)
        yield process
    finally:
        _stop(process)


def _await(
    process: subprocess.Popen[bytes], command: Sequence[str], log: Path, ready: Callable[[], bool], patience: float
) -> None:
    deadline = time.monotonic() + patience
    while not ready():
        with suppress(subprocess.TimeoutExpired):
            raise DidNotStart(command, f"ended with {process.wait(PAUSE)}", log)
        if time.monotonic() > deadline:
            raise DidNotStart(command, f"not ready after {patience:.0f} s", log)


def _stop(process: subprocess.Popen[bytes]) -> None:
    _signal(process, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
    _signal(process, signal.SIGKILL)  # children that outlived it included
    process.wait()


def _signal(process: subprocess.Popen[bytes], number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def tail(log: Path, since: int = 0, most: int = 4000) -> str:
    """The end of a log: at most `most` bytes, and nothing before byte `since`."""
    if not log.exists():
        return ""
    size = log.stat().st_size
    with log.open("rb") as lines:
        lines.seek(max(since, size - most))
        return lines.read().decode(errors="replace")
