"""`make run`: the app and the sample registry, both on loopback, until Ctrl-C."""

import asyncio
import contextlib
import json
import os
import socket
import sys
import webbrowser
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from aiohttp import web

from tools.paths import ROOT
from tools.serve import LOOPBACK, PortTaken, Site, listen, make_app, run_until_stopped
from tools.settings import with_registries

# Origins of the sample that the landing page offers, in this order, by their names for people.
SAMPLE_NAMES = {
    "anonymous": "Sample registry",
    "basic": "Sample registry, password",
    "bearer": "Sample registry, token service",
}
# The same ports each time where they are free, so that yesterday's links still lead somewhere.
SAMPLE_PORTS = {"anonymous": 5001, "basic": 5002, "bearer": 5003, "token": 5004, "storage": 5005, "scenarios": 5006}

# How many ports after the preferred one are tried.
PORTS_TRIED = 50
PLAYGROUND_START_SECONDS = 20
PLAYGROUND_STOP_SECONDS = 3


class SampleFailed(Exception):
    """The sample registry did not start; the message says what it printed."""


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):
            probe.bind((LOOPBACK, port))
            return True
    return False


async def listen_from(app: web.Application, preferred: int) -> tuple[web.AppRunner, int]:
    """Serves on the preferred port, or says so and takes the next free one; 0 lets the system choose."""
    for port in range(preferred, min(preferred + PORTS_TRIED, 65536)):
        try:
            runner, found = await listen(app, port)
        except PortTaken:
            continue
        if preferred and found != preferred:
            print(f"Port {preferred} is taken; using {found}.", flush=True)
        return runner, found
    raise PortTaken(preferred)


@asynccontextmanager
async def sample() -> AsyncIterator[Mapping[str, str]]:
    """The sample registry as a process of its own, ended on leaving: its origins by name."""
    ports = [f"--port={name}={port}" for name, port in SAMPLE_PORTS.items() if port_is_free(port)]
    playground = str(ROOT / "cors-examples" / "playground")
    command = (sys.executable, playground, "--quiet", "--scenarios", *ports)
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, cwd=ROOT)
    try:
        yield await origins(process)
    finally:
        await end(process)


async def origins(process: Process) -> Mapping[str, str]:
    """What the playground prints when it listens: one line of JSON, `{"origins": {name: URL}}`."""
    assert process.stdout is not None  # noqa: S101 - asked for above
    try:
        line = await asyncio.wait_for(process.stdout.readline(), PLAYGROUND_START_SECONDS)
        found: dict[str, str] = json.loads(line)["origins"]
    except (TimeoutError, ValueError, KeyError) as error:
        raise SampleFailed("the sample registry did not start; what it printed stands above") from error
    return found


async def end(process: Process) -> None:
    """Ends a process that may have ended already (Ctrl-C reaches it too), by force when it takes too long."""
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), PLAYGROUND_STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()


async def run(preferred: int, open_browser: bool) -> None:
    async with sample() as found:
        registries = [{"url": found[name], "name": label} for name, label in SAMPLE_NAMES.items() if name in found]

        def settings() -> bytes:
            return with_registries((ROOT / "pyscript.toml").read_text(), registries, found.get("scenarios")).encode()

        runner, port = await listen_from(make_app(Site(overlay={"/pyscript.toml": settings})), preferred)
        try:
            address = f"http://{LOOPBACK}:{port}/"
            for registry in registries:
                print(f"{registry['name']}: {registry['url']}", flush=True)
            print(f"Playground: {address}#/-/playground", flush=True)
            print(f"Portolan: {address}   (Ctrl-C ends it)", flush=True)
            if open_browser:
                webbrowser.open(address)
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()


def has_display() -> bool:
    """Whether a browser opened here would be seen: not on a server, not in CI."""
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main() -> int:
    port = os.environ.get("PORT", "8000")
    if not (port.isascii() and port.isdigit() and int(port) < 65536):
        print(f"portolan: PORT={port} is not a port number", file=sys.stderr)
        return 2
    try:
        run_until_stopped(run(int(port), os.environ.get("OPEN", "1") != "0" and has_display()))
    except (PortTaken, SampleFailed) as failed:
        print(f"portolan: {failed}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
