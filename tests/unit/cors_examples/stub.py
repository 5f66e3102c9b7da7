"""A registry, its token service and its blob storage, right in all that check.py looks at until they are spoiled."""

import json
import threading
from base64 import b64encode
from collections.abc import Callable
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal, NamedTuple, Self

import check
from check import send as really_send

Place = Literal["registry", "token", "storage"]

PAGE = "https://portolan.example"
USER, PASSWORD, TOKEN = "sailor", "se:cret pässword", "tok3n-of-the-stub"
BASIC = "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode()

REPOSITORY = "sample/app"
BLOB = "sha256:" + "b" * 64
MANIFEST = json.dumps({"schemaVersion": 2, "config": {"digest": BLOB}, "layers": []}).encode()
EXPOSED = "WWW-Authenticate, Link, Docker-Content-Digest, Content-Range"


class Asked(NamedTuple):
    """A request as one of the three saw it."""

    place: Place
    method: str
    path: str
    headers: Message

    @property
    def preflight(self) -> bool:
        return self.method == "OPTIONS"


class Answer:
    """What will be sent; names of headers are in lower case and may come twice."""

    def __init__(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.status = status
        self.body = body
        self.headers = [(name.replace("_", "-"), text) for name, text in headers.items()]

    def set(self, name: str, text: str) -> None:
        self.drop(name)
        self.headers.append((name, text))

    def drop(self, name: str) -> None:
        self.headers = [header for header in self.headers if header[0] != name]


Spoil = Callable[[Asked, Answer], None]


class Stub:
    """The three servers. `auth`, `redirects`, `allows` and `spoil` may be changed at any time.

    allows: None for `*`, else the one origin that may read. spoil: the last word on every answer. near: no sockets,
    and send() in place of check.send.
    """

    def __init__(self, near: bool = False) -> None:
        self.auth: Literal["none", "basic", "bearer"] = "none"
        self.redirects = False
        self.allows: str | None = None
        self.spoil: Spoil = lambda asked, answer: None
        self.asked: list[Asked] = []
        places: tuple[Place, ...] = ("registry", "token", "storage")
        self._servers: dict[Place, ThreadingHTTPServer] = {}
        if not near:
            self._servers = {place: ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self, place)) for place in places}
        self._origins: dict[Place, str] = {place: f"http://{place}.test" for place in places}
        self._origins |= {place: f"http://127.0.0.1:{own.server_address[1]}" for place, own in self._servers.items()}

    def __enter__(self) -> Self:
        for server in self._servers.values():
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers.values():
            server.shutdown()
            server.server_close()

    def origin(self, place: Place) -> str:
        return self._origins[place]

    @property
    def url(self) -> str:
        return self.origin("registry")

    def send(self, method: str, url: str, headers: dict[str, str], timeout: float) -> check.Answer:
        """In place of check.send; what is meant for others is really sent."""
        for place, origin in self._origins.items():
            if url.startswith(f"{origin}/"):
                fields = Message()
                for name, text in headers.items():
                    fields[name] = text
                made = self.answer(Asked(place, method, url[len(origin) :], fields))
                return check.Answer(made.status, made.headers, b"" if method == "HEAD" else made.body)
        return really_send(method, url, headers, timeout)

    def answer(self, asked: Asked) -> Answer:
        """All of it: what would be answered, CORS, and what spoils it."""
        self.asked.append(asked)
        made = Answer(204) if asked.preflight else getattr(self, f"_{asked.place}")(asked)
        origin = asked.headers["Origin"]
        if self.allows is None or origin == self.allows or asked.place == "storage":
            made.set("access-control-allow-origin", self.allows or "*" if asked.place != "storage" else "*")
            made.set("access-control-expose-headers", EXPOSED)
            if asked.preflight:
                made.set("access-control-allow-methods", "GET, HEAD, OPTIONS")
                made.set("access-control-allow-headers", "Authorization, Accept, Range")
                made.set("access-control-max-age", "7200")
        if self.allows is not None:
            made.set("vary", "Origin")
        self.spoil(asked, made)
        return made

    def _registry(self, asked: Asked) -> Answer:
        wanted = {"none": None, "basic": BASIC, "bearer": f"Bearer {TOKEN}"}[self.auth]
        if wanted not in (None, asked.headers["Authorization"]):
            realm = f'Bearer realm="{self.origin("token")}/token",service="stub",scope="repository:{REPOSITORY}:pull"'
            return Answer(401, b"{}", www_authenticate=realm if self.auth == "bearer" else 'Basic realm="stub"')
        path, _, query = asked.path.partition("?")
        if path == "/v2/":
            return Answer(200, b"{}")
        if path == "/v2/_catalog":
            made = Answer(200, json.dumps({"repositories": [REPOSITORY]}).encode())
        elif path == f"/v2/{REPOSITORY}/tags/list":
            made = Answer(200, json.dumps({"tags": ["1.0", "latest"]}).encode())
        elif path in (f"/v2/{REPOSITORY}/manifests/latest", f"/v2/{REPOSITORY}/manifests/1.0"):
            return Answer(200, MANIFEST, docker_content_digest="sha256:" + "a" * 64)
        elif path == f"/v2/{REPOSITORY}/blobs/{BLOB}":
            return Answer(307, location=f"{self.origin('storage')}/b?key=k3y") if self.redirects else blob(asked)
        else:
            return Answer(404, b'{"errors":[]}')
        if query == "n=1":
            made.set("link", f'<{path}?n=1&last=x>; rel="next"')
        return made

    def _token(self, asked: Asked) -> Answer:
        if asked.headers["Authorization"] in (None, BASIC):
            return Answer(200, json.dumps({"token": TOKEN}).encode())
        return Answer(401, b"{}")

    def _storage(self, asked: Asked) -> Answer:
        return blob(asked)


def blob(asked: Asked) -> Answer:
    """Its first byte where a part is asked for, else all three."""
    return Answer(206, b"b", content_range="bytes 0-0/3") if asked.headers["Range"] else Answer(200, b"blo")


def handler_of(stub: Stub, place: Place) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            made = stub.answer(Asked(place, self.command, self.path, self.headers))
            self.send_response_only(made.status)
            for name, text in made.headers:
                self.send_header(name, text)
            self.send_header("content-length", str(len(made.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(made.body)

        do_GET = do_HEAD = do_OPTIONS = answer  # noqa: N815 - http.server names them

        def log_message(self, *_: object) -> None:
            """Not on stderr."""

    return Handler
