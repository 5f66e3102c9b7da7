"""The command line."""

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import Sequence

from playground.config import Config, ConfigError, parse_listener
from playground.faults import FAULTS, explain
from playground.server import Running, start


def parser() -> argparse.ArgumentParser:
    """The options, with the list of faults below them."""
    faults = "\n".join(f"  {explain(name)}" for name in sorted(FAULTS))
    made = argparse.ArgumentParser(
        prog="playground",
        description="The sample registry, on loopback. Prints its origins as a line of JSON and serves until stopped.",
        epilog=f"faults (each may be limited to one endpoint: FAULT@blobs):\n{faults}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--port", action="append", default=[], metavar="NAME=PORT", help="a fixed port for a listener")
    made.add_argument("--only", metavar="A,B", help="which of the default listeners to open")
    made.add_argument("--listener", action="append", default=[], metavar="NAME:MODE[,FAULT[=VALUE]…]", help="one more")
    made.add_argument("--token-expiry", type=int, default=300, metavar="SECONDS", help="default 300")
    made.add_argument("--token-certificate", default="", metavar="FILE", help="written: a registry's rootcertbundle")
    made.add_argument("--delay", type=int, default=0, metavar="MS", help="before every answer, as of a far network")
    made.add_argument("--content", choices=("full", "small"), default="full", help="small: without the long lists")
    made.add_argument("--scenarios", action="store_true", help="those of scenarios.toml too, each an origin of its own")
    made.add_argument("--quiet", action="store_true", help="nothing on stderr but errors")
    return made


def config_of(options: argparse.Namespace) -> Config:
    """The options as a Config; raises ConfigError."""
    ports = {}
    for text in options.port:
        name, _, port = text.partition("=")
        if not (port.isascii() and port.isdigit() and int(port) < 65536):
            raise ConfigError(f"--port {text!r} is not NAME=PORT")
        ports[name] = int(port)
    return Config(
        ports=ports,
        only=None if options.only is None else [name for name in options.only.split(",") if name],
        listeners=[parse_listener(text) for text in options.listener],
        token_expiry=options.token_expiry,
        token_certificate=options.token_certificate,
        delay=options.delay,
        content=options.content,
        scenarios=options.scenarios,
    )


async def serve(config: Config, quiet: bool) -> None:
    """Serve until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    running: Running = await start(config)
    print(json.dumps({"origins": running.origins}), flush=True)
    if not quiet:
        print("sign in as sailor/harbour or admin/lighthouse; Ctrl-C ends it", file=sys.stderr, flush=True)
    await stop.wait()
    await running.stop()


def main(arguments: Sequence[str]) -> int:
    """Run; 0 after a signal, 2 for what cannot be served."""
    options = parser().parse_args(arguments)
    try:
        asyncio.run(serve(config_of(options), options.quiet))
    except (ConfigError, OSError) as problem:
        print(f"playground: {problem}", file=sys.stderr)
        return 2
    return 0
