from app.state.model import SettingsPage
from tests.unit.view.reading import Node
from tests.unit.view.states import at, keys, shown

ORIGINS = ("https://registry.example.net", "*://*")


def page(*, extension: bool, granted: tuple[str, ...] = ()) -> Node:
    return shown(at("#/-/settings", SettingsPage(True, True), extension=extension, granted=granted))


def test_each_origin_is_listed_with_the_button_that_takes_it_back() -> None:
    rows = page(extension=True, granted=ORIGINS).by_id("granted").all("li")
    assert [row.one("button")["data-revoke"] for row in rows] == list(ORIGINS)
    assert rows[0].one("button")["aria-label"] == "Take back https://registry.example.net"


def test_nothing_granted_is_said() -> None:
    assert "Nothing was allowed yet." in page(extension=True).by_id("granted").words


def test_a_page_of_the_web_has_no_such_list() -> None:
    assert page(extension=False).all("section", id="granted") == []


def test_the_settings_change_with_the_list() -> None:
    state = at("#/-/settings", SettingsPage(True, True), extension=True)
    assert keys(state)["main"] != keys(state._replace(granted=ORIGINS))["main"]
