from app.oci import media_type as types
from app.oci.manifest import Manifest
from app.view.image import image, platform_of, under_index
from app.view.markup import group, render
from app.view.platforms import chosen
from tests.unit.view.reading import Node, read
from tests.unit.view.states import (
    ATTESTATION,
    CONFIG,
    IMAGE,
    MANIFEST,
    REPOSITORY,
    at,
    fetched,
    image_json,
    image_page,
    index_page,
)


def stats(**fields: object) -> dict[str, str]:
    page = image_page(**fields)
    assert isinstance(IMAGE.document, Manifest)
    node = read(render(group(image(at(MANIFEST, page), page, IMAGE, IMAGE.document, None))))
    return {pair.one("dt").words: pair.one("dd").words for pair in node.one("dl.stats").all("div")}


def below(image_: object = IMAGE) -> Node:
    page = index_page(image=image_)
    shown = page.image
    assert shown is not None
    assert isinstance(shown.document, Manifest)
    return read(render(group(under_index(at(MANIFEST, page), page, shown, shown.document, chosen(page), ()))))


def test_the_strip_tells_size_age_and_platform() -> None:
    found = stats()
    assert found["Compressed"] == "4.0 MB"
    assert found["Created"] == "11 Feb 2026"
    assert found["Platform"] == "linux/amd64"


def test_before_the_config_is_read_the_age_is_awaited() -> None:
    assert stats(config=None)["Created"] == ""
    assert "Platform" not in stats(config=None)


def test_an_annotation_tells_the_age_before_the_config_does() -> None:
    found = fetched(
        image_json(annotations={"org.opencontainers.image.created": "2026-01-02T00:00:00Z"}), types.OCI_MANIFEST
    )
    assert isinstance(found.document, Manifest)
    page = image_page(fetched=found, config=None)
    node = read(render(group(image(at(MANIFEST, page), page, found, found.document, None))))
    assert "2 Jan 2026" in node.one("dl.stats").text


def test_the_image_of_a_platform_leads_to_its_own_page_and_json() -> None:
    node = below()
    assert node.one("a", href=f"{REPOSITORY}@{IMAGE.digest}").words == "On its own page"
    assert node.one("a", href=f"{REPOSITORY}@{IMAGE.digest}/-/raw").words == "JSON"
    assert node.one("span.verified").words == "verified"


def test_what_is_no_image_below_an_index_shows_its_content() -> None:
    node = below(ATTESTATION)
    assert node.by_id("image-title").words.startswith("Manifest")
    assert node.by_id("files")


def test_a_platform_is_named_as_clients_do() -> None:
    assert platform_of(CONFIG._replace(variant="v8")) == "linux/amd64/v8"
