"""A challenge, parameter by parameter."""

from collections.abc import Mapping

from app.auth.challenge import Challenge
from app.view.components import outcome
from app.view.markup import Element, Node, el, foreign, group, hostile
from app.view.tables import body, cell, column, row, row_head, table

_BEARER: Mapping[str, str] = {
    "realm": "where tokens are given out",
    "service": "whom the token is for",
    "scope": "what it must allow",
    "error": "what is wrong with the token that was sent",
    "error_description": "the same, in the registry's own words",
    "error_uri": "where it says more",
}
_BASIC: Mapping[str, str] = {
    "realm": "a name for what is protected",
    "charset": "how user name and password are written",
    "service": "not part of Basic",
}
_NAMES: Mapping[str, str] = {"basic": "Basic", "bearer": "Bearer", "digest": "Digest", "negotiate": "Negotiate"}
_MOST = 16
"""Parameters that are shown; no real challenge has more."""


def challenge_tables(challenges: tuple[Challenge, ...], request: int) -> Node:
    """Each challenge of the answer to a request of that number, under its scheme."""
    return [_challenge(one, number, len(challenges), request) for number, one in enumerate(challenges, 1)]


def scheme_word(scheme: str) -> str:
    """A scheme as the specifications write it."""
    return _NAMES.get(scheme, hostile(scheme))


def schemes(challenges: tuple[Challenge, ...]) -> tuple[str, ...]:
    """The schemes that are offered, each once."""
    return tuple(dict.fromkeys(scheme_word(one.scheme) for one in challenges))


def _challenge(challenge: Challenge, number: int, total: int, request: int) -> Element:
    word = scheme_word(challenge.scheme)
    name = f"Challenge {number} of {total}: {word}" if total > 1 else f"Challenge: {word}"
    known = _BEARER if challenge.scheme == "bearer" else _BASIC if challenge.scheme == "basic" else {}
    shown = list(challenge.parameters.items())[:_MOST]
    rows = [
        row(
            row_head("fit", el("code", None, foreign(parameter))),
            cell("full", el("code", None, foreign(text)) if text else el("span.faint", None, "empty")),
            cell("full muted", known.get(parameter, "not used by Portolan")),
        )
        for parameter, text in shown
    ]
    left = len(challenge.parameters) - len(shown)
    return group(
        el("h4.small.muted", None, name),
        el("p", None, outcome("warn", "cannot be used: "), hostile(challenge.broken)) if challenge.broken else None,
        table(f"{name} (request {request})", (column("Parameter"), column("Value"), column("Meaning")), body(*rows))
        if rows
        else el("p.muted", None, "It has no parameters."),
        el("p.muted.small", None, f"and {left} more") if left else None,
    )
