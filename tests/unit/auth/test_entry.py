"""One line of a transcript."""

from app.auth.entry import Exchange
from tests.unit.auth.conversation import REGISTRY

BARE = Exchange(1, 1, REGISTRY, 0.0, "resource", "first-contact", "GET", "", "none", (), ())


def test_a_request_without_a_reason_for_one_had_no_preflight() -> None:
    assert not BARE.preflight


def test_a_request_with_a_reason_for_one_had_a_preflight() -> None:
    assert BARE._replace(preflight_because=("authorization",)).preflight
