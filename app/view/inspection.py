"""A token taken apart: its kind, its times, its header, its claims and what it allows. Nothing of it is verified."""

from collections.abc import Callable

from app.auth.inspection import Field, Inspection, Times
from app.view import countdown
from app.view.access import access, granted_table
from app.view.components import notice, pairs
from app.view.format import day, instant, plural
from app.view.inspection_words import broken_words, claim_meaning, header_meaning, state_words
from app.view.markup import Element, Node, el, foreign, group
from app.view.tables import body, cell, column, row, row_head, table

_UNVERIFIED = el("span.badge.badge--warn", None, "unverified")
_MOST = 60
"""Fields that are shown; real tokens have twenty."""


def timeless(found: Inspection) -> Inspection:
    """The same without what changes with every second."""
    return found._replace(
        header=tuple(one._replace(left=None) for one in found.header),
        claims=tuple(one._replace(left=None) for one in found.claims),
        times=None if found.times is None else found.times._replace(left=None),
    )


def kind_badge(found: Inspection) -> Element:
    """The kind in a word."""
    if found.kind == "jwt":
        algorithm = next((one.text for one in found.header if one.name == "alg"), "")
        return el("span.badge.badge--image", None, "JWT", f", {algorithm[:16]}" if algorithm else "")
    word = {"json": "JSON in base64", "opaque": "opaque", "broken": "not a token"}[found.kind]
    return el("span.badge.badge--danger" if found.kind == "broken" else "span.badge", None, word)


def inspection(found: Inspection, name: str, asked: tuple[str, ...] | None, level: str = "h3") -> Element:
    """All of it. `name`: ends the ids in it; `asked`: what it was asked for, None for a pasted one of which nobody
    knows, and whose time runs down in the region of that name."""
    if found.kind == "broken":
        return notice(
            "danger", "This cannot be read as a token", el("p", None, broken_words(found.reason)), level=level
        )
    return el(
        "div.stack",
        None,
        _times(found.times, name if asked is None else None) if found.times is not None else None,
        _opaque(found, asked, level) if found.kind == "opaque" else None,
        _withheld(level) if found.kind == "json" else None,
        _fields(found.header, f"header-{name}", "Header", header_meaning, level) if found.header else None,
        _fields(found.claims, f"claims-{name}", "Claims", claim_meaning, level) if found.claims else None,
        _access(found, name, asked, level) if found.kind == "jwt" else None,
    )


def _times(times: Times, running: str | None) -> Element:
    entries: list[tuple[Node, Node]] = []
    if times.expires is not None and running is None:
        entries.append(("Ends", group(_at(times.expires), " ", _UNVERIFIED)))
    elif times.expires is not None and running is not None:
        entries.append(
            ("Ends in", group(countdown.place(running), el("span.muted", None, f" (at {_at(times.expires)})")))
        )
    else:
        entries.append(("Ends", "it does not say when"))
    if times.not_before is not None and (times.issued is None or times.not_before != times.issued):
        entries.append(("Begins", _at(times.not_before)))
    if times.issued is not None:
        entries.append(("Issued", _at(times.issued)))
    if running is not None and times.state != "no-expiry":
        entries.append(("State", group(state_words(times.state), " ", _UNVERIFIED)))
    return pairs(entries)


def _at(seconds: float) -> str:
    return f"{day(seconds)}, {instant(seconds)}"


def _opaque(found: Inspection, asked: tuple[str, ...] | None, level: str) -> Element:
    told = notice(
        "plain",
        "This token is opaque",
        el(
            "p",
            None,
            "It is not a JWT. That is legal: a token is for the registry to read, and this one tells nobody else whose "
            "it is, what it allows or when it ends.",
        ),
        el("p.muted", None, plural(found.length, "character"), "."),
        level=level,
    )
    return group(told, granted_table(asked, None, "Access asked for") if asked else None)


def _withheld(level: str) -> Element:
    return notice(
        "plain",
        "This token is JSON in base64, not a JWT",
        el("p", None, "Amazon's public registry issues such ones. Fields that may be the secret itself are left out."),
        level=level,
    )


def _fields(fields: tuple[Field, ...], name: str, heading: str, meaning: Callable[[str], str], level: str) -> Element:
    rows = [
        row(
            row_head("fit", el("code", None, foreign(one.name))),
            cell("full", _value(one)),
            cell("full muted", meaning(one.name)),
        )
        for one in fields[:_MOST]
    ]
    left = len(fields) - len(rows)
    return el(
        "div.section",
        None,
        el("div.row.tight", None, el(level, {"id": name}, heading), _UNVERIFIED),
        table(f"{heading} ({name})", (column("Field"), column("Value"), column("Meaning")), body(*rows)),
        el("p.muted.small", None, f"and {left} more") if left else None,
    )


def _value(one: Field) -> Node:
    if one.kind == "withheld":
        return el("span.redacted", None, "not shown")
    if not one.text:
        return el("span.faint", None, "empty")
    shown = el("code", None, foreign(one.text))
    if one.kind != "time":
        return shown
    return group(shown, el("span.muted", None, " ", _moment(one.text)))


def _moment(text: str) -> str:
    try:
        return _at(float(text))
    except ValueError:
        return ""


def _access(found: Inspection, name: str, asked: tuple[str, ...] | None, level: str) -> Element:
    if found.access is None:
        shown: Node = el("p.muted", None, "It has no access claim, so it does not tell what it allows.")
    else:
        label = "Access granted" if asked is None else "Access asked for and granted"
        empty = el("p.muted", None, "It allows nothing: its access is empty.")
        shown = access(found.access, f"{label} ({name})", compare=asked is not None) or empty
    return el(
        "div.section",
        None,
        el("div.row.tight", None, el(level, {"id": f"access-{name}"}, "Access"), _UNVERIFIED),
        shown,
    )
