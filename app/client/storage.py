"""Where registries known by name keep what they redirect to. No page is told where a redirect leads, so it is written
down here, from what those who run them tell the operators of firewalls."""

import re

from app.client.endpoints import api_origin
from app.oci.origin import Origin

_QUAY = tuple(f"https://cdn{number}.quay.io" for number in ("", "01", "02", "03", "04", "05", "06"))
_STORAGE = {
    # docs.docker.com/desktop/setup/allow-list (docker/docs#25122): "Docker Pull/Push".
    "registry-1.docker.io": (
        "https://production.cloudflare.docker.com",
        "https://production.cloudfront.docker.com",
        "https://docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com",
    ),
    # docs.github.com, "Working with the Container registry", as firewalls are told of it.
    "ghcr.io": ("https://pkg-containers.githubusercontent.com",),
    # access.redhat.com/node/7001746, "Firewall changes for container image pulls"; 04 to 06 since April 2025 (Red Hat
    # Ansible Automation Platform, "Network ports and protocols"). The other two send clients there as well.
    "quay.io": _QUAY,
    "registry.redhat.io": _QUAY,
    "registry.access.redhat.com": _QUAY,
    # runbooks.gitlab-static.net/registry/cdn; the bucket behind it for clients in Google's cloud.
    "registry.gitlab.com": ("https://cdn.registry.gitlab-static.net", "https://storage.googleapis.com"),
    # EKS Anywhere, "Requirements": both serve images of ECR Public.
    "public.ecr.aws": ("https://d2glxqk2uabbnd.cloudfront.net", "https://d5l0dvt14r5h8.cloudfront.net"),
    # learn.microsoft.com, AKS outbound rules: a data endpoint for each region.
    "mcr.microsoft.com": ("https://*.data.mcr.microsoft.com",),
    # kubernetes/registry.k8s.io, cmd/archeio: manifests and blobs from an Artifact Registry near the client (and blobs
    # from a bucket of S3 where the client is in AWS).
    "registry.k8s.io": ("https://*.pkg.dev",),
}
# docs.aws.amazon.com, Amazon ECR interface VPC endpoints: layers lie in prod-REGION-starport-layer-bucket.
_ECR = re.compile(r"[0-9]{12}\.dkr\.ecr\.([a-z0-9-]{1,40})\.amazonaws\.com")


def known_storage(registry: Origin) -> tuple[str, ...]:
    """Origins, as match patterns without a path, that this registry sends clients to; () where that is not known."""
    if registry.scheme != "https" or registry.port is not None:
        return ()
    host = api_origin(registry).host
    ecr = _ECR.fullmatch(host)
    if ecr is not None:
        return (f"https://prod-{ecr[1]}-starport-layer-bucket.s3.{ecr[1]}.amazonaws.com",)
    return _STORAGE.get(host, ())
