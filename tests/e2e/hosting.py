"""The site and the sample registry on loopback, served from a thread of the test process."""

import asyncio
import sys
import threading
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

from tools.paths import ROOT
from tools.serve import Site, listen, make_app

sys.path.insert(0, str(ROOT / "cors-examples"))

from playground.config import Config, parse_listener
from playground.server import start

T = TypeVar("T")

# One origin for each fault that a page of its own is for.
LISTENERS = (
    "no-catalog:anonymous,no-catalog",
    "catalog-denied:basic,catalog-denied",
    "catalog-forbidden:anonymous,catalog-forbidden",
    "no-cors:anonymous,no-cors",
    "no-cors-on-errors:basic,no-cors-on-errors",
    "hidden:bearer,hidden-challenge",
    # Longer than a request waits by itself, and so short that it does.
    "rate-limited:anonymous,rate-limited=60",
    "pausing:anonymous,rate-limited=2x1",
    "html-error:anonymous,html-error",
    "server-error:anonymous,server-error",
    "once-broken:anonymous,server-error@tags=1",
    "wrong-digest:anonymous,wrong-digest",
    "truncated:anonymous,truncated-body@blobs",
    "slow-blobs:anonymous,slow-body@blobs=120",
    "breaking:anonymous,slow-body@blobs=60,truncated-body@blobs",
    "loop-link:anonymous,loop-link",
    "foreign-link:anonymous,foreign-link",
    "redirect:anonymous,redirect-blobs",
    "hang:anonymous,hang",
    "hidden-digest:anonymous,hidden-digest",
    "manifests-fail:anonymous,manifests-fail",
    "basic-redirect:basic,redirect-blobs",
    "preflight:basic,preflight-401",
    "counted:basic",
    "mute:token,no-cors",
    "mute-tokens:bearer,realm=mute",
)


class Hosting:
    """`site`: the app's address, with its slash. `origins`: the sample registry's, by the names of its listeners."""

    def __init__(self, listeners: Sequence[str] = LISTENERS, *, delay: int = 0, token_expiry: int = 300) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        config = Config(
            listeners=tuple(parse_listener(text) for text in listeners), delay=delay, token_expiry=token_expiry
        )
        self._registry = self._run(start(config))
        self.origins: dict[str, str] = dict(self._registry.origins)
        runner, port = self._run(listen(make_app(Site(overlay={"/pyscript.toml": self._configuration})), 0))
        self._runner = runner
        self.site = f"http://127.0.0.1:{port}/"

    def netloc(self, name: str) -> str:
        """Host and port of a listener, as a route begins."""
        return self.origins[name].partition("//")[2]

    def requests(self, name: str) -> list[Any]:
        """What was asked of a listener since `forget`, in order. A request is noted when it arrives: all that a page
        shows an answer of is there. What it has only begun may still come."""
        return self._run(self._noted(name))

    def forget(self) -> None:
        """Clear the logs of all listeners, what has arrived by now included."""
        self._run(self._forget())

    def break_anew(self, *names: str) -> None:
        """Let the faults of these listeners count from the beginning."""
        self._run(self._break_anew(names))

    def close(self) -> None:
        self._run(self._registry.stop())
        self._run(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()

    # The logs belong to the loop: another thread would read them while they grow.

    async def _noted(self, name: str) -> list[Any]:
        entries: Any = self._registry.listeners[name].log.as_json()
        return list(entries)

    async def _forget(self) -> None:
        for _ in range(5):  # rounds of the loop, in which it takes in what a page sent before it gave up
            await asyncio.sleep(0)
        for listener in self._registry.listeners.values():
            listener.log.clear()

    async def _break_anew(self, names: Sequence[str]) -> None:
        for name in names:
            self._registry.listeners[name].reset()

    def _configuration(self) -> bytes:
        return (
            f'[portolan]\n[[portolan.registries]]\nurl = "{self.origins["anonymous"]}"\nname = "Sample registry"\n'
        ).encode()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=60)
