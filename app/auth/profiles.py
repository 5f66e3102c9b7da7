"""Registries whose challenge is known beforehand, for where a page cannot read it (A.3).

As recorded from the registries themselves; what a challenge says always stands above it.
"""

import re
from typing import NamedTuple

from app.auth.errors import Scheme
from app.auth.lessons import Bearer
from app.auth.registry_auth import RegistryAuth
from app.oci.origin import Origin, origin_of
from app.oci.value import value


@value
class Profile(NamedTuple):
    """`realm`: "" for Basic. `placeholders`: scopes that stand for the whole registry."""

    scheme: Scheme
    realm: str
    service: str | None
    placeholders: tuple[str, ...] = ()


_HUB = Profile("bearer", "https://auth.docker.io/token", "registry.docker.io")
_EXACT = {
    "docker.io": _HUB,
    "registry-1.docker.io": _HUB,
    "ghcr.io": Profile("bearer", "https://ghcr.io/token", "ghcr.io"),
    "quay.io": Profile("bearer", "https://quay.io/v2/auth", "quay.io"),
    "public.ecr.aws": Profile("bearer", "https://public.ecr.aws/token/", "public.ecr.aws", ("aws",)),
    "registry.gitlab.com": Profile("bearer", "https://gitlab.com/jwt/auth", "container_registry"),
    "registry.redhat.io": Profile(
        "bearer",
        "https://registry.redhat.io/auth/realms/rhcc/protocol/redhat-docker-v2/auth",
        "docker-registry",
    ),
}
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_GCR = re.compile(rf"(?:{_LABEL}\.)?gcr\.io")
_ARTIFACT_REGISTRY = re.compile(rf"{_LABEL}-docker\.pkg\.dev")
_ACR = re.compile(rf"{_LABEL}\.azurecr\.(?:io|cn|us)")
_ECR = re.compile(rf"[0-9]{{12}}\.dkr\.ecr(?:-fips)?\.{_LABEL}\.amazonaws\.com(?:\.cn)?")


def profile_of(registry: Origin) -> Profile | None:
    """How this registry asks, None when it is none of those known."""
    if registry.scheme != "https" or registry.port is not None:
        return None
    host = registry.host
    known = _EXACT.get(host)
    if known is not None:
        return known
    if _GCR.fullmatch(host):
        return Profile("bearer", f"https://{host}/v2/token", host)
    if _ARTIFACT_REGISTRY.fullmatch(host):
        # Its challenge names a service for repositories alone; which one was not recorded.
        return Profile("bearer", f"https://{host}/v2/token", None)
    if _ACR.fullmatch(host):
        return Profile("bearer", f"https://{host}/oauth2/token", host)
    if _ECR.fullmatch(host):
        return Profile("basic", "", None)
    return None


def learn_profile(auth: RegistryAuth) -> Scheme | None:
    """Take the profile of a registry for its challenge; its scheme, None where there is no profile."""
    profile = profile_of(auth.registry)
    if profile is None:
        return None
    if profile.scheme == "basic":
        auth.remember_basic(())
    else:
        bearer = Bearer(profile.realm, origin_of(profile.realm), profile.service)
        auth.lessons.learn_service(bearer, profile.placeholders)
    return profile.scheme


def expires_as_denial(registry: Origin) -> bool:
    """Whether an expired credential is answered there like a denial: 403 at ECR, 400 at ECR Public (A.22)."""
    return registry.host == "public.ecr.aws" or _ECR.fullmatch(registry.host) is not None
