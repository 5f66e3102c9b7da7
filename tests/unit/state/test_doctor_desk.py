"""Who examines registries, when, with what, and what of it reaches the page."""

import asyncio
from collections.abc import Callable, Mapping

import pytest

from app.auth.credential import Password
from app.ports.probing import Probe, Prober, Sight
from app.ports.transport import Request, TransportError
from app.state.doctor_model import Checkup, DoctorPage
from app.state.messages import Start
from app.state.model import Catalog
from tests.unit.cors.fake_browser import FakeBrowser
from tests.unit.cors.fake_servers import REGISTRY, TOKEN, Cors, FakeRegistry, FakeTokenService, world
from tests.unit.fake_transport import FakeResponse, FakeTransport, error_response, json_response
from tests.unit.state.fake_page import Tab, play

HOST = "registry.example"
DOCTOR = f"#/{HOST}/-/doctor"
CLOSED = Cors(origins=())
CATALOG = f"{REGISTRY}/v2/_catalog?n=1000"


class Patient:
    """A Prober that waits at its first probe until it is let go; knows whether it was given up."""

    def __init__(self) -> None:
        self.inner = FakeBrowser(world(FakeRegistry(CLOSED)))
        self.go = asyncio.Event()
        self.given_up = False

    async def look(self, probe: Probe, seconds: float) -> Sight:
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.given_up = True
            raise
        return await self.inner.look(probe, seconds)

    def is_online(self) -> bool:
        return True

    async def permissions(self) -> Mapping[str, str]:
        return {}


def tab(prober: Prober | None = None, transport: FakeTransport | None = None) -> Callable[[], Tab]:
    """A tab with a registry that answers without CORS, and whose requests all fail."""
    browser = FakeBrowser(world(FakeRegistry(CLOSED))) if prober is None else prober
    return lambda: Tab(FakeTransport(_silent) if transport is None else transport, prober=browser)


def _silent(request: Request) -> FakeResponse:
    raise TransportError(request.method, request.url, "network")


def checkup(played: Tab) -> Checkup:
    found = played.state.checkup
    assert found is not None
    return found


def test_the_page_of_the_doctor_shows_what_is_wrong() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(DOCTOR)

    played = play(scene, tab())
    assert played.shell.last.main.verdict == "no-usable-allow-origin"
    assert played.facts() == ("doctor", "shown", "")
    assert not checkup(played).running


def test_findings_are_shown_as_they_come() -> None:
    patient = Patient()

    async def scene(tab: Tab) -> None:
        await tab.start(DOCTOR)
        assert tab.facts() == ("doctor", "loading", "")
        assert [one.meaning for one in checkup(tab).findings] == ["asking"]
        patient.go.set()
        await tab.settle()
        assert checkup(tab).findings[0].meaning == "silent"

    play(scene, tab(patient))


def test_leaving_ends_the_examination() -> None:
    patient = Patient()

    async def scene(tab: Tab) -> None:
        await tab.start(DOCTOR)
        await tab.go("#/-/settings")

    played = play(scene, tab(patient))
    assert patient.given_up
    assert played.state.checkup is None
    assert played.shell.last.main.verdict == ""


def test_it_is_examined_again_with_the_choices_kept() -> None:
    browser = FakeBrowser(world(FakeRegistry(CLOSED)))

    async def scene(tab: Tab) -> None:
        await tab.start(DOCTOR)
        await tab.press("doctor-delete", value=True)
        before = len(browser.probes)
        await tab.press("doctor-again")
        assert len(browser.probes) == 2 * before
        assert tab.shown(DoctorPage).delete

    play(scene, tab(browser))


def test_an_examination_is_not_kept_for_the_next_visit() -> None:
    browser = FakeBrowser(world(FakeRegistry(CLOSED)))

    async def scene(tab: Tab) -> None:
        await tab.start(DOCTOR)
        before = len(browser.probes)
        await tab.go("#/-/settings")
        await tab.go(DOCTOR)
        assert len(browser.probes) == 2 * before
        assert tab.state.settings.recents == ()

    play(scene, tab(browser))


def test_a_private_registry_is_asked_about_first() -> None:
    browser = FakeBrowser({"http://192.168.1.7:5000": FakeRegistry(CLOSED)})

    async def scene(tab: Tab) -> None:
        await tab.start("#/http://192.168.1.7:5000/-/doctor")
        assert tab.facts() == ("doctor", "login", "")
        assert browser.probes == []
        await tab.press("confirm-host")
        assert tab.facts() == ("doctor", "shown", "")
        assert checkup(tab).verdicts != ()

    play(scene, tab(browser))


def test_a_private_realm_in_the_address_is_asked_about_too() -> None:
    browser = FakeBrowser({REGISTRY: FakeRegistry(), "https://192.168.1.7": FakeTokenService()})

    async def scene(tab: Tab) -> None:
        await tab.start(f"{DOCTOR}?realm=https://192.168.1.7/token")
        assert str(tab.state.confirm) == "https://192.168.1.7"
        assert browser.probes == []
        await tab.press("confirm-host")
        assert tab.state.confirm is None
        assert any(one.url.startswith("https://192.168.1.7/token") for one in browser.probes)

    play(scene, tab(browser))


