from app.state import later_pages
from app.state.referrers_model import ReferrersPage
from app.state.route import parse_route


def test_a_page_that_it_knows_begins_and_is_named() -> None:
    page = later_pages.begin(parse_route("r.example/a:1/-/referrers"))
    assert isinstance(page, ReferrersPage)
    assert type(page).__name__ in later_pages.NAMES


def test_a_page_of_another_kind_is_left_to_others() -> None:
    assert later_pages.begin(parse_route("r.example/a:1")) is None
