"""Endpoint: which end of the distribution API a path means."""

import re
from typing import NamedTuple

# distribution-spec, "Pulling manifests":
#   <name>      [a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*
#   <reference> [a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}, or a digest
#   digest      algorithm ":" encoded
PART = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
NAME = rf"{PART}(?:/{PART})*"
TAG = r"[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}"
DIGEST = r"[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]{32,}"

NAME_MAX = 255  # characters, the limit of distribution's reference grammar

PATTERNS = {
    "tags": re.compile(rf"/v2/(?P<name>{NAME})/tags/list"),
    "manifests": re.compile(rf"/v2/(?P<name>{NAME})/manifests/(?P<reference>{TAG}|{DIGEST})"),
    "blobs": re.compile(rf"/v2/(?P<name>{NAME})/blobs/(?P<reference>{DIGEST})"),
    "referrers": re.compile(rf"/v2/(?P<name>{NAME})/referrers/(?P<reference>{DIGEST})"),
    "uploads": re.compile(rf"/v2/(?P<name>{NAME})/blobs/uploads/?(?P<reference>[^/]*)"),
    "storage": re.compile(rf"/blobs/(?P<reference>{DIGEST})"),
}

FIXED = {"/v2/": "ping", "/v2/_catalog": "catalog", "/token": "token"}

KINDS = frozenset(PATTERNS) | frozenset(FIXED.values())


class Endpoint(NamedTuple):
    """kind: one of KINDS, or "" for a path that is none of them; name and reference where the kind has them."""

    kind: str
    name: str = ""
    reference: str = ""


def parse_endpoint(path: str) -> Endpoint:
    """The endpoint of a percent-decoded path without its query; never raises."""
    if kind := FIXED.get(path):
        return Endpoint(kind)
    for kind, pattern in PATTERNS.items():
        if match := pattern.fullmatch(path):
            parts = match.groupdict("")
            if len(parts.get("name", "")) <= NAME_MAX:
                return Endpoint(kind, parts.get("name", ""), parts.get("reference", ""))
    return Endpoint("")
