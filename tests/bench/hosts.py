"""Two sites and a sample registry to measure on: Portolan, and the pages it is compared with."""

import asyncio
import gzip
import shutil
import tempfile
import threading
from pathlib import Path

from aiohttp import web

from tests.e2e.hosting import Hosting
from tools.paths import ROOT
from tools.serve import Site, listen, make_app

PAGES = Path(__file__).parent / "pages"
SHIPPED = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")


class Hosts:
    """`portolan` and `yardstick` are addresses with their slash, served alike: compressed, revalidated each time.

    `isolated`: Portolan once more, isolated from other origins, without which a browser does not count a tab's memory.
    """

    def __init__(self, delay: int) -> None:
        self.hosting = Hosting((), delay=delay)
        self.portolan = self.hosting.site
        self._folder = Path(tempfile.mkdtemp(prefix="portolan-bench-"))
        static = self._folder / "static"
        shutil.copytree(PAGES, static)
        (static / "pyodide").mkdir()
        for name in SHIPPED:
            shutil.copy2(ROOT / "node_modules" / "pyodide" / name, static / "pyodide" / name)
            (static / "pyodide" / f"{name}.gz").write_bytes(gzip.compress((static / "pyodide" / name).read_bytes()))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        overlay = {f"/{page}": (PAGES / page).read_bytes for page in ("shipped.html", "floor.html", "layer.html")}
        self._runners: list[web.AppRunner] = []
        self.yardstick = self._serve(make_app(Site(self._folder, overlay)))
        isolated = make_app(Site())
        isolated.on_response_prepare.append(_isolate)
        self.isolated = self._serve(isolated)

    def _serve(self, app: web.Application) -> str:
        starting = asyncio.run_coroutine_threadsafe(listen(app, 0), self._loop)
        runner, port = starting.result(timeout=30)
        self._runners.append(runner)
        return f"http://127.0.0.1:{port}/"

    def close(self) -> None:
        for runner in self._runners:
            asyncio.run_coroutine_threadsafe(runner.cleanup(), self._loop).result(timeout=30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self.hosting.close()
        shutil.rmtree(self._folder)


async def _isolate(request: web.Request, answer: web.StreamResponse) -> None:
    answer.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    answer.headers["Cross-Origin-Embedder-Policy"] = "require-corp"
