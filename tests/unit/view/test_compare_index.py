from app.state.compare_model import ComparePage
from app.view.compare_index import index_section, pairs_of
from app.view.markup import group, render
from tests.unit.view.reading import read
from tests.unit.view.states import IMAGE, INDEX, descriptors
from tests.unit.view.test_compare import LEFT, RIGHT

AMD, ARM64 = descriptors(INDEX)[:2]


def test_platforms_are_paired_by_name() -> None:
    assert list(pairs_of((AMD, ARM64), (ARM64,))) == [("linux/amd64", AMD, None), ("linux/arm64/v8", ARM64, ARM64)]


def test_two_of_one_name_are_paired_in_their_order() -> None:
    other = AMD._replace(digest=ARM64.digest)
    assert list(pairs_of((AMD, other), (AMD,))) == [("linux/amd64", AMD, AMD), ("linux/amd64", other, None)]


def test_a_platform_of_both_is_a_link_to_its_comparison() -> None:
    left, right = LEFT._replace(fetched=INDEX, chosen=AMD), RIGHT._replace(fetched=INDEX, chosen=AMD)
    node = read(render(group(index_section(ComparePage(left, right, None, {})))))
    assert node.all("a.tag")[1]["href"].endswith("?platform=linux%2Farm64%2Fv8")
    assert node.one("a", aria_current="true").words == "linux/amd64"


def test_an_image_stands_beside_its_platform_of_the_index() -> None:
    node = read(render(group(index_section(ComparePage(LEFT._replace(fetched=INDEX), RIGHT, None, {})))))
    assert "linux/amd64 (compared below)" in node.words
    assert "only in the first" in node.words
    assert LEFT.image == IMAGE


def test_two_images_have_no_such_table() -> None:
    assert index_section(ComparePage(LEFT, RIGHT, None, {})) is None
