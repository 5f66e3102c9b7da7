"""The relay of cors-examples/cloudflare-worker/, in node, before a registry and a storage that send no CORS at all."""

import http.client
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from check import run

from tests.unit.cors_examples.filling import EXAMPLES, filled
from tests.unit.cors_examples.stub import BLOB, PAGE, PASSWORD, REPOSITORY, USER, Answer, Asked, Stub

HARNESS = Path(__file__).with_name("node_worker.mjs")
BLOB_PATH = f"/v2/{REPOSITORY}/blobs/{BLOB}"


@contextmanager
def relay(stub: Stub, folder: Path, any_origin: str) -> Iterator[str]:
    """The host:port of the worker before the stub."""
    names = {"UPSTREAM_REGISTRY": stub.url, "UPSTREAM_TOKEN": stub.origin("token"), "ALLOWED_ORIGIN": PAGE}
    worker = folder / "worker.mjs"
    worker.write_text(
        filled(EXAMPLES / "cloudflare-worker" / "worker.js.template", {**names, "ANY_ORIGIN": any_origin})
    )
    with subprocess.Popen(["node", str(HARNESS), str(worker)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Stub, str]]:
    """One stub and one relay for an allow-list of one, shared by tests that set all they need of the stub."""
    with Stub() as stub, relay(stub, tmp_path_factory.mktemp("worker"), "") as host:
        yield stub, host


@pytest.fixture
def place(started: tuple[Stub, str]) -> tuple[Stub, str]:
    stub, _ = started
    stub.auth, stub.redirects, stub.spoil = "none", False, without_cors
    stub.asked.clear()
    return started


def without_cors(_: Asked, answer: Answer) -> None:
    answer.headers = [header for header in answer.headers if not header[0].startswith("access-control-")]


def ask(host: str, path: str, method: str = "GET", body: str | None = None, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(host, timeout=10)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer
    finally:
        connection.close()


@pytest.mark.parametrize("auth", ["basic", "bearer"])
def test_it_passes_every_check_that_applies(place: tuple[Stub, str], auth: str) -> None:
    stub, host = place
    stub.auth, stub.redirects = auth, True  # type: ignore[assignment]
    foreign = "https://elsewhere.example"
    found = run(f"http://{host}", user=USER, password=PASSWORD, allowed_origin=PAGE, foreign_origin=foreign)
    assert [check for check in found if check.state == "failed"] == []
    passed = {check.number for check in found if check.state == "passed"}
    assert passed == {1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 14, 15, 16} | ({17, 18} if auth == "bearer" else set())


def test_every_origin_may_read_where_that_is_wanted(tmp_path: Path) -> None:
    with Stub() as stub, relay(stub, tmp_path, "*") as host:
        assert ask(host, "/v2/", Origin="https://elsewhere.example").headers["Access-Control-Allow-Origin"] == "*"


def test_what_the_registry_sends_does_not_come_twice(place: tuple[Stub, str]) -> None:
    stub, host = place
    stub.spoil = lambda asked, answer: answer.set("access-control-allow-origin", "*")
    assert ask(host, "/v2/", Origin=PAGE).headers.get_all("Access-Control-Allow-Origin") == [PAGE]


def test_the_storage_is_asked_without_credentials(place: tuple[Stub, str]) -> None:
    stub, host = place
    stub.redirects = True
    assert ask(host, BLOB_PATH, Authorization="Basic c2VjcmV0").status == 200
    assert [asked.headers["Authorization"] for asked in stub.asked] == ["Basic c2VjcmV0", None]


def test_a_redirect_without_end_is_given_up(place: tuple[Stub, str]) -> None:
    stub, host = place

    def in_circles(_: Asked, answer: Answer) -> None:
        answer.status = 307
        answer.set("location", BLOB_PATH)

    stub.spoil = in_circles
    assert ask(host, BLOB_PATH).status == 502
    assert len(stub.asked) == 6


@pytest.mark.parametrize("location", ["file:///etc/passwd", "http://["])
def test_a_redirect_to_no_web_address_is_not_followed(place: tuple[Stub, str], location: str) -> None:
    stub, host = place
    stub.redirects, stub.spoil = True, lambda asked, answer: answer.set("location", location)
    assert ask(host, BLOB_PATH).status == 502


def test_the_realm_is_rewritten_and_nothing_else_of_the_challenge(place: tuple[Stub, str]) -> None:
    stub, host = place
    stub.auth = "bearer"
    realm = f'Bearer realm="http://{host}/realm/token",service="stub",scope="repository:{REPOSITORY}:pull"'
    assert ask(host, "/v2/").headers["WWW-Authenticate"] == realm


@pytest.mark.parametrize("path", ["/", "/v3/", "/v2x", "//elsewhere.example/v2/", "/http://elsewhere.example/v2/"])
def test_it_is_no_open_proxy(place: tuple[Stub, str], path: str) -> None:
    stub, host = place
    assert ask(host, path).status == 404
    assert stub.asked == []


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST"])
def test_it_reads_only(place: tuple[Stub, str], method: str) -> None:
    stub, host = place
    assert ask(host, BLOB_PATH, method, "x").status == 405
    assert stub.asked == []


def test_cookies_go_neither_way(place: tuple[Stub, str]) -> None:
    stub, host = place
    stub.spoil = lambda asked, answer: answer.set("set-cookie", "a=b")
    assert ask(host, "/v2/", Cookie="c=d").headers["Set-Cookie"] is None
    assert stub.asked[0].headers["Cookie"] is None
