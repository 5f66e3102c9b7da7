"""Challenges of a `WWW-Authenticate` header: one merged string in, all its challenges out.

RFC 9110 section 11.6.1, with the list rules of section 5.6.1:

    WWW-Authenticate = #challenge
    challenge        = auth-scheme [ 1*SP ( token68 / #auth-param ) ]
    auth-param       = token BWS "=" BWS ( token / quoted-string )
    token68          = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="

A comma separates challenges and parameters alike; the "=" after a word tells which one begins. Fetch joins several
header lines by ", ", so one string with several challenges is the normal case in a browser.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from app.oci.value import value

# RFC 9110 section 5.6.2: token = 1*tchar
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
# A word of the list, well formed or not: everything up to a blank, a comma, "=" or a quote.
_WORD = re.compile(r"[^\s,=\"]+")
_BLANK = re.compile(r"\s*")
# Between two elements; a "=" there is nobody's.
_SEPARATOR = re.compile(r"[\s,=]*")
_TOKEN68 = re.compile(r"[A-Za-z0-9\-._~+/]+=*")
# gcr.io sends service=gcr.io and zot realm=http://…: an unquoted value runs to the next blank or comma.
_UNQUOTED = re.compile(r"[^\s,]*")
# RFC 9110 section 5.6.4: the inside of a quoted-string, a backslash quoting the character after it.
_QUOTED = re.compile(r'(?:[^"\\]|\\.)*', re.DOTALL)
_QUOTED_PAIR = re.compile(r"\\(.)", re.DOTALL)

# No real header holds more; the rest of a longer one is not read.
_MOST_CHALLENGES = 32
_MOST_PARAMETERS = 64
_MOST_ELEMENTS = 4096


@value
class Challenge(NamedTuple):
    """One challenge. `scheme` and the keys of `parameters` are lower case, values are as sent, without their quotes.

    `broken`: why it must not be answered (a parameter given twice: two parsers could follow two realms), or None.
    """

    scheme: str
    parameters: Mapping[str, str]
    token68: str | None
    broken: str | None = None


class _Draft:
    """The challenge being read; one without a scheme collects what belongs to nothing and is dropped."""

    __slots__ = ("broken", "parameters", "scheme", "token68")

    def __init__(self, scheme: str | None) -> None:
        self.scheme = scheme
        self.parameters: dict[str, str] = {}
        self.token68: str | None = None
        self.broken: str | None = None

    def add(self, name: str, text: str, closed: bool) -> None:
        if name in self.parameters:
            self.broken = self.broken or f"{name} is given twice"
        elif len(self.parameters) >= _MOST_PARAMETERS:
            self.broken = self.broken or "too many parameters"
        elif self.token68 is not None:
            self.broken = self.broken or "a token68 and parameters"
        else:
            self.parameters[name] = text
        if not closed:
            self.broken = self.broken or f"the quotes of {name} are not closed"

    def finish(self) -> tuple[Challenge, ...]:
        if self.scheme is None:
            return ()
        return (Challenge(self.scheme, MappingProxyType(self.parameters), self.token68, self.broken),)


def parse_challenges(header: str) -> tuple[Challenge, ...]:
    """All challenges of the header in the order sent; never raises, takes time linear in the header.

    Unknown schemes are kept. What fits no rule of the grammar is skipped.
    """
    found: list[Challenge] = []
    draft = _Draft(None)
    after_comma = True  # only there may a new challenge begin
    at, end = 0, len(header)
    elements = 0
    while at < end and len(found) < _MOST_CHALLENGES and elements < _MOST_ELEMENTS:
        elements += 1
        gap = _SEPARATOR.match(header, at)
        after = gap.end() if gap else at
        after_comma = after_comma or "," in header[at:after]
        at = after
        if at >= end:
            break
        word = _WORD.match(header, at)
        if word is None:
            at = _quoted(header, at)[1]  # a quoted string that is nobody's value
            continue
        assign = _blank(header, word.end())
        if assign < end and header[assign] == "=":
            text, at, closed = _text(header, _blank(header, assign + 1))
            draft.add(word[0].lower(), text, closed)
        elif after_comma:
            found.extend(draft.finish())
            # A word that is no token cannot be a scheme; its parameters must not fall to the challenge before it.
            draft = _Draft(word[0].lower() if _TOKEN.fullmatch(word[0]) else None)
            draft.token68, at = _token68(header, word.end())
        else:
            # zot sends realm=my zot: the rest of an unquoted value with blanks in it is lost.
            at = word.end()
        after_comma = False
    if elements == _MOST_ELEMENTS:
        draft.broken = draft.broken or "too long"
    if len(found) < _MOST_CHALLENGES:
        found.extend(draft.finish())
    return tuple(found)


def _blank(header: str, at: int) -> int:
    blank = _BLANK.match(header, at)
    return blank.end() if blank else at


def _quoted(header: str, at: int) -> tuple[str, int, bool]:
    """The quoted string that opens at `at`: its text, the place after it, whether it is closed."""
    inside = _QUOTED.match(header, at + 1)
    stop = inside.end() if inside else at + 1
    closed = stop < len(header) and header[stop] == '"'
    text = _QUOTED_PAIR.sub(r"\1", header[at + 1 : stop])
    return text, (stop + 1 if closed else len(header)), closed


def _text(header: str, at: int) -> tuple[str, int, bool]:
    if at < len(header) and header[at] == '"':
        return _quoted(header, at)
    plain = _UNQUOTED.match(header, at)
    stop = plain.end() if plain else at
    return header[at:stop], stop, True


def _token68(header: str, at: int) -> tuple[str | None, int]:
    """The token68 after a scheme, if that is what follows: nothing but it stands before the next comma."""
    start = _blank(header, at)
    found = _TOKEN68.match(header, start) if start > at else None
    if found is None:
        return None, at
    stop = _blank(header, found.end())
    if stop < len(header) and header[stop] != ",":
        return None, at
    return found[0], found.end()
