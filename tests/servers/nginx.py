"""nginx as somebody without any privilege would run it."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.servers.binaries import find_binary
from tests.servers.ports import is_open
from tests.servers.processes import running

MAIN = """\
daemon off;
pid {folder}/nginx.pid;
error_log stderr warn;
worker_processes 1;
{user}
events {{}}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/conf.d/*.conf;
}}
"""


@contextmanager
def nginx(folder: Path, log: Path, files: Mapping[str, str], ports: Sequence[int]) -> Iterator[None]:
    """nginx with `files` (name → text) in its http block, once it listens on all `ports`."""
    conf = folder / "conf.d"
    conf.mkdir(parents=True)
    for name, text in files.items():
        (conf / f"{name}.conf").write_text(text)
    # Its workers would otherwise be nobody, who cannot write in this folder.
    user = "user root root;" if os.geteuid() == 0 else ""
    main = folder / "nginx.conf"
    main.write_text(MAIN.format(folder=folder, user=user))
    command = [find_binary("nginx"), "-p", str(folder), "-c", str(main), "-e", "stderr"]
    with running(command, log, lambda: all(is_open(port) for port in ports)):
        yield
