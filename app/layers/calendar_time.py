"""Times as RFC 3339 writes them, as seconds."""

import re

# RFC 3339 section 5.6:  date-time = full-date "T" full-time
_TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]{1,30})?"
    r"(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))"
)


def seconds_of(text: str) -> float:
    """Seconds since 1970; 0 for what is no such time. The calendar is Gregorian before 1582 too, as in Go."""
    found = _TIME.fullmatch(text)
    if found is None:
        return 0.0
    year, month, day, hour, minute, second = (int(found[number]) for number in range(1, 7))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return 0.0
    offset = 0
    if found[8]:
        offset = (int(found[9]) * 60 + int(found[10])) * (-60 if found[8] == "-" else 60)
    # Years from March, so that the leap day is the last of one.
    since = year - (month <= 2)
    days = (
        since * 365 + since // 4 - since // 100 + since // 400 + (153 * ((month + 9) % 12) + 2) // 5 + day - 1 - 719468
    )
    return days * 86400 + hour * 3600 + minute * 60 + second - offset + float(found[7] or 0)
