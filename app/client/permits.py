"""Which origins this copy of Portolan may ask: all of them, unless it is an extension or its host chose otherwise."""

from collections.abc import Iterable
from typing import Literal

from app.client.endpoints import api_origin
from app.client.errors import ClientError
from app.oci.origin import Origin, origin_of

Part = Literal["registry", "token", "storage"]
Rule = Literal["extension", "site"]

_PORTS = {"http": 80, "https": 443}


class NotPermitted(ClientError):
    """A request that was not sent, or whose redirect was not followed: this copy may not read that origin.

    `part`: what the origin is to the registry. `origin`: None where a redirect leads to a place that no page is told.
    `rule`: extension (the person has not granted it yet) or site (the host of this copy chose the registries).
    `authorized`: a request that was redirected carried an Authorization field.
    """

    def __init__(
        self,
        method: str,
        url: str,
        registry: Origin,
        part: Part,
        origin: Origin | None,
        rule: Rule,
        *,
        authorized: bool = False,
    ) -> None:
        super().__init__(method, url, authorized=authorized)
        self.registry = registry
        self.part: Part = part
        self.origin = origin
        self.rule: Rule = rule


class Permits:
    """What all sessions of this tab may ask, each None for everything.

    `granted`: origins that the extension was granted, as match patterns without a path. `offered`: those that a copy
    for certain registries reads; its page has a Content-Security-Policy to the same end.
    """

    __slots__ = ("granted", "offered")

    def __init__(self) -> None:
        self.granted: tuple[str, ...] | None = None
        self.offered: tuple[str, ...] | None = None

    @property
    def rule(self) -> Rule | None:
        """Why an answer from elsewhere may be out of reach, where that can be."""
        if self.granted is not None:
            return "extension"
        return None if self.offered is None else "site"

    def check(self, registry: Origin, url: str, method: str, caller: str, *, token: bool) -> None:
        """Raises NotPermitted when that URL must not be asked. `caller`: the URL that this is needed for, to be told;
        `token`: a token service is asked."""
        for rule, allowed in (("site", self.offered), ("extension", self.granted)):
            origin = origin_of(url)
            if allowed is not None and not covers(allowed, origin):
                own = origin == api_origin(registry)
                part: Part = "registry" if own else "token" if token else "storage"
                raise NotPermitted(method, caller, registry, part, origin, "site" if rule == "site" else "extension")


def covers(patterns: Iterable[str], origin: Origin) -> bool:
    """Whether one of the match patterns (https://developer.chrome.com/docs/extensions/develop/concepts/match-patterns,
    without their path) has that origin."""
    return any(_matches(pattern, origin) for pattern in patterns)


def _matches(pattern: str, origin: Origin) -> bool:
    scheme, _, rest = pattern.partition("://")
    if scheme not in ("*", origin.scheme):
        return False
    host, _, port = rest.rpartition(":") if rest.rpartition(":")[2].isdigit() else (rest, "", "")
    # No port stands for every port.
    if port and int(port) != (origin.port or _PORTS[origin.scheme]):
        return False
    own = f"[{origin.host}]" if ":" in origin.host else origin.host
    if host.startswith("*."):
        return own == host[2:] or own.endswith(host[1:])
    return host in ("*", own)
