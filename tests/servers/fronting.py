"""One more proxy in front of a registry that runs: with another choice, or with its configuration changed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.servers.examples import ANYBODY
from tests.servers.ports import LOOPBACK, reserve_port
from tests.servers.proxies import Proxy, proxy_text, start_proxy


def unchanged(text: str) -> str:
    return text


@contextmanager
def fronting(
    proxy: Proxy,
    folder: Path,
    logs: Path,
    upstream: str,
    choice: Mapping[str, str] = ANYBODY,
    change: Callable[[str], str] = unchanged,
    more: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """The host:port of the proxy. `change`: what is done to its configuration. `more`: further files (name → text)."""
    port = reserve_port()
    host = f"{LOOPBACK}:{port}"
    names = {**choice, "REGISTRY_LISTEN": host, "REGISTRY_HOST": f"http://{host}", "REGISTRY_UPSTREAM": upstream}
    files = {**(more or {}), "registry": change(proxy_text(proxy, "registry", names))}
    with start_proxy(proxy, folder, logs / f"{proxy}-{folder.name}.log", files, [port]):
        yield host


def without_comments(text: str, first: str, lines: int) -> str:
    """The text with the comment signs taken off `lines` lines, the first of which holds `first`."""
    all_lines = text.split("\n")
    [start] = [at for at, line in enumerate(all_lines) if first in line]
    for at in range(start, start + lines):
        all_lines[at] = all_lines[at].replace("# ", "", 1)
    return "\n".join(all_lines)
