"""When the person has gone: the time since a hand was last on the page."""

from app.ports.clock import Clock


class IdleLock:
    """Both clocks count: one stands still while a computer sleeps, the other may be set back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._touched = (clock.monotonic(), clock.now())

    def touch(self) -> None:
        """The person did something."""
        self._touched = (self._clock.monotonic(), self._clock.now())

    def is_due(self, minutes: int) -> bool:
        """Whether that long nothing was done; never for 0."""
        monotonic, now = self._touched
        gone = max(self._clock.monotonic() - monotonic, self._clock.now() - now)
        return minutes > 0 and gone >= minutes * 60
