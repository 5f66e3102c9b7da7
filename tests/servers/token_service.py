"""A token service for distribution (its docs/spec/auth/token.md): GET /token, RS256, the certificate in the token.

It knows PILOT, who may do all, and visitors, who may pull below public/. It keeps a list of who asked for what, and
sends no CORS headers at all: as other token services, it leaves those to the server in front.
"""

import json
import secrets
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from tests.servers.office import Office, self_signed
from tests.servers.people import PILOT
from tests.servers.ports import LOOPBACK

ISSUER = "harbour-office"
PUBLIC = "public/"
LIFETIME = 300  # seconds


class Asked(NamedTuple):
    """One request: for which service and scopes, and whether it carried credentials (right or wrong)."""

    service: str
    scopes: tuple[str, ...]
    with_credentials: bool


class TokenService:
    """`address`: host:port it listens on."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(65537, 2048)
        certificate = self_signed(self._key, ISSUER)
        self._certificate = certificate.public_bytes(Encoding.PEM)
        self._x5c = b64encode(certificate.public_bytes(Encoding.DER)).decode()
        self._asked: list[Asked] = []
        self.address = ""

    @property
    def office(self) -> Office:
        return Office(self.address, "/token", ISSUER, self._certificate)

    def asked(self, service: str) -> list[Asked]:
        """What was asked for that service so far, in order."""
        return [one for one in self._asked if one.service == service]

    def answer(self, path: str, authorization: str | None) -> tuple[int, object]:
        """Status and JSON of a GET."""
        target = urlsplit(path)
        query = parse_qs(target.query)
        if target.path != "/token":
            return 404, {"details": "there is only /token"}
        service = query.get("service", [""])[0]
        scopes = tuple(" ".join(query.get("scope", [])).split())
        self._asked.append(Asked(service, scopes, authorization is not None))
        if authorization is not None and not _is_pilot(authorization):
            return 401, {"details": "incorrect username or password"}
        access = [_granted(scope, authorization is not None) for scope in scopes]
        return 200, {"token": self._token(service, authorization is not None, access), "expires_in": LIFETIME}

    def _token(self, service: str, known: bool, access: list[dict[str, object]]) -> str:
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "sub": PILOT.name if known else "",
            "aud": service,
            "exp": now + LIFETIME,
            "nbf": now - 10,
            "iat": now,
            "jti": secrets.token_hex(8),
            "access": access,
        }
        return jwt.encode(claims, self._key, "RS256", {"x5c": [self._x5c]})


def _granted(scope: str, known: bool) -> dict[str, object]:
    """What is allowed of `type:name:actions`; a narrower grant is no error."""
    kind, _, rest = scope.partition(":")
    name, _, actions = rest.rpartition(":")
    allowed = sorted(actions.split(","))
    if not known:
        allowed = ["pull"] if kind == "repository" and name.startswith(PUBLIC) and "pull" in allowed else []
    return {"type": kind, "name": name, "actions": allowed}


def _is_pilot(authorization: str) -> bool:
    scheme, _, encoded = authorization.partition(" ")
    return scheme.lower() == "basic" and b64decode(encoded).decode() == f"{PILOT.name}:{PILOT.password}"


@contextmanager
def token_service(log: Path) -> Iterator[TokenService]:
    """The service, listening on loopback in a thread of this process."""
    service = TokenService()
    writing = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, document = service.answer(self.path, self.headers.get("Authorization"))
            body = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name it has in http.server
            with writing, log.open("a") as lines:
                lines.write(format % args + "\n")

    log.parent.mkdir(parents=True, exist_ok=True)
    with ThreadingHTTPServer((LOOPBACK, 0), Handler) as server:
        server.daemon_threads = True
        service.address = f"{LOOPBACK}:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield service
        finally:
            server.shutdown()
            thread.join()
