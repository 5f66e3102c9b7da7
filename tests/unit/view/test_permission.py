import pytest

from app.client.permits import NotPermitted, Part, Rule
from app.oci.origin import Origin, parse_origin
from app.state.model import AppState
from app.view.explanation import Scene
from app.view.markup import render
from app.view.problem import brief
from app.view.trouble import trouble
from tests.unit.view.reading import Node, read
from tests.unit.view.states import LANDING, MANIFEST, REGISTRY, URL, at

SCENE = Scene("manifest", "registry.example.net", "harbour/tide-gauge", "2.4.1", None)
STATE = at(MANIFEST, LANDING, extension=True)
AUTH = parse_origin("https://auth.example.org")
HUB = parse_origin("https://docker.io")


def stopped(
    part: Part, origin: Origin | None, rule: Rule = "extension", registry: Origin = REGISTRY, url: str = URL
) -> NotPermitted:
    return NotPermitted("GET", url, registry, part, origin, rule)


def notice(error: NotPermitted, state: AppState = STATE) -> Node:
    return read(render(trouble(state, error, SCENE))).one("div.notice")


def test_one_click_asks_for_the_registry() -> None:
    node = notice(stopped("registry", REGISTRY))
    assert node.one("button")["data-grant"] == "https://registry.example.net"
    assert "May Portolan read registry.example.net?" in node.words
    assert node.all("form") == []


def test_the_token_service_is_said_to_be_one() -> None:
    node = notice(stopped("token", AUTH))
    assert "registry.example.net gives out its tokens there" in node.words
    assert node.one("button")["data-grant"] == "https://auth.example.org"


def test_what_is_known_of_a_registry_is_listed_before_it_is_asked_for_together() -> None:
    node = notice(stopped("registry", parse_origin("https://registry-1.docker.io"), registry=HUB))
    wanted = node.one("button")["data-grant"].split()
    assert [item.words for item in node.all("li")] == wanted
    assert node.one("button").words == f"Allow these {len(wanted)} addresses"


def test_a_refusal_is_read_out() -> None:
    node = notice(stopped("registry", REGISTRY), STATE._replace(refused=True))
    assert "did not allow it" in node.one("p", role="alert").words
    assert node.all("button", data_grant="https://registry.example.net")
    assert notice(stopped("registry", REGISTRY)).all("p", role="alert") == []


def test_a_storage_nobody_can_see_is_asked_for_by_hand() -> None:
    node = notice(stopped("storage", None))
    assert f"curl -s -o /dev/null -w '%{{redirect_url}}\\n' '{URL}'" in node.one("pre").words
    assert "disabled" in node.one("form").one("button", type="submit").attributes


def test_the_command_goes_out_as_the_request_did() -> None:
    error = NotPermitted("GET", f"{URL}'$(x)", REGISTRY, "storage", None, "extension", authorized=True)
    text = notice(error).one("pre").words
    assert '-H "Authorization: $AUTHORIZATION"' in text
    assert text.endswith(f"'{URL}'\\''$(x)'")


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://s.example", "https://s.example"),
        (" https://s.example/a/b?signature=1 ", "https://s.example"),
        ("s.example:8443/x", "https://s.example:8443"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
    ],
)
def test_what_was_typed_or_pasted_becomes_the_origin_that_is_asked_for(typed: str, origin: str) -> None:
    button = notice(stopped("storage", None), STATE._replace(storage=typed)).one("form").one("button", type="submit")
    assert button["data-grant"] == origin
    assert "disabled" not in button.attributes


@pytest.mark.parametrize("typed", ["https://", "ftp://s.example", "https://u:p@s.example", "a b"])
def test_what_is_no_address_is_said_and_not_asked_for(typed: str) -> None:
    form = notice(stopped("storage", None), STATE._replace(storage=typed)).one("form")
    assert form.one("input")["aria-invalid"] == "true"
    assert form.one("p.field-error").words
    assert "data-grant" not in form.one("button", type="submit").attributes


@pytest.mark.parametrize("part", ["registry", "token", "storage"])
def test_a_copy_for_certain_registries_says_so_and_offers_no_button(part: Part) -> None:
    node = notice(stopped(part, None if part == "storage" else AUTH, "site"))
    assert "This copy of Portolan does not read" in node.words
    assert [one for one in node if "data-grant" in one.attributes] == []


def test_the_host_of_a_copy_is_told_what_to_write() -> None:
    assert "“realms”" in notice(stopped("token", AUTH, "site")).words
    assert "“storage”" in notice(stopped("storage", None, "site")).words


def test_a_row_says_it_in_three_words() -> None:
    assert brief(stopped("registry", REGISTRY)) == "not allowed yet"
    assert brief(stopped("registry", REGISTRY, "site")) == "not read here"
