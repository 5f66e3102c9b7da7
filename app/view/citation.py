"""Sections of specifications as they are cited, with links to those that anyone can read."""

import re

from app.view.components import external
from app.view.markup import Element, Node, group

_TOKENS = "https://distribution.github.io/distribution/spec/auth/"
_SPEC = "https://github.com/opencontainers/distribution-spec/blob/main/spec.md"
# Longer phrases first: the first that fits is taken.
_PLACES = (
    ("distribution token specification, OAuth2", f"{_TOKENS}oauth/"),
    ("distribution token specification, scope", f"{_TOKENS}scope/"),
    ("distribution token specification", f"{_TOKENS}token/"),
    ("distribution-spec, Pulling blobs", f"{_SPEC}#pulling-blobs"),
    ("distribution-spec, Endpoints", f"{_SPEC}#endpoints"),
    ("Fetch, CORS protocol", "https://fetch.spec.whatwg.org/#http-cors-protocol"),
    ("Fetch, HTTP-redirect fetch", "https://fetch.spec.whatwg.org/#http-redirect-fetch"),
    ("Azure Container Registry, AAD-OAuth.md", "https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md"),
)
_CITED = re.compile(
    r"RFC ([0-9]{1,5}) section ([0-9]{1,3}(?:\.[0-9]{1,3}){0,4})|" + "|".join(re.escape(text) for text, _ in _PLACES)
)


def cited(text: str) -> Element:
    """A citation such as “RFC 9110 section 11.6.1 (WWW-Authenticate)”, each section in it a link."""
    parts: list[Node] = []
    at = 0
    for found in _CITED.finditer(text):
        parts.append(text[at : found.start()])
        parts.append(external(_address(found), found[0]))
        at = found.end()
    parts.append(text[at:])
    return group(*parts)


def _address(found: re.Match[str]) -> str:
    if found[1] is not None:
        return f"https://www.rfc-editor.org/rfc/rfc{found[1]}#section-{found[2]}"
    return next(url for text, url in _PLACES if text == found[0])
