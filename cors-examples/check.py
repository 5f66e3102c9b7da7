#!/usr/bin/env python3
"""Can a page of another origin read this registry? Asks what a browser would ask, and judges as a browser would.

    python3 cors-examples/check.py https://registry.example [--user NAME] [--repository NAME] [--json]

Needs Python 3.9 and nothing else. The password of --user is read from $PORTOLAN_CHECK_PASSWORD, else asked for.
Ends with 0 when nothing failed, 1 when something did, 2 when the checks could not run.

     1  preflight without credentials       11  blobs: Allow-Origin once
     2  401 and its challenge               12  auth at the proxy: preflight first         (not from outside)
     3  401 for bad credentials             13  auth at the proxy: its own 401             (not from outside)
     4  404                                 14  allow-list: the allowed origin
     5  502 and 503  (not from outside)     15  allow-list: a foreign origin gets nothing
     6  digest of a GET with long Accept    16  allow-list: a foreign preflight gets nothing
     7  digest of a HEAD                    17  token service: preflight and errors
     8  Link to the next page               18  token service: the token, and what it opens
     9  206 and its Content-Range           19  pull unharmed                              (not from outside)
    10  registry: Allow-Origin never twice  20  push unharmed                              (not from outside)
                                            21  blob storage behind a redirect
"""

from __future__ import annotations

import argparse
import base64
import getpass
import http.client
import json
import os
import re
import socket
import ssl
import sys
import time
from typing import Any, Callable, NamedTuple, Sequence  # noqa: UP035 - as Python 3.9 has them
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

PAGE = "https://portolan.example"  # the page that asks, unless --allowed-origin names another
NOBODY = "portolan-check"  # a user and a repository that no registry has
WANTED = ("authorization", "accept", "range")
# 196 bytes: beyond the 128 up to which a browser sends an Accept without asking first.
LONG_ACCEPT = (
    "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
    "application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json"
)
NAME = re.compile(r"[a-z0-9][a-z0-9._/-]*")
DIGEST = re.compile(r"[a-z0-9+._-]+:[A-Za-z0-9=_-]+")
REDIRECTS = (301, 302, 303, 307, 308)
LIMIT = 1 << 20  # bytes of an answer that are read
NEEDS_USER = "it asks for a user here: give --user"


class Check(NamedTuple):
    """One line of the result; state is "passed", "failed" or "not checkable"."""

    number: int
    name: str
    state: str
    detail: str


class CannotRun(Exception):
    """Nothing could be checked; the text says why."""


class Failed(Exception):
    """The check failed; the text says how."""


class Unknown(Exception):
    """The check does not apply, or cannot be decided from outside; the text says why."""


class Answer(NamedTuple):
    """A status, every line of every header with lower-case names, and the first LIMIT bytes of the body."""

    status: int
    lines: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        return [text.strip() for found, text in self.lines if found == name]

    def listed(self, name: str) -> set[str]:
        """The parts of a list, in lower case."""
        return {part.strip().lower() for text in self.all(name) for part in text.split(",") if part.strip()}

    def document(self) -> dict[str, Any]:
        """The JSON object in the body, an empty one for anything else."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def names(self, key: str) -> list[str]:
        """The texts of a list in that object, none where the answer is not 200."""
        found = self.document().get(key) if self.status == 200 else None
        return [text for text in found if isinstance(text, str)] if isinstance(found, list) else []


def origin_of(url: str) -> str:
    """Scheme, host and port alone: addresses of a storage are signed, so that their query is a secret."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def joined(base: str, place: str) -> str:
    """Where a Location leads, "" for one that is no address."""
    try:
        found = urljoin(base, place)
        return found if urlsplit(found).port != 0 else ""
    except ValueError:
        return ""


