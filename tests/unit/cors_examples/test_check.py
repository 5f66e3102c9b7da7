"""Each of the checks, passing before a registry without fault and failing before one with exactly that fault."""

import datetime
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from check import Answer as Seen
from check import CannotRun, Check, challenges, run
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.unit.cors_examples.stub import BASIC, PAGE, PASSWORD, REPOSITORY, TOKEN, USER, Answer, Asked, Stub

FOREIGN = "https://elsewhere.example"
ALWAYS_OUTSIDE = {5, 12, 13, 19, 20}


def results(near: Stub, **options: str) -> dict[int, Check]:
    user = {} if near.auth == "none" else {"user": USER, "password": PASSWORD}
    return {check.number: check for check in run(near.url, **{**user, **options}, timeout=5)}


def numbers(found: dict[int, Check], state: str) -> set[int]:
    return {number for number, check in found.items() if check.state == state}


@pytest.mark.parametrize(
    ("auth", "passed"),
    [
        ("none", {1, 4, 6, 7, 8, 9, 10, 11, 21}),
        ("basic", {1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 21}),
        ("bearer", {1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 17, 18, 21}),
    ],
)
def test_a_registry_without_fault_passes_all_that_applies(near: Stub, auth: str, passed: set[int]) -> None:
    near.auth, near.redirects = auth, True  # type: ignore[assignment]
    found = results(near)
    assert sorted(found) == list(range(1, 22))
    assert numbers(found, "failed") == set()
    assert numbers(found, "passed") == passed


def test_an_allow_list_without_fault_passes(near: Stub) -> None:
    near.allows = PAGE
    found = results(near, allowed_origin=PAGE, foreign_origin=FOREIGN)
    assert {14, 15, 16} <= numbers(found, "passed")
    assert numbers(found, "failed") == set()


def test_what_needs_control_of_the_server_is_never_called_passed(near: Stub) -> None:
    assert numbers(results(near), "not checkable") >= ALWAYS_OUTSIDE


def only(when: Callable[[Asked], bool], change: Callable[[Answer], None]) -> Callable[[Asked, Answer], None]:
    return lambda asked, answer: change(answer) if when(asked) else None


def preflight(asked: Asked) -> bool:
    return asked.preflight and asked.place == "registry"


def status(code: int) -> Callable[[Answer], None]:
    return lambda answer: setattr(answer, "status", code)


def no(name: str) -> Callable[[Answer], None]:
    return lambda answer: answer.drop(name)


def with_(name: str, text: str) -> Callable[[Answer], None]:
    return lambda answer: answer.set(name, text)


def twice(answer: Answer) -> None:
    answer.headers.append(("access-control-allow-origin", "*"))


def at(place: str, *methods: str, part: str = "", bad: bool = False) -> Callable[[Asked], bool]:
    """Requests to that place, of these methods, with `part` in the path; bad: with credentials that nobody has."""

    def matches(asked: Asked) -> bool:
        given = asked.headers["Authorization"] or ""
        known = given in ("", BASIC, f"Bearer {TOKEN}")
        method = asked.method in (methods or ("GET", "HEAD"))
        return asked.place == place and method and part in asked.path and (not bad or not known)

    return matches


ORIGIN, EXPOSE, HEADERS = (f"access-control-{name}" for name in ("allow-origin", "expose-headers", "allow-headers"))


