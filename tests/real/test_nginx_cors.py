"""What the configuration of cors-examples/nginx sends, header by header, in front of real registries."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.real.asking import PAGE, ask, authorization, basic, preflight
from tests.real.needs import needed
from tests.real.shore import INDEX, Shore
from tests.servers.distribution import PROGRAMS, VERSIONS
from tests.servers.harbour import MODES, Harbour, harbour
from tests.servers.images import INDEX as INDEX_TYPE
from tests.servers.images import MANIFEST
from tests.servers.nginx import example, nginx
from tests.servers.people import PILOT, Person
from tests.servers.ports import LOOPBACK, reserve_port

EXPOSED = {
    *("www-authenticate", "link", "docker-content-digest", "docker-distribution-api-version", "oci-subject"),
    *("oci-filters-applied", "content-range", "accept-ranges", "etag", "retry-after", "warning"),
}
DOCKER = "application/vnd.docker.distribution."
# All four types of a manifest: 196 bytes, which no browser sends without a preflight.
ANY_MANIFEST = f"{INDEX_TYPE}, {MANIFEST}, {DOCKER}manifest.list.v2+json, {DOCKER}manifest.v2+json"
NAME, _, REFERENCE = INDEX.partition(":")


def test_a_preflight_is_answered_204_without_credentials(shore: Shore) -> None:
    answer = preflight(shore.host, f"/v2/{NAME}/manifests/{REFERENCE}")
    assert answer.status == 204
    assert answer.one("Access-Control-Allow-Origin") == "*"
    assert answer.listed("Access-Control-Allow-Headers") >= {"authorization", "accept", "range"}
    assert answer.listed("Access-Control-Allow-Methods") >= {"get", "head"}
    assert answer.one("Access-Control-Max-Age") == "7200"


def test_the_challenge_of_a_401_can_be_read(guarded: Shore) -> None:
    answer = ask(guarded.host, "/v2/")
    assert answer.status == 401
    assert answer.one("WWW-Authenticate")
    assert answer.one("Access-Control-Allow-Origin") == "*"
    assert answer.listed("Access-Control-Expose-Headers") == EXPOSED


def test_the_401_of_wrong_credentials_can_be_read(guarded: Shore) -> None:
    realm = urlsplit(guarded.harbour.realm).netloc
    wrong = basic(Person("pilot", "wrong"))
    answer = (
        ask(realm, "/token?service=x", Authorization=wrong) if realm else ask(guarded.host, "/v2/", Authorization=wrong)
    )
    assert answer.status == 401
    assert answer.one("Access-Control-Allow-Origin") == "*"


def test_an_unknown_tag_is_a_404_that_can_be_read(shore: Shore) -> None:
    signed_in = authorization(shore.harbour, f"repository:{NAME}:pull")
    answer = ask(shore.host, f"/v2/{NAME}/manifests/none", Accept=ANY_MANIFEST, **signed_in)
    assert answer.status == 404
    assert answer.one("Access-Control-Allow-Origin") == "*"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_manifest_arrives_with_its_digest(shore: Shore, method: str) -> None:
    signed_in = authorization(shore.harbour, f"repository:{NAME}:pull")
    answer = ask(shore.host, f"/v2/{NAME}/manifests/{REFERENCE}", method, Accept=ANY_MANIFEST, **signed_in)
    assert answer.status == 200
    assert answer.one("Docker-Content-Digest") == shore.digests[INDEX]
    assert answer.one("Access-Control-Allow-Origin") == "*"
    assert answer.listed("Access-Control-Expose-Headers") == EXPOSED


def test_the_link_to_the_next_page_of_the_catalog_arrives(shore: Shore) -> None:
    answer = ask(shore.host, "/v2/_catalog?n=1", **authorization(shore.harbour, "registry:catalog:*"))
    assert answer.status == 200
    assert 'rel="next"' in answer.one("Link")
    assert answer.one("Access-Control-Allow-Origin") == "*"


def test_a_part_of_a_blob_arrives_with_its_range(shore: Shore) -> None:
    signed_in = authorization(shore.harbour, f"repository:{NAME}:pull")
    digest, size = _config(shore)
    answer = ask(shore.host, f"/v2/{NAME}/blobs/{digest}", Range="bytes=0-9", **signed_in)
    assert answer.status == 206
    assert len(answer.body) == 10
    assert answer.one("Content-Range") == f"bytes 0-9/{size}"
    assert answer.one("Access-Control-Allow-Origin") == "*"


def test_the_token_service_answers_a_preflight(by_token: Shore) -> None:
    answer = preflight(urlsplit(by_token.harbour.realm).netloc, "/token")
    assert answer.status == 204
    assert answer.one("Access-Control-Allow-Origin") == "*"
    assert "authorization" in answer.listed("Access-Control-Allow-Headers")


def test_a_token_can_be_read(by_token: Shore) -> None:
    answer = ask(urlsplit(by_token.harbour.realm).netloc, "/token?service=x", Authorization=basic(PILOT))
    assert answer.status == 200
    assert answer.one("Access-Control-Allow-Origin") == "*"


def test_clients_pull_what_they_pushed(shore: Shore, tmp_path: Path) -> None:
    assert shore.skopeo.pull(INDEX, tmp_path / "pulled") == shore.image.digest == shore.digests[INDEX]


@pytest.fixture(params=[(version, mode) for version in VERSIONS for mode in MODES[:2]], ids=lambda one: "-".join(one))
def outspoken(request: pytest.FixtureRequest, programs: None, tmp_path: Path) -> Iterator[Harbour]:
    """A registry whose own http.headers name CORS too."""
    version, mode = request.param
    needed(PROGRAMS[version])
    own = {
        "Access-Control-Allow-Origin": ["https://elsewhere.example"],
        "Access-Control-Allow-Headers": ["Accept"],
        "Access-Control-Allow-Methods": ["DELETE"],
        "Access-Control-Allow-Credentials": ["true"],
        "Access-Control-Expose-Headers": ["Docker-Content-Digest"],
        "Access-Control-Max-Age": ["1"],
    }
    with harbour(version, mode, tmp_path / f"{version}-{mode}", tmp_path / "logs", headers=own) as place:
        yield place


def test_what_the_registry_says_of_cors_itself_is_not_repeated(outspoken: Harbour) -> None:
    answer = ask(outspoken.host, "/v2/")
    assert answer.status == (200 if outspoken.mode == "none" else 401)
    assert answer.one("Access-Control-Allow-Origin") == "*"
    assert answer.listed("Access-Control-Expose-Headers") == EXPOSED
    assert answer.one("Access-Control-Max-Age") == "7200"
    assert answer.listed("Access-Control-Allow-Headers") == {"authorization", "accept", "range"}
    assert answer.listed("Access-Control-Allow-Methods") == {"get", "head", "options"}
    assert answer.all("Access-Control-Allow-Credentials") == []


@pytest.fixture
def names() -> dict[str, str]:
    """A configuration in front of nothing: its upstream listens nowhere."""
    return {
        "REGISTRY_LISTEN": f"{LOOPBACK}:{reserve_port()}",
        "REGISTRY_UPSTREAM": f"{LOOPBACK}:{reserve_port()}",
        "ALLOWED_ORIGIN": "*",
    }


def test_the_502_of_a_registry_that_is_down_can_be_read(programs: None, names: dict[str, str], tmp_path: Path) -> None:
    with _alone(example("registry.conf.template", names), names, tmp_path):
        answer = ask(names["REGISTRY_LISTEN"], "/v2/")
    assert answer.status == 502
    assert answer.one("Access-Control-Allow-Origin") == "*"


def test_one_allowed_origin_is_named(programs: None, names: dict[str, str], tmp_path: Path) -> None:
    names["ALLOWED_ORIGIN"] = PAGE
    with _alone(example("registry.conf.template", names), names, tmp_path):
        answer = ask(names["REGISTRY_LISTEN"], "/v2/", Origin="https://stranger.example")
    assert answer.one("Access-Control-Allow-Origin") == PAGE


@pytest.mark.parametrize(("origin", "allowed"), [(PAGE, [PAGE]), ("https://stranger.example", [])])
def test_of_several_allowed_origins_each_gets_its_own_and_a_stranger_nothing(
    programs: None, names: dict[str, str], tmp_path: Path, origin: str, allowed: list[str]
) -> None:
    names["ALLOWED_ORIGIN"] = ""
    text = example("registry.conf.template", names)
    commented = f'# "{PAGE}" $http_origin;'
    assert commented in text
    with _alone(text.replace(commented, commented[2:]), names, tmp_path):
        answers = [ask(names["REGISTRY_LISTEN"], "/v2/", method, Origin=origin) for method in ("GET", "OPTIONS")]
    for answer in answers:
        assert answer.all("Access-Control-Allow-Origin") == allowed
        assert answer.all("Vary") == ["Origin"]


def _alone(text: str, names: dict[str, str], folder: Path) -> AbstractContextManager[None]:
    port = int(names["REGISTRY_LISTEN"].rpartition(":")[2])
    return nginx(folder / "nginx", folder / "nginx.log", {"registry": text}, [port])


def _config(shore: Shore) -> tuple[str, int]:
    """Digest and size of a config blob of the image."""
    [first, *_] = shore.image.read(shore.image.digest)["manifests"]
    config = shore.image.read(first["digest"])["config"]
    return config["digest"], config["size"]
