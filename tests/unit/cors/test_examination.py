"""Every verdict is reached by the cause it names, and by no other."""

from collections.abc import Callable
from typing import Any

import pytest

from app.cors.diagnosis import ALTERNATIVES, MORE
from app.cors.finding import MEANINGS, QUESTIONS
from app.cors.verdict import VERDICTS
from app.oci.origin import parse_origin
from tests.unit.cors.examining import examine, examine_closely
from tests.unit.cors.fake_browser import FakeBrowser
from tests.unit.cors.fake_servers import (
    REGISTRY,
    SECRET,
    STORAGE,
    TOKEN,
    Cors,
    FakeRegistry,
    FakeStorage,
    FakeTokenService,
    world,
)

LOCAL = "http://127.0.0.1:5000"
PRIVATE = "https://registry.corp.internal"
PROMPT = {"local-network-access": "prompt", "local-network": "prompt", "loopback-network": "prompt"}
DENIED = dict.fromkeys(PROMPT, "denied")
NONE = Cors(origins=())


class Case:
    """A browser and its servers, made anew for every test, and the fields of the Subject."""

    def __init__(self, browser: Callable[[], FakeBrowser], **given: Any) -> None:
        self.browser = browser
        self.given = given


def at(registry: FakeRegistry | None = None, **browser: Any) -> Callable[[], FakeBrowser]:
    return lambda: FakeBrowser(world(registry), **browser)


def blobs(cors: Cors | None = None, redirect: str | None = None, storage: FakeStorage | None = None) -> Case:
    return Case(lambda: FakeBrowser(world(FakeRegistry(cors, redirect=redirect), storage=storage)))


def realm(token: FakeTokenService | None = None, url: str = f"{TOKEN}/token", **browser: Any) -> Case:
    return Case(lambda: FakeBrowser(world(FakeRegistry(auth="bearer", realm=url), token), **browser))


def headers(*names: str) -> Cors:
    return Cors(allow_headers=", ".join(names))


