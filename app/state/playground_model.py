"""The playground's page: scenarios, what was sent in them and what a page saw of it, as frozen values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from app.oci.value import value

if TYPE_CHECKING:
    from app.cors.fixes import Fix
    from app.ports.probing import Outcome

Source = Literal["unknown", "live", "recorded"]
"""Whether a sample registry plays the scenarios here; unknown until it has answered."""

LOOK = "look"
"""The question of the request that the doctor does not make; a scenario may ask one more."""


@value
class Group(NamedTuple):
    id: str
    title: str
    text: str


@value
class Rule(NamedTuple):
    """A section of a standard, and where it is."""

    title: str
    url: str


@value
class Look(NamedTuple):
    """One more request: its path, a Range or "", and the header that is looked for in the answer."""

    path: str
    range: str
    header: str


@value
class Scenario(NamedTuple):
    """A registry with one thing wrong. `live`: it can be played on loopback. `verdicts`: what the doctor says of it.

    `mended_as`: the verdict whose configurations put it right, or "".
    `because`: the sentence of `rule` that made the difference. `fix`, `note`: for people; `header`: the one to change,
    or ""; `places`: the listeners whose it is. `authorization`: what the doctor may send, of the sample's own user.
    """

    id: str
    group: str
    title: str
    live: bool
    wrong: str
    rule: Rule
    because: str
    verdicts: tuple[str, ...]
    note: str
    fix: str
    header: str
    places: tuple[str, ...]
    authorization: str | None
    look: Look | None
    mended_as: str


@value
class Catalogue(NamedTuple):
    """All scenarios in their order; `repository`, `tag` and `blob` (a digest) are what is examined in each."""

    groups: tuple[Group, ...]
    scenarios: tuple[Scenario, ...]
    repository: str
    tag: str
    blob: str

    def find(self, name: str) -> Scenario | None:
        return next((one for one in self.scenarios if one.id == name), None)


@value
class Sent(NamedTuple):
    """One request as the server logged it. `listener`: registry, token, storage or other. `status` None: no answer.

    `authorization`: the scheme alone. `asked_method`, `asked_headers`: of a preflight. `answered`: the headers sent
    back, but for those of the HTTP library.
    """

    listener: str
    method: str
    path: str
    status: int | None
    origin: str | None
    authorization: str | None
    asked_method: str | None
    asked_headers: str | None
    answered: tuple[tuple[str, str], ...]


@value
class Seen(NamedTuple):
    """One probe: what was asked, what the page saw of the answer, and what the server says that it sent.

    `target`, `question` and `meaning` are the doctor's keys. `outcome` None: not answered yet.
    """

    number: int
    target: str
    question: str
    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    ways: tuple[str, ...]
    outcome: Outcome | None
    status: int | None
    visible: tuple[tuple[str, str], ...]
    meaning: str
    sent: tuple[Sent, ...]


@value
class Told(NamedTuple):
    """A scenario as the sample registry plays it now: the address to examine, and its listeners by role."""

    origin: str
    fixed: bool
    listeners: tuple[tuple[str, str], ...] = ()


@value
class Said(NamedTuple):
    """One verdict of the doctor. `host`: whose answer it is about; `curl`: the command that tells more, or ""."""

    verdict: str
    host: str
    curl: str


@value
class Run(NamedTuple):
    """One examination of a scenario, with the fix or without; `said` worst first, () while nothing is known."""

    origin: str
    fixed: bool
    seen: tuple[Seen, ...] = ()
    said: tuple[Said, ...] = ()
    running: bool = False

    @property
    def verdicts(self) -> tuple[str, ...]:
        return tuple(one.verdict for one in self.said)


@value
class PlaygroundPage(NamedTuple):
    """The list of scenarios, or one of them. `unknown`: what was named in the address and is no scenario.

    `recorded`: where and when what is shown was recorded, None where it is live. `run`: None before it has begun, and
    for a scenario that is only explained. `fixes`: configurations against what was found.
    """

    catalogue: Catalogue
    source: Source
    chosen: Scenario | None = None
    unknown: str | None = None
    run: Run | None = None
    recorded: str | None = None
    fixes: tuple[Fix, ...] = ()

    @property
    def verdicts(self) -> tuple[str, ...]:
        return () if self.run is None else self.run.verdicts

    @property
    def running(self) -> bool:
        """Whether something on this page is still to come."""
        if self.source == "unknown":
            return True
        is_played = self.chosen is not None and self.chosen.live
        return is_played and (self.run is None or self.run.running)
