import pytest

from app.auth.errors import Scheme
from app.state.failure import Failure, UnusableToken, failure_of
from app.view.markup import render
from app.view.token_form import token_form
from tests.unit.view.reading import Node, read
from tests.unit.view.states import PROMPT


def form(scheme: Scheme = "bearer", busy: bool = False, mistake: Failure | None = None) -> Node:
    return read(render(token_form(PROMPT._replace(scheme=scheme), busy, mistake)))


def test_it_is_a_disclosure_with_a_form_of_its_own() -> None:
    node = form()
    assert node.one("summary").words == "Use a token instead"
    assert "open" not in node.one("details").attributes
    assert node.one("form", data_form="login-token")


@pytest.mark.parametrize(("scheme", "kinds"), [("bearer", ["identity", "registry"]), ("basic", ["registry"])])
def test_an_identity_token_needs_a_token_service(scheme: Scheme, kinds: list[str]) -> None:
    radios = form(scheme).all("input", type_="radio")
    assert [one["value"] for one in radios] == kinds
    assert "checked" in radios[0].attributes


def test_it_says_where_each_kind_goes() -> None:
    assert "goes to the token service alone" in form().text
    assert "Goes to the registry as it is" in form().text


def test_the_token_is_never_written_into_the_page_nor_told_while_it_is_typed() -> None:
    field = form().by_id("token-secret")
    assert (field["type"], field["autocomplete"]) == ("password", "off")
    assert "value" not in field.attributes
    assert "data-input" not in field.attributes


@pytest.mark.parametrize(("empty", "said"), [(True, "No token was entered."), (False, "no header can carry")])
def test_a_mistake_opens_it_and_is_told_at_the_field(empty: bool, said: str) -> None:
    node = form(mistake=failure_of(UnusableToken(empty=empty)))
    assert "open" in node.one("details").attributes
    assert said in node.by_id(node.by_id("token-secret")["aria-describedby"]).text


def test_while_a_sign_in_is_tried_it_cannot_be_sent_twice() -> None:
    assert "disabled" in form(busy=True).one("button").attributes
