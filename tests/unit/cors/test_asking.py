"""Requests for content, and what their answers mean."""

import asyncio

import pytest

from app.cors.asking import content_meaning
from app.ports.probing import Sight
from tests.unit.cors.fake_asking import asking_on
from tests.unit.cors.fake_browser import FakeBrowser
from tests.unit.cors.fake_servers import REGISTRY, SECRET, FakeRegistry, world

CATALOG = f"{REGISTRY}/v2/_catalog?n=1"


@pytest.mark.parametrize(
    ("sight", "meaning"),
    [
        (Sight("readable", 200), "readable"),
        (Sight("readable", 401), "refused"),
        (Sight("readable", 403), "refused"),
        (Sight("readable", 404), "absent"),
        (Sight("blocked"), "silent"),
        (Sight("timeout"), "timed-out"),
        (Sight("blocked", violated="connect-src"), "forbidden-by-policy"),
    ],
)
def test_an_answer_has_its_meaning(sight: Sight, meaning: str) -> None:
    assert content_meaning(sight) == meaning


def test_an_anonymous_request_has_no_authorization() -> None:
    browser = FakeBrowser(world(FakeRegistry()))
    asking, _ = asking_on(browser)
    assert asking.anonymous
    asyncio.run(asking.get("catalog", CATALOG, accept="a/b"))
    assert browser.probes[0].headers == (("Accept", "a/b"),)


def test_a_signed_request_has_it_and_one_without_cors_never() -> None:
    browser = FakeBrowser(world(FakeRegistry(auth="basic")))
    asking, _ = asking_on(browser, SECRET)
    asyncio.run(asking.get("catalog", CATALOG))
    asyncio.run(asking.reaches(CATALOG))
    assert [probe.header("Authorization") for probe in browser.probes] == [SECRET, None]


def test_the_command_of_a_signed_request_has_a_variable_for_it() -> None:
    browser = FakeBrowser(world(FakeRegistry(auth="basic")))
    asking, _ = asking_on(browser, SECRET)
    asked = asyncio.run(asking.get("digest", CATALOG))
    assert asked is not None
    asking.rule("digest-not-exposed", CATALOG, (asked,), exposed=True)
    (ruling,) = asking.notes.diagnosis.rulings
    assert '"Authorization: $AUTHORIZATION"' in (ruling.curl or "")
    assert SECRET not in repr(ruling)
