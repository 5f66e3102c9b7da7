"""A registry and its token service, played from a list: what the flow is expected to send, and the answer to it."""

import base64
import json
from collections.abc import Callable, Generator, Sequence
from typing import TypeVar
from urllib.parse import unquote

from app.auth.errors import AuthError
from app.auth.flow import authorize
from app.auth.identity import RegistryAuth
from app.auth.scope import pull
from app.auth.step import WAITED, Reply, Send, Step, Wait
from app.oci.origin import Origin, parse_origin
from app.ports.transport import Headers, Request, TransportError

T = TypeVar("T")

REGISTRY = parse_origin("https://reg.example")
TOKEN_SERVICE = "https://reg.example/token"
CHALLENGE = f'Bearer realm="{TOKEN_SERVICE}",service="reg"'

Answer = Reply | TransportError
Exchange = tuple[str, Answer]


def manifest(repository: str = "a", registry: Origin = REGISTRY) -> Request:
    return Request("GET", f"{registry}/v2/{repository}/manifests/1")


def answer(status: int, challenge: str | None = None, body: bytes = b"", url: str = "", **fields: str) -> Reply:
    headers = [(name.replace("_", "-"), text) for name, text in fields.items()]
    if challenge is not None:
        headers.append(("WWW-Authenticate", challenge))
    return Reply(status, url, Headers(headers), body)


def unauthorized(challenge: str | None = CHALLENGE, body: bytes = b"") -> Reply:
    return answer(401, challenge, body)


def token(value: str, **fields: object) -> Reply:
    return answer(200, body=json.dumps({"token": value, **fields}).encode())


def bearer(scope: str = "", realm: str = TOKEN_SERVICE, **fields: str) -> str:
    """A Bearer challenge with these parameters."""
    named = {"realm": realm, "service": "reg", **({"scope": scope} if scope else {}), **fields}
    return "Bearer " + ",".join(f'{name}="{text}"' for name, text in named.items())


def wait(seconds: float) -> Exchange:
    """The exchange of a Wait."""
    return f"wait {seconds:g}", WAITED


def asked(step: Step) -> str:
    """A step as one line: `bare`, `Bearer t1`, `Basic ann:secret` for the resource; `token ?query as ann:secret` or
    `form ?fields` for the token service (its path first where it is another one); `wait 2`."""
    if isinstance(step, Wait):
        return f"wait {step.seconds:g}"
    sent = step.request.header("Authorization")
    if sent is not None and sent.startswith("Basic "):
        sent = "Basic " + base64.b64decode(sent[6:]).decode()
    if step.purpose == "token":
        where = step.request.url.removeprefix(TOKEN_SERVICE)
        if step.request.body is not None:
            assert (step.request.method, step.request.redirect) == ("POST", "error")
            assert step.request.headers == (("Content-Type", "application/x-www-form-urlencoded"),)
            return f"form {where}?{unquote(step.request.body.decode())}"
        return f"token {where}" + ("" if sent is None else f" as {sent.removeprefix('Basic ')}")
    where = "ping " if step.request.url.endswith("/v2/") else ""
    return where + (sent or "bare")


def play(
    auth: RegistryAuth,
    *exchanges: Exchange,
    request: Request | None = None,
    scopes: Sequence[str] | None = None,
    now: Callable[[], float] = lambda: 100.0,
    wall: Callable[[], float] | None = None,
    why: list[str] | None = None,
) -> Reply:
    """Drive the flow through exactly these exchanges and return its result, or raise what it raises.

    `why`: gets the reason of each step.
    """
    request = manifest() if request is None else request
    hint = (pull(request.url.split("/v2/")[1].rsplit("/manifests/")[0]),) if scopes is None else tuple(scopes)
    return follow(authorize(request, auth, hint, now, wall), *exchanges, why=why)


def follow(flow: Generator[Step, Reply, T], *exchanges: Exchange, why: list[str] | None = None) -> T:
    """Drive any generator of steps through exactly these exchanges."""
    left = list(exchanges)
    given: Answer | None = None
    try:
        while True:
            if given is None:
                step = next(flow)
            elif isinstance(given, TransportError):
                step = flow.throw(given)
            else:
                step = flow.send(given)
            if why is not None:
                why.append(step.why)
            assert left, f"unexpected: {asked(step)}"
            expected, given = left.pop(0)
            assert asked(step) == expected
            if isinstance(given, Reply) and not given.url and isinstance(step, Send):
                given = given._replace(url=step.request.url)
    except StopIteration as end:
        assert not left, f"never sent: {left[0][0]}"
        result: T = end.value
        return result
    except AuthError:
        assert not left, f"never sent: {left[0][0]}"
        raise
