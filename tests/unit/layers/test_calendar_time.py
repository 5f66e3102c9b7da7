from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layers.calendar_time import seconds_of


@given(
    st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)),  # noqa: DTZ001
    st.integers(-23 * 60, 23 * 60),
)
def test_times_are_what_the_calendar_says(time: datetime, minutes: int) -> None:
    aware = time.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert seconds_of(aware.isoformat()) == pytest.approx(aware.timestamp(), abs=1e-4)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-01"])
def test_what_is_no_time_is_zero(text: str) -> None:
    assert seconds_of(text) == 0


def test_zulu_is_utc() -> None:
    assert seconds_of("2026-01-05T08:00:00Z") == 1767600000
