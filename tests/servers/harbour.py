"""A registry as people run it for a browser: distribution, a proxy in front of it, and a token service where wanted."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from tests.servers.distribution import OPEN, Auth, Version, distribution, htpasswd_auth, token_auth
from tests.servers.examples import ANYBODY
from tests.servers.office import Office
from tests.servers.people import PILOT, Person
from tests.servers.ports import LOOPBACK, reserve_port
from tests.servers.proxies import Proxy, proxy_text, start_proxy
from tests.servers.token_service import Asked, TokenService

Mode = Literal["none", "htpasswd", "token"]
MODES: tuple[Mode, ...] = ("none", "htpasswd", "token")


class Harbour(NamedTuple):
    """`host`: host:port of the registry for clients and pages, which is the proxy; `upstream`: the registry's own.

    `realm`: origin of the token service; `issuer`: that service; both empty but in mode token. `folder`: for files of
    clients.
    """

    version: Version
    mode: Mode
    host: str
    upstream: str
    realm: str
    issuer: TokenService | Office | None
    folder: Path

    @property
    def person(self) -> Person | None:
        """Who has to sign in to read all of it."""
        return None if self.mode == "none" else PILOT

    def asked(self) -> list[Asked]:
        """What the token service was asked for this registry, as far as it keeps a list."""
        return self.issuer.asked(self.host) if isinstance(self.issuer, TokenService) else []


@contextmanager
def harbour(
    version: Version,
    mode: Mode,
    folder: Path,
    logs: Path,
    issuer: TokenService | Office | None = None,
    headers: Mapping[str, list[str]] | None = None,
    stock: Callable[[str], None] | None = None,
    proxy: Proxy = "nginx",
    choice: Mapping[str, str] = ANYBODY,
) -> Iterator[Harbour]:
    """All of it, started and in the end stopped. `issuer`: needed in mode token. `headers`: the registry's own.

    `stock`: puts images in before, given the host:port of a registry that lets everybody push: needed where the token
    service lets nobody. `choice`: who may read and what, for the proxy's templates.
    """
    folder.mkdir(parents=True)
    registry_port, token_port = reserve_port(), reserve_port()
    host = f"{LOOPBACK}:{registry_port}"
    # By name: crane refuses a realm that is a private address, unless it is the registry's own.
    realm = f"http://localhost:{token_port}" if mode == "token" else ""
    office = issuer.office if isinstance(issuer, TokenService) else issuer
    names = {
        **choice,
        "REGISTRY_LISTEN": host,
        "REGISTRY_HOST": f"http://{host}",  # without the scheme Caddy would serve https
        "TOKEN_LISTEN": f"{LOOPBACK}:{token_port}",
        "TOKEN_HOST": realm,
        "TOKEN_UPSTREAM": office.upstream if office else "",
    }
    auth: Auth = OPEN
    if mode == "htpasswd":
        auth = htpasswd_auth(folder)
    elif mode == "token":
        if office is None:
            raise ValueError("mode token needs an issuer")
        auth = token_auth(folder, version, realm + office.path, office.service or host, office)
    if stock is not None:
        with distribution(version, folder, logs / f"stock-{folder.name}.log") as unguarded:
            stock(unguarded)
    with ExitStack() as stack:
        log = logs / f"registry-{folder.name}.log"
        upstream = stack.enter_context(distribution(version, folder, log, auth, headers))
        files = {"registry": proxy_text(proxy, "registry", {**names, "REGISTRY_UPSTREAM": upstream})}
        ports = [registry_port]
        if mode == "token":
            files["token"] = proxy_text(proxy, "token", names)
            ports.append(token_port)
        stack.enter_context(start_proxy(proxy, folder / "proxy", logs / f"proxy-{folder.name}.log", files, ports))
        yield Harbour(version, mode, host, upstream, realm, issuer if mode == "token" else None, folder)
