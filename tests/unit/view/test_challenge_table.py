from app.auth.challenge import parse_challenges
from app.view.challenge_table import challenge_tables, schemes
from app.view.markup import render
from tests.unit.view.reading import Node, read
from tests.unit.view.talks import CHALLENGE, SCOPE


def shown(header: str) -> Node:
    return read(render(challenge_tables(parse_challenges(header), 5)))


def rows(node: Node) -> list[list[str]]:
    return [[cell.words for cell in row if cell.tag in ("th", "td")] for row in node.one("tbody").all("tr")]


def test_each_parameter_has_a_row_with_its_meaning() -> None:
    assert rows(shown(CHALLENGE)) == [
        ["realm", "https://auth.example.org/v1/token", "where tokens are given out"],
        ["service", "registry.example.net", "whom the token is for"],
        ["scope", SCOPE, "what it must allow"],
    ]


def test_several_challenges_are_counted() -> None:
    node = shown(f'{CHALLENGE}, Basic realm="Registry"')
    assert [one.words for one in node.all("h4")] == ["Challenge 1 of 2: Bearer", "Challenge 2 of 2: Basic"]


def test_the_realm_of_basic_is_no_address() -> None:
    assert rows(shown('Basic realm="Registry"')) == [["realm", "Registry", "a name for what is protected"]]


def test_a_broken_challenge_says_why() -> None:
    assert "cannot be used" in shown('Bearer realm="https://a.example",realm="https://b.example"').text


def test_a_challenge_without_parameters_says_so() -> None:
    assert "no parameters" in shown("Negotiate").text


def test_many_parameters_are_counted_and_not_shown() -> None:
    assert "and 4 more" in shown("Bearer " + ",".join(f'p{number}="x"' for number in range(20))).text


def test_the_table_of_each_request_has_a_name_of_its_own() -> None:
    assert shown(CHALLENGE).one("table")["aria-label"] == "Challenge: Bearer (request 5)"


def test_a_hostile_parameter_makes_no_element() -> None:
    assert "<b>\\u202e" in shown('Bearer realm="<b>\u202e"').text


def test_schemes_are_named_once_each() -> None:
    assert schemes(parse_challenges('Bearer realm="a", basic realm="b", Basic realm="c"')) == ("Bearer", "Basic")
