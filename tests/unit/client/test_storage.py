import pytest

from app.client.permits import covers
from app.client.storage import known_storage
from app.oci.origin import parse_origin


@pytest.mark.parametrize(
    ("registry", "storage"),
    [
        ("https://docker.io", "https://production.cloudflare.docker.com"),
        ("https://registry-1.docker.io", "https://production.cloudfront.docker.com"),
        ("https://ghcr.io", "https://pkg-containers.githubusercontent.com"),
        ("https://quay.io", "https://cdn06.quay.io"),
        ("https://registry.gitlab.com", "https://cdn.registry.gitlab-static.net"),
        ("https://public.ecr.aws", "https://d5l0dvt14r5h8.cloudfront.net"),
        ("https://mcr.microsoft.com", "https://westeurope.data.mcr.microsoft.com"),
        ("https://registry.k8s.io", "https://europe-west3-docker.pkg.dev"),
        (
            "https://111111111111.dkr.ecr.eu-west-1.amazonaws.com",
            "https://prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com",
        ),
    ],
)
def test_a_registry_known_by_name_sends_clients_there(registry: str, storage: str) -> None:
    assert covers(known_storage(parse_origin(registry)), parse_origin(storage))


@pytest.mark.parametrize(
    "registry", ["https://registry.example", "http://ghcr.io", "https://ghcr.io:8443", "https://ghcr.io.example"]
)
def test_of_any_other_registry_nothing_is_known(registry: str) -> None:
    assert known_storage(parse_origin(registry)) == ()
