"""Waiting after a 429 (A.26)."""

import pytest

from app.auth.patience import Patience
from app.ports.transport import Headers

NOTHING = Headers()


def after(text: str) -> Headers:
    return Headers([("Retry-After", text)])


def pauses(patience: Patience, headers: Headers, count: int = 6) -> list[float | None]:
    return [patience.pause(headers) for _ in range(count)]


def test_without_a_word_the_waiting_doubles_and_ends_before_ten_seconds_are_spent_a26() -> None:
    assert pauses(Patience(None), NOTHING) == [2.0, 4.0, None, None, None, None]


def test_short_waits_are_waited_and_the_fifth_refusal_is_the_last_a26() -> None:
    assert pauses(Patience(None), after("1")) == [1.0, 1.0, 1.0, 1.0, None, None]


@pytest.mark.parametrize("seconds", ["11", "30", "3600"])
def test_a_longer_wait_is_left_to_the_person_a26(seconds: str) -> None:
    assert Patience(None).pause(after(seconds)) is None


def test_a_date_is_counted_by_the_clock_on_the_wall_a26() -> None:
    date = after("Sun, 06 Nov 1994 08:49:37 GMT")
    assert Patience(lambda: 784111777.0 - 3).pause(date) == 3.0
    assert Patience(lambda: 784111777.0 - 45).pause(date) is None
    assert Patience(lambda: 784111777.0 - 45).stated(date) == 45.0


def test_a_date_that_has_passed_is_no_wait() -> None:
    assert Patience(lambda: 784111777.0 + 3).pause(after("Sun, 06 Nov 1994 08:49:37 GMT")) == 0.0


@pytest.mark.parametrize("text", ["soon", "-1", "9" * 40, "٣", ""])
def test_an_unreadable_word_is_none_a26(text: str) -> None:
    assert Patience(None).stated(after(text)) is None
    assert Patience(lambda: 0.0).pause(after(text)) == 2.0


def test_a_date_says_nothing_where_nobody_tells_the_time() -> None:
    assert Patience(None).stated(after("Sun, 06 Nov 1994 08:49:37 GMT")) is None
