"""Apache in the foreground, with a ServerRoot of its own: nothing of /etc/apache2 is read."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.servers.binaries import find_binary
from tests.servers.ports import LOOPBACK, is_open
from tests.servers.processes import running

# Where Debian keeps them, and where Apache's own installation does.
MODULE_FOLDERS = (Path("/usr/lib/apache2/modules"), Path("/usr/local/apache2/modules"))
MODULES = (
    *("mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic"),
    *("headers", "proxy", "proxy_http", "rewrite", "setenvif"),
)

MAIN = """\
ServerRoot {folder}
DefaultRuntimeDir {folder}
PidFile {folder}/apache.pid
ErrorLog /dev/stderr
ServerName {address}
StartServers 1
{user}
{modules}
IncludeOptional {folder}/conf.d/*.conf
"""


@contextmanager
def apache(folder: Path, log: Path, files: Mapping[str, str], ports: Sequence[int]) -> Iterator[None]:
    """Apache with `files` (name → text), once it listens on all `ports`."""
    conf = folder / "conf.d"
    conf.mkdir(parents=True)
    for name, text in files.items():
        (conf / f"{name}.conf").write_text(text)
    found = next((one for one in MODULE_FOLDERS if one.is_dir()), MODULE_FOLDERS[0])
    main = folder / "apache.conf"
    main.write_text(
        MAIN.format(
            folder=folder,
            address=LOOPBACK,
            # As root it serves nothing.
            user="User nobody\nGroup nogroup" if os.geteuid() == 0 else "",
            modules="\n".join(f"LoadModule {name}_module {found}/mod_{name}.so" for name in MODULES),
        )
    )
    command = [find_binary("apache2"), "-d", str(folder), "-f", str(main), "-D", "FOREGROUND"]
    with running(command, log, lambda: all(is_open(port) for port in ports)):
        yield
