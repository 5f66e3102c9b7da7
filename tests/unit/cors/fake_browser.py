"""A Prober for tests: a small browser after the Fetch standard, and the servers it reaches. No network, no waiting."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from urllib.parse import urljoin

from app.auth.preflight import preflight_reasons
from app.oci.origin import Origin, origin_of, parse_origin
from app.ports.probing import Probe, Sight
from app.ports.transport import Headers, Request

PAGE = parse_origin("https://portolan.example")

# Fetch, "CORS-safelisted response-header name".
_SAFE = frozenset(
    {"cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma"}
)
_REDIRECTS = (301, 302, 303, 307, 308)


class Answer(NamedTuple):
    """What a server sends; several header lines of one name stay apart until they are read."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def get(self, name: str) -> str | None:
        lines = [text for key, text in self.headers if key.lower() == name.lower()]
        return ", ".join(lines) if lines else None


class Arrived(NamedTuple):
    """A request as a server sees it; header names in lower case."""

    method: str
    url: str
    headers: Mapping[str, str]


Server = Callable[[Arrived], Answer]


class Blocked(Exception):
    """A network error of Fetch; `violated`: by the page's own policy."""

    def __init__(self, violated: str | None = None) -> None:
        super().__init__(violated)
        self.violated = violated


class Hung(Exception):
    """No answer before the time was over."""


class FakeBrowser:
    """Implements Prober. `servers`: by origin; an origin that has none refuses the connection.

    `allowed`: the origins of the page's connect-src, None for all. `turns`: the permissions once a probe was sent.
    `arrived`: what the servers saw, preflights included; `probes`: what the doctor asked for.
    """

    def __init__(
        self,
        servers: Mapping[str, Server],
        *,
        page: Origin | None = PAGE,
        hangs: Iterable[str] = (),
        allowed: Iterable[str] | None = None,
        permissions: Mapping[str, str] | None = None,
        turns: Mapping[str, str] | None = None,
        online: bool = True,
        granted: bool = False,
    ) -> None:
        self.servers = {parse_origin(address): server for address, server in servers.items()}
        self.page = page
        self.hangs = {parse_origin(address) for address in hangs}
        self.allowed = None if allowed is None else {parse_origin(address) for address in allowed}
        self.before = dict(permissions or {})
        self.turns = turns
        self.online = online
        self.granted = granted
        self.probes: list[Probe] = []
        self.arrived: list[Arrived] = []

    def is_online(self) -> bool:
        return self.online

    async def permissions(self) -> Mapping[str, str]:
        return self.turns if self.turns is not None and self.probes else self.before

    async def look(self, probe: Probe, seconds: float) -> Sight:
        self.probes.append(probe)
        try:
            return self._fetch(probe)
        except Blocked as error:
            return Sight("blocked", seconds=0.01, violated=error.violated)
        except Hung:
            return Sight("timeout", seconds=seconds)

    def _fetch(self, probe: Probe) -> Sight:
        origin, url, headers = ("null" if self.page is None else str(self.page)), probe.url, dict(probe.headers)
        for _ in range(20):
            cors = probe.mode == "cors" and origin_of(url) != self.page and not self.granted
            if cors:
                self._preflight(probe, url, headers, origin)
            answer = self._send(probe.method, url, {**headers, **({"Origin": origin} if cors else {})})
            if cors and not _allows(answer, origin):
                raise Blocked
            location = answer.get("Location")
            if answer.status not in _REDIRECTS or location is None:
                return self._sight(probe, answer, url, cors)
            if probe.redirect == "manual":
                return Sight("redirect", seconds=0.01, url=url)
            target = urljoin(url, location)
            if origin_of(target) != origin_of(url):
                # Fetch, "HTTP-redirect fetch": Authorization goes, and with it the origin, where it was another's.
                headers.pop("Authorization", None)
                origin = "null" if cors else origin
            url = target
        raise Blocked

    def _preflight(self, probe: Probe, url: str, headers: Mapping[str, str], origin: str) -> None:
        request = Request(probe.method, url, tuple(headers.items()))
        reasons = preflight_reasons(request, PAGE)
        if not reasons and not probe.forced:
            return
        unsafe = sorted(
            name.lower()
            for name, text in headers.items()
            if preflight_reasons(Request("GET", url, ((name, text),)), PAGE)
        )
        asked = {"Origin": origin, "Access-Control-Request-Method": probe.method}
        if unsafe:
            asked["Access-Control-Request-Headers"] = ",".join(unsafe)
        answer = self._send("OPTIONS", url, asked)
        if not _allows(answer, origin) or not 200 <= answer.status < 300:
            raise Blocked
        if probe.method not in ("GET", "HEAD", "POST", *_words(answer.get("Access-Control-Allow-Methods"), str.upper)):
            raise Blocked
        named = _words(answer.get("Access-Control-Allow-Headers"), str.lower)
        if any(name not in named and ("*" not in named or name == "authorization") for name in unsafe):
            raise Blocked

    def _send(self, method: str, url: str, headers: Mapping[str, str]) -> Answer:
        origin = origin_of(url)
        if self.allowed is not None and origin not in self.allowed:
            raise Blocked("connect-src")
        secure = self.page is not None and self.page.scheme == "https"
        if secure and origin.scheme == "http" and origin.host not in ("127.0.0.1", "localhost"):
            raise Blocked
        if origin in self.hangs:
            raise Hung
        server = self.servers.get(origin)
        if server is None:
            raise Blocked
        arrived = Arrived(method, url, {name.lower(): text for name, text in headers.items()})
        self.arrived.append(arrived)
        return server(arrived)

    def _sight(self, probe: Probe, answer: Answer, url: str, cors: bool) -> Sight:
        if probe.mode == "no-cors":
            if answer.get("Cross-Origin-Resource-Policy") == "same-origin":
                raise Blocked
            return Sight("opaque", seconds=0.01)
        exposed = _words(answer.get("Access-Control-Expose-Headers"), str.lower)
        visible = [
            (name, text)
            for name, text in answer.headers
            if not cors or name.lower() in _SAFE or name.lower() in exposed or "*" in exposed
        ]
        body = b"" if probe.method == "HEAD" else answer.body[: probe.limit]
        return Sight("readable", answer.status, Headers(visible), body, 0.01, url)


def _allows(answer: Answer, origin: str) -> bool:
    # Fetch, "CORS check", without credentials.
    return answer.get("Access-Control-Allow-Origin") in ("*", origin)


def _words(header: str | None, fold: Callable[[str], str]) -> list[str]:
    return [fold(word.strip()) for word in (header or "").split(",") if word.strip()]
