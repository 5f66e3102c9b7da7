"""What was asked for beside what was granted, as a table."""

from collections.abc import Mapping

from app.auth.access_table import AccessRow, AccessVerdict, access_table
from app.auth.scope import Scope, ScopeError, parse_scope
from app.view.components import outcome
from app.view.format import listed
from app.view.markup import Element, Node, el, foreign, hostile
from app.view.tables import body, cell, column, row, row_head, table

_VERDICTS: Mapping[AccessVerdict, Node] = {
    "as-asked": outcome("ok", "as asked"),
    "less": outcome("warn", "less"),
    "nothing": outcome("bad", "refused"),
    "more": outcome("warn", "more"),
    "other": outcome("warn", "other"),
    "not-asked": outcome("warn", "not asked for"),
    "unknown": el("span.faint", None, "cannot be told"),
}
_ALLOWS: Mapping[str, str] = {
    "pull": "read",
    "push": "write",
    "delete": "delete",
    "mount": "be the source of a mounted blob",
    "*": "do anything",
    "catalog": "list the repositories",
    "unknown": "something of the registry's own",
}
MOST = 100
"""Rows that are shown: a hostile token may name more."""


def granted_table(asked: tuple[str, ...], granted: tuple[str, ...] | None, name: str) -> Element | None:
    """The table for the scopes of a token request; None when there is nothing to compare."""
    return access(access_table(asked, None if granted is None else _parsed(granted)), name)


def access(rows: tuple[AccessRow, ...], name: str, *, compare: bool = True) -> Element | None:
    """The table for rows that are worked out already. `compare`: it is known what was asked for."""
    if not rows:
        return None
    columns = [column("Resource"), column("Granted"), column("Allows to")]
    if compare:
        columns = [columns[0], column("Asked for"), *columns[1:], column("Result")]
    return el(
        "div.flow",
        None,
        table(name, columns, body(*(_row(one, compare) for one in rows[:MOST]))),
        el("p.muted.small", None, f"and {len(rows) - MOST:,} more") if len(rows) > MOST else None,
    )


def _row(one: AccessRow, compare: bool) -> Element:
    what = f"{one.type}:{one.name}" if one.name else one.type
    return row(
        row_head("lead", el("code", None, foreign(what))),
        cell("", _actions(one.asked, (), "nothing"), label="asked for") if compare else None,
        cell("", _granted(one, compare), label="granted"),
        cell("", "nothing" if one.verdict == "nothing" else _allowed(one), label="allows to"),
        cell("fit", _VERDICTS.get(one.verdict, hostile(one.verdict))) if compare else None,
    )


def _allowed(one: AccessRow) -> Node:
    return listed(tuple(_ALLOWS.get(code, hostile(code)) for code in one.codes)) or "nothing"


def _granted(one: AccessRow, compare: bool) -> Node:
    if one.granted is None:
        return el("span.faint", None, "not to be seen")
    shown: list[Node] = [_actions(one.granted, one.extra if compare else (), "nothing")]
    if one.missing:
        shown += [" ", el("s.faint", None, foreign(", ".join(one.missing))), el("span.vh", None, " (missing)")]
    return shown


def _actions(actions: tuple[str, ...], extra: tuple[str, ...], none: str) -> Node:
    if not actions:
        return el("span.faint", None, none)
    parts: list[Node] = []
    for number, action in enumerate(actions):
        parts += [", " if number else None, el("code", None, foreign(action))]
        if action in extra:
            parts.append(el("span.muted.small", None, " (more)"))
    return parts


def _parsed(texts: tuple[str, ...]) -> list[Scope]:
    found = []
    for text in texts:
        try:
            found.append(parse_scope(text))
        except ScopeError:
            continue  # `aws` and the like grant nothing by name
    return found
