"""What of the browser's question the server does not grant, told by requests that differ in one thing."""

import asyncio

import pytest

from app.cors.notes import HARMLESS, Notes
from app.cors.place import Place
from app.cors.preflights import Allowed, preflights
from app.cors.reading import Reading
from app.ports.probing import Probe, Sight
from tests.unit.cors.examining import subject_of
from tests.unit.cors.fake_browser import Answer, Arrived, FakeBrowser
from tests.unit.cors.fake_servers import REGISTRY, SECRET, Cors, FakeRegistry, world

PING = f"{REGISTRY}/v2/"
READ = Reading(Sight("readable", 200), False)


def examine(
    browser: FakeBrowser, authorization: str | None = None, reading: Reading = READ, granted: bool = False
) -> tuple[Allowed, Notes]:
    subject = subject_of(browser, granted=granted)
    notes = Notes(browser, subject, lambda finding: None, 8.0, 12)
    place = Place("registry", PING, subject, authorization)
    return asyncio.run(preflights(notes, place, reading)), notes


def test_authorization_is_tried_with_one_that_is_nobody_s() -> None:
    browser = FakeBrowser(world(FakeRegistry()))
    allowed, notes = examine(browser)
    assert allowed == Allowed(True, True)
    assert browser.probes[0].headers == (("Authorization", HARMLESS),)
    assert len(browser.probes[1].header("Accept") or "") > 128
    assert browser.probes[1].header("Authorization") is None
    assert notes.diagnosis.verdicts == ()


def test_with_the_person_s_leave_it_is_tried_with_theirs() -> None:
    browser = FakeBrowser(world(FakeRegistry()))
    examine(browser, SECRET)
    assert browser.probes[0].headers == (("Authorization", SECRET),)


def test_what_is_read_with_credentials_alone_is_not_tried_again_without() -> None:
    browser = FakeBrowser(world(FakeRegistry(auth="basic")))
    allowed, _ = examine(browser, SECRET, Reading(Sight("readable", 200), True))
    assert allowed == Allowed(True, True)
    assert [probe.header("Authorization") for probe in browser.probes] == [SECRET]


def test_where_cors_does_not_apply_nothing_is_asked() -> None:
    browser = FakeBrowser(world(FakeRegistry()))
    assert examine(browser, granted=True)[0] == Allowed(True, True)
    assert browser.probes == []


@pytest.mark.parametrize(
    ("cors", "allowed", "verdict"),
    [
        (Cors(allow_headers="Accept"), Allowed(False, True), "allow-headers-lacks-authorization"),
        (Cors(allow_headers="Authorization"), Allowed(True, False), "allow-headers-lacks-accept"),
        (Cors(allow_headers=None), Allowed(False, False), "allow-headers-missing"),
        (Cors(allow_headers=None, allow_methods="GET"), Allowed(False, False), "allow-headers-missing"),
        (Cors(preflight=401), Allowed(False, False), "preflight-refused"),
        (Cors(preflight=302), Allowed(False, False), "preflight-refused"),
        (Cors(preflight="silent"), Allowed(False, False), "preflight-refused"),
    ],
)
def test_what_fails_tells_what_is_missing(cors: Cors, allowed: Allowed, verdict: str) -> None:
    found, notes = examine(FakeBrowser(world(FakeRegistry(cors))))
    assert found == allowed
    assert notes.diagnosis.verdicts == (verdict,)


def test_options_is_enough_where_it_can_be_read() -> None:
    browser = FakeBrowser(world(FakeRegistry(Cors(allow_headers=None))))
    examine(browser)
    assert [probe.method for probe in browser.probes] == ["GET", "GET", "OPTIONS"]


def test_a_preflight_that_asks_for_no_header_is_forced_by_a_post() -> None:
    browser = FakeBrowser(world(FakeRegistry(Cors(allow_headers=None, allow_methods="GET"))))
    examine(browser)
    last = browser.probes[-1]
    assert (last.method, last.forced, last.headers) == ("POST", True, ())


class Uploading(FakeBrowser):
    """A browser whose forced probe is sent, and its answer hidden."""

    async def look(self, probe: Probe, seconds: float) -> Sight:
        return Sight("opaque") if probe.forced else await super().look(probe, seconds)


def test_a_body_that_was_sent_is_a_preflight_that_passed() -> None:
    _, notes = examine(Uploading(world(FakeRegistry(Cors(allow_headers=None, allow_methods="GET")))))
    assert notes.diagnosis.verdicts == ("allow-headers-missing",)


def test_a_hidden_refusal_behind_a_preflight_that_passes_is_not_the_preflight() -> None:
    # zot with an anonymous policy: nobody's token gets a 401 without CORS.
    right = Cors()

    def zot(request: Arrived) -> Answer:
        known = request.method == "OPTIONS" or "authorization" not in request.headers
        return right.answer(request, Answer()) if known else Answer(401)

    allowed, notes = examine(FakeBrowser({REGISTRY: zot}))
    assert allowed == Allowed(False, True)
    assert notes.diagnosis.verdicts == ("cors-only-on-success",)


def test_where_options_may_not_be_sent_the_hidden_refusal_stays_a_possible_cause() -> None:
    _, notes = examine(FakeBrowser(world(FakeRegistry(Cors(allow_headers="Accept", allow_methods="GET")))))
    assert notes.diagnosis.verdicts == ("allow-headers-lacks-authorization",)
    assert "refusal-without-allow-origin" in notes.diagnosis.rulings[0].alternatives


class Hanging(FakeBrowser):
    """Whoever answers preflights does not answer."""

    async def look(self, probe: Probe, seconds: float) -> Sight:
        return Sight("timeout")


def test_a_preflight_that_hangs_is_refused_or_dropped() -> None:
    _, notes = examine(Hanging({}))
    assert notes.diagnosis.verdicts == ("preflight-refused",)
    assert "preflight-hung" in notes.diagnosis.rulings[0].alternatives
