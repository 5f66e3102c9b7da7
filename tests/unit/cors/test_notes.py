"""What an examination writes down."""

import asyncio

from app.cors.finding import Finding
from app.cors.notes import HARMLESS, HIDDEN, Notes, plain_meaning
from app.cors.place import Place
from app.ports.probing import Probe, Sight
from tests.unit.cors.examining import subject_of
from tests.unit.cors.fake_browser import FakeBrowser
from tests.unit.cors.fake_servers import REGISTRY, SECRET, TOKEN, FakeRegistry, FakeTokenService, world

PING = f"{REGISTRY}/v2/"


def notes_on(browser: FakeBrowser, most: int = 12) -> tuple[Notes, list[Finding]]:
    written: list[Finding] = []
    return Notes(browser, subject_of(browser), written.append, 8.0, most), written


def test_a_probe_is_written_down_before_and_after() -> None:
    notes, written = notes_on(FakeBrowser(world(FakeRegistry())))
    asked = asyncio.run(notes.ask("registry", "read", Probe("GET", PING)))
    assert asked is not None
    assert asked.status == 200
    assert [(one.number, one.meaning) for one in written] == [(1, "asking"), (1, "readable")]


def test_an_origin_that_was_asked_often_enough_is_asked_no_more() -> None:
    browser = FakeBrowser(world(FakeRegistry(), FakeTokenService()))
    notes, written = notes_on(browser, most=1)
    assert asyncio.run(notes.ask("registry", "read", Probe("GET", PING))) is not None
    assert asyncio.run(notes.ask("registry", "digest", Probe("GET", PING))) is None
    assert written[-1].meaning == "requests-spent"
    assert asyncio.run(notes.ask("token", "read", Probe("GET", f"{TOKEN}/token"))) is not None
    assert len(browser.probes) == 2


def test_a_person_s_credentials_are_not_written_down_and_nobody_s_are() -> None:
    notes, written = notes_on(FakeBrowser(world(FakeRegistry())))
    for authorization in (SECRET, HARMLESS):
        asyncio.run(notes.ask("registry", "read", Probe("GET", PING, (("Authorization", authorization),))))
    probes = [one.probe for one in written if one.probe is not None]
    assert [probe.header("Authorization") for probe in probes] == [HIDDEN, HIDDEN, HARMLESS, HARMLESS]


def test_a_body_is_not_written_down() -> None:
    notes, written = notes_on(FakeBrowser(world(None, FakeTokenService())))
    asked = asyncio.run(notes.ask("token", "read", Probe("GET", f"{TOKEN}/token", limit=100)))
    assert asked is not None
    assert asked.sight.body != b""
    assert written[-1].sight is not None
    assert written[-1].sight.body == b""


def test_what_the_page_s_policy_forbids_is_said_so_whatever_was_asked() -> None:
    assert plain_meaning(Sight("blocked", violated="connect-src")) == "forbidden-by-policy"
    browser = FakeBrowser(world(FakeRegistry()), allowed=())
    notes, written = notes_on(browser)
    asked = asyncio.run(notes.ask("registry", "digest", Probe("GET", PING), lambda sight: "header-hidden"))
    assert asked is not None
    assert written[-1].meaning == "forbidden-by-policy"
    place = Place("registry", PING, subject_of(browser), None)
    assert notes.forbidden(place, asked)
    assert notes.diagnosis.verdicts == ("blocked-by-page-csp",)


def test_a_ruling_has_the_causes_of_its_verdict_and_those_beside_them() -> None:
    notes, _ = notes_on(FakeBrowser({}))
    notes.rule("preflight-refused", PING, (1,), "preflight-hung", "preflight-status")
    (ruling,) = notes.diagnosis.rulings
    assert ruling.alternatives == (
        "preflight-status",
        "preflight-without-allow-origin",
        "preflight-redirected",
        "preflight-hung",
    )
    assert ruling.curl is not None
