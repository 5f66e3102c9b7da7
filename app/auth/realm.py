"""Which token service may be asked, and with what: a realm is a URL that a stranger's server chose.

A.7 of tests/unit/auth/RULES.md. The danger is twofold: credentials sent to another party, and requests into the
person's own network.
"""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode

from app.oci.grammar import GrammarError
from app.oci.host import ipv6_groups
from app.oci.origin import Origin, is_loopback, is_private, origin_of, parse_origin
from app.oci.value import value

Outcome = Literal["allowed", "anonymous-only", "ask", "refused"]
RealmReason = Literal[
    "same-origin", "known-pair", "approved", "other-origin", "private-host",
    "missing", "too-long", "characters", "relative", "user-info", "address", "downgrade", "link-local",
]  # fmt: skip
Pair = tuple[Origin, Origin]

_LONGEST = 4096
# What two URL parsers read differently: a browser drops tabs and line ends and takes "\" for "/".
_DOUBTFUL = re.compile(r"[\x00-\x20\x7f\\]")
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
_AUTHORITY_END = re.compile(r"[/?#]")


def _pairs(*pairs: tuple[str, str]) -> frozenset[Pair]:
    return frozenset((parse_origin(registry), parse_origin(realm)) for registry, realm in pairs)


# Pairs, not a list of trusted hosts: any registry may name auth.docker.io to collect what a person types for another.
# Docker Hub is docker.io in references and registry-1.docker.io on the wire.
KNOWN_PAIRS = _pairs(
    ("https://docker.io", "https://auth.docker.io"),
    ("https://docker.io", "https://registry-1.docker.io"),
    ("https://registry-1.docker.io", "https://auth.docker.io"),
    ("https://registry.gitlab.com", "https://gitlab.com"),
    ("https://nvcr.io", "https://authn.nvidia.com"),
)


@value
class RealmPolicy(NamedTuple):
    """Pairs of (registry, token service) that may have credentials: known ones, and those a person or host approved."""

    known: frozenset[Pair] = KNOWN_PAIRS
    approved: frozenset[Pair] = frozenset()

    def approve(self, registry: Origin, realm: Origin) -> "RealmPolicy":
        return RealmPolicy(self.known, self.approved | {(registry, realm)})


@value
class Judgement(NamedTuple):
    """`url`: the realm to ask, absolute, without fragment ("" when refused); `origin`: None when it has none.

    `outcome`: allowed (credentials too); anonymous-only (credentials after approval); ask (not even an anonymous
    request before approval); refused (never).
    """

    outcome: Outcome
    url: str
    origin: Origin | None
    reason: RealmReason


def judge_realm(registry: Origin, realm: str, policy: RealmPolicy, base: Origin | None = None) -> Judgement:
    """What the registry's realm may be sent. A realm that is a path belongs to `base`, by default the registry."""
    found = _locate(realm, base or registry)
    if not isinstance(found, _Place):
        return Judgement("refused", "", None, found)
    origin, url = found
    outcome, reason = _judge(registry, origin, policy)
    return Judgement(outcome, "" if outcome == "refused" else url, origin, reason)


def _judge(registry: Origin, origin: Origin, policy: RealmPolicy) -> tuple[Outcome, RealmReason]:
    if origin == registry:
        return "allowed", "same-origin"
    if origin.scheme == "http" and registry.scheme != "http":
        return "refused", "downgrade"
    # Two loopback names are one machine: a token service on localhost beside a registry on 127.0.0.1.
    same_host = origin.host == registry.host or (is_loopback(origin.host) and is_loopback(registry.host))
    if not same_host and _is_link_local(origin.host):
        return "refused", "link-local"  # 169.254.169.254: the metadata services of clouds
    if (registry, origin) in policy.known:
        return "allowed", "known-pair"
    if (registry, origin) in policy.approved:
        return "allowed", "approved"
    if not same_host and is_private(origin.host):
        return "ask", "private-host"
    return "anonymous-only", "other-origin"


class _Place(NamedTuple):
    origin: Origin
    url: str


def _locate(realm: str, base: Origin) -> _Place | RealmReason:
    if not realm:
        return "missing"
    if len(realm) > _LONGEST:
        return "too-long"
    if _DOUBTFUL.search(realm):
        return "characters"
    realm = realm.partition("#")[0]
    if realm.startswith("/"):
        # Two slashes begin another host.
        return "relative" if realm.startswith("//") else _Place(base, f"{base}{realm}")
    scheme = _ABSOLUTE.match(realm)
    if scheme is None:
        return "relative"
    end = _AUTHORITY_END.search(realm, scheme.end())
    stop = end.start() if end else len(realm)
    if "@" in realm[scheme.end() : stop]:
        return "user-info"
    try:
        origin = origin_of(realm[:stop])
    except GrammarError:
        return "address"
    # Written anew from the origin that was judged, so that nothing else can be meant by it.
    rest = realm[stop:]
    return _Place(origin, f"{origin}{rest if rest.startswith('/') else '/' + rest}")


def _is_link_local(host: str) -> bool:
    # RFC 3927 and RFC 4291 section 2.5.6; hosts of origins are canonical, IPv4 inside IPv6 included.
    if host.startswith("169.254."):
        return True
    groups = ipv6_groups(host) if ":" in host else None
    return groups is not None and (groups[0] >> 6 == 0x3FA or (not any(groups[1:5]) and groups[6] == 0xA9FE))


def token_url(
    realm: str,
    service: str | None,
    scopes: Iterable[str],
    account: str | None = None,
    more: tuple[tuple[str, str], ...] = (),
) -> str:
    """The realm with `service` set and one `scope` for each scope appended (docs/spec/auth/token.md), its query kept.

    `realm`: an absolute URL without fragment. Without a service, or with an empty one, there is no such parameter
    (ggcr #1359). `more`: further parameters of the specification.
    """
    path, _, query = realm.partition("?")
    replaced = {name for name, text in (("service", service), ("account", account)) if text}
    fields = [
        (name, text)
        for name, text in parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
        if name not in replaced
    ]
    fields += [(name, text) for name, text in (("service", service), ("account", account)) if text]
    # Repeated parameters, as specified; of two, Keycloak reads the first alone, so callers put the new scope first.
    fields += [("scope", scope) for scope in scopes if scope]
    fields += more
    # Readable where a query needs no escapes (RFC 3986 section 3.4), and never "+" for a blank.
    asked = urlencode(fields, quote_via=quote, safe="/:,*", errors="surrogateescape")
    return f"{path}?{asked}" if asked else path


def shown_realm(realm: str) -> str:
    """A realm fit for an error text: no user info, query or fragment, nothing unprintable, at most 200 characters."""
    bare = re.split(r"[?#]", realm, maxsplit=1)[0].rpartition("@")[2]
    return "".join(character for character in bare[:200] if character.isprintable())
