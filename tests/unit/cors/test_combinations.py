"""Several causes at once: each of them is said, and nothing else."""

from itertools import product
from typing import Any

import pytest

from app.cors.verdict import worst_first
from tests.unit.cors.examining import examine
from tests.unit.cors.fake_browser import FakeBrowser
from tests.unit.cors.fake_servers import STORAGE, Cors, FakeRegistry, FakeStorage, FakeTokenService, world

# What hides one thing and leaves the rest to be examined, by the part of the servers that it is about.
PREFLIGHT: dict[str | None, dict[str, Any]] = {
    None: {},
    "preflight-refused": {"preflight": 401},
    "allow-headers-missing": {"allow_headers": None},
    "allow-headers-lacks-authorization": {"allow_headers": "Accept"},
    "allow-headers-lacks-accept": {"allow_headers": "Authorization"},
}
EXPOSED = {
    (): "WWW-Authenticate, Link, Docker-Content-Digest",
    ("digest-not-exposed",): "WWW-Authenticate, Link",
    ("link-not-exposed",): "WWW-Authenticate, Docker-Content-Digest",
    ("digest-not-exposed", "link-not-exposed"): None,
}
BLOBS = (None, "blob-endpoint-without-cors", "blob-redirect-without-cors", "blob-storage-unreachable")
TOKEN = (None, "no-usable-allow-origin", "preflight-refused", "allow-headers-missing", "unreachable")


@pytest.mark.parametrize(
    ("preflight", "exposed", "blob"), list(product(PREFLIGHT, EXPOSED, BLOBS)), ids=lambda each: str(each)
)
def test_on_an_open_registry_each_cause_is_said(
    preflight: str | None, exposed: tuple[str, ...], blob: str | None
) -> None:
    cors = Cors(
        expose=EXPOSED[exposed],
        bare=("/blobs/",) if blob == "blob-endpoint-without-cors" else (),
        **PREFLIGHT[preflight],
    )
    storage = FakeStorage(Cors(origins=() if blob == "blob-redirect-without-cors" else ("*",)))
    registry = FakeRegistry(cors, redirect=None if blob is None else STORAGE)
    browser = FakeBrowser(world(registry, storage=None if blob == "blob-storage-unreachable" else storage))
    expected = worst_first(name for name in (preflight, *exposed, blob) if name is not None) or ("ok",)
    assert examine(browser).verdicts == expected


@pytest.mark.parametrize(
    ("preflight", "hidden", "token"), list(product(PREFLIGHT, (False, True), TOKEN)), ids=lambda each: str(each)
)
def test_on_a_registry_with_tokens_each_cause_is_said(preflight: str | None, hidden: bool, token: str | None) -> None:
    registry = FakeRegistry(
        Cors(expose="Link" if hidden else "WWW-Authenticate, Link, Docker-Content-Digest", **PREFLIGHT[preflight]),
        auth="bearer",
    )
    service = FakeTokenService(
        Cors(
            origins=() if token == "no-usable-allow-origin" else ("*",),
            preflight=405 if token == "preflight-refused" else "ok",
            allow_headers=None if token == "allow-headers-missing" else "Authorization, Accept",
        )
    )
    browser = FakeBrowser(world(registry, None if token == "unreachable" else service))
    # The realm is given, as where it is known from before: a hidden challenge names none.
    realm = "https://auth.example/token"
    expected = [name for name in (preflight, "challenge-not-exposed" if hidden else None) if name is not None]
    expected += [] if token is None else [f"token-{token}"]
    # Only with a token, and only where it may be sent, there is content to see that the digest is hidden.
    sees = preflight in (None, "allow-headers-lacks-accept") and token not in ("no-usable-allow-origin", "unreachable")
    expected += ["digest-not-exposed"] if hidden and sees else []
    diagnosis = examine(browser, realm=realm)
    assert diagnosis.verdicts == (worst_first(expected) or ("ok",))


def test_a_password_in_the_address_is_said_beside_what_else_is_wrong() -> None:
    diagnosis = examine(FakeBrowser(world(FakeRegistry(Cors(origins=())))), userinfo=True)
    assert diagnosis.verdicts == ("url-has-credentials", "no-usable-allow-origin")


def test_a_realm_that_is_known_is_examined_although_the_registry_cannot_be_read() -> None:
    browser = FakeBrowser(world(FakeRegistry(Cors(origins=())), FakeTokenService(Cors(origins=()))))
    diagnosis = examine(browser, realm="https://auth.example/token")
    assert diagnosis.verdicts == ("no-usable-allow-origin", "token-no-usable-allow-origin")


def test_only_on_success_and_no_accept_are_told_apart_by_who_is_signed_in() -> None:
    registry = FakeRegistry(Cors(only_on_success=True, allow_headers="Authorization"), auth="basic")
    diagnosis = examine(FakeBrowser(world(registry)), authorization="Basic cGVyc29uOnNlY3JldA==")
    assert diagnosis.verdicts == ("cors-only-on-success", "allow-headers-lacks-accept")
