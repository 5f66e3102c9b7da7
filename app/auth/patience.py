"""How long to wait after a 429, and when to leave the waiting to the person (A.26)."""

from collections.abc import Callable

from app.auth.retry_after import parse_retry_after
from app.ports.transport import Headers

LONGEST_WAIT = 10.0
"""Seconds that one request waits without asking; the page counts longer ones down, to be cancelled or skipped."""

MOST_TRIES = 5
_FIRST = 2.0
_LONGEST_STEP = 60.0


class Patience:
    """The 429s that one request met. `wall`: seconds since 1970, for a date; None where nobody told the time."""

    __slots__ = ("_spent", "_tries", "_wall")

    def __init__(self, wall: Callable[[], float] | None) -> None:
        self._tries = 0
        self._spent = 0.0
        self._wall = wall

    def pause(self, headers: Headers) -> float | None:
        """Seconds to wait before the next try; None when the waiting is too long or the tries are used up.

        As the registry says, else 2 seconds, doubled each time, at most 60 (as containers/image).
        """
        self._tries += 1
        stated = self.stated(headers)
        step = min(_FIRST * 2 ** (self._tries - 1), _LONGEST_STEP)
        seconds = step if stated is None else stated
        if self._tries >= MOST_TRIES or self._spent + seconds > LONGEST_WAIT:
            return None
        self._spent += seconds
        return seconds

    def stated(self, headers: Headers) -> float | None:
        """What `Retry-After` says, in seconds from now; None when it is hidden, absent or unreadable."""
        text = headers.get("Retry-After")
        if self._wall is not None:
            return parse_retry_after(text, self._wall())
        return parse_retry_after(text, 0.0) if text is not None and text.strip().isdigit() else None
