from app.view.compare_form import compare_form, compare_menu
from app.view.markup import render
from tests.unit.view.reading import read


def test_the_form_keeps_what_was_typed_and_marks_what_is_wrong() -> None:
    node = read(render(compare_form("a/UP", (2, "No capitals."))))
    assert node.one("form")["data-form"] == "compare"
    assert node.one("input")["value"] == "a/UP"
    assert node.one("input")["aria-invalid"] == "true"
    assert node.one("mark").words == "U"


def test_the_menu_has_a_field_of_its_own() -> None:
    node = read(render(compare_menu()))
    assert node.one("label")["for"] == node.one("input")["id"] == "compared"
    assert not node.all("mark")
