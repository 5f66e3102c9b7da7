from app.state.fresh import fresh
from app.state.model import Landing
from app.state.route import LANDING, parse_route
from tests.unit.state.test_host_gate import state_of


def test_what_was_asked_on_the_page_before_is_not_asked_on_the_next() -> None:
    before = state_of()._replace(busy=True, loading=True, storage="https://s.example", refused=True, extension=True)
    page, route = Landing("x", None), parse_route("r.example")
    after = fresh(before, route, page)
    assert (after.page, after.route) == (page, route)
    assert (after.busy, after.loading, after.storage, after.refused) == (False, False, "", False)
    assert after.extension
    assert before.route == LANDING