def test_two_private_hosts_are_asked_about_one_after_the_other() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/192.168.1.7/-/doctor?realm=http://192.168.1.8/token")
        assert str(tab.state.confirm) == "https://192.168.1.7"
        await tab.press("confirm-host")
        assert str(tab.state.confirm) == "http://192.168.1.8"

    play(scene, tab(FakeBrowser({})))


def test_a_registry_that_never_answered_is_examined_by_itself() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(f"#/{HOST}")

    played = play(scene, tab())
    assert isinstance(played.state.page, Catalog)
    assert played.facts() == ("registry", "failed", "unreachable")
    assert played.shell.last.main.verdict == "no-usable-allow-origin"


def test_trying_again_drops_what_was_found_before() -> None:
    patient = Patient()

    async def scene(tab: Tab) -> None:
        await tab.start(f"#/{HOST}")
        patient.go.set()
        await tab.settle()
        assert checkup(tab).verdicts == ("no-usable-allow-origin",)
        patient.go.clear()
        await tab.press("retry")
        assert checkup(tab).verdicts == ()

    play(scene, tab(patient))


@pytest.mark.parametrize("first", ["a list", "an error"])
def test_a_registry_that_answered_before_is_not_examined_by_itself(first: str) -> None:
    transport = FakeTransport()
    answer = json_response({"repositories": ["app"]}) if first == "a list" else error_response(500, "UNKNOWN")
    transport.on("GET", CATALOG, answer, "network")
    browser = FakeBrowser(world(FakeRegistry(CLOSED)))

    async def scene(tab: Tab) -> None:
        await tab.start(f"#/{HOST}")
        await tab.press("retry")
        tab.controller.restart()
        await tab.settle()
        assert tab.facts()[2] == "unreachable"

    played = play(scene, tab(browser, transport))
    assert browser.probes == []
    assert played.state.checkup is None


def test_an_examination_that_breaks_leaves_the_failed_page_as_it_is() -> None:
    class Broken(FakeBrowser):
        async def look(self, probe: Probe, seconds: float) -> Sight:
            raise RuntimeError("not foreseen")

    async def scene(tab: Tab) -> None:
        await tab.start(f"#/{HOST}")

    played = play(scene, tab(Broken({})))
    assert played.facts() == ("registry", "failed", "unreachable")
    assert played.state.checkup is None


def test_credentials_go_nowhere_before_the_person_says_so() -> None:
    browser = FakeBrowser(world(FakeRegistry(Cors(only_on_success=True), auth="basic")))

    async def scene(tab: Tab) -> None:
        await tab.submit("import", config='{"auths": {"registry.example": {"auth": "cGVyc29uOnNlY3JldA=="}}}')
        await tab.go(DOCTOR)
        assert checkup(tab).verdicts == ("no-usable-allow-origin",)
        assert not any("cGVyc29u" in text for one in browser.arrived for text in one.headers.values())
        await tab.press("doctor-credentials", value=True)
        assert checkup(tab).verdicts[0] == "cors-only-on-success"
        assert checkup(tab).signed
        assert any("cGVyc29u" in text for one in browser.arrived for text in one.headers.values())
        assert checkup(tab).subject.authorization is None
        assert "cGVyc29u" not in repr(tab.state)
        await tab.press("doctor-credentials", value=False)
        assert not checkup(tab).signed

    async def opened(tab: Tab) -> None:
        await tab.start("#/-/identities")
        await scene(tab)

    play(opened, tab(browser))


def test_a_yes_is_for_the_identity_that_was_in_use() -> None:
    browser = FakeBrowser(world(FakeRegistry(auth="basic")))

    async def scene(tab: Tab) -> None:
        await tab.start("#/-/identities")
        await tab.submit("import", config='{"auths": {"registry.example": {"auth": "cGVyc29uOnNlY3JldA=="}}}')
        await tab.go(DOCTOR)
        await tab.press("doctor-credentials", value=True)
        assert tab.shown(DoctorPage).allowed == "person"
        tab.controller.connections.sign_in(checkup(tab).subject.registry, Password("ann", "right"))
        browser.arrived.clear()
        await tab.press("doctor-again")
        assert tab.shown(DoctorPage).allowed is None
        assert not any("Basic" in text for one in browser.arrived for text in one.headers.values())

    play(scene, tab(browser))


def test_no_credentials_of_a_person_go_to_the_realm() -> None:
    servers = world(FakeRegistry(auth="bearer"), FakeTokenService(status=401))
    browser = FakeBrowser(servers)

    async def scene(tab: Tab) -> None:
        await tab.start("#/-/identities")
        await tab.submit("import", config='{"auths": {"registry.example": {"auth": "cGVyc29uOnNlY3JldA=="}}}')
        await tab.go(DOCTOR)
        await tab.press("doctor-credentials", value=True)

    play(scene, tab(browser))
    to_realm = [one for one in browser.arrived if one.url.startswith(TOKEN)]
    assert to_realm
    assert not any("cGVyc29u" in text for one in to_realm for text in one.headers.values())


