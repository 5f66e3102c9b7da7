"""The URLs of the distribution API (distribution-spec, "Endpoints"): one builder for each endpoint."""

from urllib.parse import quote, urlencode

from app.oci.digest import Digest
from app.oci.origin import Origin

PAGE_SIZE = 1000
"""Entries asked for at once; distribution answers 400 to a larger `n` on the catalog."""

# Docker Hub is named docker.io in references; its API is served by another host.
_HUB = frozenset({"docker.io", "index.docker.io"})


def api_origin(registry: Origin) -> Origin:
    """The origin that serves a registry's API: its own, but for Docker Hub."""
    return registry._replace(host="registry-1.docker.io") if registry.host in _HUB else registry


# GET /v2/
def ping_url(registry: Origin) -> str:
    return _url(registry, "")


# GET /v2/_catalog?n=N&last=NAME
def catalog_url(registry: Origin, n: int = PAGE_SIZE, last: str | None = None) -> str:
    return _url(registry, "_catalog", n=str(n), last=last)


# GET /v2/NAME/tags/list?n=N&last=TAG
def tags_url(registry: Origin, repository: str, n: int = PAGE_SIZE, last: str | None = None) -> str:
    return _url(registry, f"{_name(repository)}/tags/list", n=str(n), last=last)


# GET, HEAD /v2/NAME/manifests/REFERENCE
def manifest_url(registry: Origin, repository: str, reference: str | Digest) -> str:
    return _url(registry, f"{_name(repository)}/manifests/{_segment(str(reference))}")


# GET, HEAD /v2/NAME/blobs/DIGEST
def blob_url(registry: Origin, repository: str, digest: Digest) -> str:
    return _url(registry, f"{_name(repository)}/blobs/{_segment(str(digest))}")


# GET /v2/NAME/referrers/DIGEST?artifactType=TYPE
def referrers_url(registry: Origin, repository: str, digest: Digest, artifact_type: str | None = None) -> str:
    path = f"{_name(repository)}/referrers/{_segment(str(digest))}"
    return _url(registry, path, artifactType=artifact_type)


# referrers-tag = ALGORITHM "-" ENCODED, the algorithm cut to 32 characters, the encoded part to 64
# (distribution-spec, "Referrers Tag Schema")
def referrers_tag(digest: Digest) -> str:
    """The tag under which clients keep the referrers of a manifest where the registry has no API for them."""
    algorithm, _, encoded = str(digest).partition(":")
    return f"{algorithm[:32].replace('+', '-')}-{encoded[:64]}"


def _url(registry: Origin, path: str, **query: str | None) -> str:
    given = urlencode({name: text for name, text in query.items() if text is not None})
    return f"{api_origin(registry)}/v2/{path}" + (f"?{given}" if given else "")


def _name(repository: str) -> str:
    return "/".join(map(_segment, repository.split("/")))


def _segment(text: str) -> str:
    """One path segment, percent-encoded. ValueError for those that a URL parser would resolve away: a name
    from a hostile catalog must not reach another endpoint."""
    if text in ("", ".", ".."):
        raise ValueError(f"no path segment: {text!r}")
    return quote(text, safe=":@!$&'()*+,;=")
