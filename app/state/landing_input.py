"""The one input of the landing page: whatever names a registry, a repository or a manifest."""

import re

from app.oci.grammar import GrammarError, named
from app.oci.origin import parse_origin
from app.oci.reference import check_tag
from app.state.pasted_command import Target, is_command, target_of
from app.state.pasted_url import api_path_at, parse_api_path, parse_url
from app.state.route import Route, at_home, parse_route

# Spaces of every width, none included, and what prose and shells put around a word.
_AROUND = " \t\n\r\f\v\u00a0\u00ad\u1680\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
_AROUND += "".join(map(chr, range(0x2000, 0x2010))) + "\"'`<>\u2018\u2019\u201c\u201d\u00ab\u00bb"
_SPACE = re.compile(r"\s")
# Schemes of clients that say no more than "this is in a registry": skopeo and podman, helm and oras.
_TRANSPORT = re.compile(r"(?:docker|oci)://", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_SECRET = re.compile(r"(?<!\S)((?:--[a-z-]{0,20}(?:password|creds|token)|-[up])(?:=|[ \t]++))(\S++)")


class InputMistake(GrammarError):
    """An input that names nothing; `position` counts in the text as typed. Passwords in `text` are masked."""

    def __init__(self, text: str, position: int, reason: str) -> None:
        shown = _SECRET.sub(lambda match: match[1] + "*" * len(match[2]), text)
        super().__init__(shown, position, reason)


def parse_input(text: str) -> Route:
    """Parse what a person typed or pasted.

    A registry, a repository, a reference, a link to this app, a URL of a registry's API or of a page of Docker Hub,
    or a line for docker, podman, skopeo, crane, oras, regctl, helm and the like. Raises InputMistake.
    """
    start = len(text) - len(text.lstrip(_AROUND))
    end = len(text.rstrip(_AROUND))
    if start >= end:
        raise InputMistake(text, len(text), "A registry, a repository or a reference is missing, such as redis:7.")
    space = _SPACE.search(text, start, end)
    if space is None:
        return _parse_one(text, Target(start, end, False, None))
    if not is_command(text, start, end):
        reason = f"A reference has no spaces; {named(text[space.start()])} comes after its end."
        raise InputMistake(text, space.start(), reason)
    target = target_of(text, start, end)
    if target is None:
        raise InputMistake(text, len(text), "This line names no image; a reference is missing at its end.")
    return _parse_one(text, target)


def _parse_one(text: str, target: Target) -> Route:
    start, end = target.start, target.end
    # A quotation mark may stand on either side of a part of a line, too.
    start += len(text[start:end]) - len(text[start:end].lstrip(_AROUND))
    end -= len(text[start:end]) - len(text[start:end].rstrip(_AROUND))
    transport = _TRANSPORT.match(text, start, end)
    if transport:
        start = transport.end()
    try:
        route = _route_of(text[start:end], target.is_registry)
    except GrammarError as error:
        raise InputMistake(text, start + error.position, error.reason) from None
    return _with_version(text, route, target)


def _route_of(text: str, is_registry: bool) -> Route:
    link = text.find("#/")
    if link >= 0:
        try:
            return parse_route(text[link:])
        except GrammarError as error:
            raise InputMistake(text, link + error.position, error.reason) from None
    if _WEB.match(text):
        return parse_url(text)
    if is_registry:
        registry, _ = at_home(parse_origin(text), None)
        return Route(registry, None, None, None, None, "", ())
    path = api_path_at(text)
    if path is not None:
        return parse_api_path(text, parse_origin(text[:path]), path, len(text))
    return parse_route(text)


def _with_version(text: str, route: Route, target: Target) -> Route:
    # Helm names the tag by a flag, and writes `_` for the `+` that a tag cannot hold.
    if target.version is None or route.repository is None or route.tag or route.digest:
        return route
    start, end = target.version
    tag = text[start:end].strip(_AROUND).replace("+", "_")
    try:
        check_tag(tag)
    except GrammarError as error:
        raise InputMistake(text, start + error.position, error.reason) from None
    return route.at_manifest(tag)
