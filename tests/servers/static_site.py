"""Portolan itself, by the project's own static server."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.binaries import ROOT
from tests.servers.processes import running, tail

SAID = re.compile(r"^Portolan: (http://\S+/)$", re.MULTILINE)


@contextmanager
def static_site(log: Path) -> Iterator[str]:
    """The address of the site, as the server says it."""
    command = [sys.executable, "-m", "tools.serve", "--port", "0"]
    with running(command, log, lambda: SAID.search(tail(log)) is not None, {"PYTHONPATH": str(ROOT)}):
        found = SAID.search(tail(log))
        yield found[1] if found else ""
