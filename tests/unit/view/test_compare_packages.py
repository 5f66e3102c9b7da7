from app.client.errors import NotFound
from app.state.compare_model import ComparePage, Listed
from app.trust.sbom import Package, Sbom
from app.view.compare_packages import packages_section
from app.view.markup import group, render
from tests.unit.view.reading import Node, read
from tests.unit.view.states import INDEX, URL, descriptors, failed
from tests.unit.view.test_compare import LEFT, RIGHT


def listed(**versions: str) -> Listed:
    packages = tuple(Package(name, version, "", "") for name, version in versions.items())
    return Listed(Sbom("SPDX", "2.3", "", "", (), packages), descriptors(INDEX)[0])


def section(left: Listed | None, right: Listed | None, *, loading: bool = False) -> Node:
    found = {key: one for key, one in (("left", left), ("right", right)) if one is not None}
    page = ComparePage(LEFT, RIGHT, None, found)  # type: ignore[arg-type]
    return read(render(group(packages_section(page, loading=loading))))


def test_added_removed_and_changed_are_counted() -> None:
    node = section(listed(a="1", b="1", same="1"), listed(b="2", c="3", same="1"))
    assert "1 added, 1 removed, 1 of another version" in node.words
    assert [one.words for one in node.one("tbody").all("th")] == ["a", "b", "c"]


def test_the_same_packages_are_said_to_be_the_same() -> None:
    assert "both lists name the same packages" in section(listed(a="1"), listed(a="1")).words


def test_a_side_without_a_list_says_so() -> None:
    assert "no list of packages (SBOM)" in section(listed(a="1"), Listed(None)).words
    refused = Listed(None, None, failed(NotFound("GET", URL, 404, ())))
    assert "nobody could look for a list of packages: not found" in section(refused, Listed(None)).words


def test_before_it_was_looked_for_there_is_a_frame() -> None:
    assert section(None, None, loading=True).all("span.skeleton")
    assert "not looked for" in section(None, None).words


def test_the_document_is_linked_on_its_own_side() -> None:
    node = section(listed(a="1"), listed(a="1"))
    assert [one["href"].partition("@")[0] for one in node.all("a")] == [
        "#/registry.example.net/harbour/tide-gauge",
        "#/other.example/team/app",
    ]


def test_before_both_are_read_there_is_no_section() -> None:
    assert packages_section(ComparePage(LEFT, None, None, {}), loading=False) is None
