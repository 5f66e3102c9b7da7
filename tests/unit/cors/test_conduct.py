"""How the doctor behaves, whatever it finds: few requests, no credentials, always the same."""

import asyncio

import pytest

from app.auth.realm import RealmPolicy
from app.cors.examination import MOST_REQUESTS, Examination
from app.cors.finding import Finding
from app.cors.notes import HARMLESS
from app.oci.origin import Origin, origin_of, parse_origin
from app.ports.probing import Probe, Sight
from tests.unit.cors.examining import examine, examine_closely, subject_of
from tests.unit.cors.fake_browser import FakeBrowser
from tests.unit.cors.fake_servers import REGISTRY, SECRET, STORAGE, Cors, FakeRegistry, FakeStorage, world
from tests.unit.cors.test_examination import CASES
from tests.unit.fake_transport import FakeClock

SAME = f"{REGISTRY}/token"


def spent(probes: list[Probe]) -> dict[Origin, int]:
    counted: dict[Origin, int] = {}
    for probe in probes:
        counted[origin_of(probe.url)] = counted.get(origin_of(probe.url), 0) + 1
    return counted


@pytest.mark.parametrize("name", CASES)
def test_no_origin_is_asked_more_than_twelve_times(name: str) -> None:
    _, case = CASES[name]
    browser = case.browser()
    examine(browser, **case.given)
    assert max(spent(browser.probes).values(), default=0) <= MOST_REQUESTS


@pytest.mark.parametrize("auth", ["none", "basic", "bearer"])
@pytest.mark.parametrize("allow_headers", [None, "Accept", "Authorization", "Authorization, Accept"])
def test_a_realm_on_the_registry_s_own_origin_shares_its_twelve(auth: str, allow_headers: str | None) -> None:
    cors = Cors(allow_headers=allow_headers, expose="WWW-Authenticate", bare=("/blobs/",))
    registry = FakeRegistry(cors, auth=auth, realm=SAME, redirect=STORAGE, index=True)  # type: ignore[arg-type]
    browser = FakeBrowser(world(registry, storage=FakeStorage()))
    examine(browser, authorization=SECRET, realm=SAME)
    assert spent(browser.probes)[parse_origin(REGISTRY)] <= MOST_REQUESTS


def test_what_was_not_asked_any_more_is_said() -> None:
    cors = Cors(allow_headers=None, allow_methods="GET", expose="WWW-Authenticate", bare=("/blobs/",))
    browser = FakeBrowser(world(FakeRegistry(cors, realm=SAME, index=True, links=False)))
    diagnosis, findings = examine_closely(browser, realm=SAME)
    assert "requests-spent" in {finding.meaning for finding in findings}
    assert diagnosis.ended


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_sent_with_credentials_that_were_not_given(name: str) -> None:
    _, case = CASES[name]
    browser = case.browser()
    given = {**case.given, "authorization": None, "realm_authorization": None}
    examine(browser, **given)
    sent = {probe.header("Authorization") for probe in browser.probes}
    # "anonymous" is the token that the fake service gives to everybody.
    assert sent <= {None, HARMLESS, "Bearer anonymous"}


@pytest.mark.parametrize("name", CASES)
def test_credentials_that_were_given_go_to_the_registry_alone(name: str) -> None:
    _, case = CASES[name]
    browser = case.browser()
    examine(browser, **{**case.given, "authorization": SECRET, "realm_authorization": None})
    registry = origin_of(case.given.get("registry", REGISTRY))
    assert {origin_of(probe.url) for probe in browser.probes if probe.header("Authorization") == SECRET} <= {registry}
    assert {origin_of(one.url) for one in browser.arrived if one.headers.get("authorization") == SECRET} <= {registry}


@pytest.mark.parametrize("name", CASES)
def test_no_finding_and_no_ruling_holds_credentials_or_a_token(name: str) -> None:
    _, case = CASES[name]
    given = {**case.given, "authorization": SECRET}
    diagnosis, findings = examine_closely(case.browser(), **given)
    secret = SECRET.removeprefix("Basic ")
    for finding in findings:
        assert finding.probe is None or secret not in str(finding.probe.headers)
        assert finding.probe is None or "Bearer anonymous" not in str(finding.probe.headers)
        assert finding.sight is None or finding.sight.body == b""
    assert secret not in repr(findings) + repr(diagnosis)
    assert "secret@" not in repr(diagnosis)


