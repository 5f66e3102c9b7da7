"""The doctor's page before anything is examined."""

import pytest

from app.state.doctor_model import NO_REPOSITORY, begin
from app.state.route import parse_route

DIGEST = f"sha256:{'0' * 64}"


def test_the_fields_of_the_form_begin_with_what_the_address_says() -> None:
    page = begin(parse_route(f"r.example/a:1/-/doctor?realm=https://t.example/token&blob={DIGEST}"))
    assert page.typed == ("r.example/a:1", "https://t.example/token", DIGEST)
    assert page.mistake is None


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("realm=t.example", "realm"),
        ("realm=ftp://t.example", "realm"),
        ("realm=https://u:tr3asure@t.example", "realm"),
        ("blob=sha256:x", "blob"),
    ],
)
def test_a_query_that_cannot_be_examined_is_the_mistake_of_its_field(query: str, field: str) -> None:
    page = begin(parse_route(f"r.example/a/-/doctor?{query}"))
    assert page.mistake is not None
    assert page.mistake[0] == field
    assert "tr3asure" not in repr(page)


def test_a_blob_needs_a_repository() -> None:
    assert begin(parse_route(f"r.example/-/doctor?blob={DIGEST}")).mistake == ("blob", NO_REPOSITORY)
