"""The starting and stopping of servers that these tests rely on."""

import http.client
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.real.asking import ask, preflight
from tests.real.needs import needed
from tests.servers.bucket import bucket
from tests.servers.examples import fill
from tests.servers.fronting import without_comments
from tests.servers.gate import gate
from tests.servers.ports import LOOPBACK, is_open, reserve_port
from tests.servers.processes import DidNotStart, running
from tests.servers.proxies import PROGRAMS, PROXIES, Proxy, start_proxy
from tests.servers.token_service import token_service

# Listens on the port of its argument in a child process, which does not end by itself, nor when asked.
PARENT = """
import subprocess, sys
CHILD = (
    "import signal, socket, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    "listening = socket.create_server(('127.0.0.1', int(sys.argv[1]))); signal.sigwait([signal.SIGUSR1])"
)
subprocess.run([sys.executable, "-c", CHILD, sys.argv[1]])
"""


def test_a_server_that_ends_at_once_is_told_with_what_it_wrote(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('no such chart')"]
    with pytest.raises(DidNotStart, match=r"ended with 1\n.*no such chart"), running(command, tmp_path / "log", bool):
        pass


def test_the_children_of_a_server_end_with_it(tmp_path: Path) -> None:
    port = reserve_port()
    with running([sys.executable, "-c", PARENT, str(port)], tmp_path / "log", lambda: is_open(port)) as process:
        connection = socket.create_connection((LOOPBACK, port), timeout=60)
    assert process.returncode is not None
    with connection, pytest.raises(ConnectionResetError):  # what one gets from a process that is gone
        connection.recv(1)


def test_a_reserved_port_is_not_given_away_again() -> None:
    assert len({reserve_port() for _ in range(20)}) == 20


def test_a_name_without_a_value_is_no_configuration() -> None:
    with pytest.raises(KeyError, match="REGISTRY_LISTEN"):
        fill("listen ${REGISTRY_LISTEN};", {})


def test_variables_of_nginx_stay_when_a_template_is_filled_in() -> None:
    assert fill("Host $http_host on ${REGISTRY_LISTEN};", {"REGISTRY_LISTEN": "5080"}) == "Host $http_host on 5080;"


def test_what_is_no_name_of_ours_stays_when_a_template_is_filled_in() -> None:
    assert fill("%{allows}e ${SERVER_OWN}", {}) == "%{allows}e ${SERVER_OWN}"


def test_comments_are_switched_on_where_they_begin_and_as_far_as_wanted() -> None:
    assert without_comments("a\n  # b {\n  # c\n# d", "# b", 2) == "a\n  b {\n  c\n# d"


def test_a_bucket_without_rules_refuses_a_preflight(tmp_path: Path) -> None:
    with bucket(tmp_path, []) as storage:
        answer = preflight(urlsplit(storage.origin).netloc, "/blob")
    assert answer.status == 403
    assert answer.all("Access-Control-Allow-Origin") == []


def test_a_bucket_refuses_credentials_beside_a_signed_address(tmp_path: Path) -> None:
    (tmp_path / "blob").write_bytes(b"soundings")
    with bucket(tmp_path, []) as storage:
        host = urlsplit(storage.origin).netloc
        assert ask(host, "/blob?X-Amz-Signature=a").status == 200
        assert ask(host, "/blob?X-Amz-Signature=a", Authorization="Basic !").status == 400


def test_a_bucket_serves_nothing_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "outside").write_bytes(b"secret")
    with bucket(tmp_path / "inside", []) as storage:
        assert ask(urlsplit(storage.origin).netloc, "/../outside").status == 404


@pytest.mark.parametrize("proxy", PROXIES)
def test_a_configuration_with_a_mistake_is_told_with_what_the_server_says(proxy: Proxy, tmp_path: Path) -> None:
    needed(PROGRAMS[proxy])
    files = {"registry": "no such {\n\tdirective\n}\n"}
    with (
        pytest.raises(DidNotStart, match=r"ended with \d+\n.*"),
        start_proxy(proxy, tmp_path / "proxy", tmp_path / "log", files, [reserve_port()]),
    ):
        pass


def test_the_token_service_has_no_cors_of_its_own(tmp_path: Path) -> None:
    with token_service(tmp_path / "log") as service:
        connection = http.client.HTTPConnection(service.address, timeout=60)
        connection.request("GET", "/token?service=x", headers={"Origin": "https://portolan.example"})
        names = [name.lower() for name, _ in connection.getresponse().getheaders()]
        connection.close()
    assert not [name for name in names if name.startswith("access-control-")]


def test_a_missing_program_is_a_failure_on_a_build_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no-such-registry is missing"):
        needed("no-such-registry")


def test_a_program_that_no_package_registry_has_is_not_missed_even_on_a_build_server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pytest.skip.Exception, match="not run: zot is not on PATH"):
        needed("zot")


def test_a_request_that_is_held_is_answered_once_it_is_released(tmp_path: Path) -> None:
    with token_service(tmp_path / "log") as service, gate(service.address) as way, ThreadPoolExecutor(1) as page:
        way.hold("service=x")
        answer = page.submit(ask, way.host, "/token?service=x", Authorization="Basic !")
        assert way.await_held() == "Basic !"
        assert ask(way.host, "/token?service=y").status == 200
        assert not answer.done()
        way.release()
        assert answer.result().status == 401
    assert [one.path for one in way.passed] == ["/token?service=y", "/token?service=x"]


def test_a_missing_program_is_told_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="not run: no-such-registry is missing"):
        needed("no-such-registry")
