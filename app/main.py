"""Wires the rooms together. Runs in the worker, where the page's shell (static/shell/main.js) calls `dispatch`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from polyscript import xworker

if TYPE_CHECKING:
    from app.browser.hashing import BrowserHashing
    from app.browser.prober import BrowserProber
    from app.browser.spill import BrowserSpill


def connect() -> Callable[[str, Any], None]:
    """The controller behind the wall, as the function that takes the shell's messages."""
    from pathlib import Path

    from app.browser.bridge import BrowserShell, guarded, page_origin
    from app.browser.clock import BrowserClock
    from app.browser.crypto import BrowserCrypto
    from app.browser.transport import BrowserTransport
    from app.state.controller import Controller
    from app.state.host_config import parse_build, parse_host_config
    from app.state.messages import parse_message
    from app.view.screen import render

    shell, clock = BrowserShell(), BrowserClock()
    config = parse_host_config(Path("pyscript.toml").read_text("utf-8"))
    config = config._replace(build=parse_build(Path("portolan-build.json").read_text("utf-8")))
    crypto = BrowserCrypto()
    transport = BrowserTransport()
    controller = Controller(shell, clock, transport, render, config, page_origin(), crypto, prober, spill, hashing)

    clock.every(1, controller.tick)
    return guarded(shell, lambda kind, args: controller.receive(parse_message(kind, args)))


def prober() -> "BrowserProber":
    """What the doctor looks by, imported when it is first wanted."""
    from app.browser.prober import BrowserProber

    return BrowserProber()


def spill() -> "BrowserSpill":
    """Where bytes of layers are put aside; the same."""
    from app.browser.spill import BrowserSpill

    return BrowserSpill()


def hashing() -> "BrowserHashing":
    """What computes digests of large layers; the same."""
    from app.browser.hashing import BrowserHashing

    return BrowserHashing()


def dispatch(kind: str, args: Any) -> None:
    """The first message. Nothing was imported before it, so that the page learns early that Python runs."""
    connected = connect()
    xworker.sync.dispatch = connected
    connected(kind, args)


xworker.sync.dispatch = dispatch
