"""One step of a scenario, side by side: what the server sent, and what the page saw of it."""

from collections.abc import Iterable

from app.state.playground_model import LOOK, Scenario, Seen, Sent
from app.view.components import icon
from app.view.doctor_probe_words import meaning, question, tone
from app.view.frame import caret
from app.view.markup import Element, Node, el, foreign, hostile, wrapping

_OUTCOMES = {
    "readable": "an answer that it may read",
    "opaque": "an answer, with nothing to read",
    "redirect": "a redirect, not followed",
    "blocked": "a network error, without a reason",
    "timeout": "nothing, until time was up",
}
_MARKS = {"ok": "check", "warn": "warn", "bad": "stop", "skip": "skip", "now": "spin"}
_LISTENERS = {"token": "token service", "storage": "storage", "other": "new host"}
_CORS = "access-control-"

# Who shows which header: what a preflight's answer is for, and what any other's.
_OF_PREFLIGHTS = frozenset({"access-control-allow-headers", "access-control-allow-methods", "access-control-max-age"})


def is_telling(seen: Seen) -> bool:
    """Whether something went wrong there, or this is what the scenario is about."""
    return tone(seen.question, seen.meaning) in ("bad", "warn") or seen.question == LOOK


def step(seen: Seen, scenario: Scenario, *, is_open: bool) -> Element:
    """A step that can be opened."""
    kind = tone(seen.question, seen.meaning)
    asked, how = _question(seen, scenario)
    return el(
        "details.card.talk",
        {"open": is_open, "data-reset": True, "id": f"seen-{seen.number}"},
        el(
            "summary.card-head",
            None,
            el("h3.talk-title", None, caret(), " ", el("span", None, f"{seen.number}. {asked}", _whose(seen))),
            el(
                f"span.small.outcome.outcome--{kind if kind != 'now' else 'skip'}", None, _mark(kind), " ", _short(seen)
            ),
        ),
        el(
            "div.card-body.flow",
            None,
            el("p", None, el("code", None, hostile(seen.method), " ", wrapping(seen.url))) if seen.method else None,
            el("p.faint.small", None, how) if how else None,
            el("div.split.split--2", None, _server(seen, scenario), _page(seen, scenario)) if seen.method else None,
            el("p", None, _meaning(seen, scenario)),
        ),
    )


def _whose(seen: Seen) -> Element | None:
    """Whom it is asked of, where that is not the registry."""
    name = {"token": "token service", "blob": "blob"}.get(seen.target)
    return None if name is None else el("span.faint.small", None, f" {name}")


def _question(seen: Seen, scenario: Scenario) -> tuple[str, str]:
    if seen.question == LOOK and scenario.look is not None:
        return f"Does the page see {scenario.look.header}?", "one request more, which the doctor does not make"
    return question(seen.question)


def _meaning(seen: Seen, scenario: Scenario) -> str:
    if seen.question == LOOK and scenario.look is not None:
        found = seen.meaning == "header-readable"
        return f"{scenario.look.header} is {'there' if found else 'not there, for the page'}."
    return meaning(seen.question, seen.meaning)


def _mark(kind: str) -> Element:
    return icon(_MARKS[kind], *(("spin",) if kind == "now" else ()))


def _short(seen: Seen) -> str:
    if not seen.method:
        return "nothing is sent"
    if seen.outcome is None:
        return "asking"
    return str(seen.status) if seen.outcome == "readable" and seen.status is not None else seen.outcome


def _server(seen: Seen, scenario: Scenario) -> Element:
    return el(
        "div.flow",
        None,
        el("h4.small.muted", None, "What the server sent"),
        [_sent(one, scenario) for one in seen.sent]
        or el("p.faint", None, "It logged nothing: no request arrived." if seen.outcome is not None else "…"),
    )


