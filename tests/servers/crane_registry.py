"""The registry in crane, as people start it on the side: in memory, without authentication, behind nginx."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.binaries import find_binary
from tests.servers.examples import ANYBODY, example
from tests.servers.nginx import nginx
from tests.servers.ports import LOOPBACK, is_open, reserve_port
from tests.servers.processes import running


@contextmanager
def crane_registry(folder: Path, logs: Path) -> Iterator[str]:
    """The host:port for clients and pages, which is nginx."""
    folder.mkdir(parents=True)
    own, port = reserve_port(), reserve_port()
    host, upstream = f"{LOOPBACK}:{port}", f"{LOOPBACK}:{own}"
    command = [find_binary("crane"), "registry", "serve", "--address", upstream]
    names = {**ANYBODY, "REGISTRY_LISTEN": host, "REGISTRY_UPSTREAM": upstream}
    files = {"registry": example("nginx/registry.conf.template", names)}
    with (
        running(command, logs / "crane-registry.log", lambda: is_open(own)),
        nginx(folder / "nginx", logs / "nginx-crane.log", files, [port]),
    ):
        yield host
