import json

from app.auth.standing import AnonymousRead, Identity, Standing
from app.state.model import AppState
from app.view.identity_menu import identity_menu
from app.view.markup import render
from tests.unit.view.reading import Node, read
from tests.unit.view.states import ALICE as STANDING
from tests.unit.view.states import HOST, LANDING, at
from tests.unit.view.talks import ALICE, NAMELESS, REGISTRY, ROBOT


def menu(*people: Identity, standing: Standing = STANDING, **fields: object) -> Node:
    state: AppState = at(HOST, LANDING, standing=standing, identities=people, **fields)
    return read(render(identity_menu(state, REGISTRY))).one("details.menu")


def test_it_is_a_menu_that_the_shell_closes() -> None:
    assert menu().one("summary").words == "More"


def test_the_identities_of_the_registry_can_be_switched() -> None:
    node = menu(ALICE, ROBOT)
    assert [one.all("span")[0].words for one in node.one("ul.people").all("li")] == [
        "alice password",
        "robot$harbour identity token",
        "anonymous",
    ]
    buttons = node.all("button", data_command="use-identity")
    assert [json.loads(one["data-args"]) for one in buttons] == [{"name": "robot$harbour"}, {"name": None}]


def test_nobody_is_in_use_when_no_identity_is() -> None:
    last = menu(ROBOT).one("ul.people").all("li")[-1]
    assert last.one("span.outcome").words == "in use"


def test_an_identity_without_a_name_is_called_by_its_kind_once() -> None:
    assert menu(NAMELESS).one("ul.people").all("li")[0].one("b").words == "registry token"


def test_another_one_can_be_added_where_one_knows_how() -> None:
    assert menu(ALICE).one("button", data_command="add-identity")
    assert menu(ALICE, standing=Standing(None, None, None)).all("button", data_command="add-identity") == []
    assert menu().all("button", data_command="add-identity") == []


def test_it_leads_to_what_is_known_of_the_sign_in() -> None:
    assert [one["href"] for one in menu().one("ul.places").all("a")] == [
        "#/registry.example.net/-/transcript",
        "#/registry.example.net/-/token",
        "#/registry.example.net/-/use-cases",
        "#/registry.example.net/-/doctor",
        "#/-/identities",
    ]


def test_that_something_was_read_anonymously_is_explained() -> None:
    node = menu(ALICE, anonymously=True, anonymous_read=AnonymousRead("alice", "denied", ()))
    assert "without the credentials of alice: they do not allow it." in node.text
