"""How many requests it takes to show a manifest, counted at the server: `python -m tests.real.counts` prints a table.

An image of one platform on the sample registry, as a page of another origin reads it.
"""

import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import urlsplit

import pytest

from tests.real.explorer import Explorer

if TYPE_CHECKING:  # on the path of the tests alone, and this file is a command too
    from playground.server import Running

REPOSITORY = "sample/layers"
FIRST, SECOND = f"{REPOSITORY}:gzip", f"{REPOSITORY}:zstd"  # two images that have nothing in common
PRIVATE = "private/logbook:latest"

PATIENCE = 20  # seconds; 0.3 would do, on a busy machine more

KINDS = {"/manifests/": "manifest", "/token": "token", "/blobs/": "config", "/referrers/": "referrers"}


class Counts(NamedTuple):
    """Requests that reached the server: those that a manifest needs, and apart from these what belongs to its page."""

    manifest: int = 0
    token: int = 0
    config: int = 0
    referrers: int = 0
    preflight: int = 0

    @property
    def needed(self) -> int:
        """To show the manifest."""
        return self.manifest + self.token


class Measurement(NamedTuple):
    """One line of the table."""

    scheme: str
    what: str
    counts: Counts


class Meter:
    """Counts at one listener of the sample registry and at its token service."""

    def __init__(self, running: "Running", listener: str) -> None:
        self.host = urlsplit(running.origins[listener]).netloc
        self.realm = urlsplit(running.origins["token"]).netloc
        self._logs = [running.listeners[name].log for name in (listener, "token")]

    def take(self, explorer: Explorer, expected: Counts) -> Counts:
        """What came since the last time, once it is what is expected; what it is after PATIENCE otherwise.

        One too many that comes only later is found in what is taken next.
        """
        deadline = time.monotonic() + PATIENCE
        while (seen := self._seen()) != expected and time.monotonic() < deadline:
            explorer.page.wait_for_timeout(50)
        for log in self._logs:
            log.clear()
        return seen

    def _seen(self) -> Counts:
        records = [record for log in self._logs for record in cast("list[Any]", log.as_json())]
        return Counts(**Counter(map(kind_of, records)))

    def show(self, explorer: Explorer, reference: str) -> None:
        explorer.open(f"{self.host}/{reference}")
        explorer.awaits("manifest", "shown", f"{self.host}/{reference}")


def kind_of(record: Any) -> str:
    """What a line of the sample registry's log was for."""
    if record["method"] == "OPTIONS":
        return "preflight"
    return next(kind for part, kind in KINDS.items() if part in record["path"])


def markdown(measured: list[Measurement]) -> str:
    """The table for the README."""
    lines = ["| | | manifest and token | config | referrers | preflights |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {one.scheme} | {one.what} | {one.counts.needed} | {one.counts.config} | {one.counts.referrers} "
        f"| {one.counts.preflight} |"
        for one in measured
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(pytest.main(["-q", "-s", "-p", "no:cacheprovider", str(Path(__file__).with_name("test_auth_counts.py"))]))
