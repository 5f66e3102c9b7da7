"""Routes: what the hash of the page's address says is to be shown."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes

from app.oci.digest import Digest, DigestError, parse_digest
from app.oci.grammar import GrammarError, credentials_at, named
from app.oci.origin import Origin, OriginError, default_scheme, parse_origin
from app.oci.reference import HUB, InvalidReference, check_repository, parse_name
from app.oci.value import value

#   route   := ["#/"] [subject] ["/-/" VIEW ["/" TAIL]] ["?" query]
#   subject := ["http://" | "https://"] HOST ["/" NAME [":" TAG] ["@" DIGEST]]
# A lone "-" is never legal in a name, so the first "/-/" opens the view.
_OF_THE_APP_ALONE = frozenset(("settings", "playground", "identities"))
_PAGES_OF_THE_APP = _OF_THE_APP_ALONE | {"doctor", "transcript", "token"}
_OF_A_REGISTRY = frozenset(("doctor", "transcript", "token", "use-cases", "where"))
_OF_A_REPOSITORY = _OF_A_REGISTRY | {"blob", "layer"}
_OF_A_MANIFEST = _OF_A_REPOSITORY | {"files", "raw", "referrers", "compare"}
_WITH_DIGEST = frozenset(("blob", "layer"))

_HUB_HOSTS = frozenset((HUB, "index.docker.io", "registry-1.docker.io"))
HUB_ORIGIN = Origin("https", HUB, None)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+://")
_HOST_END = re.compile(r"[:@]")
_ESCAPES = re.compile(r"((?:%[0-9A-Fa-f]{2})+)")
_IN_TAIL = "/:@+=,"


class RouteError(GrammarError):
    """A text that is no route."""


@value
class Route(NamedTuple):
    """A place in the app; `str()` gives its canonical hash, `#/…`. All None and empty is the landing page.

    `tail` is what follows the view, decoded (undecodable bytes as surrogate escapes); so are the query's pairs.
    """

    registry: Origin | None
    repository: str | None
    tag: str | None
    digest: Digest | None
    view: str | None
    tail: str
    query: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        text = f"#/{self.subject}"
        if self.view is not None:
            text += ("-/" if text.endswith("/") else "/-/") + self.view
            if self.tail:
                text += "/" + quote(self.tail, safe=_IN_TAIL, errors="surrogateescape")
        if self.query:
            text += "?" + "&".join(f"{_quoted(name)}={_quoted(text)}" for name, text in self.query)
        return text

    @property
    def subject(self) -> str:
        """The canonical route without `#/`, view and query."""
        if self.registry is None:
            return ""
        text = _registry_text(self.registry)
        if self.repository is None:
            # A bare name with a port needs its slash: `registry:5000` alone is a repository of Docker Hub.
            return text + "/" if _needs_port(self.registry.host) and "//" not in text else text
        text += f"/{self.repository}"
        if self.tag is not None:
            text += f":{self.tag}"
        return text if self.digest is None else f"{text}@{self.digest}"

    @property
    def page(self) -> str:
        """The page to show, as `data-view` has it."""
        if self.view is not None:
            return self.view
        if self.registry is None:
            return "landing"
        if self.repository is None:
            return "registry"
        return "repository" if self.tag is None and self.digest is None else "manifest"

    @property
    def blob(self) -> Digest | None:
        """The digest in the tail of `blob` and `layer`, None in every other view."""
        return parse_digest(self.tail.partition("/")[0]) if self.view in _WITH_DIGEST else None

    @property
    def path(self) -> str:
        """The path in the tail: after the digest in `layer`, all of it in `files`; elsewhere empty."""
        if self.view == "layer":
            return self.tail.partition("/")[2]
        return self.tail if self.view == "files" else ""

    def parameter(self, name: str) -> str | None:
        """The first value of that name in the query."""
        return next((text for key, text in self.query if key == name), None)

    def with_query(self, query: Iterable[tuple[str, str]]) -> "Route":
        """The same place with this query instead."""
        return self._replace(query=tuple(query))

    def at_view(self, view: str | None, tail: str = "") -> "Route":
        """Another view of the same subject, without a query; what only the app has is without a subject."""
        subject = LANDING if view in _OF_THE_APP_ALONE else self
        return subject._replace(view=view, tail=tail, query=())

    def at_registry(self) -> "Route":
        """The page of the registry."""
        return self.at_repository(None)

    def at_repository(self, repository: str | None) -> "Route":
        """The page of a repository of the same registry."""
        return Route(self.registry, repository, None, None, None, "", ())

    def at_manifest(self, tag: str | None, digest: Digest | None = None) -> "Route":
        """The page of a manifest in the same repository."""
        return Route(self.registry, self.repository, tag, digest, None, "", ())


LANDING = Route(None, None, None, None, None, "", ())


def _quoted(text: str) -> str:
    return quote(text, safe="", errors="surrogateescape")


def _needs_port(host: str) -> bool:
    return not ("." in host or ":" in host or host == "localhost")


def _registry_text(origin: Origin) -> str:
    # The scheme is kept where it is not the host's own, and where nothing else would tell a host from a name.
    if origin.scheme == default_scheme(origin.host) and (origin.port is not None or not _needs_port(origin.host)):
        return origin.netloc
    return str(origin)


def at_home(registry: Origin, repository: str | None) -> tuple[Origin, str | None]:
    """Both under their canonical names: Docker Hub has three hosts, and keeps `redis` in `library/`."""
    if registry.host in _HUB_HOSTS and registry.port is None:
        registry = HUB_ORIGIN
        if repository is not None and "/" not in repository:
            repository = f"library/{repository}"
    return registry, repository


def parse_route(text: str) -> Route:
    """Parse the hash of an address, with or without its `#/`. Raises RouteError."""
    start = 2 if text.startswith("#/") else 1 if text.startswith("/") or text == "#" else 0
    if text.startswith("#") and start == 0:
        raise RouteError(text, 1, "A route starts with “#/”.")
    end = text.find("?", start)
    query = () if end < 0 else _parse_query(text, end + 1)
    end = len(text) if end < 0 else end
    if text[start:end] == "-" or text.startswith("-/", start):
        head_end, view_start = start, start + 2
    else:
        head_end = text.find("/-/", start, end)
        if head_end < 0:
            head_end = end - 2 if text.endswith("/-", start, end) else end
        view_start = head_end + 3
    has_view = head_end < end
    route = _parse_head(text, start, head_end, has_view) if head_end > start else LANDING
    if has_view:
        view, tail = _parse_view(text, view_start, end, route)
        route = route._replace(view=view, tail=tail)
    return route._replace(query=query)


def _parse_head(text: str, start: int, end: int, has_view: bool) -> Route:
    head, positions = _decoded_head(text, start, end)
    at = credentials_at(head)
    if at is not None:
        raise RouteError(
            text, positions[at], "“@” stands before a digest alone; a password never belongs in an address."
        )
    scheme = _SCHEME.match(head)
    slash = head.find("/", scheme.end() if scheme else 0)
    first = head if slash < 0 else head[:slash]
    if scheme or _is_host(first, followed=slash >= 0 or has_view):
        try:
            registry = parse_origin(first)
        except OriginError as error:
            raise RouteError(text, positions[error.position], error.reason) from None
        name_start = len(first) + 1
    else:
        registry, name_start = HUB_ORIGIN, 0
    name_end = len(head) - 1 if head.endswith("/") else len(head)
    if name_start >= name_end:
        return Route(*at_home(registry, None), None, None, None, "", ())
    try:
        repository, tag, digest = parse_name(head[name_start:name_end])
    except InvalidReference as error:
        raise RouteError(text, positions[name_start + error.position], error.reason) from None
    registry, home = at_home(registry, repository)
    try:
        check_repository(home or repository)
    except InvalidReference as error:
        # The name of an official repository can grow too long by its `library/`.
        raise RouteError(text, end, error.reason) from None
    return Route(registry, home, tag, digest, None, "", ())


def _decoded_head(text: str, start: int, end: int) -> tuple[str, list[int] | range]:
    # Browsers and chat programs escape what they please in a pasted link. The list tells where each character was.
    head = text[start:end]
    if "%" not in head:
        return head, range(start, end + 1)
    decoded: list[str] = []
    positions: list[int] = []
    for part in _ESCAPES.split(head):
        characters = unquote_to_bytes(part).decode("utf-8", "replace") if _ESCAPES.match(part) else part
        decoded.append(characters)
        # An escape in front of the end is as good a place as any inside it.
        positions += [start] * len(characters) if characters is not part else range(start, start + len(part))
        start += len(part)
    return "".join(decoded), [*positions, end]


def _is_host(first: str, followed: bool) -> bool:
    bare = _HOST_END.split(first, maxsplit=1)[0]
    if "." in bare or first.startswith("[") or bare.lower() == "localhost":
        return True
    return followed and (":" in first or first.lower() != first)


def _parse_view(text: str, start: int, end: int, route: Route) -> tuple[str, str]:
    slash = text.find("/", start, end)
    view_end = end if slash < 0 else slash
    view = text[start:view_end]
    if route.registry is None:
        allowed, lacks = _PAGES_OF_THE_APP, "a registry"
    elif route.repository is None:
        allowed, lacks = _OF_A_REGISTRY, "a repository"
    elif route.tag is None and route.digest is None:
        allowed, lacks = _OF_A_REPOSITORY, "a tag or a digest"
    else:
        allowed, lacks = _OF_A_MANIFEST, ""
    if view not in allowed:
        known = view in _OF_A_MANIFEST and lacks
        raise RouteError(
            text, min(start, end), f"The view {view} needs {lacks}." if known else "There is no such view."
        )
    tail = _decoded(text, view_end + 1, end)
    if view in _WITH_DIGEST:
        digest = tail.partition("/")[0]
        try:
            parse_digest(digest)
        except DigestError as error:
            raise RouteError(text, min(view_end + 1 + error.position, len(text)), error.reason) from None
        tail = tail if view == "layer" and tail != f"{digest}/" else digest
    return view, tail


def _parse_query(text: str, start: int) -> tuple[tuple[str, str], ...]:
    pairs = []
    for part in text[start:].split("&"):
        equals = part.find("=")
        end = start + (len(part) if equals < 0 else equals)
        if part:
            pairs.append((_decoded(text, start, end), _decoded(text, end + 1, start + len(part))))
        start += len(part) + 1
    return tuple(pairs)


def _decoded(text: str, start: int, end: int) -> str:
    # Once, and to the same string whether a byte came escaped or not.
    try:
        return unquote_to_bytes(text[start:end].encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")
    except UnicodeEncodeError as error:
        position = start + error.start
        raise RouteError(text, position, f"An address cannot hold {named(text[position])}.") from None
