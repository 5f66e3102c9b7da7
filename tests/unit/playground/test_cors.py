"""Every answer is readable by a page of another origin."""

from collections.abc import Iterator
from http.client import HTTPMessage

import pytest

from tests.unit.playground.playing import ALL_TYPES, Ask, basic, playing

EXPOSED = {
    "WWW-Authenticate",
    "Link",
    "Docker-Content-Digest",
    "Docker-Distribution-Api-Version",
    "OCI-Subject",
    "OCI-Filters-Applied",
    "Content-Range",
    "Accept-Ranges",
    "ETag",
    "Retry-After",
    "Warning",
}
ZEROES = "sha256:" + "0" * 64
HARBOUR = "/v2/sample/harbour/manifests/latest"


@pytest.fixture(scope="module")
def faulty() -> Iterator[Ask]:
    with playing(
        "limited:anonymous,rate-limited=7",
        "failing:anonymous,server-error",
        "page:anonymous,html-error",
        "away:anonymous,redirect-blobs",
        "closed:anonymous,catalog-forbidden",
    ) as ask:
        yield ask


def assert_readable(headers: HTTPMessage) -> None:
    assert headers.get_all("Access-Control-Allow-Origin") == ["*"]
    assert set(headers["Access-Control-Expose-Headers"].split(", ")) == EXPOSED
    assert "Access-Control-Allow-Credentials" not in headers
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    ("listener", "method", "path", "sent", "status"),
    [
        ("anonymous", "GET", "/v2/", {}, 200),
        ("anonymous", "HEAD", HARBOUR, {"Accept": ALL_TYPES}, 200),
        ("anonymous", "GET", HARBOUR, {"Accept": "*/*"}, 404),
        ("anonymous", "GET", "/v2", {}, 404),
        ("anonymous", "GET", "/v2/_catalog?n=9999", {}, 400),
        ("anonymous", "PUT", HARBOUR, {}, 405),
        ("anonymous", "GET", f"/v2/sample/harbour/referrers/{ZEROES}", {}, 200),
        ("basic", "GET", "/v2/", {}, 401),
        ("basic", "GET", "/v2/", {"Authorization": basic("sailor:wrong")}, 401),
        ("basic", "GET", "/v2/private/chartroom/tags/list", {"Authorization": basic("sailor:harbour")}, 403),
        ("bearer", "GET", "/v2/_catalog", {}, 401),
        ("bearer", "GET", "/v2/_catalog", {"Authorization": "Bearer nonsense"}, 401),
        ("token", "GET", "/token?service=bearer.playground", {}, 200),
        ("token", "GET", "/token", {"Authorization": basic("sailor:wrong")}, 401),
        ("token", "POST", "/token", {}, 400),
        ("token", "GET", "/elsewhere", {}, 404),
        ("storage", "GET", f"/blobs/{ZEROES}", {}, 404),
        ("storage", "GET", "/_origins", {}, 200),
        ("anonymous", "GET", "/_log", {}, 200),
        ("anonymous", "DELETE", "/_log", {}, 204),
    ],
)
def test_every_answer_is_readable(
    ask: Ask, listener: str, method: str, path: str, sent: dict[str, str], status: int
) -> None:
    seen = ask(listener, path, method=method, Origin="https://page.example", sent=sent)
    assert seen.status == status
    assert_readable(seen.headers)


@pytest.mark.parametrize(
    ("listener", "status"), [("limited", 429), ("failing", 500), ("page", 502), ("away", 307), ("closed", 403)]
)
def test_answers_made_by_faults_are_readable(faulty: Ask, listener: str, status: int) -> None:
    blob = faulty("anonymous", "/v2/sample/layers/manifests/gzip", Accept=ALL_TYPES).json["config"]["digest"]
    path = "/v2/_catalog" if listener == "closed" else f"/v2/sample/layers/blobs/{blob}"
    seen = faulty(listener, path)
    assert seen.status == status
    assert_readable(seen.headers)


def test_a_known_blob_and_a_bad_range_are_readable(ask: Ask) -> None:
    blob = ask("anonymous", "/v2/sample/layers/manifests/gzip", Accept=ALL_TYPES).json["config"]["digest"]
    for sent, status in (
        ({"If-None-Match": blob}, 304),
        ({"Range": "bytes=0-1"}, 206),
        ({"Range": "bytes=9999-"}, 416),
    ):
        for listener, path in (("anonymous", f"/v2/sample/layers/blobs/{blob}"), ("storage", f"/blobs/{blob}")):
            seen = ask(listener, path, sent=sent)
            assert seen.status == status
            assert_readable(seen.headers)


@pytest.mark.parametrize("listener", ["anonymous", "basic", "bearer", "token", "storage"])
@pytest.mark.parametrize("path", ["/v2/", HARBOUR, "/token", "/blobs/x", "/nowhere"])
def test_a_preflight_is_granted_without_credentials(ask: Ask, listener: str, path: str) -> None:
    seen = ask(
        listener,
        path,
        method="OPTIONS",
        Origin="https://page.example",
        Access_Control_Request_Method="GET",
        Access_Control_Request_Headers="accept,authorization",
    )
    assert (seen.status, seen.body) == (204, b"")
    assert_readable(seen.headers)
    assert seen.headers["Access-Control-Allow-Headers"] == "Authorization, Accept, Range"
    assert seen.headers["Access-Control-Max-Age"] == "7200"
    methods = seen.headers["Access-Control-Allow-Methods"].split(", ")
    assert methods == ["GET", "HEAD", "OPTIONS"] + (["POST"] if listener == "token" else [])


def test_clearing_the_log_may_be_preflighted(ask: Ask) -> None:
    seen = ask("bearer", "/_log", method="OPTIONS", Access_Control_Request_Method="DELETE")
    assert seen.status == 204
    assert "DELETE" in seen.headers["Access-Control-Allow-Methods"]