def parse_url(text: str, what: str) -> str:
    """An http address without user and without a path that matters, as an origin; raises CannotRun."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
        (host or "").encode("idna")
    except ValueError:
        raise CannotRun(f"{what} is not an address such as https://registry.example") from None
    if parts.scheme not in ("http", "https") or not host or not parts.netloc.isprintable() or " " in parts.netloc:
        raise CannotRun(f"{what} has to be an address that begins with http:// or https://")
    if "@" in parts.netloc:
        raise CannotRun(f"{what} names a user: leave it out, and give --user")
    if parts.path not in ("", "/", "/v2", "/v2/") or parts.query or parts.fragment or port == 0:
        raise CannotRun(f"{what} has to end after the host: a registry answers at /v2/ of its origin")
    return f"{parts.scheme}://{parts.netloc}"


def parse_origin(text: str, option: str) -> str:
    """What a browser sends as Origin; raises CannotRun."""
    origin = parse_url(text, option)
    if text != origin or not text.isascii():
        raise CannotRun(f"{option} has to be an origin: no slash and nothing else after the host")
    return origin


def send(method: str, url: str, headers: dict[str, str], timeout: float) -> Answer:
    """One request, no redirect followed; raises Failed with words for what went wrong below HTTP."""
    parts = urlsplit(url)
    place = origin_of(url)
    end = time.monotonic() + timeout
    try:
        made = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = made(parts.hostname or "", parts.port, timeout=timeout)
        try:
            connection.request(method, urlunsplit(("", "", parts.path or "/", parts.query, "")), headers=headers)
            response = connection.getresponse()
            lines = [(name.lower(), text) for name, text in response.getheaders()]
            body = b""
            while len(body) < LIMIT and time.monotonic() < end and (part := response.read1(LIMIT - len(body))):
                body += part
            return Answer(response.status, lines, body)
        finally:
            connection.close()
    except ssl.SSLCertVerificationError as problem:
        reason = f"its certificate is not trusted ({problem.verify_message}); SSL_CERT_FILE may name your own authority"
    except ssl.SSLError as problem:
        reason = f"TLS failed ({str(problem.reason).lower().replace('_', ' ')}): is it plain http?"
    except (TimeoutError, socket.timeout):  # noqa: UP041 - two things before Python 3.10
        reason = f"no answer within {timeout:g} s"
    except http.client.RemoteDisconnected:
        reason = "it hung up without an answer"
    except http.client.HTTPException:
        reason = "what came back is no HTTP: is it https?"
    except ValueError:
        reason = "no such address"
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
    raise Failed(f"{place}: {reason}") from None


# RFC 9110 11.2: auth-param = token BWS "=" BWS ( token / quoted-string ); without quotes up to a comma or space.
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_PARAMETER = re.compile(rf'({_TOKEN})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')
_SCHEME = re.compile(rf"({_TOKEN})(?=[ \t,]|$)")


def challenges(answer: Answer) -> list[tuple[str, dict[str, str]]]:
    """The schemes of all WWW-Authenticate lines in lower case, with their parameters."""
    text, at, found = ", ".join(answer.all("www-authenticate")), 0, list[tuple[str, dict[str, str]]]()
    while at < len(text):
        parameter, scheme = _PARAMETER.match(text, at), _SCHEME.match(text, at)
        if parameter and found:
            value = re.sub(r"\\(.)", r"\1", parameter[2]) if parameter[2] is not None else parameter[3]
            found[-1][1].setdefault(parameter[1].lower(), value)
            at = parameter.end()
        elif scheme:
            found.append((scheme[1].lower(), {}))
            at = scheme.end()
        else:
            at += 1
    return found


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


class Registry:
    """The registry, asked as a page of `origin` asks, and what was found there."""

    def __init__(self, url: str, origin: str, user: str, password: str, timeout: float) -> None:
        self.url, self.origin, self.timeout = url, origin, timeout
        self.user, self._password = user, password
        self._secrets = {secret for secret in (password, basic(user, password)[6:]) if secret and user}
        self.several: list[str] = []  # what carried more than one Allow-Origin
        self.count = 0
        self.bearer: tuple[str, dict[str, str]] | None = None  # a path that needs a token, and its challenge
        self._tokens: dict[str, str] = {}
        self.repository = self.reference = self.blob = ""

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, origin: str = "") -> Answer:
        """One request to the registry itself."""
        answer = send(method, self.url + path, {"Origin": origin or self.origin, **(headers or {})}, self.timeout)
        self.count += 1
        if len(allowed(answer)) > 1:
            self.several.append(f"{answer.status} to {method} {path}")
        return answer

    def preflight(self, url: str, headers: Sequence[str], origin: str = "") -> Answer:
        """What a browser asks before it sends these headers."""
        asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": ",".join(sorted(headers))}
        return send("OPTIONS", url, {"Origin": origin or self.origin, **asked}, self.timeout)

    def read(self, path: str, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
        """The same, signed in when the registry asks for that and it can be done."""
        answer = self.ask(method, path, headers)
        given = self._sign_in(path, answer) if answer.status == 401 else ""
        return self.ask(method, path, {**(headers or {}), "Authorization": given}) if given else answer

    def _sign_in(self, path: str, answer: Answer) -> str:
        for scheme, parameters in challenges(answer):
            if scheme == "bearer" and parameters.get("realm"):
                self.bearer = self.bearer or (path, parameters)
                key = json.dumps(parameters)
                if key not in self._tokens:
                    try:
                        self._tokens[key] = self.token_in(self.ask_token(parameters))
                    except Failed:  # 17 and 18 say so; the others are about the registry
                        self._tokens[key] = ""
                return self._tokens[key] and f"Bearer {self._tokens[key]}"
            if scheme == "basic" and self.user:
                return basic(self.user, self._password)
        return ""

    def ask_token(self, parameters: dict[str, str], authorization: str = "") -> Answer:
        """Ask the realm, with the scope as the registry wrote it; as nobody, as --user, or as authorization says."""
        realm = self.realm(parameters)
        more = [(key, parameters[key]) for key in ("service", "scope") if parameters.get(key)]
        url = urlunsplit(realm._replace(query=urlencode(parse_qsl(realm.query) + more), fragment=""))
        authorization = authorization or (basic(self.user, self._password) if self.user else "")
        headers = {"Origin": self.origin, **({"Authorization": authorization} if authorization else {})}
        return send("GET", url, headers, self.timeout)

    def realm(self, parameters: dict[str, str]) -> Any:
        """The address of the token service; raises Failed for one that no page may ask."""
        try:
            parts = urlsplit(parameters["realm"])
            usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            usable = False
        if not usable or "@" in parts.netloc:
            raise Failed("the realm in the challenge is no http address")
        if parts.scheme == "http" and self.url.startswith("https:"):
            raise Failed("the realm is plain http: a page of https may not ask it")
        return parts

    def token_in(self, answer: Answer) -> str:
        """The token, "" for none or one that no header can carry."""
        found = answer.document()
        token = found.get("access_token") or found.get("token") if answer.status == 200 else ""
        if not (isinstance(token, str) and token.isascii() and token.isprintable()):
            return ""
        self._secrets.add(token)
        return token

    def explore(self, repository: str) -> None:
        """Find a repository, a manifest and a blob to ask for; what cannot be found stays ""."""
        found = [repository] if repository else self.read("/v2/_catalog?n=100").names("repositories")
        for name in filter(NAME.fullmatch, found[:5]):
            if tags := self.read(f"/v2/{name}/tags/list").names("tags"):
                self.repository, self.reference = name, "latest" if "latest" in tags else tags[0]
                break
        reference = quote(self.reference, safe="")
        for _ in range(3):  # an index, perhaps one in an index, then the manifest
            if not reference:
                break
            manifest = self.read(f"/v2/{self.repository}/manifests/{reference}", headers={"Accept": LONG_ACCEPT})
            reference = first_digest(manifest.document(), "manifests")
            self.blob = first_digest(manifest.document(), "config", "layers", "fsLayers")

    def clean(self, text: str) -> str:
        """For people to read: without secrets, though a server may send them back."""
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return plain(text)


def plain(text: str) -> str:
    """Nothing that a terminal would obey or cannot show, and not too long."""
    return "".join(sign if " " <= sign <= "~" else "?" for sign in text)[:300]


def first_digest(document: dict[str, Any], *keys: str) -> str:
    """The first digest that a manifest names under one of these keys, else ""."""
    for key in keys:
        value = document.get(key)
        for entry in value if isinstance(value, list) else [value]:
            digest = (entry.get("digest") or entry.get("blobSum")) if isinstance(entry, dict) else None
            if isinstance(digest, str) and DIGEST.fullmatch(digest):
                return digest
    return ""


def allowed(answer: Answer) -> list[str]:
    """Every origin that the answer allows; a browser refuses two, in one line or in several."""
    return [part.strip() for text in answer.all("access-control-allow-origin") for part in text.split(",")]


def readable(answer: Answer, origin: str, what: str, *exposed: str) -> None:
    """Raise Failed unless a page of origin can read the answer and these headers of it."""
    found = allowed(answer)
    if not found:
        raise Failed(f"{what}: no Access-Control-Allow-Origin")
    if len(found) > 1:
        raise Failed(f"{what}: Access-Control-Allow-Origin says {len(found)} things ({', '.join(found)})")
    if found[0] not in ("*", origin):
        raise Failed(f"{what}: Access-Control-Allow-Origin is {found[0] or 'empty'}, not {origin}")
    open_to = answer.listed("access-control-expose-headers")
    for name in exposed:
        if not answer.all(name.lower()):
            raise Failed(f"{what}: no {name}")
        if name.lower() not in open_to and "*" not in open_to:
            raise Failed(f"{what}: Access-Control-Expose-Headers lacks {name}")


def permits(answer: Answer, origin: str, what: str, wanted: Sequence[str]) -> None:
    """Raise Failed unless a browser takes this for a yes to these request headers; "*" is no yes to Authorization."""
    if not 200 <= answer.status < 300:
        raise Failed(f"{what}: the preflight is answered {answer.status}")
    readable(answer, origin, f"{what}, preflight")
    names = answer.listed("access-control-allow-headers")
    if lacking := [name for name in wanted if name not in names and ("*" not in names or name == "authorization")]:
        raise Failed(f"{what}: Access-Control-Allow-Headers lacks {', '.join(map(str.title, lacking))}")


def preflight(registry: Registry) -> str:
    name, digest = registry.repository or NOBODY, registry.blob or "sha256:" + "0" * 64
    for path in ("/v2/", f"/v2/{name}/manifests/latest", f"/v2/{name}/blobs/{digest}"):
        answer = registry.preflight(registry.url + path, WANTED)
        permits(answer, registry.origin, path, WANTED)
        methods = answer.listed("access-control-allow-methods")
        if not methods >= {"get", "head"} and "*" not in methods:
            raise Failed(f"{path}: Access-Control-Allow-Methods lacks GET or HEAD")
    age = answer.all("access-control-max-age")
    return f"{answer.status}, " + (f"kept for {age[0]} s" if age else "no Max-Age: browsers ask again every 5 s")


def challenge(registry: Registry) -> str:
    answer = registry.ask("GET", "/v2/")
    if answer.status != 401:
        readable(answer, registry.origin, f"/v2/ ({answer.status})")
        raise Unknown("the registry answers without signing in")
    readable(answer, registry.origin, "/v2/", "WWW-Authenticate")
    schemes = [scheme for scheme, _ in challenges(answer)]
    if not {"basic", "bearer"} & set(schemes):
        raise Failed(f"/v2/: WWW-Authenticate offers {', '.join(schemes) or 'nothing'}, neither Basic nor Bearer")
    return ", ".join(scheme.title() for scheme in schemes)


def bad_credentials(registry: Registry) -> str:
    wrong = f"Bearer {NOBODY}" if registry.bearer else basic(NOBODY, NOBODY)
    answer = registry.ask("GET", "/v2/", {"Authorization": wrong})
    if answer.status < 400:
        raise Unknown("the registry takes any credentials at /v2/")
    readable(answer, registry.origin, f"{answer.status} at /v2/")
    return f"{answer.status}"


def not_found(registry: Registry) -> str:
    answer = registry.read(f"/v2/{registry.repository or NOBODY}/manifests/{NOBODY}")
    if answer.status in (401, 403) and not registry.user:
        raise Unknown(NEEDS_USER)
    if answer.status != 404:
        raise Unknown(f"a tag that does not exist is answered {answer.status} here")
    readable(answer, registry.origin, "404 of a manifest")
    return "404"


def digest(registry: Registry, method: str) -> str:
    if not registry.reference:
        raise Unknown("no manifest was found: give --repository, and --user where it asks for one")
    path = f"/v2/{registry.repository}/manifests/{quote(registry.reference, safe='')}"
    answer = registry.read(path, method, {"Accept": LONG_ACCEPT})
    if answer.status != 200:
        raise Unknown(f"{method} {path} is answered {answer.status}")
    readable(answer, registry.origin, f"{method} {path}", "Docker-Content-Digest")
    return registry.repository


def link(registry: Registry) -> str:
    for path in ("/v2/_catalog?n=1", f"/v2/{registry.repository or NOBODY}/tags/list?n=1"):
        answer = registry.read(path)
        if answer.status == 200 and answer.all("link"):
            readable(answer, registry.origin, path, "Link")
            return path
    raise Unknown("no list of this registry has a second page")


def get_blob(registry: Registry, method: str, headers: dict[str, str] | None = None) -> Answer:
    if not registry.blob:
        raise Unknown("no blob was found: give --repository, and --user where it asks for one")
    answer = registry.read(f"/v2/{registry.repository}/blobs/{registry.blob}", method, headers)
    if answer.status not in (200, 206, *REDIRECTS):
        raise Unknown(f"{method} of a blob is answered {answer.status}")
    return answer


def part_of_blob(registry: Registry) -> str:
    answer = get_blob(registry, "GET", {"Range": "bytes=0-0"})
    origin = registry.origin
    if answer.status in REDIRECTS:
        answer, origin, _ = at_storage(registry, answer, {"Range": "bytes=0-0"})
    if answer.status != 206:
        raise Unknown(f"no ranges here: a part of a blob is answered {answer.status}")
    readable(answer, origin, "206 of a blob", "Content-Range")
    return "206"


def never_twice(registry: Registry) -> str:
    if registry.several:
        raise Failed(f"more than one Access-Control-Allow-Origin on {registry.several[0]}")
    return f"in {registry.count} answers"


def blobs(registry: Registry) -> str:
    for method in ("GET", "HEAD"):
        answer = get_blob(registry, method)
        readable(answer, registry.origin, f"{method} of a blob ({answer.status})")
    return f"{answer.status}"


def at_storage(registry: Registry, answer: Answer, headers: dict[str, str]) -> tuple[Answer, str, str]:
    """Follow a blob's redirects as a browser does, without credentials: the answer, the Origin sent, the address."""
    url, origin = f"{registry.url}/v2/{registry.repository}/blobs/{registry.blob}", registry.origin
    for _ in range(5):
        if answer.status not in REDIRECTS:
            return answer, origin, url
        readable(answer, origin, f"redirect at {origin_of(url)}")
        found = joined(url, "".join(answer.all("location")[:1]))
        if found in ("", url):
            raise Failed(f"the redirect at {origin_of(url)} leads nowhere")
        parse_url(origin_of(found), "the redirect's Location")
        if found.startswith("http:") and url.startswith("https:"):
            raise Failed(f"the redirect leads to plain http at {origin_of(found)}")
        # Fetch, HTTP-redirect fetch: sent on by the registry to a third origin, the page is "null".
        origin = origin if origin_of(found) == origin_of(url) else "null"
        url = found
        answer = send("GET", url, {"Origin": origin, **headers}, registry.timeout)
    raise Failed("more than five redirects")


