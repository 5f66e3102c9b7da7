"""The app and the sample registry with its scenarios, served from a thread of this process: for recording and tests."""

import asyncio
import sys
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from tools.paths import ROOT
from tools.serve import Site, listen, make_app
from tools.settings import with_registries

T = TypeVar("T")


class Stage:
    """`site`: the app's address, with its slash. `origins`: the sample registry's, by the names of its listeners."""

    def __init__(self) -> None:
        sys.path.insert(0, str(ROOT / "cors-examples"))
        from playground.config import BOARD, Config
        from playground.server import start

        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._registry = self._run(start(Config(content="small", only=["anonymous"], scenarios=True)))
        self.origins: dict[str, str] = dict(self._registry.origins)
        registries = [{"url": self.origins["anonymous"], "name": "Sample registry"}]
        settings = with_registries((ROOT / "pyscript.toml").read_text(), registries, self.origins[BOARD]).encode()
        runner, port = self._run(listen(make_app(Site(overlay={"/pyscript.toml": lambda: settings})), 0))
        self._runner = runner
        self.site = f"http://127.0.0.1:{port}/"

    def close(self) -> None:
        """End both."""
        self._run(self._registry.stop())
        self._run(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=60)
