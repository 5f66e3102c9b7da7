"""The examples that put several servers under one origin: relay, same-origin, token-service; by nginx and by Caddy."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.servers.examples import ANYBODY, example
from tests.servers.ports import LOOPBACK, reserve_port
from tests.servers.proxies import Proxy, start_proxy

BOTH: tuple[Proxy, ...] = ("nginx", "caddy")


def file_of(folder: str, proxy: Proxy) -> str:
    """The path below cors-examples/ of what that folder has for that server."""
    return f"{folder}/{'nginx.conf' if proxy == 'nginx' else f'{folder}.Caddyfile'}.template"


@contextmanager
def together(
    example_folder: str, proxy: Proxy, folder: Path, logs: Path, names: Mapping[str, str], port: int = 0
) -> Iterator[str]:
    """The host:port of that server with that example. `port`: one that was reserved, 0 for a new one."""
    port = port or reserve_port()
    host = f"{LOOPBACK}:{port}"
    own = {**ANYBODY, "REGISTRY_LISTEN": host, "REGISTRY_HOST": f"http://{host}", **names}
    files = {example_folder: example(file_of(example_folder, proxy), own)}
    with start_proxy(proxy, folder, logs / f"{proxy}-{folder.name}.log", files, [port]):
        yield host