def storage(registry: Registry) -> str:
    first = get_blob(registry, "GET")
    if first.status not in REDIRECTS:
        raise Unknown("blobs are not redirected")
    answer, origin, url = at_storage(registry, first, {})
    place = origin_of(url)
    readable(answer, origin, f"{place}, asked with Origin: {origin}")
    if origin == "null":  # WebKit asks for the header that it has to leave out
        asked = registry.preflight(url, ("authorization",), origin)
        permits(asked, origin, place, () if "*" in asked.listed("access-control-allow-headers") else ("authorization",))
    return place


def allow_list(registry: Registry, given: str) -> str:
    if not given:
        raise Unknown("give --allowed-origin")
    answer = registry.ask("GET", "/v2/")
    readable(answer, registry.origin, "/v2/")
    if allowed(answer) != ["*"] and not {"origin", "*"} & answer.listed("vary"):
        raise Failed("/v2/: no Vary: Origin, so a cache may give one origin's answer to another")
    return allowed(answer)[0]


def foreign(registry: Registry, origin: str, method: str) -> str:
    if not origin:
        raise Unknown("give --foreign-origin")
    if method == "GET":
        answer = registry.ask(method, "/v2/", origin=origin)
    else:
        answer = registry.preflight(f"{registry.url}/v2/", WANTED, origin)
    if allowed(answer):
        raise Failed(f"{origin} is answered Access-Control-Allow-Origin: {', '.join(allowed(answer))}")
    return f"{answer.status} without Access-Control-Allow-Origin"


