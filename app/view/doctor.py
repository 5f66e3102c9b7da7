"""The doctor: why a page cannot read a registry, who has to change what, and how."""

from app.state.doctor_model import Checkup, DoctorPage
from app.state.model import AppState
from app.state.renderer import RegionView
from app.view import frame, links
from app.view.components import command, copy_button, notice, page_head
from app.view.doctor_fixes import fixes
from app.view.doctor_form import doctor_form
from app.view.doctor_probes import counted, probes
from app.view.doctor_report import report
from app.view.doctor_verdict import also, headline, page_name, unseen, verdict
from app.view.markup import Element, Node, el, foreign, render, wrapping


def title(state: AppState) -> str:
    registry = state.route.registry
    return "CORS doctor" if registry is None else f"CORS doctor for {registry.netloc}"


def announce(state: AppState) -> str:
    page = state.page
    if isinstance(page, DoctorPage) and page.mistake is not None:
        return page.mistake[1]
    interrupted = frame.asking(state) or state.failure is not None
    if interrupted or state.checkup is None or state.checkup.running:
        return frame.announcement(state, "catalog") or title(state)
    return f"{headline(state.checkup)} {counted(state.checkup)}"


def regions(state: AppState) -> tuple[RegionView, ...]:
    page = state.page
    if not isinstance(page, DoctorPage):
        return ()
    key = ("doctor", page, state.checkup, state.extension, _name(state), state.failure, *frame.extra_key(state))
    return (RegionView("main", (state.route, *key), lambda: render(_page(state, page)), 40),)


def _page(state: AppState, page: DoctorPage) -> Element:
    checkup = state.checkup
    return el(
        "div.page",
        None,
        _head(state, checkup),
        frame.interruptions(state),
        frame.failure(state, state.failure, "catalog"),
        _apart_from_cors(state),
        _found(state, page, checkup) if checkup is not None else None,
        doctor_form(page, first=checkup is None and state.route.registry is None),
    )


def _head(state: AppState, checkup: Checkup | None) -> Element:
    registry = state.route.registry
    if registry is None:
        facts = el("p.facts", None, el("span", None, "Why can a page not read a registry, and who has to change what?"))
        return page_head("CORS doctor", facts, mono=False)
    place = el("a.mono", {"href": links.registry(state.route)}, wrapping(registry.netloc))
    facts = el("p.facts", None, el("span", None, "Can this page read ", place, "?"))
    actions: list[Node] = []
    if state.confirm is None:
        actions.append(command("doctor-again", "Run again"))
    if checkup is not None and not checkup.running:
        actions.append(copy_button(report(checkup, state.config.build), "Copy report"))
    return page_head("CORS doctor", facts, actions, mono=False)


def _apart_from_cors(state: AppState) -> Element | None:
    if not state.extension:
        return None
    return notice(
        "plain",
        "Inside the extension CORS does not apply",
        el(
            "p",
            None,
            "What counts here is that you allowed the registry, its token service and its storage, each by itself. "
            "What is found below concerns connections; other pages would need the registry's CORS headers too.",
        ),
    )


def _found(state: AppState, page: DoctorPage, checkup: Checkup) -> list[Node]:
    found: list[Node] = [
        verdict(checkup, _known(page, checkup)),
        _progress(checkup),
        _credentials(state, page, checkup),
    ]
    if not checkup.running:
        found.append(also(checkup))
    found += probes(checkup)
    if not checkup.running:
        found.append(unseen(checkup))
        found += fixes(state, page, checkup.subject.page)
    return found


def _progress(checkup: Checkup) -> Element:
    words = counted(checkup)
    if not checkup.running:
        now = f"Examined: {words}"
    elif all(finding.meaning == "asking" for finding in checkup.findings):
        now = "Examining: waiting for the first answer"
    else:
        now = f"Examining: {words} so far"
    page = page_name(checkup)
    return el(
        "p.facts",
        None,
        el("span", {"role": "status", "id": "doctor-progress"}, now),
        el("span", None, "from a page of ", el("span.mono", None, foreign(page))) if page else None,
    )


def _known(page: DoctorPage, checkup: Checkup) -> Element | None:
    if page.known is None or checkup.running or checkup.subject.granted or checkup.verdicts == ("ok",):
        return None
    return el(
        "p",
        None,
        el("b", None, foreign(page.known.name)),
        " is known to send no CORS headers (",
        foreign(page.known.evidence),
        "). Only its operator could change that. What you can do instead stands at the end."
        if any(remedy.need == "around" for remedy in page.remedies)
        else "). Only its operator could change that.",
    )


def _credentials(state: AppState, page: DoctorPage, checkup: Checkup) -> Element | None:
    name = _name(state)
    if name is None:
        return None
    box = el(
        "input",
        {
            "type": "checkbox",
            "data-command": "doctor-credentials",
            "checked": page.allowed is not None,
            "data-reset": True,
        },
    )
    unused = page.allowed is not None and not checkup.running and not checkup.signed
    return el(
        "div.flow",
        None,
        el("label.check", None, box, " Also try with my credentials (", foreign(name), ")"),
        el(
            "p.muted.small",
            None,
            "There was none at hand that may go to this registry, so nothing of it was sent."
            if unused
            else "They go to the registry alone, and nowhere before you say so here.",
        ),
    )


def _name(state: AppState) -> str | None:
    return state.standing.username if state.standing is not None else None
