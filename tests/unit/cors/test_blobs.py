"""Whose fault it is when a blob does not arrive."""

import asyncio

import pytest

from app.cors.blobs import examine_blob
from app.cors.local_network import LocalNetwork
from tests.unit.cors.fake_asking import asking_on
from tests.unit.cors.fake_browser import PAGE, FakeBrowser
from tests.unit.cors.fake_servers import (
    CONFIG_DIGEST,
    REGISTRY,
    SECRET,
    STORAGE,
    Cors,
    FakeRegistry,
    FakeStorage,
    world,
)

BLOB = f"{REGISTRY}/v2/app/blobs/{CONFIG_DIGEST}"
HIDDEN = Cors(origins=())


def examine(
    browser: FakeBrowser, authorization: str | None = None, most: int = 12
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The verdicts, and the alternatives of the first."""
    asking, _ = asking_on(browser, authorization, most)
    before = {"local-network": "prompt"}
    asyncio.run(examine_blob(asking, LocalNetwork(PAGE, True, before), BLOB))
    rulings = asking.notes.diagnosis.rulings
    return asking.notes.diagnosis.verdicts, rulings[0].alternatives if rulings else ()


def redirecting(storage: FakeStorage | None, auth: str = "none", **browser: object) -> FakeBrowser:
    registry = FakeRegistry(auth=auth, redirect=STORAGE)  # type: ignore[arg-type]
    return FakeBrowser(world(registry, storage=storage), **browser)  # type: ignore[arg-type]


def test_a_blob_that_arrives_is_asked_for_once() -> None:
    browser = redirecting(FakeStorage())
    assert examine(browser) == ((), ())
    assert len(browser.probes) == 1


def test_a_storage_that_answers_and_is_hidden_lacks_cors() -> None:
    assert examine(redirecting(FakeStorage(HIDDEN)))[0] == ("blob-redirect-without-cors",)


def test_a_storage_that_answers_nobody_cannot_be_reached() -> None:
    assert examine(redirecting(None))[0] == ("blob-storage-unreachable",)


def test_a_storage_that_hangs_may_be_filtered() -> None:
    verdicts, alternatives = examine(redirecting(None, hangs=(STORAGE,)))
    assert verdicts == ("blob-storage-unreachable",)
    assert "hung" in alternatives


def test_signed_in_a_storage_that_is_down_looks_like_one_without_cors() -> None:
    for storage in (None, FakeStorage(HIDDEN)):
        verdicts, alternatives = examine(redirecting(storage, "basic"), SECRET)
        assert verdicts == ("blob-redirect-without-cors",)
        assert {"allow-origin-missing", "refused"} <= set(alternatives)


def test_signed_in_a_storage_that_hangs_is_told_by_the_time() -> None:
    assert examine(redirecting(None, "basic", hangs=(STORAGE,)), SECRET)[0] == ("blob-storage-unreachable",)


@pytest.mark.parametrize("redirect", [None, STORAGE])
def test_an_answer_of_the_registry_that_is_hidden_is_the_registry_s(redirect: str | None) -> None:
    registry = FakeRegistry(Cors(bare=("/blobs/",)), redirect=redirect)
    assert examine(FakeBrowser(world(registry, storage=FakeStorage())))[0] == ("blob-endpoint-without-cors",)


def test_a_registry_that_hangs_over_a_blob_is_out_of_time() -> None:
    assert examine(FakeBrowser({}, hangs=(REGISTRY,)))[0] == ("timeout",)


def test_a_redirect_outside_the_page_s_policy_is_the_page_s() -> None:
    browser = redirecting(FakeStorage(), allowed=(REGISTRY,))
    assert examine(browser)[0] == ("blocked-by-page-csp",)


def test_a_redirect_into_the_local_network_that_the_person_denied_is_theirs() -> None:
    assert examine(redirecting(None, turns={"local-network": "denied"}))[0] == ("local-network-denied",)


def test_where_no_request_is_left_the_storage_may_be_down_too() -> None:
    verdicts, alternatives = examine(redirecting(FakeStorage(HIDDEN)), most=2)
    assert verdicts == ("blob-redirect-without-cors",)
    assert "refused" in alternatives
