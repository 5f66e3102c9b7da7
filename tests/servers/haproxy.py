"""HAProxy in the foreground, with neither chroot nor a user of its own."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.servers.binaries import find_binary
from tests.servers.ports import is_open
from tests.servers.processes import running

MAIN = """\
global
    log stderr format raw local0 info
    maxconn 200

defaults
    log global
    option httplog
"""


@contextmanager
def haproxy(folder: Path, log: Path, files: Mapping[str, str], ports: Sequence[int]) -> Iterator[None]:
    """HAProxy with `files` (name → text), each a section of its own, once it listens on all `ports`."""
    folder.mkdir(parents=True)
    command = [find_binary("haproxy"), "-db"]
    for name, text in {"00-main": MAIN, **files}.items():
        file = folder / f"{name}.cfg"
        file.write_text(text)
        command += ["-f", str(file)]
    with running(command, log, lambda: all(is_open(port) for port in ports)):
        yield
