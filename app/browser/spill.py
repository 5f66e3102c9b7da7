"""Blobs put aside in the origin private file system, which a browser has in a secure context alone."""

from contextlib import suppress

import js
from pyodide.ffi import JsException, JsProxy, to_js

_FOLDER = "layers"

BUDGET = 512 * 1024 * 1024
"""Bytes kept in all; never more than a quarter of what the browser grants."""


class BrowserSpillFile:
    """Implements app.ports.spill.SpillFile by a synchronous access handle, which a worker has."""

    def __init__(self, spill: "BrowserSpill", key: str, handle: JsProxy, complete: bool) -> None:
        self._spill = spill
        self._key = key
        self._handle = handle
        self.size = int(handle.getSize())
        self.complete = complete

    def write(self, data: bytes) -> bool:
        if not self.size + len(data) <= self._spill.room(self._key):
            self.drop()
            return False
        try:
            written = int(self._handle.write(to_js(data), _at(self.size)))
        except JsException:
            written = -1
        if written != len(data):
            self.drop()
            return False
        self.size += written
        return True

    def finish(self) -> None:
        self.complete = True
        self._handle.flush()

    def read(self, start: int, length: int) -> bytes:
        length = min(length, self.size - start)
        if length <= 0:
            return b""
        buffer = js.Uint8Array.new(length)
        got = int(self._handle.read(buffer, _at(start)))
        return bytes(buffer.subarray(0, got).to_bytes())

    def drop(self) -> None:
        self._spill.give_up(self)

    def close(self) -> None:
        """Empty it and let go of the handle; whoever still has this file finds nothing in it."""
        self.size = 0
        self.complete = False
        with suppress(JsException):
            self._handle.truncate(0)
            self._handle.close()


class BrowserSpill:
    """Implements app.ports.spill.Spill. The folder is emptied at the start: what is put aside is for one visit."""

    def __init__(self, budget: int = BUDGET) -> None:
        self._budget = budget
        self._folder: JsProxy | None = None
        self._tried = False
        self._files: dict[str, BrowserSpillFile] = {}

    def room(self, key: str) -> int:
        """Bytes that the file of that key may have."""
        return self._budget - sum(file.size for name, file in self._files.items() if name != key)

    def give_up(self, file: BrowserSpillFile) -> None:
        """Close a file; its key may be another's by now."""
        self._files = {key: kept for key, kept in self._files.items() if kept is not file}
        file.close()

    async def open(self, key: str, size: int | None) -> BrowserSpillFile | None:
        if not self._tried:
            await self._begin()
        if self._folder is None or (size or 0) > self._budget:
            return None
        known = self._files.pop(key, None)
        if known is not None:
            self._files[key] = known  # used last
            return known
        while self._files and self.room("") < (size or 0):
            self.give_up(next(iter(self._files.values())))
        try:
            entry = await self._folder.getFileHandle(key.replace(":", "-"), _create())
            handle = await entry.createSyncAccessHandle()
            handle.truncate(0)
        except JsException:
            return None
        file = self._files[key] = BrowserSpillFile(self, key, handle, complete=False)
        return file

    async def _begin(self) -> None:
        self._tried = True
        storage = getattr(js.navigator, "storage", None)
        if not storage or not getattr(storage, "getDirectory", None):
            return
        try:
            granted = await storage.estimate()
            self._budget = min(self._budget, int(granted.quota or 0) // 4)
            root = await storage.getDirectory()
            # It may not be there, or another tab may have files open in it.
            with suppress(JsException):
                await root.removeEntry(_FOLDER, js.Object.fromEntries(to_js([["recursive", True]])))
            self._folder = await root.getDirectoryHandle(_FOLDER, _create())
        except JsException:
            self._folder = None


def _at(offset: int) -> JsProxy:
    return js.Object.fromEntries(to_js([["at", offset]]))


def _create() -> JsProxy:
    return js.Object.fromEntries(to_js([["create", True]]))
