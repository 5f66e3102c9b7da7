"""Looking at what a server lets a page see: one probe, one sight, and never an exception."""

from collections.abc import Mapping
from typing import Literal, NamedTuple, Protocol

from app.oci.value import value
from app.ports.transport import Headers, Redirect

Outcome = Literal["readable", "opaque", "redirect", "blocked", "timeout"]

# Header values that are secrets; a repr shows only that they are there.
_SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})


@value
class Probe(NamedTuple):
    """One request of the doctor, always without cookies, cache and referrer.

    `mode`: no-cors asks whether anything answers at all. `forced`: an XMLHttpRequest that posts with a listener on its
    upload, which is a preflight without any header (XMLHttpRequest, "upload listener flag"; Fetch, "use-CORS-preflight
    flag"). `limit`: bytes of the body to read, the rest is dropped. It may hold a secret, so its repr shows none.
    """

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    mode: Literal["cors", "no-cors"] = "cors"
    redirect: Redirect = "follow"
    forced: bool = False
    limit: int = 0

    def header(self, name: str) -> str | None:
        """The value of the first field of that name."""
        return next((text for key, text in self.headers if key.lower() == name.lower()), None)

    def __repr__(self) -> str:
        shown = ", ".join(f"{key}: {'…' if key.lower() in _SECRET else text}" for key, text in self.headers)
        ways = (self.mode, self.redirect, *(("forced",) if self.forced else ()))
        return f"Probe({self.method} {self.url} [{shown}] {' '.join(ways)})"


class Sight:
    """What the page could see of the answer. `url`: where it came from after redirects.

    `outcome`: readable (`status` and `headers` are there); opaque (something answered, nothing can be read; of a forced
    probe: its body was sent, so the preflight had passed); redirect (of a manual one); blocked (whatever the cause);
    timeout. `seconds`: how long it took. `violated`: the directive of the page's own policy that forbade it, or None.
    """

    __slots__ = ("body", "headers", "outcome", "seconds", "status", "url", "violated")

    def __init__(
        self,
        outcome: Outcome,
        status: int | None = None,
        headers: Headers | None = None,
        body: bytes = b"",
        seconds: float = 0.0,
        url: str = "",
        violated: str | None = None,
    ) -> None:
        self.outcome: Outcome = outcome
        self.status = status
        self.headers = Headers() if headers is None else headers
        self.body = body
        self.seconds = seconds
        self.url = url
        self.violated = violated

    @property
    def readable(self) -> bool:
        return self.outcome == "readable"

    def __repr__(self) -> str:
        # Headers and bodies may carry tokens.
        violated = "" if self.violated is None else f", {self.violated}"
        return f"Sight({self.outcome} {self.status} in {self.seconds:.3f} s{violated})"


class Prober(Protocol):
    """Sends probes with `credentials: "omit"`, `cache: "no-store"`, no referrer, each with its own abort."""

    async def look(self, probe: Probe, seconds: float) -> Sight:
        """Never raises, but for cancellation. `seconds`: the time allowed for the answer and the bytes of its body."""
        ...

    def is_online(self) -> bool:
        """False only where the browser is certain that there is no network."""
        ...

    async def permissions(self) -> Mapping[str, str]:
        """`local-network-access`, `local-network`, `loopback-network` → granted, denied or prompt; those unknown to
        this browser are absent."""
        ...
