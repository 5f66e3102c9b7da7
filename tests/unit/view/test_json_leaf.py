import pytest

from app.oci import media_type as types
from app.oci.digest import Digest
from app.oci.document import Json
from app.view.json_leaf import Around, leaf
from app.view.json_search import Search
from app.view.markup import render
from tests.unit.view.reading import Node, read
from tests.unit.view.states import digest

A = digest("a")


def to(found: Digest, media_type: str | None, size: int | None) -> str | None:
    return f"#/{found}/{media_type}/{size}"


def shown(key: str | None, text: str, *around: tuple[str | None, Json], search: str = "") -> tuple[Node, str]:
    holder: Around = around or ((None, {key or "": text}),)
    value, note = leaf(key, text, holder, to, Search(search) if search else None)
    return read(render(value)), read(render(note)).text


def href(key: str | None, text: str, *around: tuple[str | None, Json]) -> str | None:
    found = shown(key, text, *around)[0].all("a")
    return found[0]["href"] if found else None


def test_the_digest_that_cosign_signs_leads_to_a_manifest() -> None:
    assert href("docker-manifest-digest", str(A)) == f"#/{A}/{types.OCI_MANIFEST}/None"


def test_the_subject_of_a_statement_leads_to_a_manifest() -> None:
    digests: Json = {"sha256": A.encoded}
    subject: Json = {"name": "x", "digest": digests}
    around = (("subject", [subject]), (None, subject), ("digest", digests))
    assert href("sha256", A.encoded, *around) == f"#/{A}/{types.OCI_MANIFEST}/None"


def test_what_an_image_was_built_from_leads_to_that_image() -> None:
    digests: Json = {"sha256": A.encoded}
    used: Json = {"uri": "pkg:docker/debian@12?platform=linux%2Famd64", "digest": digests}
    around = (("materials", [used]), (None, used), ("digest", digests))
    assert href("sha256", A.encoded, *around) == f"#/docker.io/library/debian@{A}"


def test_other_digest_sets_lead_nowhere() -> None:
    digests: Json = {"sha256": A.encoded}
    assert href("sha256", A.encoded, ("configSource", {"digest": digests}), ("digest", digests)) is None
    assert href("sha256", A.encoded, (None, digests)) is None


def test_a_base_image_leads_to_its_own_registry() -> None:
    noted: Json = {
        "org.opencontainers.image.base.name": "ghcr.io/a/b:1",
        "org.opencontainers.image.base.digest": str(A),
    }
    for key in ("name", "digest"):
        name = f"org.opencontainers.image.base.{key}"
        assert isinstance(noted, dict)
        assert href(name, str(noted[name]), ("annotations", noted)) == f"#/ghcr.io/a/b@{A}"


def test_a_base_image_without_a_digest_leads_to_its_tag() -> None:
    assert href("org.opencontainers.image.base.name", "debian:12") == "#/docker.io/library/debian:12"


def test_a_revision_leads_to_its_commit_where_the_host_is_known() -> None:
    noted: Json = {"org.opencontainers.image.source": "https://github.com/a/b"}
    key = "org.opencontainers.image.revision"
    assert href(key, "4b7a1f0c52", ("annotations", noted)) == "https://github.com/a/b/commit/4b7a1f0c52"
    assert href(key, "4b7a1f0c52", ("annotations", {})) is None


@pytest.mark.parametrize(
    ("text", "page", "note"),
    [
        ("pkg:npm/%40a/b@1.2", "https://www.npmjs.com/package/@a/b/v/1.2", "npm package @a/b 1.2"),
        ("pkg:apk/harbour/tide@1?arch=x86_64", None, "apk package harbour/tide 1"),
        (f"pkg:docker/redis@{A}", f"#/docker.io/library/redis@{A}", f"docker package redis {A}"),
        ("pkg:oci/b?repository_url=ghcr.io/a/b", "#/ghcr.io/a/b", "oci package b"),
        ("pkg:", None, ""),
    ],
)
def test_a_package_is_named_and_linked_where_its_home_is_known(text: str, page: str | None, note: str) -> None:
    node, noted = shown("purl", text)
    assert next((link["href"] for link in node.all("a")), None) == page
    assert noted == note


def test_a_source_that_git_fetches_is_a_link_without_its_prefix() -> None:
    assert href("uri", "git+https://git.example/a/b@refs/heads/main") == "https://git.example/a/b"


def test_the_type_of_a_payload_is_explained() -> None:
    assert shown("payloadType", types.IN_TOTO)[1] == "in-toto statement"


def test_a_hit_in_a_link_is_marked() -> None:
    assert shown("url", "https://tide.example/", search="tide")[0].one("a").one("mark").text == "tide"


def test_no_other_scheme_becomes_a_link() -> None:
    assert href("url", "javascript:alert(1)") is None
    assert href("org.opencontainers.image.base.name", "javascript:alert(1)") is None
