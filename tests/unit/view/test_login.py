import pytest

from app.auth.errors import ApprovalPrompt, LoginReason
from app.oci.origin import Origin
from app.state.model import AppState
from app.view import login
from app.view.markup import group, render
from tests.unit.view.reading import Node, read
from tests.unit.view.states import LANDING, PROMPT, REPOSITORY, SETTINGS, at

REALM = Origin("https", "auth.example.org", None)
LAN = Origin("http", "registry.lan", 5000)
SCOPE = "repository:harbour/tide-gauge:pull"
APPROVAL = ApprovalPrompt(LAN, REALM, "bearer", "registry.lan", (SCOPE,), False, "other-origin")
BASE = at(REPOSITORY, LANDING)


def card(state: AppState) -> Node:
    return read(render(group(login.card(state))))


def form(**fields: object) -> Node:
    return card(BASE._replace(login=PROMPT._replace(**fields)))  # type: ignore[arg-type]


def test_it_says_which_registry_scheme_realm_service_and_scope() -> None:
    node = form(scopes=(SCOPE,), service="registry.example.net")
    assert node.one("h2").words == "Sign in to registry.example.net"
    asked = node.one("section.login-ask")
    names = [one.words for one in asked.all("dt")]
    assert names == ["Scheme", "Realm", "Service", "Scope"]
    said = [one.words for one in asked.all("dd")]
    assert said[:3] == ["Bearer", "https://registry.example.net/token", "registry.example.net"]
    assert said[3] == f"read harbour/tide-gauge{SCOPE}"


def test_password_managers_know_the_fields() -> None:
    node = form()
    assert (node.by_id("username")["autocomplete"], node.by_id("username")["name"]) == ("username", "username")
    password = node.by_id("password")
    assert (password["autocomplete"], password["type"]) == ("current-password", "password")


def test_the_form_is_the_login_form_and_can_be_left() -> None:
    node = form()
    assert node.one("form", data_form="login").all("button", type_="submit")
    assert node.one("button", data_command="cancel").words == "Continue without signing in"


def test_no_password_is_ever_written_into_the_page() -> None:
    assert "value" not in form().by_id("password").attributes
    assert "data-input" not in form().by_id("password").attributes


def test_a_wrong_password_keeps_the_name_and_says_so() -> None:
    node = form(reason="wrong-password", username="alice")
    assert node.by_id("username")["value"] == "alice"
    password = node.by_id("password")
    assert password["aria-invalid"] == "true"
    assert "did not accept them" in node.by_id(password["aria-describedby"]).words


def test_without_a_mistake_no_field_is_called_wrong() -> None:
    assert "aria-invalid" not in form().by_id("password").attributes


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "on the same host, over HTTPS"),
        ({"realm_origin": REALM}, "at auth.example.org, over HTTPS"),
        ({"scheme": "basic", "realm_origin": None}, "to the registry itself, over HTTPS"),
        ({"scheme": "basic", "realm_origin": None, "registry": LAN}, "over plain HTTP"),
    ],
)
def test_it_says_where_the_password_goes(fields: dict[str, object], said: str) -> None:
    assert said in form(**fields).one("section.login-ask").text


def test_while_a_sign_in_is_tried_it_cannot_be_sent_twice() -> None:
    buttons = card(BASE._replace(login=PROMPT, busy=True)).all("button", type_="submit")
    assert all("disabled" in button.attributes for button in buttons)
    assert [button.words for button in buttons] == ["Signing in…", "Signing in…"]


def test_unencrypted_is_warned_of_before_a_password_can_be_typed() -> None:
    node = form(reason="insecure", registry=LAN, scheme="basic", realm_origin=None)
    assert node.all("input") == []
    assert node.one("button", data_command="accept-insecure")
    assert node.one("div.notice--warn")


def test_another_host_is_named_before_anything_is_sent_there() -> None:
    node = card(BASE._replace(approval=APPROVAL))
    assert [one.one("b").words for one in node.all("div.host")] == ["registry.lan:5000", "auth.example.org"]
    assert "would receive your password" in node.text
    assert [one["data-args"] for one in node.all("button", data_command="approve")] == [
        '{"remember": false}',
        '{"remember": true}',
    ]


def test_an_approval_is_not_remembered_where_nothing_is() -> None:
    node = card(BASE._replace(approval=APPROVAL, settings=SETTINGS._replace(remember=False)))
    assert len(node.all("button", data_command="approve")) == 1


def test_an_anonymous_approval_does_not_speak_of_passwords() -> None:
    node = card(BASE._replace(approval=APPROVAL._replace(anonymous=True, reason="private-host")))
    assert "would receive your password" not in node.text
    assert "private network" in node.text


def test_a_private_host_is_asked_about() -> None:
    node = card(BASE._replace(confirm=Origin("http", "192.168.1.10", 5000)))
    assert node.one("button", data_command="confirm-host").words == "Contact 192.168.1.10:5000"
    assert node.all("button", data_command="cancel")


def test_without_a_question_there_is_no_card() -> None:
    assert login.card(BASE) is None
    assert login.announce(BASE) == ""


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("required", "Sign in to registry.example.net"),
        ("wrong-password", "Wrong user name or password for registry.example.net"),
        ("expired", "The sign-in to registry.example.net has expired"),
        ("insecure", "registry.example.net would get the password unencrypted. Go on?"),
    ],
)
def test_every_question_is_announced(reason: LoginReason, said: str) -> None:
    assert login.announce(BASE._replace(login=PROMPT._replace(reason=reason))) == said


def test_other_questions_are_announced_too() -> None:
    said = "registry.lan:5000 signs in through auth.example.org. Approve it?"
    assert login.announce(BASE._replace(approval=APPROVAL)) == said
    assert login.announce(BASE._replace(login=PROMPT, busy=True)) == "Signing in to registry.example.net"


def test_hostile_realms_make_no_element() -> None:
    assert "<b>\\u202e" in form(realm="<b>\u202e").one("section.login-ask").text


def test_a_token_can_be_used_instead() -> None:
    assert form().one("form", data_form="login-token")


def test_a_pasted_registry_token_goes_to_the_registry() -> None:
    said = form(realm_origin=None).one("section.login-ask").text
    assert "goes to the registry itself, over HTTPS" in said
