"""One run of a scenario: the doctor examines it, and each step is put beside what the server says that it sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from app.cors.examination import Examination
from app.cors.subject import Subject
from app.oci.digest import parse_digest
from app.oci.origin import Origin, origin_of, parse_origin
from app.ports.probing import Probe, Sight
from app.state.playground_model import LOOK, Catalogue, Look, Run, Said, Scenario, Seen, Told
from app.state.playground_witness import MOST_SECONDS, Witness

if TYPE_CHECKING:
    from app.cors.diagnosis import Diagnosis
    from app.cors.finding import Finding
    from app.ports.clock import Clock

LOOKED = {True: "header-readable", False: "header-hidden"}


def subject_of(scenario: Scenario, catalogue: Catalogue, origin: str, page: Origin | None) -> Subject:
    """What is examined in every scenario: the same image, at that origin. `authorization` is the sample's own user."""
    return Subject(
        registry=parse_origin(origin),
        page=page,
        secure=page is not None and page.scheme == "https",
        repository=catalogue.repository,
        reference=catalogue.tag,
        blob=parse_digest(catalogue.blob),
        authorization=scenario.authorization,
    )


async def examine(
    scenario: Scenario, catalogue: Catalogue, told: Told, page: Origin | None, witness: Witness, clock: Clock
) -> AsyncIterator[Run]:
    """The run as far as it has come, after each step; the last one is not `running`."""
    subject = subject_of(scenario, catalogue, told.origin, page)
    examination = Examination(witness, clock, subject)
    seen: dict[int, Seen] = {}

    def so_far(*, running: bool) -> Run:
        return Run(told.origin, told.fixed, tuple(seen.values()), _said(examination.diagnosis, subject), running)

    yield so_far(running=True)
    async for finding in examination.steps():
        seen[finding.number] = _seen(finding, witness)
        yield so_far(running=True)
    if scenario.look is not None:
        number = max(seen, default=0) + 1
        seen[number] = await _looked(scenario.look, number, told.origin, catalogue, witness)
    yield so_far(running=False)


def _said(diagnosis: Diagnosis, subject: Subject) -> tuple[Said, ...]:
    rulings = {one.verdict: one for one in diagnosis.rulings}
    found = []
    for verdict in diagnosis.verdicts:
        ruling = rulings.get(verdict)
        host = subject.registry if ruling is None else origin_of(ruling.url)
        found.append(Said(verdict, host.netloc, "" if ruling is None else ruling.curl or ""))
    return tuple(found)


def _seen(finding: Finding, witness: Witness) -> Seen:
    probe, sight = finding.probe, finding.sight
    if probe is None:
        return _told(finding.number, finding.target, finding.question, Probe("", ""), sight, finding.meaning)
    told = _told(finding.number, finding.target, finding.question, probe, sight, finding.meaning)
    return told if sight is None else told._replace(sent=witness.take(probe))


async def _looked(look: Look, number: int, origin: str, catalogue: Catalogue, witness: Witness) -> Seen:
    """The one request more: is the header there that is looked for?"""
    path = look.path.replace("{repository}", catalogue.repository).replace("{blob}", catalogue.blob)
    probe = Probe("GET", origin + path, (("Range", look.range),) if look.range else ())
    sight = await witness.look(probe, MOST_SECONDS)
    meaning = LOOKED[sight.headers.get(look.header) is not None]
    return _told(number, "registry", LOOK, probe, sight, meaning)._replace(sent=witness.take(probe))


def _told(number: int, target: str, question: str, probe: Probe, sight: Sight | None, meaning: str) -> Seen:
    ways = (
        *(("no-cors",) if probe.mode == "no-cors" else ()),
        *((probe.redirect,) if probe.redirect != "follow" else ()),
        *(("forced",) if probe.forced else ()),
    )
    return Seen(
        number=number,
        target=target,
        question=question,
        method=probe.method,
        url=probe.url,
        # The doctor's own made-up credentials and a long Accept are what is asked for; their values tell nothing.
        headers=tuple((name, text) for name, text in probe.headers if name.lower() != "authorization")
        + tuple((name, "…") for name, _ in probe.headers if name.lower() == "authorization"),
        ways=ways,
        outcome=None if sight is None else sight.outcome,
        status=None if sight is None else sight.status,
        visible=() if sight is None else tuple(sight.headers),
        meaning=meaning,
        sent=(),
    )
