"""A registry with people in it, for tests of who one is to it: Ann and Bob, by Basic or by a token service."""

import json
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from app.ports.transport import Request, TransportError
from app.state.model import AppState
from tests.unit.fake_transport import FakeResponse, FakeTransport, challenge, error_response, json_response
from tests.unit.state.fake_page import Tab

REALM = "https://tokens.example/token"
APPROVED = json.dumps([["https://r.example", "https://tokens.example"]])
PEOPLE = {"ann": "right", "bob": "also-right"}


def jwt(claims: dict[str, object], header: dict[str, object] | None = None) -> str:
    """A JWT with a signature of nobody."""
    parts = [json.dumps(part).encode() for part in (header or {"alg": "ES256", "typ": "JWT"}, claims)]
    return ".".join(urlsafe_b64encode(part).decode().rstrip("=") for part in (*parts, b"signature"))


class Lab:
    """The handler of a FakeTransport. Its catalog is the name of who asks.

    `scheme`: basic, bearer, or hidden: bearer with a challenge that no page can read. `seconds`: a token's life.
    `open`: anonymous tokens are given too. `limits`: so many requests to the registry are answered 429, with that
    Retry-After; `token_limits` does the same at the token service. `narrow`: its tokens grant nothing. `silent`: it
    does not answer.
    """

    def __init__(self, scheme: str = "bearer", *, seconds: float = 300, is_open: bool = False) -> None:
        self.scheme = scheme
        self.seconds = seconds
        self.open = is_open
        self.people = dict(PEOPLE)
        self.narrow = False
        self.silent = False
        self.limits: list[str] = []
        self.token_limits: list[str] = []
        self.asked: list[Request] = []
        self.tokens: dict[str, str] = {}

    def __call__(self, request: Request) -> FakeResponse:
        if request.url.startswith(REALM):
            self.asked.append(request)
            if self.silent:
                raise TransportError(request.method, request.url, "network")
            return self._token(request)
        if self.limits:
            return error_response(429, "TOOMANYREQUESTS", headers=[("Retry-After", self.limits.pop(0))])
        who = self._who(request)
        return self._challenge(request) if who is None else json_response({"repositories": [who], "tags": [who]})

    def _who(self, request: Request) -> str | None:
        scheme, _, text = (request.header("Authorization") or "").partition(" ")
        if self.scheme == "basic":
            return self._person(scheme, text)
        return self.tokens.get(text) if scheme == "Bearer" else None

    def _person(self, scheme: str, text: str) -> str | None:
        name, _, word = b64decode(text).decode().partition(":") if scheme == "Basic" else ("", "", "")
        return name if name and self.people.get(name) == word else None

    def _challenge(self, request: Request) -> FakeResponse:
        if self.scheme == "hidden":
            return error_response(401, "UNAUTHORIZED")
        if self.scheme == "basic":
            return challenge('Basic realm="the lab"')
        scope = "registry:catalog:*" if "/_catalog" in request.url else "repository:lab/app:pull"
        return challenge(f'Bearer realm="{REALM}",service="lab",scope="{scope}"')

    def _token(self, request: Request) -> FakeResponse:
        if self.token_limits:
            return error_response(429, "TOOMANYREQUESTS", headers=[("Retry-After", self.token_limits.pop(0))])
        scheme, _, text = (request.header("Authorization") or "").partition(" ")
        form = parse_qs((request.body or b"").decode())
        if "refresh_token" in form:
            who = "machine" if form["refresh_token"] == ["fresh-water"] else None
        else:
            who = self._person(scheme, text) if scheme else "anybody" if self.open else None
        if who is None:
            return error_response(401, "UNAUTHORIZED")
        access = [
            {"type": kind, "name": name, "actions": [] if self.narrow else actions.split(",")}
            for scope in parse_qs(urlsplit(request.url).query).get("scope", [])
            for kind, name, actions in [scope.split(":")]
        ]
        token = jwt({"sub": who, "access": access, "jti": str(len(self.tokens))})
        if not self.narrow:
            self.tokens[token] = who
        return json_response({"token": token, "expires_in": self.seconds})

    def tab(self) -> Tab:
        return Tab(FakeTransport(self))


def lab_tab(scheme: str = "bearer", *, is_open: bool = False) -> Callable[[], Tab]:
    """Makes a tab with a new Lab."""
    return lambda: Lab(scheme, is_open=is_open).tab()


def names_of(state: AppState) -> list[tuple[str, bool]]:
    """The identities in the bar: name, and whether it is in use."""
    return [(one.name, one.in_use) for one in state.identities]
