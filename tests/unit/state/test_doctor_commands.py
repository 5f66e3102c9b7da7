"""What the form and the buttons of the doctor's page do."""

import pytest

from app.state.doctor_model import DoctorPage
from tests.unit.cors.fake_browser import FakeBrowser
from tests.unit.cors.fake_servers import Cors, FakeRegistry, FakeTokenService, world
from tests.unit.state.fake_page import Tab, play

DIGEST = f"sha256:{'0' * 64}"


def tab() -> Tab:
    return Tab(prober=FakeBrowser(world(FakeRegistry(Cors(origins=())), FakeTokenService())))


def test_a_registry_that_was_entered_is_examined_at_its_own_address() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/-/doctor")
        assert tab.facts() == ("doctor", "shown", "")
        await tab.submit("doctor", reference=" registry.example ", realm="", blob="")

    played = play(scene, tab)
    assert played.addresses()[-1] == ("#/registry.example/-/doctor", False)
    assert played.shell.last.main.verdict == "no-usable-allow-origin"


def test_realm_and_blob_are_in_the_address() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/-/doctor")
        await tab.submit("doctor", reference="registry.example/app:1", realm="https://auth.example/token", blob=DIGEST)
        assert tab.state.route.parameter("realm") == "https://auth.example/token"
        assert tab.state.route.parameter("blob") == DIGEST
        assert tab.state.route.subject == "registry.example/app:1"

    play(scene, tab)


@pytest.mark.parametrize(
    ("field", "reference", "realm", "blob"),
    [
        ("reference", "", "", ""),
        ("reference", "Registry/App", "", ""),
        ("realm", "registry.example", "auth.example", ""),
        ("realm", "registry.example", "https://user:tr3asure@auth.example", ""),
        ("blob", "registry.example/app", "", "sha256:short"),
        ("blob", "registry.example", "", DIGEST),
    ],
)
def test_a_field_that_is_wrong_says_why_and_nothing_is_opened(
    field: str, reference: str, realm: str, blob: str
) -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/-/doctor")
        await tab.submit("doctor", reference=reference, realm=realm, blob=blob)
        mistake = tab.shown(DoctorPage).mistake
        assert mistake is not None
        assert mistake[0] == field
        assert mistake[1].endswith(".")
        assert tab.shell.last.focus == f"doctor-{field}"

    played = play(scene, tab)
    assert played.state.route.registry is None
    assert "tr3asure" not in repr(played.state)
    assert not any("tr3asure" in repr(commit) for commit in played.shell.commits)


def test_an_address_with_a_password_is_examined_without_it_and_that_is_a_verdict() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/-/doctor")
        await tab.submit("doctor", reference="https://user:tr3asure@registry.example", realm="", blob="")

    played = play(scene, tab)
    assert played.shell.last.main.verdict.split()[0] == "url-has-credentials"
    assert played.addresses()[-1] == ("#/registry.example/-/doctor", False)
    assert not any("tr3asure" in repr(commit) for commit in played.shell.commits)


@pytest.mark.parametrize(("command", "value"), [("doctor-origins", "list"), ("doctor-delete", True)])
def test_a_choice_before_anything_was_found_is_kept(command: str, value: object) -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/-/doctor")
        await tab.press(command, value=value)
        page = tab.shown(DoctorPage)
        assert (page.origins, page.delete) == ("list" if value == "list" else "any", value is True)

    play(scene, tab)


def test_what_is_not_a_choice_is_the_first_one() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/registry.example/-/doctor")
        await tab.press("doctor-origins", value="list")
        await tab.press("doctor-origins", value="everything")
        await tab.press("doctor-delete", value="yes")
        assert (tab.shown(DoctorPage).origins, tab.shown(DoctorPage).delete) == ("any", False)

    play(scene, tab)


@pytest.mark.parametrize("name", ["doctor-again", "doctor-credentials", "doctor-nothing"])
def test_without_a_registry_there_is_nothing_to_examine(name: str) -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/-/doctor")
        await tab.press(name, value=True)
        assert tab.facts() == ("doctor", "shown", "")

    play(scene, tab)


@pytest.mark.parametrize("name", ["doctor-origins", "doctor-delete", "doctor-credentials", "doctor-again"])
def test_a_button_of_the_doctor_does_nothing_on_another_page(name: str) -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/-/settings")
        before = tab.state
        await tab.press(name, value=True)
        await tab.submit("doctor", reference="")
        assert tab.state == before

    play(scene, tab)
