from app.state.model import SettingsPage
from app.view import screen
from tests.unit.view.reading import Node
from tests.unit.view.states import RECENT, SETTINGS, at, keys, shown

PAIR = ("https://registry.lan:5000", "https://auth.example.org")
FULL = SETTINGS._replace(recents=(RECENT,), approvals=(PAIR,), theme="dark")


def page(settings: object = FULL, *, can_keep: bool = True, secure: bool = True) -> Node:
    return shown(at("#/-/settings", SettingsPage(can_keep, secure), settings=settings))


def test_the_theme_that_holds_is_chosen() -> None:
    options = page().by_id("theme").all("option")
    assert [option["value"] for option in options if "selected" in option.attributes] == ["dark"]


def test_recents_can_be_forgotten_one_by_one_and_all() -> None:
    node = page()
    assert node.one("button", data_command="forget")["data-args"] == '{"subject": "registry.example.net"}'
    assert node.all("button", data_command="forget-all")


def test_approvals_can_be_withdrawn() -> None:
    button = page().one("button", data_command="forget-approval")
    assert button["data-args"] == '{"registry": "https://registry.lan:5000", "realm": "https://auth.example.org"}'
    assert button["aria-label"].startswith("Withdraw the approval of https://auth.example.org")


def test_nothing_kept_is_said() -> None:
    node = page(SETTINGS)
    assert "None is remembered." in node.text
    assert "None was approved for good." in node.text
    assert node.all("button", data_command="forget-all") == []


def test_a_browser_that_keeps_nothing_is_named() -> None:
    assert "keeps nothing" in page(can_keep=False).one("div.notice--plain").text
    assert page().all("div.notice") == []


def test_a_page_that_came_unencrypted_is_warned_of() -> None:
    assert "plain HTTP" in page(secure=False).one("div.notice--warn").text


def test_it_is_titled_and_announced() -> None:
    found = screen.render(at("#/-/settings", SettingsPage(True, True)))
    assert (found.title, found.announce) == ("Settings · Portolan", "Settings")


def test_choices_about_sign_ins_are_made_here() -> None:
    commands = [node["data-command"] for node in page().by_id("sign-ins") if "data-command" in node.attributes]
    assert commands == ["token-lifetime", "idle-lock", "offline"]


def test_the_key_changes_with_the_settings() -> None:
    state = at("#/-/settings", SettingsPage(True, True))
    assert keys(state)["main"] != keys(state._replace(settings=FULL))["main"]
