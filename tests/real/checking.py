"""cors-examples/check.py as an operator runs it, from the command line."""

import json
import os
import subprocess
import sys
from typing import NamedTuple

from tests.servers.binaries import ROOT
from tests.servers.people import Person

PROGRAM = ROOT / "cors-examples" / "check.py"
PATIENCE = 120  # seconds; it takes 0.3


class Result(NamedTuple):
    """`status`: its exit status. `states`: of each check by its number. `details`: what it says of each."""

    status: int
    states: dict[int, str]
    details: dict[int, str]

    @property
    def failed(self) -> dict[int, str]:
        return {number: self.details[number] for number, state in self.states.items() if state == "failed"}

    @property
    def passed(self) -> set[int]:
        return {number for number, state in self.states.items() if state == "passed"}


def check(host: str, person: Person | None, *options: str) -> Result:
    """Its result for the registry at host:port."""
    command = [sys.executable, str(PROGRAM), f"http://{host}", "--json", *options]
    environment = dict(os.environ)
    if person is not None:
        command += ["--user", person.name]
        environment["PORTOLAN_CHECK_PASSWORD"] = person.password
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False, env=environment)
    assert done.returncode in (0, 1), done.stderr
    found = json.loads(done.stdout)["checks"]
    return Result(
        done.returncode,
        {one["number"]: one["state"] for one in found},
        {one["number"]: one["detail"] for one in found},
    )
