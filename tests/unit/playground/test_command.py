"""The command line, as a process of its own."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from playground.command import main

EXAMPLES = Path(__file__).resolve().parents[3] / "cors-examples"


def started(*arguments: str, module: bool = False) -> subprocess.Popen[str]:
    """As `python -m playground` or as `python cors-examples/playground`."""
    what = ["-m", "playground"] if module else [str(EXAMPLES / "playground")]
    return subprocess.Popen(
        [sys.executable, *what, *arguments],
        cwd="/",
        env={**os.environ, "PYTHONPATH": str(EXAMPLES)} if module else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("module", [True, False])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_prints_its_origins_as_one_line_and_ends_on_a_signal(module: bool, number: signal.Signals) -> None:
    with started("--quiet", "--content", "small", module=module) as process:
        assert process.stdout is not None
        origins = json.loads(process.stdout.readline())["origins"]
        with urlopen(origins["storage"] + "/_origins") as answer:
            assert json.load(answer)["origins"] == origins
        process.send_signal(number)
        out, err = process.communicate(timeout=5)
        assert (process.returncode, out, err) == (0, "", "")


def test_all_options_reach_the_server() -> None:
    options = [
        "--only",
        "anonymous",
        "--listener",
        "limited:anonymous,rate-limited=7",
        "--token-expiry",
        "9",
        "--delay",
        "1",
    ]
    with started(*options, "--content=small", "--port", "anonymous=0") as process:
        assert process.stdout is not None
        origins = json.loads(process.stdout.readline())["origins"]
        assert list(origins) == ["anonymous", "limited"]
        process.terminate()
        assert "sailor/harbour" in process.communicate(timeout=5)[1]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--listener", "x:digest"], "unknown mode"),
        (["--port", "anonymous=x"], "NAME=PORT"),
        (["--port", "anonymous=70000"], "NAME=PORT"),
        (["--port", "elsewhere=1"], "elsewhere"),
        (["--only", "x"], "no listener 'x'"),
    ],
)
def test_what_cannot_be_served_ends_it_with_a_reason(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("playground: ")
    assert complaint in captured.err
    assert captured.out == ""


def test_help_lists_every_fault(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    assert "rate-limited[=SECONDS][xTIMES]: 429" in text
    assert "hidden-link: " in text