@pytest.mark.parametrize(
    ("number", "spoil", "said"),
    [
        (1, only(preflight, status(401)), "answered 401"),
        (1, only(preflight, status(301)), "answered 301"),
        (1, only(preflight, no(ORIGIN)), "no Access-Control-Allow-Origin"),
        (1, only(preflight, twice), "says 2 things"),
        (1, only(preflight, with_(ORIGIN, "*, *")), "says 2 things"),
        (1, only(preflight, with_(ORIGIN, PAGE + "/")), "not https://portolan.example"),
        (1, only(preflight, no(HEADERS)), "lacks Authorization, Accept, Range"),
        (1, only(preflight, with_(HEADERS, "*")), "lacks Authorization"),
        (1, only(preflight, with_(HEADERS, "authorization, range")), "lacks Accept"),
        (1, only(preflight, no("access-control-allow-methods")), "Allow-Methods lacks GET"),
        (1, only(lambda asked: preflight(asked) and "/blobs/" in asked.path, status(405)), "answered 405"),
        (2, only(at("registry", part="/v2/"), no(ORIGIN)), "no Access-Control-Allow-Origin"),
        (2, only(at("registry"), no("www-authenticate")), "no WWW-Authenticate"),
        (2, only(at("registry"), with_(EXPOSE, "Link")), "Expose-Headers lacks WWW-Authenticate"),
        (2, only(at("registry"), with_("www-authenticate", "Negotiate")), "neither Basic nor Bearer"),
        (3, only(at("registry", bad=True), no(ORIGIN)), "401 at /v2/: no Access-Control-Allow-Origin"),
        (4, only(at("registry", part="portolan-check"), no(ORIGIN)), "404 of a manifest: no Access"),
        (6, only(at("registry", "GET", part="/manifests/"), no("docker-content-digest")), "no Docker-Content-Digest"),
        (6, only(at("registry", "GET", part="/manifests/"), with_(EXPOSE, "Link")), "lacks Docker-Content-Digest"),
        (7, only(at("registry", "HEAD", part="/manifests/"), with_(EXPOSE, "")), "lacks Docker-Content-Digest"),
        (8, only(at("registry", part="n=1"), with_(EXPOSE, "")), "lacks Link"),
        (9, only(at("registry", part="/blobs/"), no("content-range")), "no Content-Range"),
        (9, only(at("registry", part="/blobs/"), with_(EXPOSE, "")), "lacks Content-Range"),
        (10, only(at("registry", part="/manifests/latest"), twice), "on 401 to GET /v2/sample/app/manifests/latest"),
        (11, only(at("registry", part="/blobs/"), twice), "says 2 things"),
        (11, only(at("registry", "HEAD", part="/blobs/"), no(ORIGIN)), "HEAD of a blob (200)"),
        (17, only(at("token", "OPTIONS"), status(405)), "answered 405"),
        (17, only(at("token", "OPTIONS"), no(HEADERS)), "lacks Authorization"),
        (17, only(at("token", bad=True), no(ORIGIN)), "401 for bad credentials: no Access"),
        (18, only(at("token"), no(ORIGIN)), "token answer (200): no Access"),
        (18, only(at("token"), twice), "says 2 things"),
        (18, only(at("token"), lambda answer: setattr(answer, "body", b"<html>")), "no token for this user"),
    ],
)
def test_a_fault_fails_its_check(near: Stub, number: int, spoil: Callable[[Asked, Answer], None], said: str) -> None:
    near.auth, near.spoil = "bearer", spoil
    found = results(near)[number]
    assert found.state == "failed"
    assert said in found.detail


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (only(at("storage"), no(ORIGIN)), "asked with Origin: null: no Access"),
        (only(at("storage"), with_(ORIGIN, PAGE)), f"is {PAGE}, not null"),
        (only(at("storage", "OPTIONS"), status(403)), "answered 403"),
        (only(at("storage", "OPTIONS"), no(HEADERS)), "lacks Authorization"),
        (only(at("registry", part="/blobs/"), with_("location", "")), "leads nowhere"),
        (only(at("registry", part="/blobs/"), with_("location", "http://[")), "leads nowhere"),
        (only(at("registry", part="/blobs/"), with_("location", "ftp://x/y")), "begins with http"),
        (only(at("registry", part="/blobs/"), no(ORIGIN)), "redirect at http://registry.test"),
    ],
)
def test_a_blob_redirect_that_a_page_cannot_follow_fails(
    near: Stub, spoil: Callable[[Asked, Answer], None], said: str
) -> None:
    near.redirects, near.spoil = True, spoil
    found = results(near)[21]
    assert found.state == "failed"
    assert said in found.detail


def test_a_wildcard_is_enough_for_the_headers_of_a_storage(near: Stub) -> None:
    near.redirects, near.spoil = True, only(at("storage", "OPTIONS"), with_(HEADERS, "*"))
    assert results(near)[21].state == "passed"


