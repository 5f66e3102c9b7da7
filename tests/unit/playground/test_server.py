"""Starting, what listeners say about each other, the log, stopping."""

import asyncio
import socket

import pytest
from playground.config import Config
from playground.server import start

from tests.unit.playground.playing import Ask, basic, playing


def test_every_listener_names_all_origins(ask: Ask) -> None:
    assert list(ask.origins) == ["anonymous", "basic", "bearer", "token", "storage"]
    for listener in ask.origins:
        assert ask(listener, "/_origins").json == {"origins": ask.origins}


def test_all_listeners_are_on_loopback(ask: Ask) -> None:
    assert {origin.rpartition(":")[0] for origin in ask.origins.values()} == {"http://127.0.0.1"}


def test_the_log_tells_what_was_asked_but_no_credentials() -> None:
    with playing() as ask:
        ask("basic", "/v2/_catalog?n=1", Authorization=basic("sailor:harbour"), Origin="https://page.example")
        ask(
            "basic",
            "/v2/x",
            method="OPTIONS",
            Access_Control_Request_Method="GET",
            Access_Control_Request_Headers="accept",
        )
        first, second = ask.log("basic")
        assert first == {
            "method": "GET",
            "path": "/v2/_catalog?n=1",
            "headers": ["accept-encoding", "authorization", "host", "origin"],
            "authorization": "basic",
            "origin": "https://page.example",
            "asked_method": None,
            "asked_headers": None,
            "status": 200,
        }
        assert (second["method"], second["status"], second["authorization"]) == ("OPTIONS", 204, None)
        assert (second["asked_method"], second["asked_headers"]) == ("GET", "accept")


def test_each_listener_has_its_own_log_which_leaves_out_itself() -> None:
    with playing() as ask:
        ask("anonymous", "/v2/")
        ask("anonymous", "/_origins")
        assert [entry["path"] for entry in ask.log("anonymous")] == ["/v2/"]
        assert ask.log("bearer") == []


@pytest.mark.parametrize(("method", "path"), [("DELETE", "/_log"), ("POST", "/_log/clear")])
def test_the_log_can_be_cleared(method: str, path: str) -> None:
    with playing() as ask:
        ask("anonymous", "/v2/")
        assert ask("anonymous", path, method=method).status == 204
        assert ask.log("anonymous") == []


@pytest.mark.parametrize(("method", "path"), [("GET", "/_log/clear"), ("PUT", "/_log"), ("POST", "/_origins")])
def test_the_log_is_not_cleared_by_anything_else(ask: Ask, method: str, path: str) -> None:
    assert ask("anonymous", path, method=method).status == 405


def test_the_log_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.requestlog.KEPT", 3)
    with playing(only=["anonymous"]) as ask:
        for number in range(5):
            ask("anonymous", f"/v2/?{number}")
        assert [entry["path"] for entry in ask.log("anonymous")] == ["/v2/?2", "/v2/?3", "/v2/?4"]


def test_faults_and_delay_do_not_touch_the_log_and_the_origins() -> None:
    with playing("it:anonymous,hang,no-cors", delay=600000) as ask:
        for path in ("/_log", "/_origins"):
            assert ask("it", path, timeout=5).headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
@pytest.mark.parametrize("listener", ["anonymous", "token", "storage"])
def test_a_delay_comes_before_every_answer(listener: str, method: str) -> None:
    with playing(delay=600000) as ask, pytest.raises(TimeoutError):
        ask(listener, "/v2/", method=method, timeout=0.1)


def test_a_mistake_of_ours_is_a_readable_500(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fall_over(*_: object) -> None:
        raise RuntimeError("overboard")

    monkeypatch.setattr("playground.listener.distribution_answer", fall_over)
    with playing(only=["anonymous"]) as ask:
        seen = ask("anonymous", "/v2/")
        assert (seen.status, seen.code) == (500, "UNKNOWN")
        assert seen.headers["Access-Control-Allow-Origin"] == "*"
        assert b"overboard" not in seen.body
    assert "overboard" in caplog.text


def test_a_port_that_is_taken_is_said_and_leaves_nothing_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, socket.create_server(("127.0.0.1", 0)) as spare:
        busy, free = taken.getsockname()[1], spare.getsockname()[1]
        spare.close()
        config = Config(ports={"anonymous": free, "basic": busy}, only=["anonymous", "basic"])
        with pytest.raises(OSError, match=rf"port {busy} for 'basic'"):
            asyncio.run(start(config))
        socket.create_server(("127.0.0.1", free)).close()


def test_a_stopped_server_answers_no_more_and_may_be_stopped_again() -> None:
    async def scenario() -> None:
        running = await start(Config(only=["anonymous"], content="small"))
        host, port = running.origins["anonymous"].removeprefix("http://").split(":")
        await running.stop()
        await running.stop()
        with pytest.raises(OSError):  # noqa: PT011 - which one depends on the system
            await asyncio.open_connection(host, int(port))

    asyncio.run(scenario())
