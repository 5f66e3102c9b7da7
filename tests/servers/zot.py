"""zot behind nginx, with the ways to sign in that it has: htpasswd, bearer, or both at once."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from tests.servers.binaries import find_binary
from tests.servers.distribution import htpasswd_auth
from tests.servers.examples import ANYBODY, example
from tests.servers.nginx import nginx
from tests.servers.office import Office
from tests.servers.ports import LOOPBACK, is_open, reserve_port
from tests.servers.processes import running

Way = Literal["htpasswd", "bearer", "both"]
WAYS: tuple[Way, ...] = ("htpasswd", "bearer", "both")


class Zot(NamedTuple):
    """`host`: host:port for clients and pages, which is nginx. `realm`: origin of the token service, "" for none."""

    way: Way
    host: str
    realm: str


@contextmanager
def zot(way: Way, folder: Path, logs: Path, office: Office) -> Iterator[Zot]:
    """Started, and in the end stopped. `office`: whose tokens it takes where the way has any."""
    folder.mkdir(parents=True)
    own, port, token_port = reserve_port(), reserve_port(), reserve_port()
    host, upstream = f"{LOOPBACK}:{port}", f"{LOOPBACK}:{own}"
    realm = "" if way == "htpasswd" else f"http://localhost:{token_port}"
    names = {
        **ANYBODY,
        "REGISTRY_LISTEN": host,
        "REGISTRY_UPSTREAM": upstream,
        "TOKEN_LISTEN": f"{LOOPBACK}:{token_port}",
        "TOKEN_UPSTREAM": office.upstream,
    }
    files, ports = {"registry": example("nginx/registry.conf.template", names)}, [port]
    if realm:
        files["token"] = example("nginx/token.conf.template", names)
        ports.append(token_port)
    config = {
        "distSpecVersion": "1.1.1",
        "storage": {"rootDirectory": str(folder / "storage")},
        "http": {"address": LOOPBACK, "port": str(own), "auth": _auth(way, folder, host, realm, office)},
        "log": {"level": "info"},
    }
    file = folder / "zot.json"
    file.write_text(json.dumps(config))
    with (
        running([find_binary("zot"), "serve", str(file)], logs / f"zot-{way}.log", lambda: is_open(own)),
        nginx(folder / "nginx", logs / f"nginx-zot-{way}.log", files, ports),
    ):
        yield Zot(way, host, realm)


def _auth(way: Way, folder: Path, host: str, realm: str, office: Office) -> dict[str, object]:
    auth: dict[str, object] = {}
    if way != "bearer":
        auth["htpasswd"] = {"path": htpasswd_auth(folder)["htpasswd"]["path"]}
    if way != "htpasswd":
        certificate = folder / "token.pem"
        certificate.write_bytes(office.certificate)
        auth["bearer"] = {"realm": realm + office.path, "service": office.service or host, "cert": str(certificate)}
    return auth