@pytest.mark.parametrize("name", CASES)
def test_the_same_registry_is_asked_the_same_in_the_same_order(name: str) -> None:
    _, case = CASES[name]
    one, other = case.browser(), case.browser()
    assert examine(one, **case.given) == examine(other, **case.given)
    assert one.probes == other.probes


def test_no_probe_without_cors_carries_a_header() -> None:
    for _, case in CASES.values():
        browser = case.browser()
        examine(browser, **case.given)
        assert all(probe.headers == () for probe in browser.probes if probe.mode == "no-cors")
        assert all(probe.redirect == "follow" for probe in browser.probes if probe.mode == "no-cors")


def test_a_step_is_told_when_it_begins_and_again_when_it_ended() -> None:
    _, findings = examine_closely(FakeBrowser(world(FakeRegistry())))
    begun = [finding for finding in findings if finding.meaning == "asking"]
    assert begun
    for finding in begun:
        at = findings.index(finding)
        assert finding.sight is None
        assert findings[at + 1].number == finding.number
        assert findings[at + 1].sight is not None


def test_numbers_count_from_one() -> None:
    _, findings = examine_closely(FakeBrowser(world(FakeRegistry())))
    numbers = list(dict.fromkeys(finding.number for finding in findings))
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_ruling_names_findings_that_there_are() -> None:
    for _, case in CASES.values():
        diagnosis, findings = examine_closely(case.browser(), **case.given)
        numbers = {finding.number for finding in findings}
        assert all(set(ruling.findings) <= numbers and ruling.findings for ruling in diagnosis.rulings)


class Waiting(FakeBrowser):
    """Never answers; `given_up`: it was cancelled."""

    given_up = False

    async def look(self, probe: Probe, seconds: float) -> Sight:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.given_up = True
            raise
        raise AssertionError("it cannot come to this")


def test_leaving_the_examination_ends_its_request() -> None:
    async def leave() -> tuple[Waiting, list[Finding], Examination]:
        browser = Waiting({})
        examination = Examination(browser, FakeClock(), subject_of(browser))
        steps = examination.steps()
        seen = [await anext(steps)]
        await asyncio.sleep(0)
        await steps.aclose()  # type: ignore[attr-defined]
        return browser, seen, examination

    browser, seen, examination = asyncio.run(leave())
    assert [finding.meaning for finding in seen] == ["asking"]
    assert browser.given_up
    assert not examination.diagnosis.ended
    assert examination.diagnosis.verdicts == ()


class Broken(FakeBrowser):
    async def permissions(self) -> dict[str, str]:
        raise RuntimeError("a mistake of the program")


def test_a_mistake_of_the_program_is_not_swallowed() -> None:
    with pytest.raises(RuntimeError):
        examine(Broken({}))


def test_a_private_realm_of_a_public_registry_waits_for_the_person() -> None:
    realm = "https://10.0.0.7/token"
    registry = FakeRegistry(auth="bearer", realm=realm)
    browser = FakeBrowser(world(registry))
    diagnosis, findings = examine_closely(browser)
    assert diagnosis.verdicts == ("ok",)
    assert [finding.meaning for finding in findings if finding.target == "token"] == ["realm-not-asked"]
    assert {str(origin_of(probe.url)) for probe in browser.probes} == {REGISTRY}
    allowed = RealmPolicy().approve(parse_origin(REGISTRY), parse_origin(realm.removesuffix("/token")))
    assert examine(browser, policy=allowed).verdicts == ("token-unreachable",)


def test_a_metadata_service_is_never_asked() -> None:
    registry = FakeRegistry(auth="bearer", realm="https://169.254.169.254/latest")
    browser = FakeBrowser(world(registry))
    _, findings = examine_closely(browser)
    assert [finding.meaning for finding in findings if finding.target == "token"] == ["realm-refused"]
    assert {str(origin_of(probe.url)) for probe in browser.probes} == {REGISTRY}
