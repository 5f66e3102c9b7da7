from app.client.errors import Unreachable
from app.oci import media_type as types
from app.oci.index import Index
from app.state.model import Child
from app.view import platforms as module
from app.view.markup import render
from app.view.platforms import chosen, name, platforms
from tests.unit.view.reading import Node, read
from tests.unit.view.states import (
    ARM,
    ATTESTATION,
    IMAGE,
    INDEX,
    MANIFEST,
    REPOSITORY,
    URL,
    at,
    children,
    descriptor,
    descriptors,
    failed,
    fetched,
    index_page,
    manifest_page,
)


def table(**fields: object) -> Node:
    page = index_page(**fields)
    return read(render(platforms(at(MANIFEST, page), page, chosen(page))))


def rows(node: Node) -> list[list[str]]:
    return [[cell.words for cell in row.children if isinstance(cell, Node)] for row in node.one("tbody").all("tr")]


def test_a_platform_that_was_read_has_its_layers_and_size() -> None:
    first, second, third = rows(table())
    assert first == ["linux/amd64", f"sha256:{IMAGE.digest.short}", "image", "2", "4.0 MB", "shown below▾"]
    assert second == ["linux/arm64/v8", f"sha256:{ARM.digest.short}", "image", "2", "4.0 MB", ""]
    assert third == ["for linux/amd64", f"sha256:{ATTESTATION.digest.short}", "attestation", "1", "41.2 kB", ""]


def test_a_platform_that_was_not_read_says_so() -> None:
    assert rows(table(children=children()))[1][3:5] == ["", "not read yet"]


def test_a_platform_that_failed_says_how() -> None:
    broken = Child(descriptors(INDEX)[0], None, failed(Unreachable("GET", URL, "network")))
    assert rows(table(children=(broken,)))[0][4] == "no answer"


def test_the_platform_shown_below_is_marked_in_words_too() -> None:
    current = table().one("tr.is-current")
    assert current["aria-current"] == "true"
    assert "shown below" in current.text


def test_a_platform_leads_to_itself_below_and_its_digest_to_its_own_page() -> None:
    node = table()
    assert node.all("a.tag")[1]["href"] == f"{MANIFEST}?platform=linux%2Farm64%2Fv8"
    assert node.all("a", href=f"{REPOSITORY}@{ARM.digest}")


def test_a_manifest_without_a_platform_goes_by_its_type() -> None:
    index = fetched(
        {"schemaVersion": 2, "mediaType": types.OCI_INDEX, "manifests": [descriptor(IMAGE)]}, types.OCI_INDEX
    )
    assert isinstance(index.document, Index)
    page = manifest_page(index, children=(Child(index.document.manifests[0], None, None),))
    node = read(render(platforms(at(MANIFEST, page), page, None)))
    assert node.one("h2").words == "Manifests"
    assert node.one("a.tag")["href"] == f"{REPOSITORY}@{IMAGE.digest}"


def test_windows_versions_are_told_apart_and_go_by_digest() -> None:
    given = descriptor(IMAGE, "windows/amd64")
    platform = given["platform"]
    assert isinstance(platform, dict)
    platform["os.version"] = "10.0.17763.1"
    index = fetched({"schemaVersion": 2, "mediaType": types.OCI_INDEX, "manifests": [given]}, types.OCI_INDEX)
    assert isinstance(index.document, Index)
    found = index.document.manifests[0]
    assert name(found) == "windows/amd64 10.0.17763.1"
    page = manifest_page(index, children=(Child(found, None, None),))
    assert read(render(platforms(at(MANIFEST, page), page, None))).one("a.tag")["href"].startswith(f"{REPOSITORY}@")


def test_an_index_without_the_platform_asked_for_says_so() -> None:
    assert "This index has no linux/mips" in table(platform="linux/mips").text
    assert "This index has no" not in table(platform="linux/amd64").text


def test_an_empty_index_says_so() -> None:
    assert table(children=(), image=None).one("div.notice").one("h3").words == "This index is empty"


def test_a_huge_index_is_cut_and_says_where_the_rest_is() -> None:
    many = tuple(Child(descriptors(INDEX)[1], None, None) for _ in range(module.MOST + 2))
    node = table(children=many, image=None)
    assert len(rows(node)) == module.MOST
    assert "2 manifests more in the JSON" in node.text


def test_nothing_is_chosen_before_an_image_was_read() -> None:
    assert chosen(index_page(image=None)) is None
