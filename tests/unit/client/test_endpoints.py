import pytest

from app.client.endpoints import (
    api_origin,
    blob_url,
    catalog_url,
    manifest_url,
    ping_url,
    referrers_tag,
    referrers_url,
    tags_url,
)
from app.oci.digest import Digest
from app.oci.origin import parse_origin

REGISTRY = parse_origin("http://127.0.0.1:5000")
SHA256 = Digest("sha256", "a" * 64)
SHA512 = Digest("sha512", "b" * 128)


def test_the_ping_ends_in_a_slash() -> None:
    assert ping_url(REGISTRY) == "http://127.0.0.1:5000/v2/"


def test_the_catalog_is_asked_for_a_thousand_names() -> None:
    assert catalog_url(REGISTRY) == "http://127.0.0.1:5000/v2/_catalog?n=1000"


def test_the_catalog_continues_after_a_name() -> None:
    assert catalog_url(REGISTRY, 2, "lab/b") == "http://127.0.0.1:5000/v2/_catalog?n=2&last=lab%2Fb"


def test_the_slashes_of_a_repository_are_kept() -> None:
    assert tags_url(REGISTRY, "lab/deep/er") == "http://127.0.0.1:5000/v2/lab/deep/er/tags/list?n=1000"


def test_tags_continue_after_a_tag() -> None:
    assert tags_url(REGISTRY, "lab", 2, "a&b").endswith("/v2/lab/tags/list?n=2&last=a%26b")


def test_a_manifest_is_named_by_its_tag() -> None:
    assert manifest_url(REGISTRY, "lab", "v1.0_x-y") == "http://127.0.0.1:5000/v2/lab/manifests/v1.0_x-y"


def test_the_colon_of_a_digest_is_kept() -> None:
    assert manifest_url(REGISTRY, "lab", SHA256) == f"http://127.0.0.1:5000/v2/lab/manifests/sha256:{'a' * 64}"


def test_a_blob_is_named_by_its_digest() -> None:
    assert blob_url(REGISTRY, "lab", SHA256) == f"http://127.0.0.1:5000/v2/lab/blobs/sha256:{'a' * 64}"


def test_referrers_of_every_type_have_no_query() -> None:
    assert referrers_url(REGISTRY, "lab", SHA256) == f"http://127.0.0.1:5000/v2/lab/referrers/sha256:{'a' * 64}"


def test_referrers_of_one_type_carry_it_encoded() -> None:
    assert referrers_url(REGISTRY, "lab", SHA256, "a/b+c").endswith("?artifactType=a%2Fb%2Bc")


def test_the_referrers_tag_has_a_hyphen_for_the_colon() -> None:
    assert referrers_tag(SHA256) == "sha256-" + "a" * 64


def test_the_referrers_tag_of_a_long_digest_is_cut_to_a_legal_length() -> None:
    assert referrers_tag(SHA512) == "sha512-" + "b" * 64


@pytest.mark.parametrize("host", ["docker.io", "index.docker.io"])
def test_the_api_of_docker_hub_is_on_another_host(host: str) -> None:
    assert str(api_origin(parse_origin(f"https://{host}"))) == "https://registry-1.docker.io"


def test_the_api_of_any_other_registry_is_its_own() -> None:
    assert api_origin(REGISTRY) == REGISTRY


def test_an_ipv6_host_keeps_its_brackets() -> None:
    assert ping_url(parse_origin("http://[::1]:5000")) == "http://[::1]:5000/v2/"


@pytest.mark.parametrize("name", ["a?b", "a#b", "a b", "a\\b", "a%2fb", "a\nb"])
def test_a_character_with_a_meaning_in_urls_is_encoded(name: str) -> None:
    path = tags_url(REGISTRY, name).removeprefix("http://127.0.0.1:5000/v2/").removesuffix("/tags/list?n=1000")
    assert not set(path) & set("?#/ \\\n")


@pytest.mark.parametrize("name", ["", "..", "a/../b", "./a", "a//b", "/a", "a/"])
def test_a_name_that_would_reach_another_endpoint_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="path segment"):
        tags_url(REGISTRY, name)


def test_a_tag_that_would_reach_another_endpoint_is_refused() -> None:
    with pytest.raises(ValueError, match="path segment"):
        manifest_url(REGISTRY, "lab", "..")


def test_a_slash_in_a_tag_is_encoded() -> None:
    assert manifest_url(REGISTRY, "lab", "../../_catalog").endswith("/manifests/..%2F..%2F_catalog")
