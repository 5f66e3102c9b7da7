"""How long until a page that was asked for too often is tried again by itself."""

from math import ceil

from app.auth.errors import TokenServiceBusy
from app.client.errors import RateLimited
from app.ports.clock import Clock
from app.state.failure import Failure

LONGEST = 3600.0
"""Seconds: who has to wait longer comes back by hand."""

MOST_TRIES = 5
_SHORTEST = 10.0


class Countdown:
    """One page's. Each try by itself at least doubles the wait, and after a few of them a person has to ask."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._error: Exception | None = None
        self._end: float | None = None
        self._tries = 0

    def aim(self, failure: Failure | None, *, loading: bool) -> bool:
        """Count for this failure, None for none; True when that begins just now."""
        error = None if failure is None else failure.error
        if error is self._error:
            return False
        self._error, self._end = error, None
        if error is None:
            self._tries = self._tries if loading else 0
            return False
        stated = wait_of(error)
        if stated is not None and stated <= LONGEST and self._tries < MOST_TRIES:
            self._end = self._clock.monotonic() + max(stated, _SHORTEST * 2**self._tries)
        return self._end is not None

    def left(self) -> float | None:
        """Whole seconds, None when nothing is counted."""
        return None if self._end is None else float(max(0, ceil(self._end - self._clock.monotonic())))

    def is_due(self) -> bool:
        return self._end is not None and self._clock.monotonic() >= self._end

    def begin_try(self) -> None:
        """It is tried by itself now."""
        self._end = None
        self._tries += 1

    def cancel(self) -> None:
        """It is not tried by itself."""
        self._end = None

    def reset(self) -> None:
        """A person asked, or went elsewhere."""
        self._error, self._end, self._tries = None, None, 0


def wait_of(error: Exception) -> float | None:
    """Seconds that a 429 asks to wait; None for any other error, and where it does not say."""
    return error.retry_after if isinstance(error, RateLimited | TokenServiceBusy) else None