@pytest.mark.parametrize(
    ("number", "spoil", "said"),
    [
        (14, only(at("registry"), no("vary")), "no Vary: Origin"),
        (14, only(at("registry"), no(ORIGIN)), "no Access-Control-Allow-Origin"),
        (15, only(at("registry"), with_(ORIGIN, "*")), f"{FOREIGN} is answered"),
        (16, only(preflight, with_(ORIGIN, PAGE)), f"{FOREIGN} is answered"),
    ],
)
def test_a_fault_of_an_allow_list_fails_its_check(
    near: Stub, number: int, spoil: Callable[[Asked, Answer], None], said: str
) -> None:
    near.allows, near.spoil = PAGE, spoil
    found = results(near, allowed_origin=PAGE, foreign_origin=FOREIGN)[number]
    assert found.state == "failed"
    assert said in found.detail


def test_an_open_registry_without_cors_does_not_go_by_unnoticed(near: Stub) -> None:
    near.spoil = lambda asked, answer: answer.drop(ORIGIN)
    assert {1, 2, 4, 6, 7, 8, 9, 11} == numbers(results(near), "failed")


def test_what_came_twice_on_an_error_is_found(near: Stub) -> None:
    near.spoil = only(at("registry", part="/manifests/portolan-check"), twice)
    found = results(near)
    assert found[10].detail == (
        "more than one Access-Control-Allow-Origin on 404 to GET /v2/sample/app/manifests/portolan-check"
    )


def test_a_lost_max_age_is_noted_but_no_fault(near: Stub) -> None:
    near.spoil = only(preflight, no("access-control-max-age"))
    found = results(near)[1]
    assert (found.state, found.detail) == ("passed", "204, no Max-Age: browsers ask again every 5 s")


def test_without_a_user_what_needs_one_is_not_checkable(near: Stub) -> None:
    near.auth = "basic"
    found = {check.number: check for check in run(near.url)}
    assert numbers(found, "failed") == set()
    assert {4, 6, 7, 8, 9, 11} <= numbers(found, "not checkable")
    assert "--user" in found[4].detail


def test_without_a_repository_it_says_what_to_give(near: Stub) -> None:
    near.spoil = only(at("registry", part="/_catalog"), status(401))
    found = results(near)
    assert found[6].detail == "no manifest was found: give --repository, and --user where it asks for one"
    assert results(near, repository=REPOSITORY)[6].state == "passed"


def test_a_token_service_that_cannot_be_reached_fails_its_own_checks_only(near: Stub) -> None:
    near.auth = "bearer"
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    near.spoil = only(at("registry"), with_("www-authenticate", f'Bearer realm="http://127.0.0.1:{port}/token"'))
    found = results(near)
    assert numbers(found, "failed") == {17, 18}
    assert found[17].detail == f"http://127.0.0.1:{port}: Connection refused"


@pytest.mark.parametrize(
    "realm", ["javascript:alert(1)", "http://u:p@127.0.0.1/", "http://[/", "/token", "http://a:0/"]
)
def test_a_realm_that_no_page_may_ask_is_not_asked(near: Stub, realm: str) -> None:
    near.auth = "bearer"
    near.spoil = only(at("registry"), with_("www-authenticate", f'Bearer realm="{realm}"'))
    assert "no http address" in results(near)[18].detail
    assert not [asked for asked in near.asked if asked.place == "token"]


def test_the_person_is_unknown_to_preflights_and_to_the_storage(near: Stub) -> None:
    near.auth, near.redirects = "basic", True
    results(near)
    bare = [asked for asked in near.asked if asked.preflight or asked.place == "storage"]
    assert {asked.place for asked in bare} == {"registry", "storage"}
    assert {asked.headers["Authorization"] for asked in bare} == {None}


def test_a_redirect_is_not_followed_with_credentials(near: Stub) -> None:
    near.auth = "basic"

    def lead_away(asked: Asked, answer: Answer) -> None:
        if asked.place == "registry" and asked.headers["Authorization"]:
            answer.status = 307
            answer.set("location", near.origin("storage") + "/elsewhere")

    near.spoil = lead_away
    with pytest.raises(CannotRun, match=r"is answered 307, to http://storage\.test"):
        results(near)
    assert not [asked for asked in near.asked if asked.place == "storage"]


