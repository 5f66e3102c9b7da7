import json

from app.oci import media_type as types
from app.oci.manifest import Manifest
from app.view import files as module
from app.view.files import files
from app.view.markup import render
from tests.unit.view.reading import Node, read
from tests.unit.view.states import CHART, LANDING, MANIFEST, REPOSITORY, at, digest, fetched

EMPTY = {"mediaType": types.OCI_EMPTY, "digest": str(digest("{}")), "size": 2}


def section(**document: object) -> Node:
    found = fetched({"schemaVersion": 2, "mediaType": types.OCI_MANIFEST, **document}, types.OCI_MANIFEST)
    assert isinstance(found.document, Manifest)
    return read(render(files(at(MANIFEST, LANDING), found.document)))


def rows(node: Node) -> list[list[str]]:
    return [[cell.words for cell in row.children if isinstance(cell, Node)] for row in node.one("tbody").all("tr")]


def test_a_file_has_the_name_it_was_pushed_with() -> None:
    assert isinstance(CHART.document, Manifest)
    node = read(render(files(at(MANIFEST, LANDING), CHART.document)))
    assert [row[0] for row in rows(node)] == ["tide-gauge-2.4.1.tgz", "config"]
    assert rows(node)[0][1:3] == [types.HELM_CHART, "24.4 kB"]
    assert node.one("a.tag")["href"].startswith(f"{REPOSITORY}/-/layer/{digest('chart')}")


def test_a_file_can_be_viewed_and_downloaded_under_its_name() -> None:
    layer = {
        "mediaType": "text/csv",
        "digest": str(digest("l")),
        "size": 5,
        "annotations": {"org.opencontainers.image.title": "lights.csv"},
    }
    node = section(config=EMPTY, layers=[layer])
    assert node.one("a", aria_label="View lights.csv")["href"].startswith(f"{REPOSITORY}/-/blob/{digest('l')}")
    button = node.one("button", data_command="file-download")
    assert json.loads(button["data-args"]) == {"digest": str(digest("l")), "name": "lights.csv"}


def test_a_folder_that_was_packed_leads_to_its_files() -> None:
    noted = {"org.opencontainers.image.title": "charts", "io.deis.oras.content.unpack": "true"}
    layer = {"mediaType": "application/x", "digest": str(digest("l")), "size": 5, "annotations": noted}
    node = section(config=EMPTY, layers=[layer])
    assert node.one("a", aria_label="Unpack charts")["href"].startswith(f"{REPOSITORY}/-/layer/{digest('l')}")


def test_a_large_file_is_not_downloaded_at_a_press() -> None:
    layer = {"mediaType": "application/x", "digest": str(digest("l")), "size": 1 << 30}
    assert section(config=EMPTY, layers=[layer]).all("button", data_command="file-download") == []


def test_a_known_type_names_what_has_no_title() -> None:
    layer = {"mediaType": types.HELM_PROVENANCE, "digest": str(digest("l")), "size": 5}
    assert rows(section(config=EMPTY, layers=[layer]))[0][0] == "Helm provenance"


def test_a_statement_is_named_by_what_it_claims() -> None:
    noted = {"in-toto.io/predicate-type": "https://slsa.dev/provenance/v1"}
    layer = {"mediaType": types.IN_TOTO, "digest": str(digest("l")), "size": 5, "annotations": noted}
    assert rows(section(config=EMPTY, layers=[layer]))[0][0] == "https://slsa.dev/provenance/v1"


def test_a_file_without_a_name_is_a_blob() -> None:
    layer = {"mediaType": "application/x", "digest": str(digest("l")), "size": 5}
    assert rows(section(config=EMPTY, layers=[layer]))[0][0] == "blob"


def test_empty_descriptors_are_no_files() -> None:
    node = section(config=EMPTY, layers=[EMPTY], artifactType="application/vnd.example")
    assert node.one("div.notice").one("h3").words == "No files"
    assert "application/vnd.example" in node.text


def test_a_hostile_name_makes_no_element() -> None:
    layer = {
        "mediaType": "<b>",
        "digest": str(digest("l")),
        "size": 5,
        "annotations": {"org.opencontainers.image.title": "a\u202e<img>"},
    }
    assert rows(section(config=EMPTY, layers=[layer]))[0][:2] == ["a\\u202e<img>", "<b>"]


def test_very_many_files_are_cut_and_say_where_the_rest_is() -> None:
    layer = {"mediaType": "application/x", "digest": str(digest("l")), "size": 5}
    node = section(config=EMPTY, layers=[layer] * (module.MOST + 1))
    assert len(rows(node)) == module.MOST
    assert "1 file more in the JSON" in node.text
