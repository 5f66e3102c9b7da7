"""A registry of one image of one layer, for pages of other origins; it may write the layer as it sends it."""

import asyncio
import hashlib
import json
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from aiohttp import web

from tests.bench.stowage import Stowage

REPOSITORY = "bench/cargo"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Docker-Content-Digest, Link, Content-Range, WWW-Authenticate",
    "Access-Control-Allow-Headers": "Accept, Authorization, Range",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "no-store",
}

PIECE = 1 << 18

T = TypeVar("T")


class Registry:
    """`host`: host:port. `hold`: whether the layer is sent from memory, so that sending costs little; then any part of
    it is had, else the end of it alone."""

    def __init__(self, stowage: Stowage, hold: bool) -> None:
        self.facts = stowage.facts
        self._stowage = stowage
        self._held = b"".join(stowage.chunks()) if hold else b""
        self._documents = self._described()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.host = self._run(self._open())

    def close(self) -> None:
        self._run(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=60)

    async def _open(self) -> str:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        return f"{host}:{port}"

    def _described(self) -> dict[str, tuple[str, bytes]]:
        """What is asked for by the last part of its path: media type and bytes."""
        facts = self.facts
        config = json.dumps(
            {
                "architecture": "amd64",
                "os": "linux",
                "config": {},
                "rootfs": {"type": "layers", "diff_ids": [facts.diff_id]},
                "history": [{"created_by": "COPY cargo /srv/cargo"}],
            }
        ).encode()
        manifest = json.dumps(
            {
                "schemaVersion": 2,
                "mediaType": MANIFEST,
                "config": {"mediaType": CONFIG, "digest": digest_of(config), "size": len(config)},
                "layers": [{"mediaType": LAYER, "digest": facts.digest, "size": facts.size}],
            }
        ).encode()
        return {
            "latest": (MANIFEST, manifest),
            digest_of(manifest): (MANIFEST, manifest),
            digest_of(config): (CONFIG, config),
        }

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if request.method == "OPTIONS":
            return web.Response(status=204, headers=CORS)
        if request.path == "/v2/":
            return web.json_response({}, headers=CORS)
        name = request.path.rpartition("/")[2]
        if name == self.facts.digest:
            return await self._layer(request)
        if name not in self._documents:
            return web.json_response({"errors": [{"code": "NOT_FOUND"}]}, status=404, headers=CORS)
        media_type, data = self._documents[name]
        headers = {**CORS, "Content-Type": media_type, "Docker-Content-Digest": digest_of(data)}
        return web.Response(body=data, headers=headers)

    async def _layer(self, request: web.Request) -> web.StreamResponse:
        """All of it, or from the byte that was asked for as far as that is here."""
        facts = self.facts
        said = request.headers.get("Range", "").removeprefix("bytes=").removesuffix("-")
        start = int(said) if said.isdigit() else 0
        tail = self._stowage.tail
        if not self._held and start < facts.size - len(tail):
            start = 0
        headers = {**CORS, "Content-Type": "application/octet-stream"}
        if start:
            headers["Content-Range"] = f"bytes {start}-{facts.size - 1}/{facts.size}"
        answer = web.StreamResponse(status=206 if start else 200, headers=headers)
        answer.content_length = facts.size - start
        await answer.prepare(request)
        try:
            if self._held:
                for at in range(start, facts.size, PIECE):
                    await answer.write(self._held[at : at + PIECE])
            elif start:
                await answer.write(tail[start - facts.size :])
            else:
                for chunk in self._stowage.chunks():
                    await answer.write(chunk)
            await answer.write_eof()
        except (ConnectionError, asyncio.CancelledError):
            pass  # the page has gone
        return answer


def digest_of(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
