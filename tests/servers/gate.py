"""A way through to a server on which a test can hold requests up: what a slow network does, at the moment one needs."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from tests.servers.ports import LOOPBACK

PATIENCE = 60  # seconds
HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Passed(NamedTuple):
    """One request that went through. `authorization`: the whole header, for tests to send it again."""

    method: str
    path: str
    authorization: str
    status: int


class Gate:
    """`host`: host:port to be asked instead of the server. `passed`: what was, in the order of the answers."""

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream
        self.host = ""
        self.passed: list[Passed] = []
        self._held = ""
        self._open = threading.Event()
        self._arrived = threading.Event()
        self._authorization = ""

    def hold(self, path: str) -> None:
        """Keep the next GET whose path holds this text."""
        self._open.clear()
        self._arrived.clear()
        self._held = path

    def await_held(self) -> str:
        """Wait until it is here; its Authorization, to be sent again."""
        assert self._arrived.wait(PATIENCE), f"no request for {self._held}"
        return self._authorization

    def release(self) -> None:
        self._open.set()

    def check(self, method: str, path: str, authorization: str) -> None:
        """Wait here if that is the request to be held."""
        if method == "GET" and self._held and self._held in path and not self._open.is_set():
            self._authorization = authorization
            self._arrived.set()
            self._open.wait(PATIENCE)


@contextmanager
def gate(upstream: str) -> Iterator[Gate]:
    """In a thread of this process, in front of a server at host:port."""
    made = Gate(upstream)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            authorization = self.headers.get("Authorization", "")
            made.check(self.command, self.path, authorization)
            connection = http.client.HTTPConnection(upstream, timeout=PATIENCE)
            try:
                headers = {name: text for name, text in self.headers.items() if name.lower() not in HOP}
                connection.request(self.command, self.path, headers=headers)
                answer = connection.getresponse()
                body = answer.read()
            finally:
                connection.close()
            made.passed.append(Passed(self.command, self.path, authorization, answer.status))
            self.send_response_only(answer.status)
            for name, text in answer.getheaders():
                if name.lower() not in HOP:
                    self.send_header(name, text)
            if self.command != "HEAD":
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_HEAD(self) -> None:
            self.do_GET()

        def do_OPTIONS(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name it has in http.server
            pass

    with ThreadingHTTPServer((LOOPBACK, 0), Handler) as server:
        server.daemon_threads = True
        made.host = f"{LOOPBACK}:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield made
        finally:
            made.release()
            server.shutdown()
            thread.join()
