"""What the playground reads: the scenarios, the sample registry's answers, and the recording. Each parsed once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.ports.probing import Outcome
from app.state.playground_model import Catalogue, Group, Look, Rule, Run, Said, Scenario, Seen, Sent, Told

_OUTCOMES: tuple[Outcome, ...] = ("readable", "opaque", "redirect", "blocked", "timeout")


class Unreadable(ValueError):
    """A file or an answer that is not what the playground reads."""


def parse_catalogue(text: str) -> Catalogue:
    """scenarios.toml. Raises Unreadable."""
    import tomllib

    try:
        document = tomllib.loads(text)
        rules = {entry["id"]: Rule(entry["title"], entry["url"]) for entry in document["rule"]}
        groups = tuple(Group(entry["id"], entry["title"], entry["text"]) for entry in document["group"])
        scenarios = tuple(_scenario(entry, rules) for entry in document["scenario"])
        subject = document["subject"]
        return Catalogue(groups, scenarios, subject["repository"], subject["tag"], subject["blob"])
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"scenarios.toml: {error}") from error


def _scenario(entry: Mapping[str, Any], rules: Mapping[str, Rule]) -> Scenario:
    look = entry.get("look")
    return Scenario(
        id=entry["id"],
        group=entry["group"],
        title=entry["title"],
        live=entry.get("live", True),
        wrong=entry["wrong"],
        rule=rules[entry["rule"]],
        because=entry["because"],
        verdicts=tuple(entry["verdict"]),
        note=entry.get("note", ""),
        fix=entry["fix"],
        header=entry["header"],
        places=tuple(entry.get("faults", ())),
        authorization=entry.get("authorization"),
        look=None if look is None else Look(look["path"], look.get("range", ""), look["header"]),
        mended_as=entry.get("mended-as", "" if entry["verdict"] == ["ok"] else entry["verdict"][0]),
    )


def parse_told(text: bytes) -> Told:
    """What the sample registry says of one scenario. Raises Unreadable."""
    try:
        entry = json.loads(text)
        listeners = tuple((str(role), str(origin)) for role, origin in entry["listeners"].items())
        return Told(str(entry["origin"]), bool(entry["fixed"]), listeners)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(f"scenario: {error}") from error


def parse_log(text: bytes) -> tuple[Sent, ...]:
    """What a scenario's listeners were asked so far. Raises Unreadable."""
    try:
        return tuple(_sent(entry) for entry in json.loads(text)["log"])
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"log: {error}") from error


def parse_recording(text: str, name: str, *, fixed: bool) -> tuple[Run | None, str]:
    """The run of that scenario in recorded.json, None where there is none; and what it was recorded with.

    Raises Unreadable.
    """
    try:
        document = json.loads(text)
        found = document["scenarios"].get(name, {}).get("fixed" if fixed else "broken")
        return (None if found is None else _run(found, document["steps"], fixed)), str(document["recorded"])
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(f"recorded.json: {error}") from error


def write_run(run: Run) -> str:
    """A run as JSON, as it is copied and recorded."""
    seen = [one._asdict() | {"sent": [entry._asdict() for entry in one.sent]} for one in run.seen]
    for one in seen:
        del one["number"]
    said = [one._asdict() for one in run.said]
    return json.dumps({"origin": run.origin, "said": said, "seen": seen}, ensure_ascii=False, indent=1)


def _run(entry: Mapping[str, Any], steps: Sequence[Mapping[str, Any]], fixed: bool) -> Run:
    # Steps are written once and named by their numbers; what is empty in one is left out.
    seen = tuple(_seen(number, steps[at]) for number, at in enumerate(entry["seen"], 1))
    said = tuple(Said(str(one["verdict"]), str(one["host"]), str(one.get("curl", ""))) for one in entry["said"])
    return Run(str(entry["origin"]), fixed, seen, said)


def _seen(number: int, entry: Mapping[str, Any]) -> Seen:
    return Seen(
        number=number,
        target=str(entry["target"]),
        question=str(entry["question"]),
        method=str(entry.get("method", "")),
        url=str(entry.get("url", "")),
        headers=_pairs(entry.get("headers", ())),
        ways=tuple(map(str, entry.get("ways", ()))),
        outcome=next((one for one in _OUTCOMES if one == entry.get("outcome")), None),
        status=_number(entry.get("status")),
        visible=_pairs(entry.get("visible", ())),
        meaning=str(entry["meaning"]),
        sent=tuple(_sent(one) for one in entry.get("sent", ())),
    )


def _sent(entry: Mapping[str, Any]) -> Sent:
    return Sent(
        listener=str(entry["listener"]),
        method=str(entry["method"]),
        path=str(entry["path"]),
        status=_number(entry.get("status")),
        origin=_text(entry.get("origin")),
        authorization=_text(entry.get("authorization")),
        asked_method=_text(entry.get("asked_method")),
        asked_headers=_text(entry.get("asked_headers")),
        answered=_pairs(entry.get("answered", ())),
    )


def _number(found: object) -> int | None:
    return found if isinstance(found, int) else None


def _text(found: object) -> str | None:
    return found if isinstance(found, str) else None


def _pairs(found: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(text)) for name, text in found)