def test_no_secret_is_in_any_detail_though_a_server_sends_it_back(near: Stub) -> None:
    near.auth, near.redirects = "bearer", True

    def echo(asked: Asked, answer: Answer) -> None:
        answer.set(ORIGIN, asked.headers["Authorization"] or TOKEN)

    near.spoil = echo
    said = " ".join(check.detail for check in results(near).values())
    assert "***" in said
    for secret in (PASSWORD, BASIC[6:], TOKEN, "k3y"):
        assert secret not in said


def test_what_a_terminal_would_obey_is_not_repeated(near: Stub) -> None:
    near.spoil = lambda asked, answer: answer.set(ORIGIN, "\x1b[2J\x9b" + "x" * 1000)
    found = results(near)[4].detail
    assert found.isprintable()
    assert len(found) <= 300


def test_a_body_that_is_no_json_is_as_an_empty_one(near: Stub) -> None:
    near.spoil = lambda asked, answer: setattr(answer, "body", b"[" * 100_000)
    assert results(near)[6].state == "not checkable"


@pytest.mark.parametrize("status_", [301, 404, 500, 502])
def test_what_is_no_registry_cannot_be_checked(near: Stub, status_: int) -> None:
    near.spoil = only(at("registry"), status(status_))
    with pytest.raises(CannotRun, match=rf"/v2/ is answered {status_}: that is no registry at work"):
        results(near)


def test_a_server_that_never_answers_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(CannotRun, match=rf"{url}: no answer within 0.1 s"):
            run(url, timeout=0.1)


@pytest.mark.parametrize(
    ("scheme", "answer", "said"),
    [
        ("http", b"\x15\x03\x01\x00\x02\x02\x46", "is no HTTP: is it https"),
        ("http", b"", "hung up without an answer"),
        ("https", b"HTTP/1.1 400 Bad Request\r\n\r\n", "is it plain http"),
    ],
)
def test_another_protocol_is_said_plainly(scheme: str, answer: bytes, said: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def speak() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(answer)

        speaker = threading.Thread(target=speak, daemon=True)
        speaker.start()
        with pytest.raises(CannotRun, match=said):
            run(f"{scheme}://127.0.0.1:{server.getsockname()[1]}", timeout=5)
        speaker.join()


def test_a_certificate_that_nobody_vouches_for_is_said_plainly(tmp_path: Path) -> None:
    file = tmp_path / "self.pem"
    file.write_bytes(self_signed("localhost"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def shake_hands() -> None:
            connection, _ = server.accept()
            with connection, suppress(OSError):
                context.wrap_socket(connection, server_side=True)

        speaker = threading.Thread(target=shake_hands, daemon=True)
        speaker.start()
        with pytest.raises(CannotRun, match=r"certificate is not trusted \(self.signed certificate\); SSL_CERT_FILE"):
            run(f"https://localhost:{server.getsockname()[1]}", timeout=5)
        speaker.join()


def self_signed(name: str) -> bytes:
    """A key and a certificate of today that vouches for itself, PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    whose = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(whose)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .sign(key, hashes.SHA256())
    )
    kept = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return kept + made.public_bytes(Encoding.PEM)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('Bearer realm="https://a/t",service="s"', [("bearer", {"realm": "https://a/t", "service": "s"})]),
        ('BaSiC ReAlM="x"', [("basic", {"realm": "x"})]),
        ('Basic realm="x", Bearer realm="y"', [("basic", {"realm": "x"}), ("bearer", {"realm": "y"})]),
        ("Basic, Bearer realm=y z=1", [("basic", {}), ("bearer", {"realm": "y", "z": "1"})]),
        (r'Basic realm="a \"quoted\", b"', [("basic", {"realm": 'a "quoted", b'})]),
        ('Bearer realm = "x" ,scope  =""', [("bearer", {"realm": "x", "scope": ""})]),
        ('Bearer realm="x",Realm="evil"', [("bearer", {"realm": "x"})]),
        ("", []),
        (', ,="', []),
    ],
)
def test_a_challenge_is_read(text: str, found: list[tuple[str, dict[str, str]]]) -> None:
    assert challenges(Seen(401, [("www-authenticate", text)], b"")) == found


def test_a_long_hostile_challenge_is_read_in_time() -> None:
    for text in ('Bearer realm="' + "\\" * 60_000, 'a="' * 20_000, "a" * 60_000, ", " * 30_000):
        challenges(Seen(401, [("www-authenticate", text)], b""))
