"""Whether an address can be read, and what is said when it cannot."""

import asyncio

from app.cors.finding import Finding
from app.cors.local_network import LocalNetwork
from app.cors.notes import Notes
from app.cors.place import Place
from app.cors.reading import Reader, Reading
from tests.unit.cors.examining import subject_of
from tests.unit.cors.fake_browser import Answer, Arrived, FakeBrowser
from tests.unit.cors.fake_servers import REGISTRY, SECRET, STORAGE, Cors, FakeRegistry, FakeStorage, world


def read(browser: FakeBrowser, authorization: str | None = None) -> tuple[Reading | None, Notes, list[Finding]]:
    written: list[Finding] = []
    subject = subject_of(browser)
    notes = Notes(browser, subject, written.append, 8.0, 12)
    reader = Reader(notes, LocalNetwork(subject.page, True, {}))
    place = Place("registry", f"{REGISTRY}/v2/", subject, authorization)
    return asyncio.run(reader.read(place)), notes, written


def asked(browser: FakeBrowser) -> list[str]:
    return [f"{probe.method} {probe.mode} {probe.redirect} {probe.url}" for probe in browser.probes]


def test_what_can_be_read_is_asked_once() -> None:
    browser = FakeBrowser(world(FakeRegistry()))
    reading, notes, _ = read(browser)
    assert reading is not None
    assert reading.sight.status == 200
    assert asked(browser) == [f"GET cors follow {REGISTRY}/v2/"]
    assert notes.diagnosis.verdicts == ()


def test_what_is_hidden_is_asked_without_cors_and_without_following() -> None:
    browser = FakeBrowser(world(FakeRegistry(Cors(origins=()))))
    reading, notes, written = read(browser)
    assert reading is None
    assert asked(browser) == [
        f"GET cors follow {REGISTRY}/v2/",
        f"GET no-cors follow {REGISTRY}/v2/",
        f"GET cors manual {REGISTRY}/v2/",
    ]
    assert [one.meaning for one in written if one.sight is not None] == ["silent", "hidden", "not-redirected"]
    assert notes.diagnosis.rulings[0].findings == (1, 2, 3)


def test_credentials_are_tried_only_where_they_were_given() -> None:
    registry = FakeRegistry(Cors(only_on_success=True), auth="basic")
    reading, _, _ = read(FakeBrowser(world(registry)))
    assert reading is None
    reading, _, written = read(FakeBrowser(world(registry)), SECRET)
    assert reading is not None
    assert reading.authorized
    assert written[-1].question == "read-with-credentials"


def test_a_plain_http_registry_may_also_be_one_that_wants_https() -> None:
    browser = FakeBrowser({"http://127.0.0.1:5000": FakeRegistry(Cors(origins=()))})
    subject = subject_of(browser, "http://127.0.0.1:5000")
    notes = Notes(browser, subject, lambda finding: None, 8.0, 12)
    reader = Reader(notes, LocalNetwork(subject.page, True, {}))
    asyncio.run(reader.read(Place("registry", "http://127.0.0.1:5000/v2/", subject, None)))
    assert "wrong-scheme" in notes.diagnosis.rulings[0].alternatives


def test_the_scheme_that_a_page_may_not_try_stays_a_possible_cause() -> None:
    _, notes, _ = read(FakeBrowser({}))
    assert notes.diagnosis.verdicts == ("unreachable",)
    assert "wrong-scheme" in notes.diagnosis.rulings[0].alternatives


def test_a_redirect_to_nowhere_is_told_from_a_registry_that_is_not_there() -> None:
    _, notes, _ = read(FakeBrowser(world(FakeRegistry(moved=f"{STORAGE}/v2/"))))
    assert "redirect-target-unreachable" in notes.diagnosis.rulings[0].alternatives


def test_an_answer_that_no_other_site_may_load_looks_like_none() -> None:
    def closed(request: Arrived) -> Answer:
        return Answer(200, (("Cross-Origin-Resource-Policy", "same-origin"),))

    _, notes, _ = read(FakeBrowser({REGISTRY: closed}))
    assert notes.diagnosis.verdicts == ("unreachable",)
    assert "resource-policy" in notes.diagnosis.rulings[0].alternatives


def test_the_challenge_of_a_200_is_not_looked_for() -> None:
    _, notes, written = read(FakeBrowser(world(FakeRegistry(Cors(expose=None)))))
    assert "challenge" not in {one.question for one in written}
    assert notes.diagnosis.verdicts == ()


def test_a_redirect_that_can_be_followed_is_followed() -> None:
    browser = FakeBrowser(world(FakeRegistry(moved=f"{STORAGE}/v2/"), storage=FakeStorage()))
    reading, _, _ = read(browser)
    assert reading is not None
    assert reading.sight.url == f"{STORAGE}/v2/"
