"""The distribution API as an anonymous client sees it."""

import hashlib

import pytest

from tests.unit.playground.playing import ALL_TYPES, Ask

OCI_PAIR = "application/vnd.oci.image.index.v1+json,application/vnd.oci.image.manifest.v1+json"
DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json"
NOWHERE = "sha256:" + "0" * 64


def test_a_ping_is_answered_with_the_version_of_the_api(ask: Ask) -> None:
    seen = ask("anonymous", "/v2/")
    assert (seen.status, seen.json) == (200, {})
    assert seen.headers["Docker-Distribution-Api-Version"] == "registry/2.0"


def test_a_manifest_by_tag_has_the_digest_of_its_bytes(ask: Ask) -> None:
    seen = ask("anonymous", "/v2/sample/harbour/manifests/latest", Accept=ALL_TYPES)
    digest = "sha256:" + hashlib.sha256(seen.body).hexdigest()
    assert seen.headers["Docker-Content-Digest"] == digest
    assert seen.headers["ETag"] == f'"{digest}"'
    assert seen.headers["Content-Type"] == "application/vnd.oci.image.index.v1+json"
    assert ask("anonymous", f"/v2/sample/harbour/manifests/{digest}", Accept=ALL_TYPES).body == seen.body


def test_head_of_a_manifest_has_all_headers_and_no_body(ask: Ask) -> None:
    whole = ask("anonymous", "/v2/sample/harbour/manifests/latest", Accept=OCI_PAIR)
    head = ask("anonymous", "/v2/sample/harbour/manifests/latest", method="HEAD", Accept=OCI_PAIR)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.body))
    assert head.headers["Docker-Content-Digest"] == whole.headers["Docker-Content-Digest"]


@pytest.mark.parametrize("accept", ["*/*", DOCKER_MANIFEST, DOCKER_LIST, "application/json", ""])
@pytest.mark.parametrize("path", ["/v2/sample/harbour/manifests/latest", "/v2/sample/layers/manifests/gzip"])
def test_an_oci_manifest_is_unknown_to_who_does_not_accept_it(ask: Ask, accept: str, path: str) -> None:
    seen = ask("anonymous", path, Accept=accept)
    assert (seen.status, seen.code) == (404, "MANIFEST_UNKNOWN")
    assert seen.json["errors"][0]["message"].startswith("OCI ")


def test_an_index_type_does_not_accept_a_manifest(ask: Ask) -> None:
    seen = ask("anonymous", "/v2/sample/layers/manifests/gzip", Accept="application/vnd.oci.image.index.v1+json")
    assert seen.status == 404


def test_parameters_of_accepted_types_do_not_count(ask: Ask) -> None:
    accept = "text/html, application/vnd.oci.image.index.v1+json;q=0.1"
    assert ask("anonymous", "/v2/sample/harbour/manifests/latest", Accept=accept).status == 200


def test_a_docker_list_by_tag_is_sent_to_who_accepts_it(ask: Ask) -> None:
    seen = ask("anonymous", "/v2/sample/classic/manifests/latest", Accept=f"{DOCKER_LIST},{DOCKER_MANIFEST}")
    assert seen.headers["Content-Type"] == DOCKER_LIST


def test_a_docker_list_by_tag_becomes_its_amd64_image_for_who_takes_images_only(ask: Ask) -> None:
    listed = ask("anonymous", "/v2/sample/classic/manifests/latest", Accept=DOCKER_LIST).json["manifests"]
    seen = ask("anonymous", "/v2/sample/classic/manifests/latest", Accept=DOCKER_MANIFEST)
    assert seen.headers["Content-Type"] == DOCKER_MANIFEST
    amd64 = [entry["digest"] for entry in listed if entry["platform"] == {"os": "linux", "architecture": "amd64"}]
    assert seen.headers["Docker-Content-Digest"] == amd64[0]


def test_a_docker_list_by_tag_is_an_error_for_who_takes_oci_only(ask: Ask) -> None:
    seen = ask("anonymous", "/v2/sample/classic/manifests/latest", Accept=OCI_PAIR)
    assert (seen.status, seen.code) == (400, "MANIFEST_INVALID")


def test_a_docker_list_by_digest_is_sent_unasked(ask: Ask) -> None:
    digest = ask("anonymous", "/v2/sample/classic/manifests/latest", Accept=DOCKER_LIST).headers[
        "Docker-Content-Digest"
    ]
    seen = ask("anonymous", f"/v2/sample/classic/manifests/{digest}", Accept=OCI_PAIR)
    assert seen.headers["Content-Type"] == DOCKER_LIST


