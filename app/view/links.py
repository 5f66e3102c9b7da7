"""Addresses of the app's own views, built from the route of the page that links to them."""

from app.oci.descriptor import Descriptor
from app.oci.digest import Digest
from app.oci.media_type import (
    DOCKER_LIST,
    DOCKER_MANIFEST,
    DOCKER_SCHEMA1,
    DOCKER_SCHEMA1_SIGNED,
    OCI_ARTIFACT_MANIFEST,
    OCI_INDEX,
    OCI_MANIFEST,
    ORAS_ARTIFACT_MANIFEST,
    essence,
    layer_compression,
)
from app.oci.origin import Origin
from app.state.route import LANDING, Route

_MANIFESTS = frozenset(
    {
        OCI_INDEX,
        OCI_MANIFEST,
        OCI_ARTIFACT_MANIFEST,
        ORAS_ARTIFACT_MANIFEST,
        DOCKER_LIST,
        DOCKER_MANIFEST,
        DOCKER_SCHEMA1,
        DOCKER_SCHEMA1_SIGNED,
    }
)


def registry(route: Route, text: str = "") -> str:
    """The registry's repositories, filtered by a text where one is given."""
    at = route.at_registry()
    return str(at.with_query((("filter", text),)) if text else at)


def repository(route: Route, name: str | None = None) -> str:
    """The tags of a repository, that of the route when none is named."""
    return str(route.at_repository(name or route.repository))


def tag(route: Route, name: str) -> str:
    return str(route.at_manifest(name))


def manifest(route: Route, digest: Digest) -> str:
    """A manifest of the route's repository, by digest alone: a permanent link."""
    return str(route.at_manifest(None, digest))


def here(route: Route) -> str:
    """The manifest itself, whatever view of it is open."""
    return str(route.at_manifest(route.tag, route.digest))


def pinned(route: Route, digest: Digest) -> str:
    """The permanent link to what the route's tag names now, the same platform shown."""
    return str(route.at_manifest(None, digest).with_query(route.query))


def raw(route: Route, digest: Digest | None = None) -> str:
    """The JSON of the route's manifest, or of another one of its repository."""
    at = route if digest is None else route.at_manifest(None, digest)
    return str(at.at_view("raw"))


def platform(route: Route, name: str) -> str:
    """The same index with another platform shown below it."""
    return str(route.at_manifest(route.tag, route.digest).with_query((("platform", name),)))


def blob(route: Route, digest: Digest, media_type: str, size: int | None) -> str:
    """A blob of the route's repository; what its descriptor says of it goes along as hints."""
    hints = (("type", media_type), *(() if size is None else (("size", str(size)),)))
    return str(route.at_repository(route.repository).at_view("blob", str(digest)).with_query(hints))


def config(route: Route, descriptor: Descriptor) -> str:
    """The config of the route's manifest, which stays its subject: its folders are then links."""
    platform = route.parameter("platform")
    hints = [("type", descriptor.media_type), ("size", str(descriptor.size))]
    if platform is not None:
        hints.append(("platform", platform))
    at = route.at_manifest(route.tag, route.digest).at_view("blob", str(descriptor.digest))
    return str(at.with_query(hints))


def content(route: Route, descriptor: Descriptor) -> str:
    """What a descriptor leads to: a manifest's page, the files of a layer, or a blob's page."""
    return by_type(route, descriptor.digest, descriptor.media_type, descriptor.size)


def by_type(route: Route, digest: Digest, media_type: str, size: int | None) -> str:
    """The view that a media type deserves."""
    if is_manifest(media_type):
        return manifest(route, digest)
    if layer_compression(media_type) is not None:
        return layer(route, digest, media_type, size)
    return blob(route, digest, media_type, size)


def elsewhere(name: str, digest: Digest) -> str | None:
    """A manifest in the repository that a reference names, as docker writes it; None for what is no reference."""
    from app.oci.reference import InvalidReference, parse_reference
    from app.state.route import RouteError, parse_route

    try:
        found = parse_reference(name)
        return str(parse_route(f"{found.registry}/{found.repository}@{digest}"))
    except (InvalidReference, RouteError):
        return None


def named(name: str) -> str | None:
    """The page of what a reference names, as docker writes it; None for what is no reference."""
    from app.oci.reference import InvalidReference, parse_reference
    from app.state.route import RouteError, parse_route

    try:
        return str(parse_route(str(parse_reference(name))))
    except (InvalidReference, RouteError):
        return None


def shown_as(route: Route, form: str, at: int = 0) -> str:
    """The same content in another form; `at`: the line or byte to begin with."""
    query = [pair for pair in route.query if pair[0] not in ("as", "at", "search")]
    return str(route.with_query((*query, ("as", form), *((("at", str(at)),) if at else ()))))


def layer(route: Route, digest: Digest, media_type: str, size: int | None) -> str:
    """The files of a layer; what its descriptor said of it goes along as hints."""
    hints = (("type", media_type), *(() if size is None else (("size", str(size)),)))
    return str(route.at_repository(route.repository).at_view("layer", str(digest)).with_query(hints))


def in_layer(route: Route, descriptor: Descriptor, path: str) -> str:
    """A file or folder in a layer."""
    hints = (("type", descriptor.media_type), ("size", str(descriptor.size)))
    tail = f"{descriptor.digest}/{path}" if path else str(descriptor.digest)
    return str(route.at_repository(route.repository).at_view("layer", tail).with_query(hints))


def files(route: Route, path: str = "", layer: int | None = None) -> str:
    """What a container of the route's manifest sees there; `layer`: what that one did, counted from 1."""
    platform = route.parameter("platform")
    query = (("platform", platform),) if platform is not None else ()
    at = route.at_manifest(route.tag, route.digest).at_view("files", path.strip("/"))
    return str(at.with_query(query if layer is None else (*query, ("layer", str(layer)))))


def view(name: str | None, registry: Origin | None = None) -> str:
    """A view of a registry, its own page for None; without a registry a page of the app."""
    return str(LANDING._replace(registry=registry, view=name))


def is_manifest(media_type: str) -> bool:
    """Whether a descriptor of that type is fetched as a manifest."""
    return essence(media_type) in _MANIFESTS
