"""Origins: scheme, host and port of a registry, a realm or a storage."""

import re
from typing import NamedTuple

from app.oci.grammar import GrammarError, credentials_at, named
from app.oci.host import HostError, ipv6_groups, parse_host
from app.oci.value import value

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*+)://")
_PORTS = {"http": 80, "https": 443}
_PORT = re.compile(r"[0-9]*+")
_AUTHORITY_END = re.compile(r"[/?#\\]")

# Networks that no stranger's server answers from, as (network, bits). RFC 1918, 6598 (carrier), 3927 (link-local),
# 1122 (this host, loopback), 2544 (benchmarks); Chromium's Local Network Access counts the same ones.
_PRIVATE_IPV4 = (
    (0x00000000, 8),
    (0x0A000000, 8),
    (0x64400000, 10),
    (0x7F000000, 8),
    (0xA9FE0000, 16),
    (0xAC100000, 12),
    (0xC0A80000, 16),
    (0xC6120000, 15),
)
# RFC 6762, RFC 8375, ICANN's .internal, and the .lan of home routers.
_PRIVATE_SUFFIXES = (".local", ".lan", ".internal", ".home.arpa", ".localhost")


class OriginError(GrammarError):
    """A text that is no origin."""


@value
class Origin(NamedTuple):
    """`scheme://host[:port]`; the host is lower case, an IPv6 one without brackets; port None is the scheme's own."""

    scheme: str
    host: str
    port: int | None

    def __str__(self) -> str:
        return f"{self.scheme}://{self.netloc}"

    @property
    def netloc(self) -> str:
        """Host and port as an address writes them: `registry.example`, `127.0.0.1:5000`, `[::1]:5000`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"


def parse_origin(text: str, default_scheme: str | None = None) -> Origin:
    """Parse `[http://|https://]host[:port][/]`.

    Without a scheme it is `default_scheme`, or else the host's own (see `default_scheme()`). Raises OriginError, also
    for a user name or password in it.
    """
    scheme, start = _scheme(text)
    end = len(text) - 1 if text.endswith("/") and len(text) > start else len(text)
    return _origin(text, scheme or default_scheme, start, end)


def origin_of(url: str) -> Origin:
    """The origin of an absolute http or https URL. Raises OriginError."""
    scheme, start = _scheme(url)
    if scheme is None:
        raise OriginError(url, 0, "An address starts with http:// or https://.")
    match = _AUTHORITY_END.search(url, start)
    return _origin(url, scheme, start, match.start() if match else len(url))


def _scheme(text: str) -> tuple[str | None, int]:
    match = _SCHEME.match(text)
    if match is None:
        return None, 0
    scheme = match[1].lower()
    if scheme not in _PORTS:
        raise OriginError(text, 0, "A registry is reached by http:// or https:// alone.")
    return scheme, match.end()


def _origin(text: str, scheme: str | None, start: int, end: int) -> Origin:
    authority = text[start:end]
    at = authority.rfind("@")
    if at >= 0 or credentials_at(text[:end]) is not None:
        reason = "A user name or password does not belong in an address; sign in when the registry asks."
        raise OriginError(text, start + max(at, 0), reason)
    cut = _end_of_host(authority)
    try:
        host = parse_host(authority[:cut]).strip("[]")
    except HostError as error:
        raise OriginError(text, start + error.position, error.reason) from None
    port = _port(text, start + cut, end)
    scheme = scheme or default_scheme(host)
    return Origin(scheme, host, None if port == _PORTS.get(scheme) else port)


def _end_of_host(authority: str) -> int:
    if authority.startswith("["):
        bracket = authority.find("]")
        colon = authority.find(":", bracket) if bracket >= 0 else -1
    else:
        colon = authority.find(":")
    return colon if colon >= 0 else len(authority)


def _port(text: str, colon: int, end: int) -> int | None:
    if colon == end:
        return None
    match = _PORT.match(text, colon + 1, end)
    stop = match.end() if match else colon + 1
    if stop < end or stop == colon + 1:
        raise OriginError(text, stop, f"A port is a number, such as 5000, not {named(text[stop : stop + 1])}.")
    digits = text[colon + 1 : end].lstrip("0")
    if len(digits) > 5 or not 1 <= int(digits or "0") <= 65535:
        raise OriginError(text, colon + 1, "A port is a number from 1 to 65535.")
    return int(digits)


def default_scheme(host: str) -> str:
    """`http` for 127.0.0.0/8, ::1, localhost and *.localhost, `https` for every other host."""
    bare = _bare(host)
    loopback = bare.startswith("127.") and _ipv4_number(bare) is not None
    return "http" if loopback or bare == "::1" or _is_localhost(bare) else "https"


def is_loopback(host: str) -> bool:
    """Whether the host is this machine: 127.0.0.0/8, ::1 (mapped too), localhost, *.localhost."""
    bare = _bare(host)
    number = _ipv4_number(bare)
    if number is not None:
        return number >> 24 == 127
    return bare == "::1" or _is_localhost(bare)


def is_private(host: str) -> bool:
    """Whether only this machine or its own network reaches that host, as far as the name tells.

    Private, loopback and link-local addresses in every spelling a browser takes, names of one label, and the endings
    of local networks. An address found by DNS cannot be seen from a page.
    """
    bare = _bare(host)
    number = _ipv4_number(bare)
    if number is not None:
        return any(number >> (32 - bits) == network >> (32 - bits) for network, bits in _PRIVATE_IPV4)
    groups = ipv6_groups(bare) if ":" in bare else None
    if groups is not None:
        # RFC 4193 fc00::/7, RFC 4291 fe80::/10, RFC 3879 fec0::/10, :: and ::1.
        first = groups[0]
        return first >> 9 == 0x7E or first >> 6 in (0x3FA, 0x3FB) or (not any(groups[:7]) and groups[7] < 2)
    return "." not in bare or bare.endswith(_PRIVATE_SUFFIXES)


def _bare(host: str) -> str:
    # Canonical, without brackets and final dot; a host that is none stays as it is.
    try:
        host = parse_host(f"[{host}]" if ":" in host and not host.startswith("[") else host)
    except HostError:
        host = host.lower()
    return host.strip("[]").removesuffix(".")


def _is_localhost(bare: str) -> bool:
    return bare == "localhost" or bare.endswith(".localhost")


def _ipv4_number(bare: str) -> int | None:
    # The IPv4 address itself, or the one inside an IPv6 address that leads to it: mapped (RFC 4291 section 2.5.5.2),
    # compatible (2.5.5.1) and NAT64 (RFC 6052).
    if ":" in bare:
        groups = ipv6_groups(bare)
        if groups is None:
            return None
        mapped = groups[:6] == (0, 0, 0, 0, 0, 0xFFFF) or groups[:6] == (0x64, 0xFF9B, 0, 0, 0, 0)
        compatible = groups[:6] == (0, 0, 0, 0, 0, 0) and groups[6] > 0
        return groups[6] << 16 | groups[7] if mapped or compatible else None
    parts = bare.split(".")
    if len(parts) != 4 or not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
        return None
    one, two, three, four = (int(part) for part in parts)
    return one << 24 | two << 16 | three << 8 | four
