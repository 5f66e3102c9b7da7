"""The steps of an examination as a table: what was asked, what the page could see, what that means."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from app.state.doctor_model import Checkup
from app.view.components import hidden, icon, section
from app.view.doctor_probe_words import Tone, meaning, question, tone
from app.view.format import plural, took
from app.view.markup import Element, Node, el, hostile, wrapping
from app.view.tables import body, cell, column, row, row_head, table

if TYPE_CHECKING:
    from app.cors.finding import Finding
    from app.cors.verdict import Target

_ICONS: Mapping[Tone, tuple[str, str]] = {
    "ok": ("ok", "check"),
    "warn": ("warn", "warn"),
    "bad": ("bad", "stop"),
    "skip": ("skip", "skip"),
}
_TITLES: Mapping["Target", str] = {
    "registry": "Probes of the registry",
    "token": "Probes of the token service",
    "blob": "Probes of blobs",
}


def probes(checkup: Checkup) -> list[Element]:
    """A section for each of registry, token service and blobs that anything was asked of."""
    found = []
    for target in _TITLES:
        steps = [finding for finding in checkup.findings if finding.target == target]
        if steps:
            found.append(_section(target, steps))
    return found


def counted(checkup: Checkup) -> str:
    """How many steps there were and how they went: 9 steps, 6 passed, 2 failed, 0.9 s."""
    told = [finding for finding in checkup.findings if finding.meaning != "asking"]
    tones = [tone(asked_as(one), one.meaning) for one in told]
    good, bad = tones.count("ok"), tones.count("bad")
    # What is read from an answer that came before took no time of its own.
    seconds = sum(one.sight.seconds for one in told if one.sight is not None and one.probe is not None)
    return f"{plural(len(told), 'step')}, {good} passed, {bad} failed, {took(seconds)}"


def seen(finding: "Finding") -> str:
    """What the page could see, in two or three words."""
    sight = finding.sight
    if finding.meaning in ("header-readable", "header-hidden"):
        return "visible" if finding.meaning == "header-readable" else "not visible"
    if sight is None:
        return {"asking": "asking…", "fine": "fine", "offline": "offline"}.get(
            finding.meaning, "not asked" if tone(finding.question, finding.meaning) == "skip" else "stopped"
        )
    return {
        "readable": f"{sight.status}, readable",
        "opaque": "an answer, hidden",
        "redirect": "a redirect",
        "blocked": "blocked",
        "timeout": f"nothing in {took(sight.seconds)}",
    }[sight.outcome]


def asked_as(finding: "Finding") -> str:
    """The key of its question, for the words: what no registry has is asked for to see a refusal."""
    from app.cors.content import MISSING

    is_error = finding.question == "read" and finding.probe is not None and f"/{MISSING[0]}/" in finding.probe.url
    return "error" if is_error else finding.question


def asked(finding: "Finding") -> str:
    """Method and address, "" where nothing was sent."""
    return "" if finding.probe is None else f"{finding.probe.method} {finding.probe.url}"


def _section(target: "Target", steps: list["Finding"]) -> Element:
    columns = [column(words) for words in ("Probe", "What was asked", "What the page saw", "Meaning")]
    rows = body(*(_row(finding) for finding in steps))
    return el(
        "div.doctor",
        None,
        section(f"probes-{target}", _TITLES[target], table(_TITLES[target], columns, rows)),
    )


def _row(finding: "Finding") -> Element:
    title, how = question(asked_as(finding))
    sent: Iterable[Node] = ()
    if finding.probe is not None:
        sent = (el("code", None, finding.probe.method, " ", wrapping(finding.probe.url)), el("br"))
    return row(
        row_head("lead", el("b", None, f"{finding.number}. {title}")),
        cell("full", sent, el("span.faint.small", None, how), label="asked"),
        cell("fit", _mark(finding)),
        cell("full", hostile(meaning(asked_as(finding), finding.meaning))),
    )


def _mark(finding: "Finding") -> Element:
    how = tone(asked_as(finding), finding.meaning)
    if how == "now":
        return el("span.outcome.outcome--skip", None, icon("spin", "spin"), " ", seen(finding))
    kind, picture = _ICONS[how]
    said = {"bad": "failed: ", "ok": "passed: "}.get(how)
    return el(f"span.outcome.outcome--{kind}", None, icon(picture), " ", hidden(said) if said else None, seen(finding))
