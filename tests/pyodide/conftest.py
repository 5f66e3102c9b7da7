"""One interpreter for all of these tests: it takes a second to start, and importing twice costs nothing."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tools.paths import VENDOR

Inside = Callable[[str], Any]


class RaisedInside(AssertionError):
    """Python in Pyodide raised; the message is its traceback."""


@pytest.fixture(scope="session")
def inside() -> Iterator[Inside]:
    """Runs a piece of Python in the vendored Pyodide; returns the value of its last line, by way of JSON."""
    script = Path(__file__).with_name("interpreter.mjs")
    with subprocess.Popen(
        ["node", str(script), str(VENDOR)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def run(code: str) -> Any:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps({"code": code}) + "\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline() or '{"error": "Node has ended"}')
            if "error" in answer:
                raise RaisedInside(answer["error"])
            return answer["value"]

        yield run
        process.terminate()
