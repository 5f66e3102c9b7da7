import pytest

from app.oci.origin import parse_origin
from app.ports.transport import Request
from app.state.keeping import DEFAULT
from tests.unit.state.fake_content import HOME, REGISTRY
from tests.unit.state.fake_lab import APPROVED, Lab, lab_tab
from tests.unit.state.fake_page import Tab, play

OTHER = parse_origin("https://other.example")


@pytest.mark.parametrize(
    ("value", "seconds", "kept"),
    [("0", 0, "0"), ("300", 300, "300"), (300, 300, "300"), (300.0, 300, "300"), ("9" * 9, 604800, "604800")],
)
def test_the_lifetime_of_tokens_holds_for_every_registry_now_and_later(value: object, seconds: int, kept: str) -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME)
        await tab.press("token-lifetime", value=value)
        assert tab.state.settings.token_lifetime == seconds
        assert tab.shell.kept[-1] == ("token-lifetime", kept)
        assert tab.controller.connections.auth(REGISTRY).lifetime == seconds
        assert tab.controller.connections.auth(OTHER).lifetime == seconds

    play(scene, lab_tab())


@pytest.mark.parametrize("value", ["", "soon", "-1", None, "1e3", "9" * 10])
def test_no_number_is_as_the_registry_says(value: object) -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"token-lifetime": "0"})
        await tab.press("token-lifetime", value=value)
        assert tab.state.settings.token_lifetime is None
        assert tab.shell.kept[-1] == ("token-lifetime", None)

    play(scene, lab_tab())


def test_a_lifetime_of_nothing_asks_for_a_token_each_time() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"token-lifetime": "0"})
        asked = len(lab.asked)
        await tab.press("retry")
        assert len(lab.asked) == asked + 1

    lab = Lab(is_open=True)
    play(scene, lab.tab)


def test_refresh_tokens_are_asked_for_only_when_that_is_turned_on() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"approvals": APPROVED})
        await tab.sign_in()
        assert not any(map(wants_refresh, lab.asked))
        await tab.press("offline", value=True)
        assert tab.shell.kept[-1] == ("offline", "yes")
        assert tab.controller.connections.auth(OTHER).offline_tokens
        tab.clock.advance(1000)
        await tab.press("retry")
        assert wants_refresh(lab.asked[-1])
        await tab.press("offline", value=False)
        assert not tab.controller.connections.auth(REGISTRY).offline_tokens

    lab = Lab()
    play(scene, lab.tab)


def wants_refresh(request: Request) -> bool:
    return "offline_token=true" in request.url


@pytest.mark.parametrize(("value", "minutes"), [("15", 15), (5, 5), ("0", 0), ("x", 0), (None, 0), ("99999", 1440)])
def test_the_time_of_the_idle_lock_is_a_number_of_minutes(value: object, minutes: int) -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("#/-/settings", {"idle-lock": "7"})
        await tab.press("idle-lock", value=value)
        assert tab.state.settings.idle_lock == minutes
        assert tab.shell.kept == [("idle-lock", str(minutes) if minutes else None)]

    play(scene)


def test_what_was_kept_of_the_session_holds_from_the_start() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start("", {"token-lifetime": "60", "idle-lock": "5", "offline": "yes"})
        assert tab.state.settings._replace(recents=()) == DEFAULT._replace(
            token_lifetime=60.0, idle_lock=5, offline=True
        )
        auth = tab.controller.connections.auth(REGISTRY)
        assert (auth.lifetime, auth.offline_tokens) == (60, True)
        assert tab.shell.kept == []

    play(scene)


def test_starting_afresh_undoes_the_settings_and_forgets_what_was_said() -> None:
    async def scene(tab: Tab) -> None:
        await tab.start(HOME, {"token-lifetime": "60", "idle-lock": "5", "offline": "yes"})
        await tab.press("reset")
        assert tab.state.settings == DEFAULT
        auth = tab.controller.connections.auth(REGISTRY)
        assert (auth.lifetime, auth.offline_tokens) == (None, False)
        assert tab.controller.connections.transcript.exchanges() == ()
        assert {key for key, text in tab.shell.kept if text is None} >= {"token-lifetime", "idle-lock", "offline"}

    play(scene, lab_tab())
