"""Numbers, sizes, dates and durations as people read them."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from time import struct_time

_UNITS = ("kB", "MB", "GB", "TB", "PB", "EB")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# RFC 3339: full-date "T" full-time; the image spec asks for it, and builders also write a space for the T.
_DATE = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,12})?)?([Zz]|[+-]\d{2}:?\d{2})?)?"
)


def count(number: int) -> str:
    """1234 → 1,234."""
    return f"{number:,}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """0 tags, 1 tag, 1,200 tags."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def size(octets: int) -> str:
    """A size in decimal units, as registries and disks count: 612 B, 1.9 kB, 29.1 MB."""
    if octets < 1000:
        return f"{octets:,} B"
    scaled = float(octets)
    for unit in _UNITS:
        scaled /= 1000
        # 999,950 would round up to 1000.0 kB.
        if scaled < 999.95:
            return f"{scaled:.1f} {unit}"
    return f"{scaled:,.1f} {_UNITS[-1]}"


def exact_size(octets: int) -> str:
    """2731 → 2,731 B."""
    return f"{octets:,} B"


def share(part: int, whole: int) -> str:
    """How much of the whole: 48.0%, <0.1%."""
    if whole <= 0 or part <= 0:
        return "0%"
    percent = 100 * part / whole
    return "<0.1%" if percent < 0.1 else f"{percent:.1f}%"


def date(text: str) -> str | None:
    """The day of an RFC 3339 time as it is written there: 11 Feb 2026. None when it is no date, or the zero date."""
    found = _DATE.fullmatch(text.strip())
    if found is None or not 1 <= int(found[2]) <= 12 or not 1 <= int(found[3]) <= 31 or int(found[1]) < 2:
        return None
    return f"{int(found[3])} {_MONTHS[int(found[2]) - 1]} {found[1]}"


def calendar(seconds: float) -> "struct_time | None":
    """A moment in seconds since 1970 in UTC; None for what no calendar has."""
    import time

    try:
        return time.gmtime(seconds)
    except (OverflowError, ValueError, OSError):
        return None


def day(seconds: float) -> str:
    """The day (UTC) of a moment in seconds since 1970."""
    moment = calendar(seconds)
    if moment is None:
        return ""
    return f"{moment.tm_mday} {_MONTHS[moment.tm_mon - 1]} {moment.tm_year}"


def clock(seconds: float) -> str:
    """A time that is left: 4:32, 1:04:32; whole days from two days on."""
    left = max(0, int(seconds))
    if left >= 2 * 86400:
        return plural(left // 86400, "day")
    hours, rest = divmod(left, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes}:{second:02}"


def duration(seconds: float) -> str:
    """How long to wait, in words: 1 second, 2 minutes."""
    whole = max(1, round(seconds))
    if whole < 120:
        return plural(whole, "second")
    if whole < 7200:
        return plural(round(whole / 60), "minute")
    return plural(round(whole / 3600), "hour")


def listed(words: tuple[str, ...], last: str = "and") -> str:
    """a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def took(seconds: float) -> str:
    """How long something took: 84 ms, 1.2 s."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:,.1f} s"


def instant(seconds: float) -> str:
    """A moment in seconds since 1970, in UTC: 10:36:07 UTC."""
    moment = calendar(seconds)
    if moment is None:
        return ""
    return f"{moment.tm_hour:02}:{moment.tm_min:02}:{moment.tm_sec:02} UTC"
