"""Registries known by name that no page can read, since they send no CORS headers (as of November 2026)."""

from typing import NamedTuple

from app.oci.origin import Origin
from app.oci.value import value


@value
class PublicRegistry(NamedTuple):
    """`name`, `evidence`: for people. `hosts`: names of hosts, `*.` for any name before the rest.

    `realm`: the origin of its token service where that is not its own. Its storage: app.client.storage.
    """

    name: str
    hosts: tuple[str, ...]
    realm: str | None
    evidence: str


_NONE_FOUND = "no sign of any in November 2026"

SILENT = (
    PublicRegistry(
        "Docker Hub",
        ("docker.io", "index.docker.io", "registry-1.docker.io"),
        "https://auth.docker.io",
        "docker/roadmap#667, open",
    ),
    PublicRegistry("GitHub Container Registry", ("ghcr.io",), None, _NONE_FOUND),
    PublicRegistry("Quay", ("quay.io",), None, "on /api/v1 alone, none on /v2/"),
    PublicRegistry("Azure Container Registry", ("*.azurecr.io",), None, "Azure/acr#752, open"),
    PublicRegistry("Microsoft Artifact Registry", ("mcr.microsoft.com",), None, "Azure/acr#752, open"),
    PublicRegistry("registry.k8s.io", ("registry.k8s.io",), None, "OPTIONS is answered 405"),
    PublicRegistry("Google Container Registry", ("gcr.io", "*.gcr.io"), None, _NONE_FOUND),
    PublicRegistry("Google Artifact Registry", ("*.pkg.dev",), None, _NONE_FOUND),
    PublicRegistry("Amazon ECR Public", ("public.ecr.aws",), None, _NONE_FOUND),
    PublicRegistry("GitLab", ("registry.gitlab.com",), "https://gitlab.com", _NONE_FOUND),
    PublicRegistry("Chainguard", ("cgr.dev",), None, _NONE_FOUND),
)


def known_silent(registry: Origin) -> PublicRegistry | None:
    """The public registry that this is, if it is known by name that it sends no CORS headers."""
    return next((known for known in SILENT if any(_is(registry.host, host) for host in known.hosts)), None)


def _is(host: str, known: str) -> bool:
    return host.endswith(known[1:]) if known.startswith("*.") else host == known
