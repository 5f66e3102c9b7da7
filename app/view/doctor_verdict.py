"""What an examination came to: the verdicts in words, and what a page cannot tell apart."""

from typing import TYPE_CHECKING

from app.cors.verdict import cause_of
from app.oci.origin import OriginError, origin_of
from app.state.doctor_model import Checkup
from app.view.components import Tone, codebox, external, is_web, notice, section
from app.view.doctor_probe_words import alternative
from app.view.doctor_words import verdict_text, verdict_title
from app.view.markup import Element, Node, el, foreign, hostile, wrapping
from app.view.tables import body, cell, column, row, row_head, table

if TYPE_CHECKING:
    from app.cors.diagnosis import Ruling

# These hide something; what can be read is right.
_MILD = frozenset(("digest-not-exposed", "link-not-exposed", "allow-headers-lacks-accept"))

_SEEN_IN_A_TAB = frozenset(("unreachable", "timeout", "wrong-scheme-or-tls"))


def page_name(checkup: Checkup) -> str:
    """Where this page comes from, "" where it has no address to name."""
    return "" if checkup.subject.page is None else str(checkup.subject.page)


def host_of(checkup: Checkup, ruling: "Ruling") -> str:
    """Whose answer it is about: host and port."""
    try:
        return origin_of(ruling.url).netloc
    except OriginError:
        return "" if ruling.target == "token" else checkup.subject.registry.netloc


def headline(checkup: Checkup) -> str:
    """The worst verdict in a sentence; while nothing is known, that it is being looked at."""
    if checkup.verdicts:
        return verdict_title(checkup.verdicts[0])
    host = hostile(checkup.subject.registry.netloc)
    return f"Looking at {host} …" if checkup.running else f"Nothing was learnt of {host}."


def tone_of(checkup: Checkup) -> Tone:
    """The colour of the worst verdict."""
    if not checkup.verdicts:
        return "info"
    worst = checkup.verdicts[0]
    return "ok" if worst == "ok" else "warn" if worst in _MILD else "danger"


def verdict(checkup: Checkup, *more: Node) -> Element:
    """The worst one in full."""
    rulings = checkup.diagnosis.rulings
    title = el("span.verdict", None, headline(checkup))
    if rulings:
        words = [*_words(checkup, rulings[0]), *_in_a_tab(rulings[0])]
    elif checkup.verdicts:
        words = [el("p", None, foreign(text)) for text in _plain(checkup)]
    else:
        words = []
    return notice(tone_of(checkup), title, *words, *more)


def _plain(checkup: Checkup) -> tuple[str, str]:
    return verdict_text(checkup.verdicts[0], checkup.subject.registry.netloc, page_name(checkup))


def _words(checkup: Checkup, ruling: "Ruling") -> list[Element]:
    what, who = verdict_text(ruling.verdict, host_of(checkup, ruling), page_name(checkup))
    return [el("p", None, foreign(what)), el("p", None, el("b", None, "What next: "), foreign(who))]


def _in_a_tab(ruling: "Ruling") -> list[Element]:
    """Where a person sees more than a page does."""
    if cause_of(ruling.verdict) not in _SEEN_IN_A_TAB or not is_web(ruling.url):
        return []
    return [el("p", None, external(ruling.url, "Open ", el("span.mono", None, wrapping(ruling.url)), " in a new tab"))]


def also(checkup: Checkup) -> Element | None:
    """The verdicts after the worst."""
    rulings = checkup.diagnosis.rulings[1:]
    if not rulings:
        return None
    return section(
        "also",
        "Also found",
        el(
            "ul.stack",
            None,
            [
                el(
                    "li.card.card-body.flow",
                    None,
                    el("h3", None, verdict_title(ruling.verdict)),
                    *_words(checkup, ruling),
                )
                for ruling in rulings
            ],
        ),
    )


def unseen(checkup: Checkup) -> Element | None:
    """The causes that look alike to a page, with the commands that tell them apart."""
    rulings = [ruling for ruling in checkup.diagnosis.rulings if ruling.curl is not None or ruling.alternatives]
    if not rulings:
        return None
    return section(
        "unseen",
        "What the page cannot see",
        el(
            "p.prose",
            None,
            "A browser tells a page little of why it may not read an answer. From a terminal it is plain to see:",
        ),
        [_apart(checkup, ruling, named=len(rulings) > 1) for ruling in rulings],
    )


def _apart(checkup: Checkup, ruling: "Ruling", *, named: bool) -> Element:
    page = page_name(checkup)
    title = verdict_title(ruling.verdict)
    told = [alternative(key, page, ruling.verdict) for key in ruling.alternatives]
    if len(told) == 1:
        prints, then = told[0]
        causes: Node = el("p", None, "It prints ", el("code", None, foreign(prints)), ": ", foreign(then), ".")
    elif told:
        rows = body(
            *(
                row(row_head("lead", el("code", None, foreign(prints))), cell("full", foreign(then), label="then"))
                for prints, then in told
            )
        )
        columns = [column("If curl prints"), column("then")]
        causes = table(f"What curl prints where: {title}", columns, rows)
    else:
        causes = None
    return el(
        "div.flow",
        None,
        el("h3", None, title) if named else None,
        codebox(ruling.curl, f"curl command: {title}") if ruling.curl is not None else None,
        causes,
    )
