from app.trust.sbom import Package, Sbom
from app.view.markup import render
from app.view.sbom_view import MOST, Packages, matching, sbom_view
from tests.unit.view.facts import facts
from tests.unit.view.reading import Node, read

LIBC = Package("libc", "2.36", "pkg:apk/x/libc@2.36", "MIT")
ZLIB = Package("zlib", "1.3", "", "Zlib")


def sbom(*packages: Package) -> Sbom:
    return Sbom("SPDX", "2.3", "app-1", "2026-01-05T08:00:00Z", ("maker-1",), packages)


def shown(found: Sbom, chosen: Packages | None = None) -> Node:
    return read(render(sbom_view(found, chosen)))


def test_the_summary_says_format_maker_and_count() -> None:
    assert facts(shown(sbom(LIBC, ZLIB))) == {
        "Format": "SPDX 2.3",
        "Packages": "2",
        "Of": "app-1",
        "Written": "5 Jan 2026",
        "By": "maker-1",
        "Licences": "2 kinds",
    }


def test_a_package_has_version_licence_and_address() -> None:
    cells = [cell.words for cell in shown(sbom(LIBC)).one("tbody").one("tr").children if not isinstance(cell, str)]
    assert cells == [LIBC.name, LIBC.version, LIBC.licence, LIBC.purl]


def test_a_filter_looks_into_every_field() -> None:
    assert matching((LIBC, ZLIB), " APK ") == [LIBC]
    assert matching((LIBC, ZLIB), "zlib") == [ZLIB]
    assert matching((LIBC, ZLIB), "") == [LIBC, ZLIB]


def test_the_filter_is_there_where_the_page_can_filter() -> None:
    node = shown(sbom(LIBC, ZLIB), Packages("zlib", key="a"))
    assert node.one("input")["data-input"] == "packages-a"
    assert "1 of 2 packages" in node.words
    assert "libc" not in node.one("tbody").words
    assert not shown(sbom(LIBC)).all("input")


def test_nothing_that_matches_is_said() -> None:
    assert "No package has that in it." in shown(sbom(LIBC), Packages("x y")).words


def test_a_long_list_is_cut_with_a_count_and_goes_on() -> None:
    many = sbom(*(Package(f"p{number}", "", "", "") for number in range(MOST + 5)))
    assert len(shown(many).one("tbody").all("tr")) == MOST
    assert "5 more not shown" in shown(many).words
    assert shown(many, Packages(key="a")).one("button")["data-command"] == "packages-more"
    assert len(shown(many, Packages("", MOST * 2)).one("tbody").all("tr")) == MOST + 5


def test_a_list_of_nothing_says_so() -> None:
    assert "It lists no package." in shown(sbom()).words


def test_an_address_of_a_known_registry_leads_there() -> None:
    known = Package("left-pad", "1.3.0", "pkg:npm/left-pad@1.3.0", "")
    link = shown(sbom(known)).one("tbody").one("a")
    assert link["rel"] == "noreferrer noopener"
    assert not shown(sbom(known._replace(purl="pkg:"))).one("tbody").all("a")


def test_it_is_said_whose_word_it_is() -> None:
    assert "nothing of it was compared with the files" in shown(sbom(LIBC)).words
