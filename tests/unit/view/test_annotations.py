from app.view.annotations import annotations, key_name
from app.view.markup import group, render
from tests.unit.view.reading import Node, read


def section(**found: str) -> Node:
    return read(render(group(annotations(found))))


def test_without_annotations_there_is_no_section() -> None:
    assert annotations({}) is None


def test_a_key_is_shown_whole() -> None:
    assert read(render(group(key_name("org.opencontainers.image.source")))).text == "org.opencontainers.image.source"
    assert read(render(group(key_name("com.example")))).text == "com.example"


def test_a_web_address_is_a_link_and_no_other_scheme_is() -> None:
    node = section(a="https://git.example.net/x", b="javascript:alert(1)", c="see https://x.example")
    assert [link["href"] for link in node.all("a")] == ["https://git.example.net/x"]
    assert node.one("a")["rel"] == "noreferrer noopener"


def test_hostile_annotations_make_no_element_and_hide_nothing() -> None:
    node = section(**{"<b>": '"><script>alert(1)</script>\u202egnp.exe'})
    assert node.one("dt").text == "<b>"
    assert node.one("dd").text == '"><script>alert(1)</script>\\u202egnp.exe'


def test_an_endless_annotation_is_cut() -> None:
    assert len(section(a="x" * 1_000_000).text) < 5000


def test_a_heading_of_its_own_gives_an_id_of_its_own() -> None:
    node = read(render(group(annotations({"a": "b"}, "Annotations of the index"))))
    assert node.by_id("annotations-of-the-index").one("h2").words == "Annotations of the index"


def test_a_base_image_and_a_commit_are_links() -> None:
    image = "org.opencontainers.image."
    noted = {
        f"{image}base.name": "debian:12",
        f"{image}source": "https://github.com/a/b",
        f"{image}revision": "4b7a1f0c52",
    }
    links = [link["href"] for link in read(render(group(annotations(noted)))).all("a")]
    assert links == [
        "#/docker.io/library/debian:12",
        "https://github.com/a/b",
        "https://github.com/a/b/commit/4b7a1f0c52",
    ]
