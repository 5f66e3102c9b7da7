"""Digests by another worker: a layer is read on one core, and hashed as it came and as it is unpacked on another.

What that worker does not know, or where it cannot start, hashlib does in the same thread.
"""

import asyncio
from collections import deque
from weakref import WeakValueDictionary

import js
import pyodide_js
from pyodide.ffi import JsException, JsProxy, create_proxy, to_js

from app.oci.digest import Digest, Hasher, hasher

# From where Pyodide lies, the one address of the site that is known here: that of this worker may be a blob's.
_FILE = "../../shell/hasher.js"

# Bytes that cross at once. A message costs as much as hashing 50 kB, and there is one back for each.
_BATCH = 2 * 1024 * 1024


class WorkerHash:
    """Implements StreamHash. Until it is known whether the other worker starts, what comes is kept. `local`: what
    computes the digest where it does not."""

    def __init__(self, number: int, local: Hasher) -> None:
        self._number = number
        self._local: Hasher = local
        self._worker: JsProxy | None = None
        self._begun = False
        self._kept: list[bytes] = []
        self._size = 0
        self._queued = 0
        self._answers: deque[asyncio.Future[str]] = deque()
        self._changed = asyncio.Event()

    def begin(self, worker: JsProxy | None) -> None:
        """The worker is up; None: it is not, and never will be."""
        self._begun = True
        self._worker = worker
        if worker is not None:
            worker.postMessage(_message(id=self._number, start=True))
        self._send()

    def update(self, data: bytes) -> None:
        self._queued += len(data)
        self._size += len(data)
        self._kept.append(data)
        if self._begun and self._size >= _BATCH:
            self._send()

    def _send(self) -> None:
        """Hand over what was kept."""
        kept, self._kept, self._size = self._kept, [], 0
        if self._worker is not None:
            if kept:
                copied = to_js(kept[0] if len(kept) == 1 else b"".join(kept))
                self._worker.postMessage(_message(id=self._number, data=copied), js.Array.of(copied.buffer))
        else:
            for data in kept:
                self._local.update(data)
            self._queued = 0
        self._changed.set()

    async def settle(self, most: int) -> None:
        while self._queued - (self._size if self._begun else 0) > most:
            await self._change()

    async def hexdigest(self) -> str:
        while not self._begun:
            await self._change()
        self._send()
        if self._worker is None:
            return self._local.hexdigest()
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._answers.append(answer)
        self._worker.postMessage(_message(id=self._number, ask=True))
        return await answer

    def answered(self, answer: JsProxy) -> None:
        """Something came back from the worker."""
        if hasattr(answer, "hex"):
            waiting = self._answers.popleft()
            if not waiting.done():
                waiting.set_result(str(answer.hex))
        else:
            self._queued -= int(answer.done)
            self._changed.set()

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()

    def __del__(self) -> None:
        if self._worker is not None:
            self._worker.postMessage(_message(id=self._number, end=True))


class BrowserHashing:
    """Implements Hashing. The worker is started with the first hash and lives as long as the tab."""

    def __init__(self) -> None:
        self._hashes: WeakValueDictionary[int, WorkerHash] = WeakValueDictionary()
        self._last = 0
        # None until it is known.
        self._up: bool | None = None
        self._worker: JsProxy | None = None

    def start(self, algorithm: str) -> WorkerHash | None:
        wanted = Digest(algorithm, "")
        if not wanted.verifiable:
            return None
        self._last += 1
        made = WorkerHash(self._last, hasher(wanted))
        if algorithm != "sha256":
            made.begin(None)
            return made
        self._hashes[self._last] = made
        if self._worker is None and self._up is None:
            self._call()
        if self._up is not None:
            made.begin(self._worker if self._up else None)
        return made

    def _call(self) -> None:
        """Start the worker; what it says comes later."""
        try:
            self._worker = _start()
        except JsException:
            self._up = False  # a policy of the host's own
            return
        self._worker.onmessage = create_proxy(self._received)
        self._worker.onerror = create_proxy(self._failed)

    def _received(self, event: JsProxy) -> None:
        data = event.data
        if hasattr(data, "ready"):
            self._decided(True)
            return
        found = self._hashes.get(int(data.id))
        if found is not None:
            found.answered(data)

    def _failed(self, event: JsProxy) -> None:
        """Its file is missing, or a content blocker is at work. Once it was up nothing in it fails."""
        event.preventDefault()
        if self._up is None:
            self._decided(False)

    def _decided(self, up: bool) -> None:
        self._up = up
        for each in list(self._hashes.values()):
            each.begin(self._worker if up else None)


def _start() -> JsProxy:
    url = str(js.URL.new(_FILE, pyodide_js._api.config.indexURL).href)
    types = getattr(js, "trustedTypes", None)
    if types:
        # This worker has the page's policy where it was started from a blob: that URL, and no other, is let through.
        rules = to_js({"createScriptURL": create_proxy(_allowed)}, dict_converter=js.Object.fromEntries)
        return js.Worker.new(types.createPolicy("portolan", rules).createScriptURL(url), _message(type="module"))
    return js.Worker.new(url, _message(type="module"))


def _allowed(url: str, *_: object) -> str:
    if not url.endswith("/static/shell/hasher.js"):
        raise ValueError("no such worker")
    return url


def _message(**fields: object) -> JsProxy:
    return to_js(fields, dict_converter=js.Object.fromEntries)
