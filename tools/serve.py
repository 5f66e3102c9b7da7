"""Serves the app as a plain static host does: right types, compressed, revalidated; only the files of the site."""

import argparse
import asyncio
import contextlib
import errno
import gzip
import hashlib
import signal
import sys
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import NamedTuple

from aiohttp import web

from tools.paths import ROOT

LOOPBACK = "127.0.0.1"

# Said outright: what a machine's own table of types answers for .mjs, .wasm or .toml differs from machine to machine,
# and a module script with the wrong one does not run.
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".py": "text/x-python; charset=utf-8",
    ".svg": "image/svg+xml",
    ".toml": "application/toml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}
COMPRESSED = {"br": ".br", "gzip": ".gz"}
WORTH_COMPRESSING = (
    "text/",
    "application/json",
    "application/toml",
    "application/wasm",
    "application/zip",
    "image/svg",
)

# The site: these files and these folders of the checkout. `make site` copies the same.
SITE_FILES = ("index.html", "pyscript.toml", "LICENSE", "app/main.py")
SITE_FOLDERS = ("static",)

Overlay = Mapping[str, Callable[[], bytes]]


class Body(NamedTuple):
    """What a path answers with: the bytes, their `Content-Encoding` ("" for none) and their entity tag."""

    data: bytes
    encoding: str
    etag: str


class Site:
    """The files of one checkout or built site, kept in memory until they change on the disk."""

    def __init__(self, root: Path = ROOT, overlay: Overlay | None = None) -> None:
        self.root = root.resolve()
        self.overlay = overlay or {}
        self._kept: dict[tuple[Path, str], tuple[tuple[int, int], Body]] = {}

    def find(self, path: str) -> Path | None:
        """The file a URL path (decoded, with its leading slash) stands for; None for all that is not the site's."""
        name = path.removeprefix("/") or "index.html"
        parts = name.split("/")
        if any(not part or part.startswith(".") or "\\" in part or "\0" in part for part in parts):
            return None
        if name not in SITE_FILES and parts[0] not in SITE_FOLDERS:
            return None
        file = self.root / name
        if file.suffix in COMPRESSED.values() or not file.is_file():
            return None
        return file if file.resolve().is_relative_to(self.root) else None

    def body(self, file: Path, accepted: str) -> Body:
        """The file in the best encoding of those accepted (an `Accept-Encoding` value)."""
        encoding = self._choose(file, accepted)
        state = file.stat()
        version = (state.st_mtime_ns, state.st_size)
        kept = self._kept.get((file, encoding))
        if kept is None or kept[0] != version:
            kept = (version, self._read(file, encoding))
            self._kept[(file, encoding)] = kept
        return kept[1]

    def _choose(self, file: Path, accepted: str) -> str:
        if not media_type(file).startswith(WORTH_COMPRESSING):
            return ""
        offers = {offer.split(";")[0].strip() for offer in accepted.split(",") if "q=0" not in offer.replace(" ", "")}
        for encoding, suffix in COMPRESSED.items():
            sibling = file.with_name(file.name + suffix)
            if encoding in offers and sibling.is_file() and sibling.stat().st_mtime_ns >= file.stat().st_mtime_ns:
                return encoding
        return "gzip" if "gzip" in offers and file.stat().st_size > 1024 else ""

    def _read(self, file: Path, encoding: str) -> Body:
        data = file.read_bytes()
        tag = hashlib.sha256(data).hexdigest()[:20]
        if encoding:
            sibling = file.with_name(file.name + COMPRESSED[encoding])
            fresh = sibling.is_file() and sibling.stat().st_mtime_ns >= file.stat().st_mtime_ns
            data = sibling.read_bytes() if fresh else gzip.compress(data, 6, mtime=0)
            tag += f"-{encoding}"
        return Body(data, encoding, f'"{tag}"')


def media_type(file: Path) -> str:
    return MEDIA_TYPES.get(file.suffix, "text/plain; charset=utf-8" if not file.suffix else "application/octet-stream")


def make_app(site: Site) -> web.Application:
    """The server as an aiohttp application; GET and HEAD of the site's files, 404 and 405 for the rest."""

    async def answer(request: web.Request) -> web.Response:
        if request.method not in ("GET", "HEAD"):
            raise web.HTTPMethodNotAllowed(request.method, ("GET", "HEAD"))
        overlaid = site.overlay.get(request.path)
        if overlaid is not None:
            data = overlaid()
            body = Body(data, "", f'"{hashlib.sha256(data).hexdigest()[:20]}"')
            kind = media_type(Path(request.path))
        else:
            file = site.find(request.path)
            if file is None:
                raise web.HTTPNotFound(text=f"{request.path} is not part of the site\n")
            body = site.body(file, request.headers.get("Accept-Encoding", ""))
            kind = media_type(file)
        # Revalidated each time: a 304 costs a millisecond here, and nothing is ever stale.
        headers = {"Cache-Control": "no-cache", "ETag": body.etag, "Vary": "Accept-Encoding", "Content-Type": kind}
        if body.encoding:
            headers["Content-Encoding"] = body.encoding
        if body.etag in [tag.strip() for tag in request.headers.get("If-None-Match", "").split(",")]:
            headers.pop("Content-Encoding", None)
            return web.Response(status=304, headers=headers)
        return web.Response(body=body.data, headers=headers)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    return app


class PortTaken(Exception):
    """Another program listens on the port asked for."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"port {port} on {LOOPBACK} is taken by another program; choose another: make serve PORT={port + 1}"
        )
        self.port = port


async def listen(app: web.Application, port: int) -> tuple[web.AppRunner, int]:
    """Starts serving on loopback; returns the runner (to clean up) and the port, chosen by the system for 0."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, LOOPBACK, port).start()
    except OSError as error:
        await runner.cleanup()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(port) from error
        raise
    found: int = runner.addresses[0][1]
    return runner, found


def run_until_stopped(work: Coroutine[None, None, None]) -> None:
    """Runs `work` until it ends or a Ctrl-C, SIGTERM or SIGHUP cancels it; a second one leaves the clean-up alone."""

    async def supervise() -> None:
        task = asyncio.create_task(work)
        loop = asyncio.get_running_loop()
        asked = False

        def stop() -> None:
            nonlocal asked
            if not asked:
                asked = True
                task.cancel()

        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(name, stop)
        with contextlib.suppress(asyncio.CancelledError):
            await task

    asyncio.run(supervise())


async def serve(site: Site, port: int) -> None:
    runner, found = await listen(make_app(site), port)
    try:
        print(f"Portolan: http://{LOOPBACK}:{found}/", flush=True)
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make serve", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="0 lets the system choose")
    parser.add_argument(
        "--root", type=Path, default=ROOT, help="a checkout with static/vendor/ filled, or a built site"
    )
    options = parser.parse_args(arguments)
    try:
        run_until_stopped(serve(Site(options.root), options.port))
    except PortTaken as taken:
        print(f"portolan: {taken}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
