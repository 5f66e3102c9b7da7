"""Registries known by name."""

import pytest

from app.cors.public import SILENT, known_silent
from app.oci.origin import parse_origin


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://docker.io", "Docker Hub"),
        ("https://registry-1.docker.io", "Docker Hub"),
        ("https://ghcr.io", "GitHub Container Registry"),
        ("https://quay.io", "Quay"),
        ("https://contoso.azurecr.io", "Azure Container Registry"),
        ("https://eu.gcr.io", "Google Container Registry"),
        ("https://europe-docker.pkg.dev", "Google Artifact Registry"),
        ("https://registry.k8s.io", "registry.k8s.io"),
    ],
)
def test_a_public_registry_is_known_by_its_host(address: str, name: str) -> None:
    known = known_silent(parse_origin(address))
    assert known is not None
    assert known.name == name


@pytest.mark.parametrize(
    "address", ["https://registry.example", "https://notdocker.io", "https://azurecr.io.example", "https://evilgcr.io"]
)
def test_a_host_that_only_looks_like_one_is_not_known(address: str) -> None:
    assert known_silent(parse_origin(address)) is None


def test_realms_are_origins() -> None:
    assert all(str(parse_origin(known.realm)) == known.realm for known in SILENT if known.realm is not None)
