"""Package URLs: what package of which kind a text names, and where its registry shows it."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote, unquote

from app.oci.document import EMPTY
from app.oci.grammar import GrammarError
from app.oci.value import value

# package-url/purl-spec, PURL-SPECIFICATION:
#   scheme:type/namespace/name@version?qualifiers#subpath
_TYPE = re.compile(r"pkg:/{0,2}([A-Za-z][A-Za-z0-9.+-]*+)/")
_LONGEST = 4000


class PurlError(GrammarError):
    """A text that is no package URL."""


@value
class Purl(NamedTuple):
    """All parts decoded; `namespace`, `version` and `subpath` are empty where there are none."""

    type: str
    namespace: str
    name: str
    version: str
    qualifiers: Mapping[str, str]
    subpath: str


def parse_purl(text: str) -> Purl:
    """Parse a package URL. Raises PurlError."""
    head = _TYPE.match(text)
    if head is None:
        raise PurlError(text, 0, "A package URL begins with “pkg:” and the type of the package.")
    if len(text) > _LONGEST:
        raise PurlError(text, _LONGEST, "This package URL is too long.")
    rest, _, subpath = text[head.end() :].partition("#")
    rest, _, query = rest.partition("?")
    # The last @ is the version's: that of an npm scope is escaped, or stands at the start.
    at = rest.rfind("@")
    version = ""
    if at > 0 and "/" not in rest[at:]:
        rest, version = rest[:at], rest[at + 1 :]
    namespace, _, name = rest.strip("/").rpartition("/")
    if not name:
        raise PurlError(text, head.end(), "A package URL names a package.")
    pairs = (part.partition("=") for part in query.split("&") if part)
    qualifiers = MappingProxyType({key.lower(): unquote(said) for key, _, said in pairs}) if query else EMPTY
    return Purl(head[1].lower(), unquote(namespace), unquote(name), unquote(version), qualifiers, unquote(subpath))


def _q(text: str) -> str:
    return quote(text, safe="")


def _path(*parts: str) -> str:
    return "/".join(quote(part, safe="@/") for part in parts if part)


def _versioned(base: str, between: str) -> Callable[[Purl], str]:
    return lambda purl: (
        base + _path(purl.namespace, purl.name) + (f"{between}{_q(purl.version)}" if purl.version else "")
    )


def _github(purl: Purl) -> str:
    return (
        "https://github.com/" + _path(purl.namespace, purl.name) + (f"/tree/{_q(purl.version)}" if purl.version else "")
    )


def _golang(purl: Purl) -> str:
    version = f"@{_path(purl.version)}" if purl.version else ""
    inner = f"/{_path(purl.subpath)}" if purl.subpath else ""
    return f"https://pkg.go.dev/{_path(purl.namespace, purl.name)}{version}{inner}"


def _maven(purl: Purl) -> str:
    return "https://central.sonatype.com/artifact/" + _path(purl.namespace, purl.name, purl.version)


def _deb(purl: Purl) -> str | None:
    if purl.namespace == "debian":
        return (
            f"https://tracker.debian.org/pkg/{_q(purl.qualifiers.get('upstream', '').partition('@')[0] or purl.name)}"
        )
    if purl.namespace == "ubuntu":
        return f"https://launchpad.net/ubuntu/+source/{_q(purl.name)}"
    return None


def _apk(purl: Purl) -> str | None:
    if purl.namespace != "alpine":
        return None
    return f"https://pkgs.alpinelinux.org/packages?name={_q(purl.name)}"


def _rpm(purl: Purl) -> str | None:
    if purl.namespace != "fedora":
        return None
    return f"https://packages.fedoraproject.org/pkgs/{_q(purl.name)}/"


_PAGES: Mapping[str, Callable[[Purl], str | None]] = {
    "apk": _apk,
    "bitbucket": _versioned("https://bitbucket.org/", "/src/"),
    "cargo": _versioned("https://crates.io/crates/", "/"),
    "composer": _versioned("https://packagist.org/packages/", "#"),
    "deb": _deb,
    "gem": _versioned("https://rubygems.org/gems/", "/versions/"),
    "github": _versioned("https://github.com/", "/tree/"),
    "golang": _golang,
    "hex": _versioned("https://hex.pm/packages/", "/"),
    "maven": _maven,
    "npm": _versioned("https://www.npmjs.com/package/", "/v/"),
    "nuget": _versioned("https://www.nuget.org/packages/", "/"),
    "pub": _versioned("https://pub.dev/packages/", "/versions/"),
    "pypi": _versioned("https://pypi.org/project/", "/"),
    "rpm": _rpm,
}


def page_of(purl: Purl) -> str | None:
    """The address of the package where packages of its type are published, None where that is not known."""
    page = _PAGES.get(purl.type)
    return page(purl) if page is not None else None


def image_of(purl: Purl) -> str | None:
    """The image that a purl of type docker or oci names, as a reference without its version; None for other types."""
    if purl.type == "oci":
        return purl.qualifiers.get("repository_url") or None
    if purl.type != "docker":
        return None
    name = f"{purl.namespace}/{purl.name}" if purl.namespace else purl.name
    host = purl.qualifiers.get("repository_url", "").removeprefix("https://").removeprefix("http://").strip("/")
    return f"{host}/{name}" if host else name
