"""A stand-in for S3: what a registry keeps in a folder, served under the rules of a bucket.

It answers CORS as Amazon's documentation says that S3 does: by the first rule that fits origin, method and asked-for
headers; a preflight that no rule fits is a 403; without a rule none of the headers is sent. A request that carries
Authorization is refused, as S3 refuses it beside an address that is signed.
"""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.servers.examples import EXAMPLES
from tests.servers.ports import LOOPBACK

Rule = Mapping[str, list[str]]


def s3_rules() -> list[Rule]:
    """Those of cors-examples/s3-storage."""
    rules: list[Rule] = json.loads((EXAMPLES / "s3-storage" / "s3.json").read_text())["CORSRules"]
    return rules


class Asked(NamedTuple):
    """One request: its method, its path, and the names of its headers in lower case."""

    method: str
    path: str
    headers: frozenset[str]


class Bucket:
    """`origin`: where it is. `folder`: what it serves. `rules`: of the bucket, may be changed at any time."""

    def __init__(self, folder: Path, rules: list[Rule]) -> None:
        self.folder = folder
        self.rules = rules
        self.origin = ""
        self.asked: list[Asked] = []

    def cors(self, origin: str, method: str, wanted: list[str]) -> dict[str, str] | None:
        """The headers for a request of a page at `origin`; None where no rule fits."""
        for rule in self.rules:
            allowed = next((one for one in rule["AllowedOrigins"] if fnmatchcase(origin, one)), None)
            patterns = [one.lower() for one in rule.get("AllowedHeaders", [])]
            if allowed is None or method not in rule["AllowedMethods"]:
                continue
            if not all(any(fnmatchcase(name, pattern) for pattern in patterns) for name in wanted):
                continue
            return {
                "Access-Control-Allow-Origin": "*" if allowed == "*" else origin,
                "Access-Control-Allow-Methods": ", ".join(rule["AllowedMethods"]),
                "Access-Control-Expose-Headers": ", ".join(rule.get("ExposeHeaders", [])),
                **({"Access-Control-Allow-Headers": ", ".join(wanted)} if wanted else {}),
                "Vary": "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
            }
        return None

    def answer(self, method: str, path: str, headers: Mapping[str, str]) -> tuple[int, bytes, dict[str, str]]:
        """Status, body and headers of the answer to any request; `headers` by their names in lower case."""
        self.asked.append(Asked(method, path, frozenset(headers)))
        if method == "OPTIONS":
            wanted = headers.get("access-control-request-headers", "").lower().replace(" ", "")
            names = [name for name in wanted.split(",") if name]
            cors = self.cors(headers.get("origin", ""), headers.get("access-control-request-method", ""), names)
            return (403, b"", {}) if cors is None else (200, b"", cors)
        cors = (self.cors(headers["origin"], method, []) if "origin" in headers else None) or {}
        if method not in ("GET", "HEAD"):
            return 403, b"AccessDenied", cors
        if "authorization" in headers:
            return 400, b"Only one auth mechanism allowed", cors
        file = (self.folder / path.removeprefix("/")).resolve()
        if not file.is_relative_to(self.folder.resolve()) or not file.is_file():
            return 404, b"NoSuchKey", cors
        return 200, file.read_bytes(), cors


@contextmanager
def bucket(folder: Path, rules: list[Rule]) -> Iterator[Bucket]:
    """The bucket, in a thread of this process."""
    made = Bucket(folder, rules)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            names = {name.lower(): text for name, text in self.headers.items()}
            status, body, headers = made.answer(self.command, urlsplit(self.path).path, names)
            self.send_response_only(status)
            for name, text in headers.items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_HEAD = do_PUT = do_OPTIONS = answer  # noqa: N815  # as http.server calls them

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name it has in http.server
            pass

    with ThreadingHTTPServer((LOOPBACK, 0), Handler) as server:
        server.daemon_threads = True
        made.origin = f"http://localhost:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield made
        finally:
            server.shutdown()
            thread.join()
