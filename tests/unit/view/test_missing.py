from app.state.model import Missing
from app.view import screen
from tests.unit.view.states import HOST, MANIFEST, REPOSITORY, at, keys, shown

BAD = Missing("", "registry.example.net/UPPER", (21, "Names are lower case."))


def test_an_address_that_cannot_be_read_is_marked_at_its_character() -> None:
    page = shown(at("#/", BAD))
    assert page.one("h1").words == "This address cannot be read"
    assert page.one("mark.offend").text == "U"
    assert page.all("a", href="#/")


def test_a_view_of_another_version_leads_back_to_what_there_is() -> None:
    page = shown(at(f"{MANIFEST}/-/files/etc", Missing("files", "", None)))
    assert "There is no view files" in page.one("div.notice").text
    assert [link["href"] for link in page.one("p.row").all("a")] == [REPOSITORY, HOST, "#/"]


def test_it_is_announced() -> None:
    assert screen.render(at("#/", BAD)).announce == "This address cannot be read: Names are lower case."
    assert screen.render(at("#/", Missing("x", "", None))).announce == "This version has no such page"


def test_the_key_changes_with_the_mistake() -> None:
    assert keys(at("#/", BAD))["main"] != keys(at("#/", BAD._replace(text="x")))["main"]
