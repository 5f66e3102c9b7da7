import asyncio
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import run
from tools.serve import LOOPBACK, PortTaken, Site, make_app


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.socket() as other:
        other.bind((LOOPBACK, 0))
        other.listen()
        yield other.getsockname()[1]


def listened(tmp_path: Path, preferred: int) -> int:
    async def listen() -> int:
        runner, port = await run.listen_from(make_app(Site(tmp_path)), preferred)
        await runner.cleanup()
        return port

    return asyncio.run(listen())


def test_a_taken_port_is_said_and_the_next_free_one_is_used(
    taken: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    port = listened(tmp_path, taken)
    assert taken < port < taken + run.PORTS_TRIED
    assert capsys.readouterr().out == f"Port {taken} is taken; using {port}.\n"


def test_a_free_port_is_used_without_a_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listened(tmp_path, 0)
    assert capsys.readouterr().out == ""


def test_when_no_port_is_free_the_one_asked_for_is_named(
    taken: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "PORTS_TRIED", 1)
    with pytest.raises(PortTaken, match=str(taken)):
        listened(tmp_path, taken)


def test_a_taken_port_is_known_to_be_taken(taken: int) -> None:
    assert not run.port_is_free(taken)


def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, playground: str) -> tuple[dict[str, str], int | None]:
    """What `sample` says with this program as the playground, and how the program had ended after it."""
    (tmp_path / "cors-examples").mkdir()
    (tmp_path / "cors-examples" / "playground").write_text(playground)
    monkeypatch.setattr(run, "ROOT", tmp_path)
    processes = []
    start = asyncio.create_subprocess_exec

    async def recorded(*command: str, **options: object) -> object:
        process = await start(*command, **options)  # type: ignore[arg-type]
        processes.append(process)
        return process

    monkeypatch.setattr(asyncio, "create_subprocess_exec", recorded)

    async def play() -> dict[str, str]:
        async with run.sample() as origins:
            return dict(origins)

    found = asyncio.run(play())
    return found, processes[0].returncode


SERVING = "import json, time\nprint(json.dumps({'origins': {'anonymous': 'http://127.0.0.1:1'}}), flush=True)\n"


def test_the_sample_is_ended_when_the_app_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    origins, code = played(tmp_path, monkeypatch, SERVING + "time.sleep(60)")
    assert origins == {"anonymous": "http://127.0.0.1:1"}
    assert code == -15


def test_a_sample_that_has_ended_already_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    origins, code = played(tmp_path, monkeypatch, SERVING)
    assert origins
    assert code is not None


def test_a_sample_that_will_not_end_is_ended_by_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "PLAYGROUND_STOP_SECONDS", 0.2)
    stubborn = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + SERVING + "time.sleep(60)"
    assert played(tmp_path, monkeypatch, stubborn)[1] == -9


def test_a_sample_that_does_not_start_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(run.SampleFailed, match="did not start"):
        played(tmp_path, monkeypatch, "print('Traceback')")


@pytest.mark.parametrize("port", ["http", "70000", "-1", ""])
def test_a_port_that_is_none_is_refused(
    port: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", port)
    assert run.main() == 2
    assert "is not a port number" in capsys.readouterr().err


def test_a_browser_is_opened_only_where_it_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not run.has_display()
    monkeypatch.setenv("DISPLAY", ":0")
    assert run.has_display()
