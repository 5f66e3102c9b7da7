from app.view.markup import Element, render
from app.view.session_settings import idle_lock, offline, token_lifetime
from tests.unit.view.reading import Node, read
from tests.unit.view.states import SETTINGS


def shown(element: Element) -> Node:
    return read(render(element))


def chosen(node: Node) -> list[str]:
    return [one["value"] for one in node.all("option") if "selected" in one.attributes]


def test_a_token_is_used_as_long_as_the_registry_says_unless_one_chooses() -> None:
    node = shown(token_lifetime(SETTINGS))
    assert [one["value"] for one in node.all("option")] == ["stated", "300", "60", "0"]
    assert chosen(node) == ["stated"]
    assert chosen(shown(token_lifetime(SETTINGS._replace(token_lifetime=0.0)))) == ["0"]


def test_it_says_what_a_shorter_time_means() -> None:
    assert "one token request for every request" in shown(token_lifetime(SETTINGS)).text


def test_a_lifetime_that_is_not_offered_is_shown_all_the_same() -> None:
    assert chosen(shown(token_lifetime(SETTINGS._replace(token_lifetime=90.0)))) == ["90"]


def test_the_lock_is_in_minutes() -> None:
    assert chosen(shown(idle_lock(SETTINGS))) == ["0"]
    assert chosen(shown(idle_lock(SETTINGS._replace(idle_lock=30)))) == ["30"]
    assert chosen(shown(idle_lock(SETTINGS._replace(idle_lock=7)))) == ["7"]


def test_refresh_tokens_are_asked_for_only_where_one_ticks_it() -> None:
    assert "checked" not in shown(offline(SETTINGS)).one("input").attributes
    assert "checked" in shown(offline(SETTINGS._replace(offline=True))).one("input").attributes


def test_each_is_a_command() -> None:
    nodes = [shown(one) for one in (token_lifetime(SETTINGS), idle_lock(SETTINGS), offline(SETTINGS))]
    commands = [one["data-command"] for node in nodes for one in node if "data-command" in one.attributes]
    assert commands == ["token-lifetime", "idle-lock", "offline"]
