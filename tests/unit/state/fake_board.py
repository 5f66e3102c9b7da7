"""The sample registry's board for tests: one registry in a fake browser, wrong until its fix is turned on."""

import asyncio
import json
from collections.abc import Callable

from app.oci.origin import Origin, parse_origin
from app.ports.transport import Request
from app.state.playground_desk import PlaygroundDesk
from app.state.playground_model import PlaygroundPage
from tests.unit.cors.fake_browser import FakeBrowser
from tests.unit.cors.fake_servers import Cors, FakeRegistry
from tests.unit.fake_transport import FakeClock, FakeResponse, FakeTransport
from tools.paths import ROOT

BOARD = parse_origin("http://127.0.0.1:5006")
PAGE = parse_origin("http://127.0.0.1:8000")
REGISTRY = "http://127.0.0.1:6001"
EXAMPLES = ROOT / "cors-examples"


class FakeBoard:
    """`browser`: the Prober. `broken`: the CORS of the registry while the fix is off. `gone`: nothing answers."""

    def __init__(self, broken: Cors | None = None) -> None:
        self.broken = broken or Cors(origins=())
        self.browser = FakeBrowser({REGISTRY: FakeRegistry(self.broken)}, page=PAGE)
        self.transport = FakeTransport(self._answer)
        self.fixed = False
        self.gone = False
        self.begun = 0

    def desk(self, board: Origin | None = BOARD, changed: Callable[[], None] = lambda: None) -> PlaygroundDesk:
        return PlaygroundDesk(self.transport, FakeClock(), lambda: self.browser, board, PAGE, changed, EXAMPLES)

    def asked(self) -> list[str]:
        """What the board was asked, without the questions for the log."""
        told = [f"{one.method} {one.url.removeprefix(str(BOARD))}" for one in self.transport.requests]
        return [one for one in told if not one.endswith("/log")]

    def _answer(self, request: Request) -> FakeResponse:
        if self.gone:
            return FakeResponse(502)
        if request.method == "POST":
            self.fixed = request.url.endswith("/fix")
            self.browser.servers[parse_origin(REGISTRY)] = FakeRegistry(None if self.fixed else self.broken)
            self.begun = len(self.browser.arrived)
            return _json({"id": "x", "origin": REGISTRY, "fixed": self.fixed, "listeners": {"registry": REGISTRY}})
        return _json({"log": self._log()} if request.url.endswith("/log") else {"scenarios": []})

    def _log(self) -> list[dict[str, object]]:
        return [
            {
                "listener": "registry",
                "method": one.method,
                "path": one.url.removeprefix(REGISTRY),
                "status": 200,
                "origin": one.headers.get("origin"),
                "answered": [["Docker-Content-Digest", "sha256:00"]],
            }
            for one in self.browser.arrived[self.begun :]
        ]


def _json(found: object) -> FakeResponse:
    return FakeResponse(200, json.dumps(found).encode())


async def ended(desk: PlaygroundDesk, tail: str) -> PlaygroundPage:
    """The page once nothing is to come."""
    for _ in range(2000):
        page = desk.page(tail)
        if not page.running:
            return page
        await asyncio.sleep(0)
    raise AssertionError(desk.page(tail).run)
