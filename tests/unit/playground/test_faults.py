"""Each fault, as far as a client can see it."""

import hashlib
import http.client
import json
import threading
from contextlib import AbstractContextManager

import pytest
from playground.config import ConfigError, parse_listener
from playground.faults import FAULTS, explain

from tests.unit.playground.playing import ALL_TYPES, Ask, Seen, basic, playing

HARBOUR = "/v2/sample/harbour/manifests/latest"
CATALOG = "/v2/_catalog?n=2"


def faulty(faults: str, mode: str = "anonymous", *others: str) -> AbstractContextManager[Ask]:
    """A listener `it` with these faults, and the default ones it needs."""
    return playing(f"it:{mode},{faults}", *others, only=["anonymous"])


def some_blob(ask: Ask) -> str:
    return str(ask("anonymous", "/v2/sample/notes/manifests/latest", Accept=ALL_TYPES).json["layers"][0]["digest"])


def exposed(seen: Seen) -> list[str]:
    return str(seen.headers["Access-Control-Expose-Headers"]).split(", ")


@pytest.mark.parametrize(
    ("fault", "header"),
    [
        ("hidden-challenge", "WWW-Authenticate"),
        ("hidden-link", "Link"),
        ("hidden-digest", "Docker-Content-Digest"),
        ("hidden-retry-after", "Retry-After"),
        ("hidden-content-range", "Content-Range"),
    ],
)
def test_a_hidden_header_is_not_exposed_while_all_others_are(fault: str, header: str) -> None:
    with faulty(fault) as ask:
        shown, hidden = exposed(ask("anonymous", CATALOG)), exposed(ask("it", CATALOG))
        assert [name for name in shown if name not in hidden] == [header]


def test_a_hidden_header_is_sent_all_the_same() -> None:
    with faulty("hidden-challenge", "basic") as ask:
        assert ask("it", "/v2/").headers["WWW-Authenticate"].startswith("Basic ")


@pytest.mark.parametrize("mode", ["anonymous", "basic", "bearer"])
def test_a_preflight_can_need_signing_in(mode: str) -> None:
    with faulty("preflight-401", mode) as ask:
        seen = ask("it", HARBOUR, method="OPTIONS", Access_Control_Request_Method="GET")
        assert (seen.status, seen.headers["Access-Control-Allow-Origin"]) == (401, "*")
        assert ("WWW-Authenticate" in seen.headers) == (mode != "anonymous")


def test_a_listener_can_be_without_any_cors_header() -> None:
    with faulty("no-cors,server-error@catalog") as ask:
        for seen in (ask("it", "/v2/"), ask("it", CATALOG), ask("it", "/v2/", method="OPTIONS")):
            assert not [name for name in seen.headers if name.lower().startswith("access-control-")]


def test_cors_headers_can_be_missing_on_errors_only() -> None:
    with faulty("no-cors-on-errors", "basic") as ask:
        assert "Access-Control-Allow-Origin" not in ask("it", "/v2/").headers
        seen = ask("it", "/v2/", Authorization=basic("sailor:harbour"))
        assert seen.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("fault", "statuses", "retry_after"),
    [
        ("rate-limited", [429, 429, 429], "1"),
        ("rate-limited=30", [429, 429, 429], "30"),
        ("rate-limited=0x2", [429, 429, 200], "0"),
        ("rate-limited=x1", [429, 200, 200], "1"),
    ],
)
def test_too_many_requests_say_when_to_come_back(fault: str, statuses: list[int], retry_after: str) -> None:
    with faulty(fault) as ask:
        seen = [ask("it", "/v2/") for _ in statuses]
        assert [one.status for one in seen] == statuses
        assert (seen[0].headers["Retry-After"], seen[0].code) == (retry_after, "TOOMANYREQUESTS")
        assert ask("it", "/v2/", method="OPTIONS").status == 204


@pytest.mark.parametrize(
    ("fault", "status", "kind"), [("server-error", 500, "application/json"), ("html-error", 502, "text/html")]
)
def test_a_server_can_fail_so_many_times(fault: str, status: int, kind: str) -> None:
    with faulty(f"{fault}=2") as ask:
        seen = [ask("it", "/v2/") for _ in range(3)]
        assert [one.status for one in seen] == [status, status, 200]
        assert seen[0].headers["Content-Type"] == kind


def test_clearing_the_log_lets_faults_count_from_the_beginning() -> None:
    with faulty("server-error=1") as ask:
        assert [ask("it", "/v2/").status for _ in range(2)] == [500, 200]
        assert ask("it", "/_log", method="DELETE").status == 204
        assert [ask("it", "/v2/").status for _ in range(2)] == [500, 200]


