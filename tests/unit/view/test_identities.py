import json

from app.state.model import AppState, IdentitiesPage, ImportReport, RegistryIdentities
from app.view import identities
from tests.unit.view.reading import Node
from tests.unit.view.states import SETTINGS, at, keys, shown
from tests.unit.view.talks import ALICE, NAMELESS, OTHER, REGISTRY, ROBOT

HERE = RegistryIdentities(REGISTRY, (ALICE, ROBOT))
THERE = RegistryIdentities(OTHER, (NAMELESS,))


def state(*registries: RegistryIdentities, report: ImportReport | None = None) -> AppState:
    return at("#/-/identities", IdentitiesPage(registries, report), settings=SETTINGS._replace(idle_lock=15))


def page(*registries: RegistryIdentities) -> Node:
    return shown(state(*registries))


def rows(node: Node) -> list[Node]:
    return node.one("tbody").all("tr")


def test_each_registry_has_its_identities_and_nobody() -> None:
    node = page(HERE, THERE)
    assert [one.words for one in node.all("h2")][:2] == ["registry.example.net", "registry.example.org"]
    assert [row.one("th").words for row in node.all("tbody")[0].all("tr")] == ["alice", "robot$harbour", "nobody"]


def test_the_one_in_use_is_marked() -> None:
    marked = [row.one("th").words for row in rows(page(HERE)) if "in use" in row.words]
    assert marked == ["alice"]
    nobody = [row.one("th").words for row in rows(page(THERE)) if "in use" in row.words]
    assert nobody == ["nobody"]


def test_a_row_says_how_one_signed_in_and_how_long_it_lasts() -> None:
    first, second, _ = rows(page(HERE))
    assert "password" in first.words
    assert "Bearer" in first.words
    assert first.one("span.timer").words == "4:32"
    assert "identity token, not tried yet" in second.words


def test_an_identity_of_nobody_named_says_so() -> None:
    assert rows(page(THERE))[0].one("th").words == "no user name"


def test_another_one_can_be_used_and_nobody() -> None:
    buttons = page(HERE).all("button", data_command="use-identity")
    assert [json.loads(one["data-args"]) for one in buttons] == [
        {"registry": "https://registry.example.net", "name": "robot$harbour"},
        {"registry": "https://registry.example.net", "name": None},
    ]


def test_one_signs_out_of_one_and_of_all() -> None:
    node = page(HERE)
    first = node.all("button", data_command="sign-out")[0]
    assert json.loads(first["data-args"]) == {"registry": "https://registry.example.net", "name": "alice"}
    assert first["aria-label"] == "Sign out alice of registry.example.net"
    assert node.one("button", data_command="sign-out-all")


def test_another_identity_can_be_added_where_it_is_known_how_one_signs_in() -> None:
    button = page(HERE).one("button", data_command="add-identity")
    assert json.loads(button["data-args"]) == {"registry": "https://registry.example.net"}
    assert page(THERE).all("button", data_command="add-identity") == []


def test_signed_in_nowhere_is_said() -> None:
    node = page()
    assert "You are signed in to no registry." in node.text
    assert node.all("button", data_command="sign-out-all") == []


def test_the_lock_is_chosen_here() -> None:
    options = page().by_id("idle-lock").all("option")
    assert [one["value"] for one in options if "selected" in one.attributes] == ["15"]


def test_a_second_changes_nothing_but_the_countdown() -> None:
    later = RegistryIdentities(REGISTRY, (ALICE._replace(expires_in=271.0), ROBOT))
    before, after = keys(state(HERE)), keys(state(later))
    changed = {name for name in before if before[name] != after[name]}
    assert len(changed) == 1
    assert changed.pop().startswith("left-who-")


def test_it_is_titled_and_counted() -> None:
    assert identities.announce(state(HERE, THERE)) == "Identities: 3 identities at 2 registries"
    assert identities.announce(state()) == "Identities: signed in nowhere"


def test_a_hostile_name_makes_no_element() -> None:
    hostile = ALICE._replace(username="<b>\u202e", name="<b>\u202e")
    node = page(RegistryIdentities(REGISTRY, (hostile,)))
    assert rows(node)[0].one("th").words == "<b>\\u202e"
