"""Servers for the fake browser: a registry, a token service and a storage, right in everything but what a test says."""

import hashlib
import json
from collections.abc import Mapping
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from app.oci.media_type import OCI_CONFIG, OCI_INDEX, OCI_MANIFEST
from tests.unit.cors.fake_browser import Answer, Arrived

REGISTRY = "https://registry.example"
TOKEN = "https://auth.example"
STORAGE = "https://storage.example"
SECRET = "Basic cGVyc29uOnNlY3JldA=="

HEADERS = "Authorization, Accept, Range"
EXPOSED = "WWW-Authenticate, Link, Docker-Content-Digest"

CONFIG = b"{}"
CONFIG_DIGEST = f"sha256:{hashlib.sha256(CONFIG).hexdigest()}"
MANIFEST = json.dumps(
    {
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "config": {"mediaType": OCI_CONFIG, "digest": CONFIG_DIGEST, "size": len(CONFIG)},
        "layers": [],
    }
).encode()
MANIFEST_DIGEST = f"sha256:{hashlib.sha256(MANIFEST).hexdigest()}"
INDEX = json.dumps(
    {
        "schemaVersion": 2,
        "mediaType": OCI_INDEX,
        "manifests": [{"mediaType": OCI_MANIFEST, "digest": MANIFEST_DIGEST, "size": len(MANIFEST)}],
    }
).encode()


class Cors:
    """How a server answers other origins. `origins`: the lines of Access-Control-Allow-Origin.

    `preflight`: ok, or the status of an OPTIONS that is not; silent: 204 without any header. `only_on_success`: no
    header on errors. `bare`: beginnings of paths that never have any.
    """

    def __init__(
        self,
        *,
        origins: tuple[str, ...] = ("*",),
        preflight: int | Literal["ok", "silent"] = "ok",
        allow_headers: str | None = HEADERS,
        allow_methods: str = "GET, HEAD, OPTIONS",
        expose: str | None = EXPOSED,
        only_on_success: bool = False,
        bare: tuple[str, ...] = (),
    ) -> None:
        self.origins = origins
        self.preflight = preflight
        self.allow_headers = allow_headers
        self.allow_methods = allow_methods
        self.expose = expose
        self.only_on_success = only_on_success
        self.bare = bare

    def answer(self, request: Arrived, found: Answer) -> Answer:
        """The answer with the headers of CORS; to OPTIONS, the preflight's."""
        path = urlsplit(request.url).path
        if request.method == "OPTIONS":
            if self.preflight == "silent":
                return Answer(204)
            found = Answer(204 if self.preflight == "ok" else self.preflight)
        if any(beginning in path for beginning in self.bare) or (self.only_on_success and found.status >= 400):
            return found
        fields = [("Access-Control-Allow-Origin", origin) for origin in self.origins]
        if request.method == "OPTIONS":
            fields.append(("Access-Control-Allow-Methods", self.allow_methods))
            if self.allow_headers is not None:
                fields.append(("Access-Control-Allow-Headers", self.allow_headers))
        if self.expose is not None:
            fields.append(("Access-Control-Expose-Headers", self.expose))
        return found._replace(headers=(*found.headers, *fields))


class FakeRegistry:
    """`auth`: none, basic (SECRET alone), bearer (the token service's). `redirect`: where blobs are sent from.

    `moved`: where everything is redirected to. `challenges`: whether its 401 says how to sign in.
    """

    def __init__(
        self,
        cors: Cors | None = None,
        *,
        auth: Literal["none", "basic", "bearer"] = "none",
        realm: str = f"{TOKEN}/token",
        redirect: str | None = None,
        moved: str | None = None,
        challenges: bool = True,
        tags: tuple[str, ...] = ("1", "2"),
        repositories: tuple[str, ...] = ("app", "base"),
        paged: bool = True,
        links: bool = True,
        digests: bool = True,
        index: bool = False,
    ) -> None:
        self.cors = cors or Cors()
        self.auth = auth
        self.realm = realm
        self.redirect = redirect
        self.moved = moved
        self.challenges = challenges
        self.tags = tags
        self.repositories = repositories
        self.paged = paged
        self.links = links
        self.digests = digests
        self.index = index

    def __call__(self, request: Arrived) -> Answer:
        return self.cors.answer(request, self._answer(request))

    def _answer(self, request: Arrived) -> Answer:
        if self.moved is not None:
            return Answer(307, (("Location", self.moved),))
        allowed = {"none": None, "basic": SECRET, "bearer": "Bearer anonymous"}[self.auth]
        given = request.headers.get("authorization")
        if allowed is not None and given not in (allowed, SECRET):
            return Answer(401, (("WWW-Authenticate", self._challenge()),) if self.challenges else ())
        path, query = urlsplit(request.url).path, parse_qs(urlsplit(request.url).query)
        n = int(query.get("n", ["1000"])[0])
        if path == "/v2/":
            return Answer(200, (), b"{}")
        if path == "/v2/_catalog":
            return self._list("repositories", self.repositories, n)
        if path.endswith("/tags/list"):
            return self._list("tags", self.tags, n if self.paged else 1000)
        return self._content(path)

    def _content(self, path: str) -> Answer:
        repository, _, reference = path.removeprefix("/v2/").rpartition("/")
        if repository.rpartition("/")[0] not in self.repositories:
            return Answer(404)
        if repository.endswith("/manifests"):
            body = INDEX if self.index and ":" not in reference else MANIFEST
            media_type = OCI_INDEX if body is INDEX else OCI_MANIFEST
            digest = (("Docker-Content-Digest", MANIFEST_DIGEST),) if self.digests else ()
            return Answer(200, (("Content-Type", media_type), *digest), body)
        if self.redirect is not None:
            return Answer(307, (("Location", f"{self.redirect}/{reference}"),))
        return Answer(200, (), CONFIG)

    def _list(self, name: str, items: tuple[str, ...], n: int) -> Answer:
        more = (("Link", '</v2/next>; rel="next"'),) if self.links and n < len(items) else ()
        return Answer(200, more, json.dumps({name: items[:n]}).encode())

    def _challenge(self) -> str:
        return 'Basic realm="r"' if self.auth == "basic" else f'Bearer realm="{self.realm}",service="registry"'


class FakeTokenService:
    def __init__(self, cors: Cors | None = None, *, status: int = 200, moved: str | None = None) -> None:
        self.cors = cors or Cors()
        self.status = status
        self.moved = moved

    def __call__(self, request: Arrived) -> Answer:
        return self.cors.answer(request, self._answer(request))

    def _answer(self, request: Arrived) -> Answer:
        if self.moved is not None:
            return Answer(307, (("Location", self.moved),))
        if self.status == 200 or request.headers.get("authorization") == SECRET:
            return Answer(200, (), b'{"token": "anonymous"}')
        return Answer(self.status, (("WWW-Authenticate", 'Basic realm="r"'),))


class FakeStorage:
    def __init__(self, cors: Cors | None = None) -> None:
        self.cors = cors or Cors()

    def __call__(self, request: Arrived) -> Answer:
        return self.cors.answer(request, Answer(200, (), CONFIG))


def world(
    registry: FakeRegistry | None = None,
    token: FakeTokenService | None = None,
    storage: FakeStorage | None = None,
) -> Mapping[str, FakeRegistry | FakeTokenService | FakeStorage]:
    """The servers that a browser reaches; without an argument that one is not there."""
    servers = {REGISTRY: registry, TOKEN: token, STORAGE: storage}
    return {address: server for address, server in servers.items() if server is not None}