def bearer_of(registry: Registry) -> tuple[str, dict[str, str]]:
    if not registry.bearer:
        raise Unknown("this registry names no token service")
    return registry.bearer


def token_service(registry: Registry) -> str:
    _, parameters = bearer_of(registry)
    parts = registry.realm(parameters)
    place = origin_of(parts.geturl())
    permits(registry.preflight(parts.geturl(), ("authorization",)), registry.origin, place, ("authorization",))
    answer = registry.ask_token(parameters, basic(NOBODY, NOBODY))
    readable(answer, registry.origin, f"{place}, {answer.status} for bad credentials")
    return f"{place}: {answer.status} for bad credentials"


def token_flow(registry: Registry) -> str:
    path, parameters = bearer_of(registry)
    answer = registry.ask_token(parameters)
    readable(answer, registry.origin, f"token answer ({answer.status})")
    token = registry.token_in(answer)
    if not token and not registry.user:
        raise Unknown(f"no token for nobody ({answer.status}): give --user")
    if not token:
        raise Failed(f"no token for this user ({answer.status}): is the password right?")
    answer = registry.ask("GET", path, {"Authorization": f"Bearer {token}"})
    readable(answer, registry.origin, f"{path} with a token ({answer.status})")
    return f"the token is readable, {answer.status} with it at {path}"


