import typing

import pytest

from app.auth.decision import decision_section
from app.auth.step import Why
from app.view.citation import cited
from app.view.markup import render
from tests.unit.view.reading import read


@pytest.mark.parametrize("why", typing.get_args(Why))
def test_every_decision_rests_on_a_section_that_anyone_can_read(why: str) -> None:
    text = decision_section(why)
    node = read(render(cited(text)))
    assert node.text == text
    assert node.all("a")


def test_both_sections_of_a_pause_are_links() -> None:
    node = read(render(cited("RFC 9110 section 10.2.3 (Retry-After), RFC 6585 section 4 (429)")))
    assert [link["href"] for link in node.all("a")] == [
        "https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3",
        "https://www.rfc-editor.org/rfc/rfc6585#section-4",
    ]


def test_the_longer_phrase_is_the_link() -> None:
    node = read(render(cited("distribution token specification, OAuth2 (RFC 6749 section 6)")))
    assert node.all("a")[0].words == "distribution token specification, OAuth2"


def test_a_text_without_a_section_stays_a_text() -> None:
    assert render(cited("<nothing>")) == "&lt;nothing&gt;"
