"""The servers that stand in front of a registry, and what cors-examples/ has for each."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal

from tests.servers.apache import apache
from tests.servers.caddy import caddy
from tests.servers.examples import example
from tests.servers.haproxy import haproxy
from tests.servers.nginx import nginx

Proxy = Literal["nginx", "caddy", "haproxy", "apache"]
PROXIES: tuple[Proxy, ...] = ("nginx", "caddy", "haproxy", "apache")

PROGRAMS: Mapping[Proxy, str] = {"nginx": "nginx", "caddy": "caddy", "haproxy": "haproxy", "apache": "apache2"}
ENDINGS: Mapping[Proxy, str] = {"nginx": "conf", "caddy": "Caddyfile", "haproxy": "cfg", "apache": "conf"}

Start = Callable[[Path, Path, Mapping[str, str], Sequence[int]], AbstractContextManager[None]]
START: Mapping[Proxy, Start] = {"nginx": nginx, "caddy": caddy, "haproxy": haproxy, "apache": apache}


def file_of(proxy: Proxy, kind: str) -> str:
    """The path below cors-examples/ of what it has for `registry` or `token`."""
    return f"{proxy}/{kind}.{ENDINGS[proxy]}.template"


def proxy_text(proxy: Proxy, kind: str, names: Mapping[str, str]) -> str:
    """That file, filled in."""
    return example(file_of(proxy, kind), names)


def start_proxy(
    proxy: Proxy, folder: Path, log: Path, files: Mapping[str, str], ports: Sequence[int]
) -> AbstractContextManager[None]:
    """The server with `files` (name → text), once it listens on all `ports`."""
    return START[proxy](folder, log, files, ports)