def test_a_docker_image_by_tag_is_sent_unasked(ask: Ask) -> None:
    seen = ask("anonymous", "/v2/sample/classic/manifests/single", Accept=OCI_PAIR)
    assert seen.headers["Content-Type"] == DOCKER_MANIFEST


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v2/sample/nothing/tags/list", 404, "NAME_UNKNOWN"),
        ("/v2/sample/nothing/manifests/latest", 404, "MANIFEST_UNKNOWN"),
        ("/v2/sample/harbour/manifests/nothing", 404, "MANIFEST_UNKNOWN"),
        (f"/v2/sample/harbour/manifests/{NOWHERE}", 404, "MANIFEST_UNKNOWN"),
        (f"/v2/sample/harbour/blobs/{NOWHERE}", 404, "BLOB_UNKNOWN"),
        (f"/v2/sample/nothing/blobs/{NOWHERE}", 404, "BLOB_UNKNOWN"),
        (f"/v2/sample/nothing/referrers/{NOWHERE}", 404, "NAME_UNKNOWN"),
    ],
)
def test_what_does_not_exist_has_the_error_code_of_its_kind(ask: Ask, path: str, status: int, code: str) -> None:
    seen = ask("anonymous", path, Accept=ALL_TYPES)
    assert (seen.status, seen.code) == (status, code)


@pytest.mark.parametrize("path", ["/", "/v2", "/v2/Sample/x/tags/list", "/v2/a/manifests/.x", "/v2/a/blobs/sha256:1"])
def test_what_is_not_the_api_is_not_found_in_plain_text(ask: Ask, path: str) -> None:
    seen = ask("anonymous", path)
    assert seen.status == 404
    assert seen.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("HEAD", "/v2/_catalog"),
        ("HEAD", "/v2/sample/harbour/tags/list"),
        ("PUT", "/v2/sample/harbour/manifests/latest"),
        ("DELETE", "/v2/sample/harbour/manifests/latest"),
        ("POST", "/v2/sample/harbour/blobs/uploads/"),
    ],
)
def test_writing_and_head_of_lists_are_not_supported(ask: Ask, method: str, path: str) -> None:
    seen = ask("anonymous", path, method=method)
    assert seen.status == 405
    assert method == "HEAD" or seen.code == "UNSUPPORTED"


def test_a_manifest_that_is_known_already_is_not_sent_again(ask: Ask) -> None:
    path = "/v2/sample/harbour/manifests/latest"
    etag = ask("anonymous", path, Accept=OCI_PAIR).headers["ETag"]
    seen = ask("anonymous", path, Accept=OCI_PAIR, If_None_Match=etag)
    assert (seen.status, seen.body) == (304, b"")


def test_a_digest_may_be_percent_encoded(ask: Ask) -> None:
    digest = ask("anonymous", "/v2/sample/harbour/manifests/latest", Accept=OCI_PAIR).headers["Docker-Content-Digest"]
    encoded = digest.replace(":", "%3A")
    assert ask("anonymous", f"/v2/sample/harbour/manifests/{encoded}", Accept=OCI_PAIR).status == 200


def harbour_digest(ask: Ask) -> str:
    return str(
        ask("anonymous", "/v2/sample/harbour/manifests/latest", Accept=OCI_PAIR).headers["Docker-Content-Digest"]
    )


def test_referrers_name_the_type_and_annotations_of_each(ask: Ask) -> None:
    seen = ask("anonymous", f"/v2/sample/harbour/referrers/{harbour_digest(ask)}")
    assert seen.headers["Content-Type"] == "application/vnd.oci.image.index.v1+json"
    assert "OCI-Filters-Applied" not in seen.headers
    assert [entry["artifactType"] for entry in seen.json["manifests"]] == [
        "application/vnd.dev.cosign.artifact.sig.v1+json",
        "application/vnd.in-toto+json",
        "application/spdx+json",
        "application/vnd.cyclonedx+json",
    ]
    assert seen.json["manifests"][2]["annotations"] == {"org.opencontainers.image.created": "2026-09-21T07:15:00Z"}


def test_referrers_filtered_by_type_say_so(ask: Ask) -> None:
    seen = ask("anonymous", f"/v2/sample/harbour/referrers/{harbour_digest(ask)}?artifactType=application/spdx%2Bjson")
    assert seen.headers["OCI-Filters-Applied"] == "artifactType"
    assert [entry["artifactType"] for entry in seen.json["manifests"]] == ["application/spdx+json"]


def test_a_digest_that_nothing_refers_to_has_an_empty_index(ask: Ask) -> None:
    seen = ask("anonymous", f"/v2/sample/harbour/referrers/{NOWHERE}")
    assert (seen.status, seen.json["manifests"]) == (200, [])


def test_a_referrer_has_referrers_of_its_own(ask: Ask) -> None:
    path = f"/v2/sample/harbour/referrers/{harbour_digest(ask)}?artifactType=application/spdx%2Bjson"
    sbom = ask("anonymous", path).json["manifests"][0]["digest"]
    seen = ask("anonymous", f"/v2/sample/harbour/referrers/{sbom}")
    assert [e["artifactType"] for e in seen.json["manifests"]] == ["application/vnd.dev.cosign.artifact.sig.v1+json"]
