"""The form by which anything can be examined."""

from app.state.doctor_model import DoctorPage
from app.view.doctor_form import doctor_form
from app.view.markup import render
from tests.unit.view.reading import Node, read


def form(page: DoctorPage, *, first: bool = False) -> Node:
    return read(render(doctor_form(page, first=first)))


def test_it_asks_for_a_registry_a_realm_and_a_blob() -> None:
    fields = form(DoctorPage()).one("form", data_form="doctor").all("input")
    assert [one["name"] for one in fields] == ["reference", "realm", "blob"]
    assert ["required" in one.attributes for one in fields] == [True, False, False]
    labels = {one["for"] for one in form(DoctorPage()).all("label")}
    assert labels == {one["id"] for one in fields}


def test_what_a_person_types_is_theirs_until_it_was_wrong() -> None:
    assert "data-reset" not in form(DoctorPage()).by_id("doctor-realm").attributes
    wrong = DoctorPage(mistake=("realm", "No."), typed=("r.example", "https://****@auth.example", ""))
    assert form(wrong).by_id("doctor-realm")["value"] == "https://****@auth.example"
    assert "data-reset" in form(wrong).by_id("doctor-realm").attributes


def test_only_the_field_that_is_wrong_is_marked() -> None:
    wrong = form(DoctorPage(mistake=("blob", "No digest.")))
    assert [one["id"] for one in wrong.all("input") if "aria-invalid" in one.attributes] == ["doctor-blob"]


def test_it_is_the_main_thing_where_there_is_nothing_else() -> None:
    assert form(DoctorPage(), first=True).all("button.btn--primary")
    assert form(DoctorPage()).all("button.btn--primary") == []
