import pytest

from app.view.format import clock, count, date, day, duration, exact_size, instant, listed, plural, share, size, took


@pytest.mark.parametrize(
    ("octets", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (1874, "1.9 kB"),
        (999_949, "999.9 kB"),
        (999_951, "1.0 MB"),
        (29_126_484, "29.1 MB"),
        (4_200_000_000, "4.2 GB"),
        (2**63 - 1, "9.2 EB"),
    ],
)
def test_sizes_are_decimal(octets: int, shown: str) -> None:
    assert size(octets) == shown


def test_an_exact_size_has_every_byte() -> None:
    assert exact_size(2731) == "2,731 B"


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, "0 repositories"), (1, "1 repository"), (2, "2 repositories"), (1500, "1,500 repositories")],
)
def test_plurals(number: int, shown: str) -> None:
    assert plural(number, "repository", "repositories") == shown


def test_a_plain_plural_has_an_s() -> None:
    assert (plural(1, "tag"), plural(2, "tag")) == ("1 tag", "2 tags")


def test_thousands_are_marked() -> None:
    assert count(1234567) == "1,234,567"


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(48, 100, "48.0%"), (1, 5000, "<0.1%"), (0, 5, "0%"), (1, 0, "0%"), (5, 5, "100.0%")]
)
def test_shares(part: int, whole: int, shown: str) -> None:
    assert share(part, whole) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-02-11T06:42:18Z", "11 Feb 2026"),
        ("2026-02-11T06:42:18.123456789+02:00", "11 Feb 2026"),
        ("2026-02-11", "11 Feb 2026"),
        ("1970-01-01T00:00:00Z", "1 Jan 1970"),
    ],
)
def test_a_time_is_shown_as_its_day(text: str, shown: str) -> None:
    assert date(text) == shown


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-13-01", "2026-01-32", "0001-01-01T00:00:00Z", "2026-02-11T", "x" * 99999]
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert date(text) is None


def test_a_moment_is_shown_as_its_day() -> None:
    assert day(1_770_800_000) == "11 Feb 2026"
    assert day(1e30) == ""


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(272.4, "4:32"), (-3, "0:00"), (59.9, "0:59"), (3600, "1:00:00"), (3872, "1:04:32"), (200_000, "2 days")],
)
def test_time_left(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0.2, "1 second"), (42, "42 seconds"), (120, "2 minutes"), (5400, "90 minutes"), (7200, "2 hours")],
)
def test_durations_in_words(seconds: float, shown: str) -> None:
    assert duration(seconds) == shown


@pytest.mark.parametrize(
    ("words", "shown"), [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")]
)
def test_lists_in_words(words: tuple[str, ...], shown: str) -> None:
    assert listed(words) == shown


def test_what_takes_less_than_a_second_is_in_milliseconds() -> None:
    assert [took(seconds) for seconds in (0.0843, 0.999, 1.24, 1200)] == ["84 ms", "999 ms", "1.2 s", "1,200.0 s"]


def test_an_instant_is_in_utc() -> None:
    assert instant(1_770_806_167.0) == "10:36:07 UTC"
    assert instant(1e300) == ""
