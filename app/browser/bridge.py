"""The worker's end of the wall: messages in, commits out, and nothing else crosses."""

from collections.abc import Callable

import js
from polyscript import xworker
from pyodide.ffi import JsProxy, to_js

from app.oci.origin import Origin, OriginError, parse_origin
from app.ports.shell import Commit

HELD_BACK = "Python met a problem that it did not foresee"


class BrowserShell:
    """Implements app.ports.shell.Shell by PyScript's `sync`."""

    def commit(self, commit: Commit) -> None:
        data = commit._asdict()
        data["patches"] = [patch._asdict() for patch in commit.patches]
        data["main"] = commit.main._asdict()
        xworker.sync.commit(to_js(data, dict_converter=js.Object.fromEntries))

    def download(self, name: str, content: bytes, media_type: str) -> None:
        xworker.sync.download(name, to_js(content), media_type)

    def keep(self, key: str, text: str | None) -> None:
        xworker.sync.keep(key, text)

    def failed(self, error: Exception) -> None:
        """Say that an exception got this far; its words may quote a registry, so only its type is told."""
        xworker.sync.failed(f"{HELD_BACK}: {type(error).__name__}")


def guarded(shell: BrowserShell, receive: Callable[[str, list[object]], None]) -> Callable[[str, JsProxy], None]:
    """What the shell calls. It catches everything: an exception that crossed would carry its traceback."""

    def dispatch(kind: str, args: JsProxy) -> None:
        try:
            receive(str(kind), args.to_py())
        except Exception as error:
            shell.failed(error)

    return dispatch


def page_origin() -> Origin | None:
    """Where the page was served from; None for an extension, which is no web page."""
    try:
        return parse_origin(str(js.self.origin))
    except OriginError:
        return None