def plan(allowed_origin: str, foreign_origin: str) -> list[tuple[str, str | Callable[[Registry], str]]]:
    """The checks in the order of their numbers; a text in place of one says why it cannot be done from outside."""
    proxy = "needs a look at the proxy's configuration; from outside see 1 and 2"
    skopeo = "needs a client and, for a push, the right to: skopeo copy"
    return [
        ("preflight without credentials", preflight),
        ("401 and its challenge", challenge),
        ("401 for bad credentials", bad_credentials),
        ("404", not_found),
        ("502 and 503", "needs a registry that is down: stop it behind the proxy and look"),
        ("digest of a GET with long Accept", lambda registry: digest(registry, "GET")),
        ("digest of a HEAD", lambda registry: digest(registry, "HEAD")),
        ("Link to the next page", link),
        ("206 and its Content-Range", part_of_blob),
        ("registry: Allow-Origin never twice", never_twice),
        ("blobs: Allow-Origin once", blobs),
        ("auth at the proxy: preflight first", proxy),
        ("auth at the proxy: its own 401", proxy),
        ("allow-list: the allowed origin", lambda registry: allow_list(registry, allowed_origin)),
        ("allow-list: a foreign origin", lambda registry: foreign(registry, foreign_origin, "GET")),
        ("allow-list: a foreign preflight", lambda registry: foreign(registry, foreign_origin, "OPTIONS")),
        ("token service: preflight, errors", token_service),
        ("token service: the token", token_flow),
        ("pull unharmed", skopeo),
        ("push unharmed", skopeo),
        ("blob storage behind a redirect", storage),
    ]