def _sent(sent: Sent, scenario: Scenario) -> Element:
    preflight = sent.asked_method is not None
    said: list[Node] = [_asked("Origin", sent.origin)] if sent.origin is not None else []
    if sent.asked_headers is not None:
        said.append(_asked("Access-Control-Request-Headers", sent.asked_headers))
    if sent.authorization is not None:
        said.append(_asked("Authorization", f"{sent.authorization} …"))
    return el(
        "div.flow.tight",
        None,
        el(
            f"p.request.is-{_status_tone(sent.status)}",
            None,
            el("span.status", None, "none" if sent.status is None else str(sent.status)),
            " ",
            el("b", None, hostile(sent.method)),
            " ",
            el("span", None, wrapping(sent.path)),
            " ",
            el(
                "span.faint",
                None,
                "preflight" if preflight else None,
                " " if preflight and sent.listener in _LISTENERS else None,
                _LISTENERS.get(sent.listener),
            ),
        ),
        el("p.small.muted", None, "asked with ", _joined(said)) if said else None,
        el("div.headers", None, _answered(sent, scenario, preflight))
        if sent.status is not None
        else el("p.faint", None, "No answer was sent."),
    )


def _joined(parts: Iterable[Node]) -> Node:
    found: list[Node] = []
    for part in parts:
        found += [", ", part] if found else [part]
    return found


def _asked(name: str, text: str) -> Element:
    return el("code", None, f"{name}: ", wrapping(text))


def _status_tone(status: int | None) -> str:
    if status is None:
        return "failed"
    return "ok" if 200 <= status < 400 else "asked" if status == 401 else "failed"


def _answered(sent: Sent, scenario: Scenario, preflight: bool) -> list[Element]:
    """CORS headers first: they are the story. The one that is to be changed is marked, also when it is missing."""
    key = scenario.header.lower() if sent.listener in scenario.places else ""
    names = {name.lower() for name, _ in sent.answered}
    rows = [(name, text) for name, text in sent.answered if name.lower().startswith(_CORS)]
    rows += [(name, text) for name, text in sent.answered if not name.lower().startswith(_CORS)]
    found = [_header(name, foreign(text), name.lower() == key) for name, text in rows]
    belongs = preflight if key in _OF_PREFLIGHTS else not preflight or key == "access-control-allow-origin"
    # A request without an Origin asks for no leave, so that nothing is missing from its answer.
    if key and key not in names and belongs and sent.origin is not None:
        found.insert(0, _header(scenario.header, el("span.redacted", None, "not sent"), True))
    return found


def _header(name: str, text: Node, marked: bool) -> Element:
    return el("div.is-key" if marked else "div", None, el("b", None, f"{hostile(name)}:"), " ", text)


def _page(seen: Seen, scenario: Scenario) -> Element:
    return el(
        "div.flow",
        None,
        el("h4.small.muted", None, "What the page saw"),
        el("p", None, _OUTCOMES[seen.outcome] if seen.outcome is not None else "…"),
        _visible(seen, scenario) if seen.outcome == "readable" else None,
    )


def _visible(seen: Seen, scenario: Scenario) -> Node:
    found = [_header(_spelled(name, seen), foreign(text), False) for name, text in seen.visible]
    shown = {name.lower() for name, _ in seen.visible}
    last = seen.sent[-1].answered if seen.sent else ()
    hidden = [name for name, _ in last if name.lower() not in shown and not name.lower().startswith(_CORS)]
    return (
        el(
            f"p.request.is-{_status_tone(seen.status)}",
            None,
            el("span.status", None, str(seen.status)),
            " ",
            el("span", None, "status and these headers"),
        ),
        el("div.headers", None, found) if found else el("p.faint", None, "No header."),
        el("p.small", None, "Kept from the page: ", _joined(el("code", None, hostile(one)) for one in hidden))
        if hidden
        else None,
    )


def _spelled(name: str, seen: Seen) -> str:
    """As the server wrote it: a page gets names in lower case."""
    sent = (written for one in seen.sent for written, _ in one.answered if written.lower() == name.lower())
    return next(sent, "-".join(part.capitalize() for part in name.split("-")))
