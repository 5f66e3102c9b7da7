"""When a registry that is asked too often wants to be asked again (RFC 9110, 10.2.3)."""

import re

# Retry-After   = HTTP-date / delay-seconds
# delay-seconds = 1*DIGIT
_SECONDS = re.compile(r"[0-9]{1,9}")

# IMF-fixdate = day-name "," SP date1 SP time-of-day SP GMT, as in: Sun, 06 Nov 1994 08:49:37 GMT (RFC 9110, 5.6.7)
# The two obsolete forms are not read: no registry sends them.
_DATE = re.compile(r"[A-Z][a-z]{2}, ([0-9]{2}) ([A-Z][a-z]{2}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def parse_retry_after(text: str | None, now: float) -> float | None:
    """Seconds from `now` (since 1970) until asking again makes sense, never negative; None for no usable value."""
    if text is None:
        return None
    text = text.strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    date = _DATE.fullmatch(text)
    if date is None or date[2] not in _MONTHS:
        return None
    day, year, hour, minute, second = (int(date[group]) for group in (1, 3, 4, 5, 6))
    days = _days(year, _MONTHS.index(date[2]) + 1, day)
    return max(0.0, days * 86400 + hour * 3600 + minute * 60 + second - now)


def _days(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 in the Gregorian calendar. Without datetime, which start-up would pay for."""
    # Years begin in March here: then the leap day is the last one, and (153 m + 2) / 5 counts the days before month m.
    year, month = (year, month - 3) if month > 2 else (year - 1, month + 9)
    return year * 365 + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day - 1 - 719468
