import pytest

from app.oci import media_type as types
from app.oci.descriptor import Descriptor
from app.oci.origin import Origin
from app.state.route import parse_route
from app.view import links
from tests.unit.view.states import HOST, MANIFEST, REPOSITORY, digest

ROUTE = parse_route(f"{MANIFEST}/-/raw")
DIGEST = digest("x")


def test_every_link_is_a_route_that_is_read_back() -> None:
    found = [
        links.registry(ROUTE),
        links.registry(ROUTE, "team/ä&b"),
        links.repository(ROUTE),
        links.repository(ROUTE, "a/b"),
        links.tag(ROUTE, "1"),
        links.manifest(ROUTE, DIGEST),
        links.here(ROUTE),
        links.pinned(ROUTE, DIGEST),
        links.raw(ROUTE),
        links.raw(ROUTE, DIGEST),
        links.platform(ROUTE, "linux/arm64/v8"),
        links.blob(ROUTE, DIGEST, "a/b; c=d", 7),
    ]
    assert [str(parse_route(link)) for link in found] == found


def test_links_lead_where_they_say() -> None:
    assert links.registry(ROUTE) == HOST
    assert links.repository(ROUTE) == REPOSITORY
    assert links.here(ROUTE) == MANIFEST
    assert links.raw(ROUTE) == f"{MANIFEST}/-/raw"
    assert links.manifest(ROUTE, DIGEST) == f"{REPOSITORY}@{DIGEST}"


def test_a_permanent_link_keeps_the_query() -> None:
    route = parse_route(f"{MANIFEST}?platform=linux/amd64")
    assert links.pinned(route, DIGEST) == f"{REPOSITORY}@{DIGEST}?platform=linux%2Famd64"


def test_a_layer_leads_to_its_files() -> None:
    found = Descriptor(types.OCI_LAYER_GZIP, DIGEST, 7, {}, None, None, (), None)
    assert links.content(ROUTE, found).startswith(f"{REPOSITORY}/-/layer/{DIGEST}?type=")
    assert links.content(ROUTE, found).endswith("&size=7")


def test_a_path_in_a_layer_is_in_its_address() -> None:
    found = Descriptor(types.OCI_LAYER_GZIP, DIGEST, 7, {}, None, None, (), None)
    assert links.in_layer(ROUTE, found, "a b/c").startswith(f"{REPOSITORY}/-/layer/{DIGEST}/a%20b/c?")


def test_files_are_those_of_the_platform_that_is_shown() -> None:
    route = parse_route(f"{MANIFEST}/-/raw?platform=linux/amd64&search=x")
    assert links.files(route, "/usr/bin") == f"{MANIFEST}/-/files/usr/bin?platform=linux%2Famd64"
    assert links.files(route, layer=3) == f"{MANIFEST}/-/files?platform=linux%2Famd64&layer=3"


def test_another_form_keeps_the_hints_and_forgets_the_search() -> None:
    route = parse_route(f"{REPOSITORY}/-/blob/{DIGEST}?type=a%2Fb&size=7&search=x&as=json")
    assert links.shown_as(route, "hex", 16) == f"{REPOSITORY}/-/blob/{DIGEST}?type=a%2Fb&size=7&as=hex&at=16"


def test_a_reference_leads_to_its_own_registry() -> None:
    assert links.named("debian:12") == "#/docker.io/library/debian:12"
    assert links.named("no reference") is None


@pytest.mark.parametrize(
    ("media_type", "taken"),
    [(types.OCI_INDEX, True), (types.DOCKER_MANIFEST, True), (types.OCI_CONFIG, False), ("", False)],
)
def test_manifests_are_told_from_blobs_by_their_type(media_type: str, taken: bool) -> None:
    assert links.is_manifest(media_type) is taken
    found = Descriptor(media_type, DIGEST, 7, {}, None, None, (), None)
    assert links.content(ROUTE, found).startswith(f"{REPOSITORY}@" if taken else f"{REPOSITORY}/-/blob/")


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("debian:12", f"#/docker.io/library/debian@{DIGEST}"),
        ("ghcr.io/a/b:1", f"#/ghcr.io/a/b@{DIGEST}"),
        ("", None),
        ("NOT A NAME", None),
    ],
)
def test_another_repository_is_found_by_the_name_that_docker_writes(name: str, link: str | None) -> None:
    assert links.elsewhere(name, DIGEST) == link


def test_views_of_a_registry_and_of_the_app() -> None:
    assert links.view("transcript", Origin("http", "registry.lan", 5000)) == "#/http://registry.lan:5000/-/transcript"
    assert links.view("token", Origin("https", "ghcr.io", None)) == "#/ghcr.io/-/token"
    assert links.view("identities") == "#/-/identities"
    assert links.view(None, Origin("https", "ghcr.io", None)) == "#/ghcr.io"
