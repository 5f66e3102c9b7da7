"""Which caller's request something is done for."""

from app.auth.callers import Callers
from app.oci.origin import parse_origin
from app.ports.transport import Request

REGISTRY = parse_origin("https://r.example")
OTHER = parse_origin("https://s.example")


def get(path: str = "a") -> Request:
    return Request("GET", f"https://r.example/v2/{path}")


def test_all_that_is_done_for_one_caller_has_one_number() -> None:
    callers, caller = Callers(10), get()
    numbers = {callers.number(REGISTRY, caller, sent) for sent in (get(), None, get("ping"))}
    assert len(numbers) == 1


def test_equal_requests_of_two_callers_are_two() -> None:
    callers = Callers(10)
    assert callers.number(REGISTRY, get(), None) != callers.number(REGISTRY, get(), None)


def test_a_caller_that_asks_again_after_the_end_is_new() -> None:
    callers, caller = Callers(10), get()
    first = callers.number(REGISTRY, caller, get())
    assert callers.end(REGISTRY, caller) == first
    assert callers.number(REGISTRY, caller, get()) != first


def test_the_end_of_a_caller_for_whom_nothing_was_done_is_nobody_s() -> None:
    assert Callers(10).end(REGISTRY, get()) is None


def test_without_a_caller_the_same_url_is_the_same_request() -> None:
    callers = Callers(10)
    assert callers.number(REGISTRY, None, get()) == callers.number(REGISTRY, None, get())
    assert callers.number(REGISTRY, None, get("b")) != callers.number(REGISTRY, None, get())


def test_without_a_caller_a_token_belongs_to_the_latest_request_of_its_registry() -> None:
    callers = Callers(10)
    callers.number(REGISTRY, None, get("a"))
    latest = callers.number(REGISTRY, None, get("b"))
    callers.number(OTHER, None, get("c"))
    assert callers.number(REGISTRY, None, None) == latest


def test_without_a_caller_a_token_asked_for_ahead_belongs_to_the_request_after_it() -> None:
    callers = Callers(10)
    assert callers.number(REGISTRY, None, None) == callers.number(REGISTRY, None, get())


def test_without_a_caller_the_end_is_found_by_the_url() -> None:
    callers = Callers(10)
    number = callers.number(REGISTRY, None, get())
    assert callers.end(REGISTRY, get()) == number


def test_requests_that_never_end_are_not_kept_for_ever() -> None:
    callers, forgotten = Callers(2), get()
    callers.number(REGISTRY, forgotten, None)
    for _ in range(2):
        callers.number(REGISTRY, get(), None)
    assert callers.end(REGISTRY, forgotten) is None


def test_no_address_is_in_a_repr() -> None:
    callers = Callers(2)
    callers.number(REGISTRY, get(), None)
    assert repr(callers) == "Callers(1)"