def judge(registry: Registry, checks: Sequence[tuple[str, str | Callable[[Registry], str]]]) -> list[Check]:
    """Each check's outcome, in the order of their numbers."""
    result = []
    # Whether anything came twice is known only at the end.
    for number in sorted(range(1, len(checks) + 1), key=lambda number: (number == 10, number)):
        name, check = checks[number - 1]
        try:
            if isinstance(check, str):
                raise Unknown(check)
            state, detail = "passed", check(registry)
        except (Failed, CannotRun) as problem:
            state, detail = "failed", str(problem)
        except Unknown as problem:
            state, detail = "not checkable", str(problem)
        result.append(Check(number, name, state, registry.clean(detail)))
    return sorted(result)


def run(
    url: str,
    *,
    user: str = "",
    password: str = "",
    repository: str = "",
    allowed_origin: str = "",
    foreign_origin: str = "",
    timeout: float = 10.0,
) -> list[Check]:
    """All checks; origins "" for none given, timeout in seconds a request. Raises CannotRun."""
    origin = parse_origin(allowed_origin, "--allowed-origin") if allowed_origin else PAGE
    if foreign_origin and parse_origin(foreign_origin, "--foreign-origin") == origin:
        raise CannotRun("--foreign-origin is the very origin that is allowed")
    if not 0 < timeout < 3600:
        raise CannotRun("--timeout has to be a number of seconds above 0")
    if repository and not NAME.fullmatch(repository):
        raise CannotRun("--repository is not the name of a repository, such as library/nginx")
    registry = Registry(parse_url(url, "URL"), origin, user, password, timeout)
    try:
        answer = registry.read("/v2/")
        if answer.status not in (200, 401, 403):
            leads = "".join(f", to {origin_of(joined(url, place))}" for place in answer.all("location"))
            raise CannotRun(f"{registry.url}/v2/ is answered {answer.status}{leads}: that is no registry at work")
        registry.explore(repository)
    except Failed as problem:
        if not registry.count:
            raise CannotRun(registry.clean(str(problem))) from None
    return judge(registry, plan(allowed_origin, foreign_origin))


