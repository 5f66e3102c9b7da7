from app.state.model import Landing
from app.view.extension_offer import extension_hint, extension_offer
from app.view.markup import render
from tests.unit.view.reading import read
from tests.unit.view.states import at


def test_a_page_is_told_how_to_build_the_extension() -> None:
    offer = read(render(extension_offer(at("#/", Landing("", None)))))
    assert offer.one("pre").words == "make extension"
    assert offer.one("button", data_copy="make extension")


def test_its_heading_has_the_level_of_its_place() -> None:
    offer = read(render(extension_offer(at("#/", Landing("", None)), "h2")))
    assert offer.all("h2")


def test_a_notice_has_it_in_a_sentence() -> None:
    assert "make extension" in read(render(extension_hint(at("#/", Landing("", None))))).words
    assert extension_hint(at("#/", Landing("", None), extension=True)) is None


def test_the_extension_does_not_offer_itself() -> None:
    assert extension_offer(at("#/", Landing("", None), extension=True)) is None
