"""The examination as Markdown, for a ticket: what was asked and seen, what that means, and nothing secret."""

import re

from app.state.doctor_model import Checkup
from app.view.doctor_probe_words import alternative, meaning, question
from app.view.doctor_probes import asked, asked_as, counted, seen
from app.view.doctor_verdict import host_of, page_name
from app.view.doctor_words import verdict_text, verdict_title
from app.view.markup import hostile

_MARKUP = re.compile(r"([\\`*_\[\]<>|#])")


def report(checkup: Checkup, build: str) -> str:
    """`build`: of this copy of Portolan."""
    subject = checkup.subject
    page = page_name(checkup)
    parts = [
        f"# Can a web page read {_text(subject.registry.netloc)}?",
        _bullets(
            (
                ("Registry", _code(str(subject.registry))),
                ("Repository", _code(subject.repository or "")),
                ("Page", _code(page) if page else "of a browser extension or a file, without an origin of its own"),
                ("Verdicts", ", ".join(_code(name) for name in checkup.verdicts)),
                ("Credentials", "sent to the registry, as the person allowed" if checkup.signed else "none were sent"),
                ("Examined", f"{counted(checkup)}, by Portolan {_text(build)}".rstrip()),
            )
        ),
    ]
    for ruling in checkup.diagnosis.rulings:
        what, who = verdict_text(ruling.verdict, host_of(checkup, ruling), page)
        parts += [f"## {_text(verdict_title(ruling.verdict))}", _text(what), f"**What next:** {_text(who)}"]
        told = [alternative(key, page, ruling.verdict) for key in ruling.alternatives]
        if len(told) > 1:
            parts.append("A page cannot tell these apart:")
        parts.append("\n".join(f"- curl prints {_code(prints)}: {_text(then)}" for prints, then in told))
        if ruling.curl is not None:
            parts.append(_block(ruling.curl))
    if not checkup.diagnosis.rulings:
        parts += [
            _text(text) for name in checkup.verdicts for text in verdict_text(name, subject.registry.netloc, page)
        ]
    parts += ["## Probes", _table(checkup)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _bullets(entries: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f"- {name}: {text}" for name, text in entries if text)


def _table(checkup: Checkup) -> str:
    lines = ["| # | Question | Asked | Seen | Meaning |", "| --- | --- | --- | --- | --- |"]
    for finding in checkup.findings:
        title, how = question(asked_as(finding))
        sent = asked(finding)
        cells = (
            str(finding.number),
            _text(title),
            f"{_code(sent)} ({_text(how)})" if sent else _text(how),
            _text(seen(finding)),
            _text(meaning(asked_as(finding), finding.meaning)),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _text(text: str) -> str:
    """Words without any meaning in Markdown."""
    return _MARKUP.sub(r"\\\1", hostile(text))


def _code(text: str) -> str:
    """A text of somebody else as code, in one line and in a cell of a table."""
    if not text:
        return ""
    shown = hostile(text).replace("|", "\\|")
    fence = "`" * (max((len(run) for run in re.findall(r"`+", shown)), default=0) + 1)
    space = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{space}{shown}{space}{fence}"


def _block(text: str) -> str:
    fence = "`" * max(3, max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    shown = hostile(text, "\n")
    return f"{fence}sh\n{shown}\n{fence}"
