"""What people leave out or put in the wrong place, each once: a change to an example, and who finds it."""

from typing import Literal, NamedTuple

from tests.servers.examples import ANYBODY, LISTED, PORTOLAN
from tests.servers.proxies import Proxy

# What stands behind the proxy: a registry that asks for a password, one that asks for none, one with CORS of its own;
# "asking": one that asks for none behind a proxy that does.
Behind = Literal["guarded", "open", "outspoken", "asking"]

Changes = tuple[tuple[str, str], ...]


class Trap(NamedTuple):
    """`changes`: what is replaced in the filled-in example, by what. `check`: the number of the check that fails.

    `verdict`: what the doctor says, "" where no page can see it.
    """

    name: str
    proxy: Proxy
    changes: Changes
    check: int
    verdict: str
    behind: Behind = "guarded"
    choice: dict[str, str] = ANYBODY

    def spring(self, text: str) -> str:
        """The configuration with the trap in it."""
        for old, new in self.changes:
            assert old in text, f"{self.name}: the example has no {old!r}"
            text = text.replace(old, new)
        return text


NOTHING_ALLOWED = "no-usable-allow-origin"
REFUSED = "preflight-refused"

OPTIONS_RULE: dict[Proxy, Changes] = {
    "nginx": (("return 204;", ""),),
    "caddy": (("@preflight method OPTIONS", "@preflight method NONE"),),
    "haproxy": (("http-request return status 204 if METH_OPTIONS", ""),),
    "apache": (("RewriteRule ^ - [R=204,L]", ""),),
}
ORIGIN: dict[Proxy, tuple[str, str]] = {
    "nginx": ("Access-Control-Allow-Origin $registry_allows", "Access-Control-Allow-Origin {}"),
    "caddy": ("Access-Control-Allow-Origin {registry_allows}", "Access-Control-Allow-Origin {}"),
    "haproxy": ('Access-Control-Allow-Origin "%[var(txn.allows)]"', "Access-Control-Allow-Origin {}"),
    "apache": ('Access-Control-Allow-Origin "%{allows}e"', "Access-Control-Allow-Origin {}"),
}
PROXIES: tuple[Proxy, ...] = ("nginx", "caddy", "haproxy", "apache")


def origin(proxy: Proxy, says: str) -> Changes:
    """Another value of Access-Control-Allow-Origin."""
    old, new = ORIGIN[proxy]
    return ((old, new.replace("{}", says)),)


# What goes wrong alike everywhere, each at one of them.
COMMON = [
    *(Trap("no-rule-for-options", one, OPTIONS_RULE[one], 1, REFUSED) for one in PROXIES),
    Trap("allow-headers-without-authorization", "haproxy", (("Authorization, Accept, Range", "Accept, Range"),), 1,
         "allow-headers-lacks-authorization"),
    Trap("allow-headers-without-accept", "apache", (("Authorization, Accept, Range", "Authorization, Range"),), 1,
         "allow-headers-lacks-accept"),
    Trap("challenge-not-exposed", "caddy", (("WWW-Authenticate, Link", "Link"),), 2, "challenge-not-exposed"),
    Trap("digest-not-exposed", "nginx", ((" Docker-Content-Digest,", ""),), 6, "digest-not-exposed", "open"),
    Trap("link-not-exposed", "haproxy", (("WWW-Authenticate, Link,", ""),), 8, "link-not-exposed", "open"),
    Trap("two-origins", "caddy", origin("caddy", f'"{PORTOLAN}, https://other.example"'), 2, NOTHING_ALLOWED),
    Trap("two-origins", "apache", origin("apache", f'"{PORTOLAN}, https://other.example"'), 2, NOTHING_ALLOWED),
    Trap("a-slash-at-the-end", "nginx", origin("nginx", f'"{PORTOLAN}/"'), 2, NOTHING_ALLOWED),
]  # fmt: skip

OWN = [
    Trap("no-always", "nginx", ((" always;", ";"),), 2, NOTHING_ALLOWED),
    Trap("add-header-in-the-location", "nginx",
         (("proxy_pass http", "add_header X-Frame-Options DENY; proxy_pass http"),), 2, NOTHING_ALLOWED),
    Trap("upstream-not-hidden", "nginx", (("proxy_hide_header Access-Control-Allow-Origin;", ""),), 10,
         NOTHING_ALLOWED, "outspoken"),
    Trap("origins-by-a-pattern", "nginx", ((f'"{PORTOLAN}" $http', f'"~^{PORTOLAN}" $http'),), 15, "", "guarded",
         LISTED),
    Trap("no-vary", "nginx", (("add_header Vary Origin always;", ""),), 14, "", "guarded", LISTED),
    Trap("deferred-headers", "caddy", (("header @allowed {", "header @allowed {\n\t\tdefer"),), 2, NOTHING_ALLOWED,
         "asking"),
    Trap("upstream-not-hidden", "caddy", (("header_down -Access-Control-*", ""),), 10, NOTHING_ALLOWED, "outspoken"),
    Trap("password-at-the-level-of-the-site", "caddy", (("\thandle /v2/* {", ""), ("\t\t}\n\t}\n}", "\t\t}\n}")), 1,
         REFUSED, "asking"),
    Trap("no-vary", "caddy", (("header +Vary Origin", ""),), 14, "", "guarded", LISTED),
    Trap("response-rules-for-upstream-alone", "haproxy", (("http-after-response", "http-response"),), 1, REFUSED),
    Trap("password-above-the-preflight", "haproxy",
         (("    http-request return status 204 if METH_OPTIONS", ""),
          ("unless { http_auth(people) }",
           "unless { http_auth(people) }\n    http-request return status 204 if METH_OPTIONS")),
         1, REFUSED, "asking"),
    Trap("upstream-not-hidden", "haproxy",
         (("http-after-response del-header Access-Control- -m beg", ""),
          ("set-header Access-Control-Allow-Origin", "add-header Access-Control-Allow-Origin")),
         10, NOTHING_ALLOWED, "outspoken"),
    Trap("origins-by-their-beginning", "haproxy", (("-m str", "-m beg"),), 15, "", "guarded", LISTED),
    Trap("no-always", "apache", (("Header onsuccess unset", "#"), ("Header always", "Header")), 1, REFUSED),
    Trap("upstream-not-hidden", "apache", (("Header onsuccess unset Access-Control-Allow-Origin", ""),), 10,
         NOTHING_ALLOWED, "outspoken"),
    Trap("origins-by-a-pattern", "apache",
         ((f'"%{{HTTP:Origin}} == \'{PORTOLAN}\'" allows={PORTOLAN}',
           f'"%{{HTTP:Origin}} =~ m#^({PORTOLAN}.*)#" allows=$1'),), 15, "", "guarded", LISTED),
]  # fmt: skip

ALL = [*COMMON, *OWN]
# What no page can see comes last.
TRAPS = sorted(ALL, key=lambda trap: not trap.verdict)
VISIBLE = [trap for trap in TRAPS if trap.verdict]


def named(trap: Trap) -> str:
    return f"{trap.proxy}-{trap.name}"
