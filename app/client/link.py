"""The next page of a listing, from its Link field (distribution-spec, "Listing Tags"; RFC 8288, 3)."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from app.oci.origin import origin_of

# Link       = #link-value
# link-value = "<" URI-Reference ">" *( OWS ";" OWS [ link-param ] )
# link-param = token BWS [ "=" BWS ( token / quoted-string ) ]
#
# Each pattern is matched at one position and has one way to match, so reading is linear in the field's length.
# Leniency: an unquoted value runs to the next comma, semicolon or blank.
_OWS = re.compile(r"[ \t]*")
_TARGET = re.compile(r"<([^<>]*)>")
_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_QUOTED = re.compile(r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"', re.DOTALL)
_UNQUOTED = re.compile(r"[^ \t,;]*")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)

# What a URL parser of a browser drops, repairs or reads as "/", and Python's does not: with these in it the two could
# disagree about the host. zot writes its Link without percent-encoding, so other characters stay allowed.
_AMBIGUOUS = re.compile(r"[\x00-\x20\x7f\\]")

# scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ) (RFC 3986, 3.1)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+:")

# Targets longer than this are no registry's.
_LONGEST_TARGET = 8192


def next_page(url: str, header: str) -> str | None:
    """The absolute URL of the page after the one at `url`; None without one, or when it must not be followed.

    Only a target of the same origin (scheme, host and port) is followed. Its query is kept to the letter, since some
    registries page by opaque tokens. Never raises.
    """
    for target, relations in _links(header):
        if "next" in relations:
            return _same_origin(url, target)
    return None


def names_next(header: str) -> bool:
    """Whether the field says that there is a next page, be it one to follow or not. Never raises."""
    return any("next" in relations for _, relations in _links(header))


def _links(header: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each link's target and its relations in lower case; what cannot be read is skipped up to the next comma."""
    at = 0
    while at < len(header):
        at = _skip(header, at)
        found = _TARGET.match(header, at)
        if found is None:
            comma = header.find(",", at)
            if comma < 0:
                return
            at = comma + 1
            continue
        at, relations = _parameters(header, found.end())
        yield found[1], relations


def _parameters(header: str, at: int) -> tuple[int, tuple[str, ...]]:
    """The position after a link's parameters, and its relations: RFC 8288, 3.3 takes the first `rel` and no other."""
    relations: tuple[str, ...] | None = None
    while True:
        at = _skip(header, at)
        if at >= len(header) or header[at] == ",":
            return at + 1, relations or ()
        if header[at] == ";":
            at += 1
            continue
        name = _NAME.match(header, at)
        if name is None:
            at += 1
            continue
        at = _skip(header, name.end())
        text = ""
        if at < len(header) and header[at] == "=":
            at = _skip(header, at + 1)
            quoted = _QUOTED.match(header, at)
            if quoted is not None:
                text, at = _ESCAPED.sub(r"\1", quoted[1]), quoted.end()
            else:
                unquoted = _UNQUOTED.match(header, at)
                if unquoted is not None:
                    text, at = unquoted[0], unquoted.end()
        if relations is None and name[0].lower() == "rel":
            relations = tuple(text.lower().split())


def _skip(header: str, at: int) -> int:
    blank = _OWS.match(header, at)
    return at if blank is None else blank.end()


def _same_origin(url: str, target: str) -> str | None:
    """The target resolved against `url` (RFC 3986, 5) without its fragment, if it stays at that origin."""
    target = target.strip(" \t").partition("#")[0]
    if not target or len(target) > _LONGEST_TARGET or _AMBIGUOUS.search(target):
        return None
    try:
        home = origin_of(url)
        # What names a scheme names a host as well: "https:v2/…" is a path to some parsers and a host to others.
        if _SCHEME.match(target) and origin_of(target) != home:
            return None
        joined = urlsplit(urljoin(url, target))
        if origin_of(joined.geturl()) != home:
            return None
    except ValueError:
        return None
    query = target.partition("?")[2]
    # Written anew from the origin that was compared, so that what is requested is what was judged.
    return f"{home}{joined.path or '/'}" + (f"?{query}" if query else "")
