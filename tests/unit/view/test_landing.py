import re
from pathlib import Path

from app.oci.origin import Origin
from app.state.host_config import DEFAULT, HostConfig, HostRegistry
from app.state.model import Landing
from app.view import landing, screen
from app.view.markup import render
from tests.unit.view.reading import Node, read
from tests.unit.view.states import LANDING, RECENT, SETTINGS, at, keys, shown

INDEX = Path(__file__).parents[3] / "index.html"
SAMPLE = HostConfig("Portolan", (HostRegistry(Origin("http", "127.0.0.1", 5000), "Sample registry"),), ())
TYPED = "registry.example.net/Harbour"


def outline(node: Node) -> list[object]:
    """Elements, attributes and words, without the space between elements."""
    children: list[object] = [
        child.strip() if isinstance(child, str) else [child.tag, child.attributes, outline(child)]
        for child in node.children
    ]
    return [child for child in children if child != ""]


def test_the_static_page_is_what_python_would_paint() -> None:
    static = re.search(r"<main.*?</main>", INDEX.read_text(), re.DOTALL)
    assert static is not None
    painted = read(static[0]).one("main")
    regions = {region.region: region for region in screen.render(at("#/", LANDING)).regions}
    assert outline(painted) == outline(read(regions["main"].build()))


def test_the_hero_of_an_empty_page_is_the_static_one() -> None:
    static = re.search(r"<main.*?</main>", INDEX.read_text(), re.DOTALL)
    assert static is not None
    hero = read(render(landing.hero(LANDING, DEFAULT))).one("section.hero")
    assert outline(hero) == outline(read(static[0]).one("section.hero"))


def test_the_registries_of_the_host_are_listed_and_given_as_examples() -> None:
    page = shown(at("#/", LANDING, config=SAMPLE))
    links = page.all("a", href="#/127.0.0.1:5000")
    assert [link.words for link in links] == ["127.0.0.1:5000", "127.0.0.1:5000"]
    assert "Sample registry" in page.text


def test_the_playground_is_offered_where_it_is_played() -> None:
    played = SAMPLE._replace(playground=Origin("http", "127.0.0.1", 5006))
    assert shown(at("#/", LANDING, config=played)).one("a", href="#/-/playground").words == "CORS playground"
    assert not shown(at("#/", LANDING, config=SAMPLE)).all("a", href="#/-/playground")


def test_warnings_about_the_configuration_are_a_plain_notice() -> None:
    page = shown(at("#/", LANDING, config=DEFAULT._replace(warnings=("no “colour” <b>",))))
    assert page.one("div.notice--plain").one("li").words == "no “colour” <b>"


def test_a_recent_registry_can_be_opened_and_forgotten() -> None:
    page = shown(at("#/", LANDING, settings=SETTINGS._replace(recents=(RECENT,))))
    assert page.one("a", href="#/registry.example.net").words == "registry.example.net"
    forget = page.one("button", data_command="forget")
    assert forget["data-args"] == '{"subject": "registry.example.net"}'
    assert forget["aria-label"] == "Forget registry.example.net"
    assert page.all("button", data_command="forget-all")
    assert "11 Feb 2026" in page.text


def test_remembering_can_be_turned_off_and_on() -> None:
    on = shown(at("#/", LANDING, settings=SETTINGS._replace(recents=(RECENT,)))).one("input", data_command="remember")
    assert "checked" in on.attributes
    off = shown(at("#/", LANDING, settings=SETTINGS._replace(remember=False))).one("input", data_command="remember")
    assert "checked" not in off.attributes


def test_without_recents_nothing_is_said_of_them() -> None:
    assert "Recent registries" not in shown(at("#/", LANDING)).text


def test_a_mistake_is_marked_at_its_character() -> None:
    page = shown(at("#/", Landing(TYPED, (21, "Names are lower case."))))
    check = page.one("p.refcheck")
    assert check.text == TYPED
    assert check.one("mark.offend").text == "H"
    field = page.by_id("reference")
    assert (field["aria-invalid"], field["value"]) == ("true", TYPED)
    reason = page.by_id(field["aria-describedby"].split()[0])
    assert reason.words == "Character 22: Names are lower case."


def test_a_mistake_at_the_end_marks_the_place_that_is_empty() -> None:
    page = shown(at("#/", Landing("ghcr.io/", (8, "A name is missing."))))
    assert page.one("mark.offend").text == "\u00a0"
    assert page.by_id("reference-error").words == "At the end: A name is missing."


def test_a_mistake_in_nothing_shows_no_empty_box() -> None:
    page = shown(at("#/", Landing("", (0, "Type something."))))
    assert page.all("p.refcheck") == []


def test_an_invisible_mistake_is_made_visible() -> None:
    page = shown(at("#/", Landing("ghcr.io/a\u202eb", (9, "No."))))
    assert page.one("mark.offend").text == "\\u202e"


def test_a_mistake_is_announced() -> None:
    assert screen.render(at("#/", Landing("x", (0, "No.")))).announce == "Not opened: No."


def test_the_key_changes_with_what_is_shown_and_only_then() -> None:
    first = at("#/", LANDING)
    assert keys(first)["main"] == keys(first._replace(suggestions=("a",)))["main"]
    assert keys(first)["main"] != keys(first._replace(settings=SETTINGS._replace(recents=(RECENT,))))["main"]
    assert keys(first)["main"] != keys(at("#/", Landing("x", (0, "No."))))["main"]