def test_every_server_has_its_configuration() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(DOCTOR)
        page = tab.shown(DoctorPage)
        assert [remedy.need for remedy in page.remedies] == ["registry", "around"]
        nginx = next(fix for fix in page.remedies[0].fixes if fix.server == "nginx")
        assert nginx.text is not None
        assert "DELETE" not in nginx.text
        await tab.press("doctor-delete", value=True)
        await tab.press("doctor-origins", value="list")
        changed = next(fix for fix in tab.shown(DoctorPage).remedies[0].fixes if fix.server == "nginx")
        assert changed.text is not None
        assert "DELETE" in changed.text
        assert "https://portolan.example" in changed.text

    play(scene, tab())


def test_where_one_of_several_verdicts_cannot_be_mended_the_server_says_so() -> None:
    registry = FakeRegistry(Cors(preflight=401, expose="Link"), auth="basic")

    async def scene(tab: Tab) -> None:
        await tab.start(DOCTOR)
        assert set(checkup(tab).verdicts) >= {"challenge-not-exposed", "preflight-refused"}
        found = {fix.server: fix.text for fix in tab.shown(DoctorPage).remedies[0].fixes}
        assert found["distribution"] is None
        assert found["nginx"] is not None

    play(scene, tab(FakeBrowser(world(registry))))


def test_a_token_service_has_a_fix_of_its_own_with_its_own_host() -> None:
    servers = world(FakeRegistry(auth="bearer"), FakeTokenService(CLOSED))

    async def scene(tab: Tab) -> None:
        await tab.start(DOCTOR)
        assert "token-no-usable-allow-origin" in checkup(tab).verdicts
        (token,) = [remedy for remedy in tab.shown(DoctorPage).remedies if remedy.need == "token"]
        assert any("auth.example" in (fix.text or "") for fix in token.fixes)

    play(scene, tab(FakeBrowser(servers)))


def test_what_can_be_read_needs_no_fix() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(DOCTOR)
        assert checkup(tab).verdicts == ("ok",)
        assert tab.shown(DoctorPage).remedies == ()

    play(scene, tab(FakeBrowser(world(FakeRegistry()))))


def test_a_public_registry_without_cors_is_known_by_name() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/ghcr.io/-/doctor")
        page = tab.shown(DoctorPage)
        assert page.known is not None
        # It has no server whose configuration a person could change.
        (around,) = page.remedies
        assert around.need == "around"
        assert around.fixes[0].server.startswith("relay")
        assert "https://ghcr.io" in (around.fixes[0].text or "")

    play(scene, tab(FakeBrowser({"https://ghcr.io": FakeRegistry(CLOSED)})))


def test_where_a_public_registry_can_be_read_there_is_nothing_to_get_around() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/ghcr.io/-/doctor")
        assert checkup(tab).verdicts == ("ok",)
        assert tab.shown(DoctorPage).remedies == ()

    play(scene, tab(FakeBrowser({"https://ghcr.io": FakeRegistry()})))


def test_a_route_names_what_is_examined() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(f"#/{HOST}/app:1/-/doctor?blob=sha256:{'0' * 64}&realm=https://auth.example/other")
        subject = checkup(tab).subject
        assert (subject.repository, subject.reference, str(subject.blob)) == ("app", "1", f"sha256:{'0' * 64}")
        assert subject.realm == "https://auth.example/other"

    play(scene, tab(FakeBrowser(world(FakeRegistry(), FakeTokenService()))))


def test_without_a_way_to_look_nothing_is_examined() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(DOCTOR)
        assert tab.state.checkup is None

    play(scene, lambda: Tab(FakeTransport(_silent)))


def test_an_examination_that_breaks_off_is_not_said_to_go_on() -> None:
    class Broken(FakeBrowser):
        async def look(self, probe: Probe, seconds: float) -> Sight:
            raise RuntimeError("not foreseen")

    async def scene(tab: Tab) -> None:
        await tab.start(DOCTOR)

    played = play(scene, tab(Broken({})))
    assert played.facts()[1] == "failed"
    assert not checkup(played).running


def test_in_an_extension_a_registry_that_was_granted_is_free_of_cors() -> None:
    async def scene(tab: Tab) -> None:
        tab.send(Start(0, DOCTOR, {}, secure=True, extension=True, granted=(f"https://{HOST}",)))
        await tab.settle()

    assert checkup(play(scene, tab())).subject.granted


def test_in_an_extension_a_registry_that_was_not_granted_is_not_examined() -> None:
    async def scene(tab: Tab) -> None:
        tab.send(Start(0, DOCTOR, {}, secure=True, extension=True, granted=("https://other.example",)))
        await tab.settle()

    played = play(scene, tab())
    assert played.state.checkup is None
    assert played.shell.last.main.problem == "permission"
