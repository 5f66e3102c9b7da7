"""URLs pasted from a browser or a log: of a registry, of its API, of a page of Docker Hub."""

import re
from urllib.parse import unquote

from app.oci.digest import parse_digest
from app.oci.grammar import GrammarError
from app.oci.origin import Origin, parse_origin
from app.oci.reference import check_repository, check_tag
from app.state.route import HUB_ORIGIN, Route, at_home, parse_route

_PATH_END = re.compile(r"[?#]")
# distribution-spec, "Endpoints": end-1 to end-12, as far as they read.
_API = re.compile(r"/v2(?:/|\Z)")
_ENDPOINT = re.compile(r"(.+)/(manifests|blobs|referrers)/([^/]+)/?")
_TAGS = re.compile(r"(.+)/tags(?:/(?:list/?)?)?")
# Without a scheme, only what can be nothing else: a repository may well be called `v2`.
_BARE_API = re.compile(r"[^/]*+(?=/v2/(?:\Z|_catalog\Z|.*/(?:manifests|blobs|referrers)/[^/]+\Z|.*/tags/list\Z))")

_HUB_SITE = frozenset(("hub.docker.com", "www.hub.docker.com"))
#   /_/NAME, /r/NAMESPACE/NAME, /repository/docker/NAMESPACE/NAME, /layers/NAMESPACE/NAME/TAG/…
_HUB_PAGE = re.compile(r"/(?:_/([^/]+)|(?:r|repository/docker|layers)/([^/]+/[^/]+))(?:/|\Z)")


def parse_url(text: str) -> Route:
    """Parse an http or https URL. Raises a GrammarError of any kind; its position counts in `text`."""
    path_end = _end(_PATH_END.search(text), text)
    slash = text.find("/", text.index("://") + 3, path_end)
    path_start = path_end if slash < 0 else slash
    registry = parse_origin(text[:path_start])
    if registry.host in _HUB_SITE:
        return _parse_hub_page(text, path_start, path_end)
    if _API.match(text, path_start, path_end):
        return parse_api_path(text, registry, path_start, path_end)
    return parse_route(text[:path_end])


def _end(match: re.Match[str] | None, text: str) -> int:
    return len(text) if match is None else match.start()


def api_path_at(text: str) -> int | None:
    """Where the path of an API endpoint starts in a text without a scheme, None where there is none."""
    match = _BARE_API.match(text)
    return match.end() if match and match.end() else None


def parse_api_path(text: str, registry: Origin, start: int, end: int) -> Route:
    """The route for `/v2/…` in text[start:end]. Raises a GrammarError of any kind; its position counts in `text`."""
    start = min(start + len("/v2/"), end)
    if text[start:end] in ("", "_catalog", "_catalog/"):
        return _route(registry)
    endpoint = _ENDPOINT.fullmatch(text, start, end)
    if endpoint is None:
        tags = _TAGS.fullmatch(text, start, end)
        name_end = tags.end(1) if tags else end - text[start:end].endswith("/")
        return _route(registry, _checked_name(text, start, name_end))
    name = _checked_name(text, start, endpoint.end(1))
    given = unquote(endpoint[3])
    try:
        if ":" not in given and endpoint[2] == "manifests":
            check_tag(given)
            return _route(registry, name).at_manifest(given)
        digest = parse_digest(given)
    except GrammarError as error:
        raise GrammarError(text, min(endpoint.start(3) + error.position, end), error.reason) from None
    if endpoint[2] == "blobs":
        return _route(registry, name).at_view("blob", str(digest))
    route = _route(registry, name).at_manifest(None, digest)
    return route.at_view("referrers") if endpoint[2] == "referrers" else route


def _parse_hub_page(text: str, start: int, end: int) -> Route:
    if end - start < 2:
        return _route(HUB_ORIGIN)
    match = _HUB_PAGE.match(text, start, end)
    if match is None:
        raise GrammarError(text, start, "This page of Docker Hub is none of a repository's.")
    group = match.lastindex or 1
    return _route(HUB_ORIGIN, _checked_name(text, match.start(group), match.end(group)))


def _checked_name(text: str, start: int, end: int) -> str:
    try:
        check_repository(text[start:end])
    except GrammarError as error:
        raise GrammarError(text, start + error.position, error.reason) from None
    return text[start:end]


def _route(registry: Origin, repository: str | None = None) -> Route:
    return Route(*at_home(registry, repository), None, None, None, "", ())
