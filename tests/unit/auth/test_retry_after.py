import pytest

from app.auth.retry_after import parse_retry_after

# 784111777 is Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110, 5.6.7.
EXAMPLE = "Sun, 06 Nov 1994 08:49:37 GMT"


@pytest.mark.parametrize(("text", "seconds"), [("0", 0.0), ("120", 120.0), (" 7 ", 7.0), ("007", 7.0)])
def test_seconds_are_taken_as_they_are(text: str, seconds: float) -> None:
    assert parse_retry_after(text, 0.0) == seconds


def test_a_date_is_as_far_away_as_the_clock_says() -> None:
    assert parse_retry_after(EXAMPLE, 784111777.0 - 90) == 90.0


def test_a_date_in_the_past_means_now() -> None:
    assert parse_retry_after(EXAMPLE, 784111777.0 + 90) == 0.0


@pytest.mark.parametrize(
    ("text", "since_1970"),
    [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Thu, 29 Feb 2024 12:00:00 GMT", 1709208000),
        ("Fri, 01 Mar 2024 00:00:00 GMT", 1709251200),
        ("Tue, 31 Dec 2030 23:59:59 GMT", 1924991999),
        ("Wed, 01 Mar 2000 00:00:00 GMT", 951868800),
    ],
)
def test_dates_around_leap_days_are_counted_right(text: str, since_1970: int) -> None:
    assert parse_retry_after(text, -10.0) == since_1970 + 10


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "soon",
        "-1",
        "1.5",
        "1e9",
        "٣",
        "9" * 400,
        "Sun, 06 Foo 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 CET",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "120, 60",
    ],
)
def test_any_other_text_says_nothing(text: str | None) -> None:
    assert parse_retry_after(text, 0.0) is None
