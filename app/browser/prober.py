"""The doctor's probes by the browser's fetch and XMLHttpRequest, and what the browser says beside them."""

import asyncio
from collections.abc import Mapping
from typing import Any

import js
from pyodide.ffi import JsException, create_proxy, to_js

from app.oci.origin import OriginError, origin_of
from app.ports.probing import Outcome, Probe, Sight
from app.ports.transport import Headers

PERMISSIONS = ("local-network-access", "local-network", "loopback-network")

EVENT = 0.1
"""Seconds that a violation of the page's policy may arrive after the request failed: it is a task of its own."""


class BrowserProber:
    """Implements app.ports.probing.Prober. One for the worker's life: its listener stays."""

    def __init__(self) -> None:
        self._violations: list[tuple[str, str]] = []
        # A worker that was made from a blob inherits the page's policy, and the event comes to the worker.
        js.self.addEventListener("securitypolicyviolation", create_proxy(self._violated))

    async def look(self, probe: Probe, seconds: float) -> Sight:
        began = js.performance.now()
        self._violations.clear()
        abort = js.AbortController.new()
        send = self._force(probe) if probe.forced else self._fetch(probe, abort.signal)
        try:
            sight = await asyncio.wait_for(send, seconds)
        except TimeoutError:
            sight = Sight("timeout")
        except JsException:
            sight = Sight("blocked")
        finally:
            abort.abort()
        sight.seconds = (js.performance.now() - began) / 1000
        if sight.outcome == "blocked":
            sight.violated = await self._violation(probe.url)
        return sight

    async def _fetch(self, probe: Probe, signal: Any) -> Sight:
        options = {
            "method": probe.method,
            "headers": [list(field) for field in probe.headers],
            "mode": probe.mode,
            "redirect": probe.redirect,
            "credentials": "omit",
            "cache": "no-store",
            "referrerPolicy": "no-referrer",
            "signal": signal,
        }
        answer = await js.fetch(probe.url, to_js(options, dict_converter=js.Object.fromEntries))
        kind = str(answer.type)
        if kind in ("opaque", "opaqueredirect"):
            outcome: Outcome = "opaque" if kind == "opaque" else "redirect"
            return Sight(outcome, url=probe.url)
        headers = Headers([(str(pair[0]), str(pair[1])) for pair in answer.headers])
        body = await _read(answer.body, probe.limit)
        return Sight("readable", int(answer.status), headers, body, url=str(answer.url) or probe.url)

    async def _force(self, probe: Probe) -> Sight:
        """XMLHttpRequest without credentials (its default on another origin); cache and referrer cannot be told."""
        request = js.XMLHttpRequest.new()
        ended: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        sent: list[bool] = []
        listeners = (
            (request.upload, "load", create_proxy(lambda event: sent.append(True))),
            (request, "loadend", create_proxy(lambda event: None if ended.done() else ended.set_result(True))),
        )
        for target, name, listener in listeners:
            target.addEventListener(name, listener)
        try:
            request.open(probe.method, probe.url)
            for name, text in probe.headers:
                request.setRequestHeader(name, text)
            # A body, so that its upload is an event: then the preflight had passed, be the answer hidden or not.
            request.send("-")
            await ended
            if request.status:
                return Sight("readable", int(request.status), url=str(request.responseURL) or probe.url)
            return Sight("opaque" if sent else "blocked", url=probe.url)
        finally:
            request.abort()
            for target, name, listener in listeners:
                target.removeEventListener(name, listener)
                listener.destroy()

    def _violated(self, event: Any) -> None:
        self._violations.append((str(event.blockedURI), str(event.effectiveDirective)))

    async def _violation(self, url: str) -> str | None:
        """The directive that forbade this request; other requests of the page may be forbidden at the same time."""
        await asyncio.sleep(EVENT)
        for blocked, directive in self._violations:
            if _same_origin(blocked, url):
                return directive
        return None

    def is_online(self) -> bool:
        return bool(js.navigator.onLine)

    async def permissions(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for name in PERMISSIONS:
            try:
                asked = to_js({"name": name}, dict_converter=js.Object.fromEntries)
                found[name] = str((await js.navigator.permissions.query(asked)).state)
            except (JsException, AttributeError):
                continue  # a browser that does not know the name, or has no permissions on plain http
        return found


async def _read(body: Any, limit: int) -> bytes:
    """At most `limit` bytes; what came before an end too soon counts."""
    if not body or not limit:
        return b""
    parts: list[bytes] = []
    size = 0
    reader = body.getReader()
    try:
        while size < limit:
            step = await reader.read()
            if step.done:
                break
            parts.append(step.value.to_bytes())
            size += len(parts[-1])
    except JsException:
        pass
    return b"".join(parts)[:limit]


def _same_origin(one: str, other: str) -> bool:
    try:
        return origin_of(one) == origin_of(other)
    except OriginError:
        return False