CASES: dict[str, tuple[str, Case]] = {
    "everything is right": ("ok", Case(at(FakeRegistry()))),
    "everything is right, signing in included": ("ok", Case(at(FakeRegistry(auth="basic")))),
    "everything is right, signed in": ("ok", Case(at(FakeRegistry(auth="basic")), authorization=SECRET)),
    "everything is right, with tokens": ("ok", realm(FakeTokenService())),
    "blobs come from a storage that allows it": ("ok", blobs(redirect=STORAGE, storage=FakeStorage())),
    "this page's origin is named": ("ok", Case(at(FakeRegistry(Cors(origins=("https://portolan.example",)))))),
    "the page came as a file": ("ok", Case(at(FakeRegistry(), page=None))),
    "the registry ignores how many": ("ok", Case(at(FakeRegistry(paged=False, links=False, repositories=("app",))))),
    "an index": ("ok", Case(at(FakeRegistry(index=True)))),
    "CORS does not apply to the extension": ("ok", Case(at(FakeRegistry(NONE), granted=True), granted=True)),
    "the page is of the registry's origin": ("ok", Case(at(FakeRegistry(NONE), page=parse_origin(REGISTRY)))),
    "a password in the address": ("url-has-credentials", Case(at(FakeRegistry()), userinfo=True)),
    "http from https": ("mixed-content", Case(at(), registry="http://registry.example")),
    "no network": ("offline", Case(at(FakeRegistry(), online=False))),
    "the page's own policy": ("blocked-by-page-csp", Case(at(FakeRegistry(), allowed=()))),
    "the storage is not in the page's policy": (
        "blocked-by-page-csp",
        Case(
            lambda: FakeBrowser(world(FakeRegistry(redirect=STORAGE), storage=FakeStorage()), allowed=(REGISTRY,)),
        ),
    ),
    "the person says no to the local network": (
        "local-network-denied",
        Case(lambda: FakeBrowser({}, permissions=PROMPT, turns=DENIED), registry=PRIVATE),
    ),
    "the person said no before": (
        "local-network-denied",
        Case(lambda: FakeBrowser({}, permissions=DENIED), registry=PRIVATE),
    ),
    "no to a host whose name hides its address": (
        "local-network-denied",
        Case(lambda: FakeBrowser({}, permissions=PROMPT, turns=DENIED)),
    ),
    "a page on plain http reaches for this machine": (
        "local-network-denied",
        Case(
            lambda: FakeBrowser({}, page=parse_origin("http://portolan.example"), permissions=DENIED),
            registry=LOCAL,
            secure=False,
        ),
    ),
    "the person has not answered": (
        "local-network-pending",
        Case(lambda: FakeBrowser({}, hangs=(PRIVATE,), permissions=PROMPT), registry=PRIVATE),
    ),
    "no header": ("no-usable-allow-origin", Case(at(FakeRegistry(NONE)))),
    "another origin": ("no-usable-allow-origin", Case(at(FakeRegistry(Cors(origins=("https://other.example",)))))),
    "a slash at the end": (
        "no-usable-allow-origin",
        Case(at(FakeRegistry(Cors(origins=("https://portolan.example/",))))),
    ),
    "two headers": ("no-usable-allow-origin", Case(at(FakeRegistry(Cors(origins=("*", "*")))))),
    "only on success, not signed in": (
        "no-usable-allow-origin",
        Case(at(FakeRegistry(Cors(only_on_success=True), auth="basic"))),
    ),
    "only on success, signed in": (
        "cors-only-on-success",
        Case(at(FakeRegistry(Cors(only_on_success=True), auth="basic")), authorization=SECRET),
    ),
    "only on success, where nobody signs in": (
        "cors-only-on-success",
        Case(at(FakeRegistry(Cors(only_on_success=True)))),
    ),
    "manifests without": ("no-usable-allow-origin", Case(at(FakeRegistry(Cors(bare=("/manifests/1",)))))),
    "moved to a host without": (
        "redirect-target-without-cors",
        Case(lambda: FakeBrowser(world(FakeRegistry(moved=f"{STORAGE}/v2/"), storage=FakeStorage(NONE)))),
    ),
    "moved to a host that names this page": (
        "redirect-target-without-cors",
        Case(
            lambda: FakeBrowser(
                world(
                    FakeRegistry(moved=f"{STORAGE}/v2/"),
                    storage=FakeStorage(Cors(origins=("https://portolan.example",))),
                )
            )
        ),
    ),
    "no answer in time": ("timeout", Case(at(hangs=(REGISTRY,)))),
    "http where https was asked, on this machine": (
        "wrong-scheme-or-tls",
        Case(lambda: FakeBrowser({LOCAL: FakeRegistry()}), registry="https://127.0.0.1:5000"),
    ),
    "https where http was asked": (
        "wrong-scheme-or-tls",
        Case(
            lambda: FakeBrowser({"https://127.0.0.1:5000": FakeRegistry()}),
            registry=LOCAL,
        ),
    ),
    "nothing listens": ("unreachable", Case(at())),
    "a port that browsers refuse": ("unreachable", Case(at(), registry="http://127.0.0.1:6000")),
    "moved to where nothing listens": ("unreachable", Case(at(FakeRegistry(moved=f"{STORAGE}/v2/")))),
    "the challenge is hidden": ("challenge-not-exposed", Case(at(FakeRegistry(Cors(expose=None), auth="basic")))),
    "there is no challenge": ("challenge-not-exposed", Case(at(FakeRegistry(auth="basic", challenges=False)))),
    "OPTIONS is 401": ("preflight-refused", Case(at(FakeRegistry(Cors(preflight=401))))),
    "OPTIONS is 405": ("preflight-refused", Case(at(FakeRegistry(Cors(preflight=405), auth="basic")))),
    "OPTIONS has no headers": ("preflight-refused", Case(at(FakeRegistry(Cors(preflight="silent"))))),
    "no Allow-Headers": ("allow-headers-missing", Case(at(FakeRegistry(Cors(allow_headers=None))))),
    "no Allow-Headers, and OPTIONS is not allowed": (
        "allow-headers-missing",
        Case(at(FakeRegistry(Cors(allow_headers="Content-Type", allow_methods="GET")))),
    ),
    "no Authorization": ("allow-headers-lacks-authorization", Case(at(FakeRegistry(headers("Accept"))))),
    "all headers but Authorization": ("allow-headers-lacks-authorization", Case(at(FakeRegistry(headers("*"))))),
    "no Accept": ("allow-headers-lacks-accept", Case(at(FakeRegistry(headers("Authorization"))))),
    "no Accept, signed in": (
        "allow-headers-lacks-accept",
        Case(at(FakeRegistry(headers("Authorization"), auth="basic")), authorization=SECRET),
    ),
    "no digest": ("digest-not-exposed", Case(at(FakeRegistry(Cors(expose="Link, WWW-Authenticate"))))),
    "no digest, signed in": (
        "digest-not-exposed",
        Case(at(FakeRegistry(Cors(expose="Link, WWW-Authenticate"), auth="basic")), authorization=SECRET),
    ),
    "no digest, with tokens for everybody": (
        "digest-not-exposed",
        Case(
            lambda: FakeBrowser(
                world(FakeRegistry(Cors(expose="Link, WWW-Authenticate"), auth="bearer"), FakeTokenService())
            )
        ),
    ),
    "no link": ("link-not-exposed", Case(at(FakeRegistry(Cors(expose="Docker-Content-Digest"))))),
    "no link on the tags alone": (
        "link-not-exposed",
        Case(at(FakeRegistry(links=False, repositories=("app",))), repository="app", reference="1"),
    ),
    "no link on the catalog alone": ("link-not-exposed", Case(at(FakeRegistry(links=False, tags=("1",))))),
    "the extension sees that there is no link": (
        "link-not-exposed",
        Case(at(FakeRegistry(NONE, links=False), granted=True), granted=True),
    ),
    "blobs without": ("blob-endpoint-without-cors", blobs(Cors(bare=("/blobs/",)))),
    "a redirect without": ("blob-endpoint-without-cors", blobs(Cors(bare=("/blobs/",)), STORAGE, FakeStorage())),
    "a storage without": ("blob-redirect-without-cors", blobs(None, STORAGE, FakeStorage(NONE))),
    "a storage that names this page": (
        "blob-redirect-without-cors",
        blobs(None, STORAGE, FakeStorage(Cors(origins=("https://portolan.example",)))),
    ),
    "a storage without, signed in": (
        "blob-redirect-without-cors",
        Case(
            lambda: FakeBrowser(world(FakeRegistry(auth="basic", redirect=STORAGE), storage=FakeStorage(NONE))),
            authorization=SECRET,
        ),
    ),
    "a storage that is down": ("blob-storage-unreachable", blobs(None, STORAGE)),
    "a storage that hangs": (
        "blob-storage-unreachable",
        Case(lambda: FakeBrowser(world(FakeRegistry(redirect=STORAGE)), hangs=(STORAGE,))),
    ),
    "a realm with a password in it": (
        "token-url-has-credentials",
        realm(FakeTokenService(), "https://me:secret@auth.example/token"),
    ),
    "a realm by http": ("token-mixed-content", realm(FakeTokenService(), "http://auth.example/token")),
    "this machine without a network, its realm elsewhere": (
        "token-offline",
        Case(lambda: FakeBrowser({LOCAL: FakeRegistry(auth="bearer")}, online=False), registry=LOCAL),
    ),
    "a realm outside the page's policy": ("token-blocked-by-page-csp", realm(FakeTokenService(), allowed=(REGISTRY,))),
    "a realm without": ("token-no-usable-allow-origin", realm(FakeTokenService(NONE))),
    "a realm without on its 401": (
        "token-cors-only-on-success",
        Case(
            lambda: FakeBrowser(
                world(FakeRegistry(auth="bearer"), FakeTokenService(Cors(only_on_success=True), status=401))
            ),
            realm_authorization=SECRET,
        ),
    ),
    "a realm that moved": (
        "token-redirect-target-without-cors",
        Case(
            lambda: FakeBrowser(
                world(
                    FakeRegistry(auth="bearer"),
                    FakeTokenService(moved=f"{STORAGE}/token"),
                    FakeStorage(NONE),
                )
            )
        ),
    ),
    "a realm that hangs": ("token-timeout", realm(None, hangs=(TOKEN,))),
    "a realm that is down": ("token-unreachable", realm(None)),
    "a realm that hides how to sign in": (
        "token-challenge-not-exposed",
        realm(FakeTokenService(Cors(expose=None), status=401)),
    ),
    "a realm whose OPTIONS is 405": ("token-preflight-refused", realm(FakeTokenService(Cors(preflight=405)))),
    "a realm without Allow-Headers": ("token-allow-headers-missing", realm(FakeTokenService(Cors(allow_headers=None)))),
    "a realm without Authorization": (
        "token-allow-headers-lacks-authorization",
        realm(FakeTokenService(headers("Accept"))),
    ),
    "a realm without Accept": ("token-allow-headers-lacks-accept", realm(FakeTokenService(headers("Authorization")))),
    "a realm by https where http is spoken": (
        "token-wrong-scheme-or-tls",
        Case(
            lambda: FakeBrowser(
                {
                    LOCAL: FakeRegistry(auth="bearer", realm="https://127.0.0.1:5001/token"),
                    "http://127.0.0.1:5001": FakeTokenService(),
                }
            ),
            registry=LOCAL,
        ),
    ),
    "a realm on the person's own network, denied": (
        "token-local-network-denied",
        Case(
            lambda: FakeBrowser(
                {PRIVATE: FakeRegistry(auth="bearer", realm="https://registry.corp.internal:8443/token")},
                permissions=DENIED,
            ),
            registry=PRIVATE,
        ),
    ),
    "a realm on the person's own network, not answered": (
        "token-local-network-pending",
        Case(
            lambda: FakeBrowser(
                {PRIVATE: FakeRegistry(auth="bearer", realm="https://registry.corp.internal:8443/token")},
                hangs=("https://registry.corp.internal:8443",),
                permissions=PROMPT,
            ),
            registry=PRIVATE,
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_verdict_is_the_one_of_the_cause_and_no_other(name: str) -> None:
    verdict, case = CASES[name]
    diagnosis = examine(case.browser(), **case.given)
    assert diagnosis.verdicts == (verdict,)
    assert diagnosis.ended


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_has_a_cause_that_leads_to_it(verdict: str) -> None:
    assert verdict in {reached for reached, _ in CASES.values()}


@pytest.mark.parametrize("name", CASES)
def test_findings_and_causes_are_written_with_the_keys_that_have_words(name: str) -> None:
    _, case = CASES[name]
    diagnosis, findings = examine_closely(case.browser(), **case.given)
    known = {*MORE, *(key for keys in ALTERNATIVES.values() for key in keys)}
    assert {finding.question for finding in findings} <= set(QUESTIONS)
    assert {finding.meaning for finding in findings} <= set(MEANINGS)
    assert {key for ruling in diagnosis.rulings for key in ruling.alternatives} <= known
