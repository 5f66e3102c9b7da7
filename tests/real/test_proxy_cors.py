"""What the configurations of cors-examples/ for nginx, Caddy, HAProxy and Apache send, in front of real registries."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.real.asking import ask, authorization, basic, preflight
from tests.real.shore import CLASSIC, INDEX, Shore
from tests.servers.images import INDEX as INDEX_TYPE
from tests.servers.images import MANIFEST
from tests.servers.people import PILOT, Person

EXPOSED = {
    *("www-authenticate", "link", "docker-content-digest", "docker-distribution-api-version", "oci-subject"),
    *("oci-filters-applied", "content-range", "accept-ranges", "etag", "retry-after", "warning"),
}
DOCKER = "application/vnd.docker.distribution."
# All four types of a manifest: 196 bytes, which no browser sends without a preflight.
ANY_MANIFEST = f"{INDEX_TYPE}, {MANIFEST}, {DOCKER}manifest.list.v2+json, {DOCKER}manifest.v2+json"
NAME, _, REFERENCE = INDEX.partition(":")


def test_a_preflight_is_answered_204_without_credentials(behind: Shore) -> None:
    answer = preflight(behind.host, f"/v2/{NAME}/manifests/{REFERENCE}")
    assert answer.status == 204
    assert answer.one("Access-Control-Allow-Origin") == "*"
    assert answer.listed("Access-Control-Allow-Headers") >= {"authorization", "accept", "range"}
    assert answer.listed("Access-Control-Allow-Methods") >= {"get", "head"}
    assert answer.one("Access-Control-Max-Age") == "7200"


def test_a_preflight_for_v2_itself_is_answered_204(behind: Shore) -> None:
    answer = preflight(behind.host, "/v2/")
    assert answer.status == 204
    assert answer.one("Access-Control-Allow-Origin") == "*"


def test_the_challenge_of_a_401_can_be_read(guarded_behind: Shore) -> None:
    answer = ask(guarded_behind.host, "/v2/")
    assert answer.status == 401
    assert answer.one("WWW-Authenticate")
    assert answer.one("Access-Control-Allow-Origin") == "*"
    assert answer.listed("Access-Control-Expose-Headers") == EXPOSED


def test_the_401_of_wrong_credentials_can_be_read(guarded_behind: Shore) -> None:
    realm = urlsplit(guarded_behind.harbour.realm).netloc
    wrong = basic(Person("pilot", "wrong"))
    host, path = (realm, "/token?service=x") if realm else (guarded_behind.host, "/v2/")
    answer = ask(host, path, Authorization=wrong)
    assert answer.status == 401
    assert answer.one("Access-Control-Allow-Origin") == "*"


def test_an_unknown_tag_is_a_404_that_can_be_read(behind: Shore) -> None:
    signed_in = authorization(behind.harbour, f"repository:{NAME}:pull")
    answer = ask(behind.host, f"/v2/{NAME}/manifests/none", Accept=ANY_MANIFEST, **signed_in)
    assert answer.status == 404
    assert answer.one("Access-Control-Allow-Origin") == "*"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_manifest_arrives_with_its_digest(behind: Shore, method: str) -> None:
    signed_in = authorization(behind.harbour, f"repository:{NAME}:pull")
    answer = ask(behind.host, f"/v2/{NAME}/manifests/{REFERENCE}", method, Accept=ANY_MANIFEST, **signed_in)
    assert answer.status == 200
    assert answer.one("Docker-Content-Digest") == behind.digests[INDEX]
    assert answer.one("Access-Control-Allow-Origin") == "*"
    assert answer.listed("Access-Control-Expose-Headers") == EXPOSED


def test_the_link_to_the_next_page_of_the_catalog_arrives(behind: Shore) -> None:
    answer = ask(behind.host, "/v2/_catalog?n=1", **authorization(behind.harbour, "registry:catalog:*"))
    assert answer.status == 200
    assert 'rel="next"' in answer.one("Link")
    assert answer.one("Access-Control-Allow-Origin") == "*"


def test_a_part_of_a_blob_arrives_with_its_range(behind: Shore) -> None:
    signed_in = authorization(behind.harbour, f"repository:{NAME}:pull")
    digest, size = config_of(behind)
    answer = ask(behind.host, f"/v2/{NAME}/blobs/{digest}", Range="bytes=0-9", **signed_in)
    assert answer.status == 206
    assert len(answer.body) == 10
    assert answer.one("Content-Range") == f"bytes 0-9/{size}"
    assert answer.one("Access-Control-Allow-Origin") == "*"


def test_the_token_service_answers_a_preflight(token_behind: Shore) -> None:
    answer = preflight(urlsplit(token_behind.harbour.realm).netloc, "/token")
    assert answer.status == 204
    assert answer.one("Access-Control-Allow-Origin") == "*"
    assert "authorization" in answer.listed("Access-Control-Allow-Headers")


def test_a_token_can_be_read(token_behind: Shore) -> None:
    answer = ask(urlsplit(token_behind.harbour.realm).netloc, "/token?service=x", Authorization=basic(PILOT))
    assert answer.status == 200
    assert answer.one("Access-Control-Allow-Origin") == "*"


def test_skopeo_pulls_what_it_pushed(behind: Shore, tmp_path: Path) -> None:
    assert behind.skopeo.pull(INDEX, tmp_path / "pulled") == behind.image.digest == behind.digests[INDEX]


def test_a_layer_over_a_megabyte_was_pushed(behind: Shore) -> None:
    assert behind.crane.digest(CLASSIC) == behind.digests[CLASSIC]


def config_of(shore: Shore) -> tuple[str, int]:
    """Digest and size of a config blob of the image."""
    [first, *_] = shore.image.read(shore.image.digest)["manifests"]
    config = shore.image.read(first["digest"])["config"]
    return config["digest"], config["size"]
