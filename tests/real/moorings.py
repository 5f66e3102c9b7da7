"""Which registries there are to be tested: each version, in each mode, behind each proxy."""

from typing import Protocol

from tests.real.shore import Shore
from tests.servers.distribution import VERSIONS, Version
from tests.servers.harbour import MODES, Mode
from tests.servers.proxies import PROXIES, Proxy


class Moor(Protocol):
    """A registry of that version and mode behind that proxy, with images in it, started when first asked for."""

    def __call__(self, version: Version, mode: Mode, proxy: Proxy = "nginx") -> Shore: ...


def named(case: tuple[str, ...]) -> str:
    return "-".join(case)


KINDS = [(version, mode) for version in VERSIONS for mode in MODES]
BEHIND = [(version, mode, proxy) for proxy in PROXIES for version, mode in KINDS]
