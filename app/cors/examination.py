"""The examination of a registry from inside a page, step by step."""

import asyncio
from collections.abc import AsyncIterator

from app.auth.realm import RealmPolicy
from app.client.endpoints import ping_url
from app.cors.content import examine_content
from app.cors.diagnosis import Diagnosis
from app.cors.finding import Finding
from app.cors.local_network import LocalNetwork
from app.cors.notes import Notes
from app.cors.place import Place
from app.cors.preflights import preflights
from app.cors.reading import Reader, Reading
from app.cors.realm import anonymous_token, named_realm, realm_place
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
        self._clock = clock
        self._subject = subject
        self._policy = RealmPolicy() if policy is None else policy
        self._findings: asyncio.Queue[Finding | None] = asyncio.Queue()
        self._notes = Notes(prober, subject, self._findings.put_nowait, TIMEOUT, MOST_REQUESTS)

    @property
    def diagnosis(self) -> Diagnosis:
        return self._notes.diagnosis

    async def steps(self) -> AsyncIterator[Finding]:
        """Live: a Finding when a probe starts (`sight` None), and again with the same number when it ended.

        `diagnosis` may be read between any two; it has `ended` after the last. Closing the iterator ends the probes.
        """
        task = asyncio.ensure_future(self._run())
        try:
            while (finding := await self._findings.get()) is not None:
                yield finding
            await task
        finally:
            task.cancel()
            await asyncio.wait((task,))

    async def _run(self) -> None:
        try:
            await self._examine()
            self._notes.end()
        finally:
            self._findings.put_nowait(None)

    async def _examine(self) -> None:
        notes, subject = self._notes, self._subject
        place = Place("registry", ping_url(subject.registry), subject, subject.authorization)
        if subject.userinfo:
            # Fetch throws on such an address without asking; it is examined without.
            notes.rule_place(place, "url-has-credentials", (notes.note("registry", "address", "forbidden-by-address"),))
        network = LocalNetwork(subject.page, subject.secure, await notes.prober.permissions())
        reader = Reader(notes, network)
        reading = await reader.read(place)
        allowed = None if reading is None else await preflights(notes, place, reading)
        token = await self._token(reader, reading)
        if reading is None or allowed is None or reading.sight.status is None:
            return
        authorization = subject.authorization or token
        await examine_content(notes, place, network, allowed, authorization, reading.sight.status)

    async def _token(self, reader: Reader, reading: Reading | None) -> str | None:
        """Examine the realm, if there is one. The anonymous token it gave, where one is given to anybody."""
        named = named_realm(self._subject, None if reading is None else reading.sight)
        place = None if named is None else realm_place(self._notes, named, self._policy)
        found = None if place is None else await reader.read(place)
        if place is None or found is None:
            return None
        await preflights(self._notes, place, found)
        return None if found.authorized else anonymous_token(found.sight, self._clock.monotonic())
