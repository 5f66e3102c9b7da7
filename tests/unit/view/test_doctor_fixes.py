"""The configurations and their choices."""

from app.oci.origin import Origin
from app.state.doctor_model import DoctorPage, Remedy
from app.view.doctor_fixes import fixes
from app.view.markup import render
from tests.unit.view.examined import NGINX, NONE, PAGE, REMEDIES, doctor
from tests.unit.view.reading import Node, read

SHOWN = DoctorPage(remedies=REMEDIES)


def sections(page: DoctorPage = SHOWN, origin: Origin | None = PAGE) -> Node:
    return read(render(fixes(doctor(None, page=page), page, origin)))


def test_every_server_has_its_configuration_with_a_button_that_copies_it() -> None:
    first = sections().by_id("fix-registry").all("details")[0]
    assert first.one("summary").words == "nginx"
    assert first.one("pre").text == "add_header X always;\n# second line"
    assert first.one("button.copy")["data-copy"] == "add_header X always;\n# second line"
    assert first.one("button.copy")["aria-label"] == "Copy nginx configuration"
    assert "The word always matters." in first.words
    assert "Ran nginx 1" in first.words


def test_a_server_without_a_setting_that_helps_says_what_to_do_instead() -> None:
    second = sections().by_id("fix-registry").all("details")[1]
    assert second.all("pre") == []
    assert "Put a proxy in front." in second.words


def test_one_server_at_a_time_is_open() -> None:
    found = sections().by_id("fix-registry").all("details")
    assert {one["name"] for one in found} == {"fix-registry"}
    assert ["open" in one.attributes for one in found] == [True, False]


def test_who_may_read_is_a_choice_between_everybody_and_this_page() -> None:
    options = sections().by_id("fix-origins").all("option")
    assert [(one["value"], "selected" in one.attributes) for one in options] == [("any", True), ("list", False)]
    assert "https://portolan.example alone" in options[1].words
    chosen = sections(SHOWN._replace(origins="list"))
    assert "selected" in chosen.by_id("fix-origins").all("option")[1].attributes
    assert "written for https://portolan.example" in chosen.words


def test_deleting_is_a_choice() -> None:
    assert "checked" not in sections().one("input", data_command="doctor-delete").attributes
    assert "checked" in sections(SHOWN._replace(delete=True)).one("input", data_command="doctor-delete").attributes


def test_the_choices_stand_once_above_all_configurations() -> None:
    remedies = (Remedy("registry", (NGINX,)), Remedy("token", (NGINX,)), Remedy("storage", (NONE,)))
    node = sections(DoctorPage(remedies=remedies))
    assert [one.words for one in node.all("h2")] == [
        "The fix",
        "The fix at the token service",
        "The fix at the storage",
    ]
    assert len(node.all("input", data_command="doctor-delete")) == 1


def test_the_ways_around_name_what_a_relay_sees() -> None:
    around = sections().by_id("fix-around")
    assert "credentials included" in around.words
    assert around.one("summary").words == "A relay"


def test_without_remedies_there_is_nothing() -> None:
    assert sections(DoctorPage()).children == []