def test_manifests_alone_can_fail() -> None:
    with faulty("manifests-fail=1") as ask:
        assert ask("it", "/v2/sample/harbour/tags/list").status == 200
        assert [ask("it", HARBOUR, Accept=ALL_TYPES).status for _ in range(2)] == [500, 200]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_blob_can_be_elsewhere(method: str) -> None:
    with faulty("redirect-blobs", "bearer") as ask:
        token = ask.bearer("repository:sample/notes:pull", listener="it")
        path = f"/v2/sample/notes/blobs/{some_blob(ask)}"
        assert ask("it", path, method=method).status == 401
        seen = ask("it", path, method=method, Authorization=token)
        assert (seen.status, seen.body) == (307, b"")
        assert seen.headers["Location"] == f"{ask.origins['storage']}/blobs/{some_blob(ask)}"
        assert ask("storage", seen.headers["Location"].removeprefix(ask.origins["storage"])).status == 200


def test_a_blob_can_be_at_a_storage_without_cors() -> None:
    with faulty("redirect-blobs=far", "anonymous", "far:storage,no-cors") as ask:
        seen = ask("it", f"/v2/sample/notes/blobs/{some_blob(ask)}")
        assert seen.headers["Location"].startswith(ask.origins["far"])
        assert "Access-Control-Allow-Origin" not in ask("far", f"/blobs/{some_blob(ask)}").headers


def test_a_blob_that_is_not_there_is_not_elsewhere_either() -> None:
    with faulty("redirect-blobs") as ask:
        assert ask("it", "/v2/sample/notes/blobs/sha256:" + "0" * 64).status == 404


@pytest.mark.parametrize("path", [HARBOUR, "/v2/sample/notes/blobs/{blob}", "/v2/sample/antique/manifests/latest"])
def test_one_byte_can_be_wrong_under_the_right_headers(path: str) -> None:
    with faulty("wrong-digest") as ask:
        path = path.format(blob=some_blob(ask))
        right, wrong = ask("anonymous", path, Accept=ALL_TYPES), ask("it", path, Accept=ALL_TYPES)
        assert len(right.body) == len(wrong.body)
        assert sum(a != b for a, b in zip(right.body, wrong.body, strict=True)) == 1
        assert right.headers["Docker-Content-Digest"] == wrong.headers["Docker-Content-Digest"]
        if "manifests" in path:
            assert json.loads(right.body) == json.loads(wrong.body)


