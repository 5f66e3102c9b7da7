"""The examination of a registry from inside a page, step by step."""

from collections.abc import AsyncIterator

from app.auth.realm import RealmPolicy
from app.cors.diagnosis import Diagnosis
from app.cors.finding import Finding
from app.cors.subject import Subject
from app.ports.clock import Clock
from app.ports.probing import Prober

TIMEOUT = 8.0
"""Seconds for one probe."""

MOST_REQUESTS = 12
"""To one origin."""


class Examination:
    """`policy`: the realms that the person approved; others on their own network are not asked."""

    def __init__(self, prober: Prober, clock: Clock, subject: Subject, policy: RealmPolicy | None = None) -> None:
        self.diagnosis = Diagnosis()
        self._prober, self._clock, self._subject = prober, clock, subject
        self._policy = RealmPolicy() if policy is None else policy

    async def steps(self) -> AsyncIterator[Finding]:
        """Live: a Finding when a probe starts (`sight` None), and again with the same number when it ended.

        `diagnosis` may be read between any two; it has `ended` after the last. Closing the iterator ends the probes.
        """
        self.diagnosis = self.diagnosis._replace(ended=True)
        for finding in ():
            yield finding
