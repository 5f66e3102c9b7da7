"""Paths of the API."""

import pytest
from playground.routes import Endpoint, parse_endpoint

DIGEST = "sha256:" + "a" * 64


@pytest.mark.parametrize(
    ("path", "endpoint"),
    [
        ("/v2/", Endpoint("ping")),
        ("/v2/_catalog", Endpoint("catalog")),
        ("/token", Endpoint("token")),
        ("/v2/a/tags/list", Endpoint("tags", "a")),
        ("/v2/a/b__c/d-e.f/manifests/V1", Endpoint("manifests", "a/b__c/d-e.f", "V1")),
        (f"/v2/a/manifests/{DIGEST}", Endpoint("manifests", "a", DIGEST)),
        (f"/v2/a/blobs/{DIGEST}", Endpoint("blobs", "a", DIGEST)),
        (f"/v2/a/referrers/{DIGEST}", Endpoint("referrers", "a", DIGEST)),
        (f"/blobs/{DIGEST}", Endpoint("storage", "", DIGEST)),
        ("/v2/a/blobs/uploads/", Endpoint("uploads", "a")),
        ("/v2/tags/list/tags/list", Endpoint("tags", "tags/list")),
        ("/v2/a/manifests/" + "t" * 128, Endpoint("manifests", "a", "t" * 128)),
        ("/v2/a/manifests/" + "t" * 129, Endpoint("")),
        ("/v2/" + "n" * 255 + "/tags/list", Endpoint("tags", "n" * 255)),
        ("/v2/" + "n" * 256 + "/tags/list", Endpoint("")),
        ("/v2/A/tags/list", Endpoint("")),
        ("/v2/a//b/tags/list", Endpoint("")),
        ("/v2/a/blobs/latest", Endpoint("")),
        ("/v2", Endpoint("")),
        ("/v2/" + "a-" * 5000 + "!/tags/list", Endpoint("")),
    ],
)
def test_a_path_means_one_endpoint(path: str, endpoint: Endpoint) -> None:
    assert parse_endpoint(path) == endpoint
