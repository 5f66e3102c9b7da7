"""One line of a transcript: what was sent and why, what came back, and what that says."""

from app.auth.decision import decision_section
from app.auth.entry import Exchange
from app.view.access import granted_table
from app.view.challenge_table import challenge_tables, schemes
from app.view.citation import cited
from app.view.components import icon
from app.view.decision_words import decision_words, failure_words, preflight_words, sent_words
from app.view.format import duration, listed, took
from app.view.frame import caret
from app.view.markup import Element, Node, el, foreign, group, hostile, wrapping

# Header names as people know them; the record keeps them in lower case.
_SPELLED = {"www-authenticate": "WWW-Authenticate", "oci-filters-applied": "OCI-Filters-Applied"}


def line(exchange: Exchange) -> Element:
    """An item of the timeline."""
    if exchange.purpose == "wait":
        return el(
            "li.is-wait",
            None,
            el(
                "h3.request",
                None,
                el("span.status", None, icon("clock")),
                el("b", None, "wait"),
                el("span"),
                _took(exchange),
            ),
            _decision(exchange),
        )
    return el(
        f"li.is-{_tone(exchange)}",
        None,
        el(
            "h3.request",
            None,
            el("span.status", None, _status(exchange)),
            el("b", None, hostile(exchange.method)),
            el("span", None, wrapping(exchange.url)),
            _took(exchange),
        ),
        _decision(exchange),
        _result(exchange),
        _notes(exchange),
        _challenges(exchange),
        _grant(exchange),
        _headers(exchange),
    )


def _tone(exchange: Exchange) -> str:
    if exchange.failure is not None:
        return "failed"
    if exchange.status is None:
        return "open"
    return "ok" if 200 <= exchange.status < 300 else "asked" if exchange.status == 401 else "failed"


def _status(exchange: Exchange) -> Node:
    if exchange.status is not None:
        return str(exchange.status)
    return "none" if exchange.failure is not None else "…"


def _took(exchange: Exchange) -> Element:
    number = f"#{exchange.number}"
    return el("span.faint", None, number if exchange.seconds is None else f"{number} · {took(exchange.seconds)}")


def _decision(exchange: Exchange) -> Element:
    return el(
        "p",
        None,
        hostile(decision_words(exchange.why, exchange.purpose)),
        " ",
        el("span.cite.muted.small", None, cited(decision_section(exchange.why))),
    )


def _result(exchange: Exchange) -> Element | None:
    words = _result_words(exchange)
    return el("p", None, words) if words else None


def _result_words(exchange: Exchange) -> Node:
    status = exchange.status
    if exchange.failure is not None:
        return failure_words(exchange.failure)
    if status is None:
        return "The answer is still to come."
    codes: Node = [" It says ", el("code", None, hostile(", ".join(exchange.codes))), "."] if exchange.codes else None
    if status == 401:
        offered = listed(schemes(exchange.challenges), "or")
        if offered:
            return (f"It answered 401: it wants {offered}.", codes)
        who = "The token service refuses them." if exchange.purpose == "token" else "No challenge can be read."
        return (f"It answered 401. {who}", codes)
    if status == 429:
        return ("It answered 429: too many requests.", codes)
    if 200 <= status < 300:
        return _granted_words(exchange) if exchange.purpose == "token" else None
    return (f"It answered {status}.", codes)


def _granted_words(exchange: Exchange) -> Node:
    if exchange.opaque is None and exchange.refreshable:
        return "A refresh token came. It is kept in memory and not recorded."
    taken = exchange.lifetime
    stated = (
        "for a time that it does not state"
        if exchange.expires_in is None
        else f"for {duration(exchange.expires_in)}"
        if exchange.expires_in > 0
        else "without a time that makes sense"
    )
    differs = taken is not None and (exchange.expires_in is None or abs(taken - exchange.expires_in) >= 1)
    return (
        f"It issued {'an opaque token' if exchange.opaque else 'a token'} {stated}",
        f", taken as {duration(taken)}." if differs and taken is not None else ".",
        " A refresh token came with it." if exchange.refreshable else None,
        " The token is not recorded.",
    )


def _notes(exchange: Exchange) -> Node:
    notes: list[Node] = [f"Sent {sent_words(exchange.authorization)}"]
    if exchange.preflight_because:
        because = preflight_words(exchange.preflight_because)
        notes.append(f"The browser had to ask first (preflight): {because}")
    if exchange.redirected != "no":
        where = exchange.answered_by
        notes.append(
            group(
                "Redirected to ",
                "another origin" if exchange.redirected == "cross-origin" else "the same origin",
                group(": ", el("code", None, wrapping(where))) if where else None,
            )
        )
    if exchange.stripped:
        notes.append("The browser took the Authorization away there, as it must")
    elif exchange.redirected == "same-origin" and exchange.authorization in ("basic", "bearer"):
        notes.append("The Authorization went along, since the origin is the same")
    return el("ul.notes.muted.small", None, [el("li", None, note) for note in notes])


def _challenges(exchange: Exchange) -> Element | None:
    return el("div.flow", None, challenge_tables(exchange.challenges, exchange.number)) if exchange.challenges else None


def _grant(exchange: Exchange) -> Element | None:
    if exchange.purpose != "token" or exchange.status is None:
        return None
    if not 200 <= exchange.status < 300:
        if not exchange.asked:
            return None
        return el("p.muted.small", None, "Asked for: ", el("code", None, foreign(" ".join(exchange.asked))))
    if exchange.opaque is None:
        return None
    found = granted_table(exchange.asked, exchange.granted, f"Asked for and granted, request {exchange.number}")
    if found is None:
        return el("p.muted.small", None, "No scope was asked for.")
    note = (
        el("p.muted.small", None, "The token is opaque, so a page cannot see what was granted.")
        if exchange.granted is None
        else None
    )
    return el("div.flow", None, el("h4.small.muted", None, "Asked for and granted"), found, note)


def _headers(exchange: Exchange) -> Element:
    sent: list[Node] = [_header(name, text) for name, text in exchange.request_headers]
    if exchange.authorization in ("basic", "bearer"):
        sent.append(_absent("Authorization", exchange.authorization.capitalize()))
    elif exchange.authorization == "form":
        sent.append(_absent("body", "a form with a secret"))
    received: list[Node] = [_header(name, text) for name, text in exchange.response_headers]
    received += [_absent(_spelled(name), "repeats a secret") for name in exchange.withheld]
    if exchange.purpose == "token" and exchange.opaque is not None:
        received.append(_absent("body", "a token"))
    return el(
        "details.exchange",
        None,
        el("summary", None, caret(), " Headers"),
        el(
            "div.flow",
            None,
            el("h4.small.muted", None, "Sent"),
            el("div.headers", None, sent) if sent else el("p.faint", None, "None but the browser's own."),
            el("h4.small.muted", None, "Received"),
            el("div.headers", None, received) if received else el("p.faint", None, "None that a page can read."),
        ),
    )


def _header(name: str, text: str) -> Element:
    shown: Node = foreign(text) if text else el("span.redacted", None, "value not recorded")
    return el("div", None, el("b", None, f"{_spelled(name)}:"), " ", shown)


def _absent(name: str, what: str) -> Element:
    return el("div", None, el("b", None, f"{name}:"), f" {what} ", el("span.redacted", None, "not recorded"))


def _spelled(name: str) -> str:
    return hostile(_SPELLED.get(name, "-".join(part.capitalize() for part in name.split("-"))))
