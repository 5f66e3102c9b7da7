"""What is read of a registry, in which order, and that nothing is asked for twice."""

import asyncio
from typing import Any

from app.cors.content import examine_content
from app.cors.local_network import LocalNetwork
from app.cors.notes import Notes
from app.cors.place import Place
from app.cors.preflights import Allowed
from app.oci.digest import parse_digest
from tests.unit.cors.examining import subject_of
from tests.unit.cors.fake_browser import FakeBrowser
from tests.unit.cors.fake_servers import CONFIG_DIGEST, REGISTRY, SECRET, Cors, FakeRegistry, world

ALL = Allowed(True, True)


def asked(browser: FakeBrowser, allowed: Allowed = ALL, authorization: str | None = None, **given: Any) -> list[str]:
    """What was asked for, as method and path, and the verdicts at the end."""
    subject = subject_of(browser, **given)
    notes = Notes(browser, subject, lambda finding: None, 8.0, 12)
    place = Place("registry", f"{REGISTRY}/v2/", subject, authorization)
    network = LocalNetwork(subject.page, True, {})
    asyncio.run(examine_content(notes, place, network, allowed, authorization, 200))
    paths = [f"{probe.method} {probe.url.removeprefix(REGISTRY)}" for probe in browser.probes]
    return [*paths, *notes.diagnosis.verdicts]


BLOB = f"GET /v2/app/blobs/{CONFIG_DIGEST}"
ERROR = "GET /v2/portolan-doctor/none/manifests/none"


def test_with_nothing_named_it_is_found_in_the_lists() -> None:
    assert asked(FakeBrowser(world(FakeRegistry()))) == [
        "GET /v2/_catalog?n=1",
        "GET /v2/app/tags/list?n=1",
        "GET /v2/app/manifests/1",
        BLOB,
        ERROR,
    ]


def test_what_is_named_is_not_looked_for() -> None:
    browser = FakeBrowser(world(FakeRegistry()))
    found = asked(browser, repository="app", reference="2", blob=parse_digest(CONFIG_DIGEST))
    assert found == ["HEAD /v2/app/manifests/2", BLOB, "GET /v2/app/tags/list?n=1", ERROR]


def test_a_blob_without_its_repository_is_not_asked_for() -> None:
    browser = FakeBrowser(world(FakeRegistry()))
    other = parse_digest(f"sha256:{0:064x}")
    assert str(other) not in str(asked(browser, blob=other))


def test_an_empty_registry_leaves_nothing_to_examine() -> None:
    browser = FakeBrowser(world(FakeRegistry(repositories=())))
    assert asked(browser) == ["GET /v2/_catalog?n=1", ERROR]


def test_credentials_that_may_not_be_sent_are_not_sent() -> None:
    browser = FakeBrowser(world(FakeRegistry()))
    asked(browser, Allowed(False, True), SECRET)
    assert {probe.header("Authorization") for probe in browser.probes} == {None}


def test_errors_that_are_hidden_are_said() -> None:
    browser = FakeBrowser(world(FakeRegistry(Cors(only_on_success=True))))
    assert asked(browser)[-1] == "cors-only-on-success"


def test_signed_in_an_error_is_not_provoked() -> None:
    browser = FakeBrowser(world(FakeRegistry(auth="basic")))
    assert ERROR not in asked(browser, authorization=SECRET)