def table(checks: Sequence[Check]) -> str:
    """For people: a line for each check, and one for all."""
    lines = [f"{check.number:>2}  {check.state:<13}  {check.name:<34}  {check.detail}".rstrip() for check in checks]
    count = {state: sum(check.state == state for check in checks) for state in ("passed", "failed", "not checkable")}
    return "\n".join([*lines, "", ", ".join(f"{number} {state}" for state, number in count.items())])


def password_for(user: str, url: str) -> str:
    """From the environment, else from the terminal; raises CannotRun where there is neither."""
    if not user:
        return ""
    host = urlsplit(parse_url(url, "URL")).hostname or ""
    if url.lower().startswith("http:") and host != "localhost" and not host.startswith("127.") and host != "::1":
        print(f"check.py: the password goes to {plain(host)} unencrypted", file=sys.stderr)
    if ":" in user:
        raise CannotRun("--user may not contain a colon; the password comes from $PORTOLAN_CHECK_PASSWORD")
    given = os.environ.get("PORTOLAN_CHECK_PASSWORD")
    if given is None and not (sys.stdin and sys.stdin.isatty()):
        raise CannotRun("--user needs its password in $PORTOLAN_CHECK_PASSWORD")
    return getpass.getpass(f"Password of {user}: ") if given is None else given


def main(arguments: Sequence[str]) -> int:
    """Run, print, and say how it went."""
    summary, _, rest = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        prog="check.py", description=summary, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url", metavar="URL", help="origin of the registry, as pages name it")
    parser.add_argument("--user", default="", metavar="NAME", help="sign in; password from $PORTOLAN_CHECK_PASSWORD")
    parser.add_argument("--repository", default="", metavar="NAME", help="else one of the catalog")
    parser.add_argument("--allowed-origin", default="", metavar="ORIGIN", help=f"of a page that may read; else {PAGE}")
    parser.add_argument("--foreign-origin", default="", metavar="ORIGIN", help="of a page that may not")
    parser.add_argument("--timeout", default=10.0, type=float, metavar="SECONDS", help="for one request; default 10")
    parser.add_argument("--json", action="store_true", help="for machines")
    options = vars(parser.parse_args(arguments))
    url, as_json = options.pop("url"), options.pop("json")
    try:
        checks = run(url, password=password_for(options["user"], url), **options)
    except (CannotRun, KeyboardInterrupt, EOFError) as problem:
        print(f"check.py: {plain(str(problem)) or 'stopped'}", file=sys.stderr)
        return 2
    failed = sum(check.state == "failed" for check in checks)
    found = {"url": parse_url(url, "URL"), "checks": [check._asdict() for check in checks], "failed": failed}
    print(json.dumps(found, indent=2) if as_json else table(checks))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