def test_a_connection_can_end_in_the_middle_of_a_body() -> None:
    with faulty("truncated-body") as ask:
        with pytest.raises(http.client.IncompleteRead) as caught:
            ask("it", HARBOUR, Accept=ALL_TYPES)
        whole = ask("anonymous", HARBOUR, Accept=ALL_TYPES).body
        assert caught.value.partial == whole[: len(whole) // 2]
        assert ask("it", "/v2/sample/nothing/tags/list").status == 404


def test_a_slow_body_arrives_whole() -> None:
    with faulty("slow-body=1") as ask:
        assert ask("it", HARBOUR, Accept=ALL_TYPES).body == ask("anonymous", HARBOUR, Accept=ALL_TYPES).body


def test_a_slow_body_takes_its_time() -> None:
    with faulty("slow-body=600000") as ask, pytest.raises(TimeoutError):
        ask("it", HARBOUR, Accept=ALL_TYPES, timeout=0.2)


@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_a_listener_can_hang(method: str) -> None:
    with faulty("hang") as ask, pytest.raises(TimeoutError):
        ask("it", "/v2/", method=method, timeout=0.2)


def test_what_hangs_is_in_the_log_without_a_status() -> None:
    with faulty("hang") as ask:
        with pytest.raises(TimeoutError):
            ask("it", "/v2/", timeout=0.2)
        assert [(entry["path"], entry["status"]) for entry in ask.log("it")] == [("/v2/", None)]


def test_a_catalog_can_be_missing() -> None:
    with faulty("no-catalog") as ask:
        seen = ask("it", CATALOG)
        assert (seen.status, seen.code) == (404, "UNSUPPORTED")
        assert ask("it", "/v2/sample/harbour/tags/list").status == 200


def test_a_catalog_can_be_forbidden() -> None:
    with faulty("catalog-forbidden") as ask:
        seen = ask("it", CATALOG)
        assert (seen.status, seen.code) == (403, "DENIED")


def test_a_catalog_can_be_denied_to_who_has_signed_in() -> None:
    with faulty("catalog-denied", "bearer") as ask:
        assert "error=" not in ask("it", CATALOG).headers["WWW-Authenticate"]
        seen = ask(
            "it", CATALOG, Authorization=ask.bearer("registry:catalog:*", user="admin:lighthouse", listener="it")
        )
        assert seen.status == 401
        assert seen.headers["WWW-Authenticate"].endswith('scope="registry:catalog:*",error="insufficient_scope"')


def test_referrers_can_be_missing_in_plain_text() -> None:
    with faulty("no-referrers") as ask:
        seen = ask("it", "/v2/sample/harbour/referrers/sha256:" + "0" * 64)
        assert (seen.status, seen.body) == (404, b"404 page not found\n")


def test_without_referrers_there_is_the_tag_of_the_specification_instead() -> None:
    with faulty("no-referrers") as ask:
        subject = ask("anonymous", HARBOUR, Accept=ALL_TYPES).headers["Docker-Content-Digest"]
        tag = f"/v2/sample/harbour/manifests/{subject.replace(':', '-')}"
        assert ask("anonymous", tag, Accept=ALL_TYPES).status == 404
        seen = ask("it", tag, Accept=ALL_TYPES)
        assert seen.json == ask("anonymous", f"/v2/sample/harbour/referrers/{subject}").json
        assert seen.headers["Docker-Content-Digest"] == "sha256:" + hashlib.sha256(seen.body).hexdigest()
        assert ask("it", tag.replace("sha256-", "sha256-0"), Accept=ALL_TYPES).status == 404


def test_a_page_can_lead_to_itself() -> None:
    with faulty("loop-link") as ask:
        assert ask("it", CATALOG).headers["Link"] == f'<{CATALOG}>; rel="next"'


@pytest.mark.parametrize(("fault", "target"), [("foreign-link", "storage"), ("foreign-link=anonymous", "anonymous")])
def test_a_page_can_lead_to_another_origin(fault: str, target: str) -> None:
    with playing(f"it:anonymous,{fault}") as ask:
        assert ask("it", CATALOG).headers["Link"] == f'<{ask.origins[target]}{CATALOG}>; rel="next"'


def test_a_token_can_take_its_time() -> None:
    with playing("late:token,token-delay=600000", "it:bearer,realm=late", only=[]) as ask:
        assert ask.origins["late"] in ask("it", "/v2/").headers["WWW-Authenticate"]
        assert ask("late", "/token", method="OPTIONS").status == 204
        with pytest.raises(TimeoutError):
            ask("late", "/token", timeout=0.2)


def test_a_fault_can_be_limited_to_one_endpoint() -> None:
    with faulty("server-error@tags,no-cors@blobs") as ask:
        assert ask("it", "/v2/sample/notes/tags/list").status == 500
        assert ask("it", "/v2/").status == 200
        assert "Access-Control-Allow-Origin" in ask("it", "/v2/").headers
        assert "Access-Control-Allow-Origin" not in ask("it", f"/v2/sample/notes/blobs/{some_blob(ask)}").headers


def test_faults_add_up() -> None:
    with faulty("rate-limited=9x1,hidden-retry-after") as ask:
        seen = ask("it", "/v2/")
        assert (seen.status, seen.headers["Retry-After"]) == (429, "9")
        assert "Retry-After" not in exposed(seen)


def test_stopping_does_not_wait_for_what_hangs_or_is_slow() -> None:
    threads = []
    with faulty("hang@catalog,slow-body=600000") as ask:

        def give_up(path: str) -> None:
            with pytest.raises((http.client.HTTPException, OSError)):
                ask("it", path, Accept=ALL_TYPES, timeout=30)

        for path in (CATALOG, HARBOUR):
            threads.append(threading.Thread(target=give_up, args=(path,)))
            threads[-1].start()
        while len(ask.log("it")) < len(threads):
            pass
    for thread in threads:
        thread.join(5)
        assert not thread.is_alive()


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_every_fault_is_explained_in_one_line_that_begins_with_its_name(name: str) -> None:
    assert explain(name).startswith(name)


# Names of listeners, and texts of headers: for these any value will do.
ANY_VALUE = {"allow-headers", "allow-origin", "corp", "foreign-link", "redirect-blobs", "redirect-ping"}


@pytest.mark.parametrize("name", sorted(set(FAULTS) - ANY_VALUE))
def test_every_fault_refuses_a_value_it_cannot_read(name: str) -> None:
    with pytest.raises(ConfigError, match=name):
        parse_listener(f"it:anonymous,{name}=soon")
