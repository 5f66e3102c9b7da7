import json

from app.client.errors import NotFound
from app.client.fetched import Fetched
from app.oci import media_type as types
from app.oci.manifest import Unknown
from app.state.model import Raw
from app.view import screen
from tests.unit.view.reading import Node
from tests.unit.view.states import (
    CHART,
    IMAGE,
    INDEX,
    MANIFEST,
    REPOSITORY,
    URL,
    at,
    digest,
    failed,
    fetched,
    image_json,
    keys,
    shown,
)

RAW = f"{MANIFEST}/-/raw"


def page(of: Fetched | None, query: str = "") -> Node:
    return shown(at(RAW + query, Raw(of, of is None)))


def links(of: Fetched) -> dict[str, str]:
    return {node.text.strip('"'): node["href"] for node in page(of).one("div.json").all("a")}


def test_a_config_leads_to_its_blob_and_a_layer_to_its_files_with_type_and_size() -> None:
    found = links(IMAGE)
    layer = found[str(digest("amd64 0"))]
    assert layer == (
        f"{REPOSITORY}/-/layer/{digest('amd64 0')}?type=application%2Fvnd.oci.image.layer.v1.tar%2Bgzip&size=3000000"
    )
    assert "type=application%2Fvnd.oci.image.config.v1%2Bjson" in found[str(_config())]


def test_manifests_of_an_index_lead_to_manifests() -> None:
    assert links(INDEX)[str(IMAGE.digest)] == f"{REPOSITORY}@{IMAGE.digest}"


def test_a_subject_leads_to_its_manifest_whatever_it_calls_itself() -> None:
    subject = {"mediaType": "application/x", "digest": str(digest("s")), "size": 5}
    found = links(fetched(image_json(subject=subject), types.OCI_MANIFEST))
    assert found[str(digest("s"))] == f"{REPOSITORY}@{digest('s')}"


def test_the_digest_of_a_base_image_leads_to_its_own_repository() -> None:
    noted = {
        "org.opencontainers.image.base.name": "debian:12",
        "org.opencontainers.image.base.digest": str(digest("base")),
    }
    found = links(fetched(image_json(annotations=noted), types.OCI_MANIFEST))
    assert found[str(digest("base"))] == f"#/docker.io/library/debian@{digest('base')}"


def test_the_digest_of_a_base_image_without_a_name_leads_nowhere() -> None:
    noted = {"org.opencontainers.image.base.digest": str(digest("base"))}
    assert str(digest("base")) not in links(fetched(image_json(annotations=noted), types.OCI_MANIFEST))


def test_layers_of_schema_1_lead_to_their_files() -> None:
    old = {"schemaVersion": 1, "name": "a", "tag": "1", "fsLayers": [{"blobSum": str(digest("l"))}], "history": []}
    found = links(fetched(old, types.DOCKER_SCHEMA1))
    assert found[str(digest("l"))].startswith(f"{REPOSITORY}/-/layer/{digest('l')}")


def test_bytes_that_are_no_json_are_shown_as_text() -> None:
    broken = Fetched(b'{"a": 1, "a": 2}', "application/json", digest("x"), None, Unknown("", "No."))
    assert page(broken).one("pre.source").text.strip() == '{"a": 1, "a": 2}'


def test_the_exact_bytes_can_be_copied_and_downloaded() -> None:
    node = page(IMAGE)
    button = next(one for one in node.all("button.btn") if one.words == "Copy JSON")
    assert json.loads(button["data-copy"]) == json.loads(IMAGE.raw)
    assert node.one("button", data_command="download").words == "Download"


def test_a_large_document_is_not_kept_in_the_page_twice() -> None:
    big = fetched(image_json(annotations={"a": "x" * 300_000}), types.OCI_MANIFEST)
    assert [one for one in page(big).all("button.btn") if one.words == "Copy JSON"] == []


def test_its_permanent_link_is_the_json_by_digest() -> None:
    link = next(one for one in page(IMAGE) if one.attributes.get("data-key") == "y")
    assert link["href"] == f"{REPOSITORY}@{IMAGE.digest}/-/raw"


def test_it_leads_back_to_the_manifest() -> None:
    assert page(IMAGE).one("a", href=MANIFEST).words == "Overview"


def test_while_it_is_awaited_there_is_a_frame() -> None:
    node = page(None)
    assert node.one("h1").words == "harbour/tide-gauge:2.4.1"
    assert node.all("span.skeleton")


def test_a_failure_leaves_no_frame_that_seems_to_load() -> None:
    node = shown(at(RAW, Raw(None, False), failure=failed(NotFound("GET", URL, 404))))
    assert node.all("span.skeleton") == []
    assert node.one("div.notice").one("h2").words == "No tag 2.4.1 in harbour/tide-gauge"


def test_what_loaded_is_announced() -> None:
    assert screen.render(at(RAW, Raw(IMAGE, False))).announce == "JSON of harbour/tide-gauge:2.4.1"


def test_the_key_changes_once_it_was_read() -> None:
    assert keys(at(RAW, Raw(None, True)))["main"] != keys(at(RAW, Raw(IMAGE, False)))["main"]


def test_the_text_is_shown_as_it_was_received() -> None:
    node = page(IMAGE, "?as=text")
    assert "".join(line.text for line in node.one("pre.source").all("span.line")).strip() == IMAGE.raw.decode()
    assert node.all("div.json") == []


def test_the_text_of_a_path_is_that_part_alone() -> None:
    node = page(IMAGE, "?as=text&path=.layers[].digest")
    assert node.one("pre.source").text.split() == [str(digest("amd64 0")), str(digest("amd64 1"))]


def test_the_bytes_are_shown_in_hex() -> None:
    assert page(IMAGE, "?as=hex").one("pre.dump").text.startswith("00000000  7b 22 73 63")


def test_the_forms_are_links_and_the_present_one_is_marked() -> None:
    links = page(IMAGE).one("nav.choices").all("a")
    assert [link["href"].partition("?")[2] for link in links] == ["as=json", "as=text", "as=hex"]
    assert [link.attributes.get("aria-current") for link in links] == ["true", None, None]


def test_the_tabs_are_those_of_the_kind() -> None:
    assert [link.words for link in page(IMAGE).one("nav.tabs").all("a")][1] == "Layers 2"
    assert [link.words for link in page(CHART).one("nav.tabs").all("a")] == ["Overview", "Referrers", "JSON"]


def test_embedded_content_is_decoded_where_it_stands() -> None:
    empty = {"mediaType": types.OCI_EMPTY, "digest": str(digest("{}")), "size": 2, "data": "e30="}
    odd = {"mediaType": types.OCI_EMPTY, "digest": str(digest("{}")), "size": 2, "data": "W10="}
    found = page(fetched(image_json(config=empty, layers_=odd), types.OCI_MANIFEST)).all("details.inside")
    assert "verified by its digest" in found[0].text
    assert "not what the digest" in found[1].text


def test_the_query_is_part_of_the_key() -> None:
    assert keys(at(RAW, Raw(IMAGE, False)))["main"] != keys(at(f"{RAW}?search=a", Raw(IMAGE, False)))["main"]


def _config() -> object:
    return image_json()["config"]["digest"]  # type: ignore[index]
