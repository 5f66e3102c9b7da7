"""Caddy without anything that would leave this folder or listen elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.servers.binaries import find_binary
from tests.servers.ports import LOOPBACK, is_open
from tests.servers.processes import running

# Its admin endpoint has a fixed port; with automatic https it would ask for certificates, and listen on 80 and 443.
# When it ends it would wait for connections that a browser opened and did not use yet.
MAIN = """\
{{
	admin off
	auto_https off
	default_bind {address}
	grace_period 1s
	storage file_system {folder}/storage
}}
import {folder}/conf.d/*.Caddyfile
"""


@contextmanager
def caddy(folder: Path, log: Path, files: Mapping[str, str], ports: Sequence[int]) -> Iterator[None]:
    """Caddy with `files` (name → text), once it listens on all `ports`."""
    conf = folder / "conf.d"
    conf.mkdir(parents=True)
    for name, text in files.items():
        (conf / f"{name}.Caddyfile").write_text(text)
    main = folder / "Caddyfile"
    main.write_text(MAIN.format(folder=folder, address=LOOPBACK))
    command = [find_binary("caddy"), "run", "--config", str(main), "--adapter", "caddyfile"]
    home = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with running(command, log, lambda: all(is_open(port) for port in ports), home):
        yield
