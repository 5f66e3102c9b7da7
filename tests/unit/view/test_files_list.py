import pytest

from app.view.files_list import shortened, swatch, when
from app.view.markup import render as html
from tests.unit.layers.layer_kit import info
from tests.unit.state.fake_files import FILES, Registry
from tests.unit.view.files_states import page_of
from tests.unit.view.reading import Node


def line(node: Node, name: str) -> Node:
    return next(row for row in node.all("tr") if any(link.words == name for link in row.all("a")))


def test_a_line_says_what_it_is_and_where_it_is_from() -> None:
    row = line(page_of(f"{FILES}/data"), "replaced.txt")
    assert "-rw-r--r--" in row.words
    assert "9 B" in row.words
    assert "replaces layer 1" in row.words
    assert row.one("span.swatch").classes == ["swatch", "c2"]
    assert row.one("a")["href"] == f"{FILES}/data/replaced.txt"


def test_a_deleted_file_is_struck_out_and_leads_to_the_layer_that_has_it() -> None:
    row = line(page_of(f"{FILES}/data"), "gone.txt")
    assert "is-muted" in row.classes
    assert row.one("s.whiteout").words == "gone.txt"
    assert "deleted in layer 2" in row.words
    assert row.one("a")["href"] == f"{FILES}/data/gone.txt?layer=1"


def test_a_link_says_where_it_points() -> None:
    assert "→ kept.txt" in line(page_of(f"{FILES}/data"), "way").words


def test_in_one_layer_a_whiteout_says_what_it_does() -> None:
    row = line(page_of(f"{FILES}/data?layer=2"), "gone.txt")
    assert "deletes it below" in row.words


@pytest.mark.parametrize(
    ("name", "shown", "odd"),
    [
        ("invoice\u202egnp.exe", "invoice\\u202egnp.exe", "reorders text"),
        ("two\nlines", "two\\u000alines", "control characters"),
        ("latin-\udce6", "latin-\\udce6", "not UTF-8"),
        ("zero\u200bwidth", "zero\\u200bwidth", "invisible characters"),
    ],
)
def test_a_name_that_deceives_is_spelled_out_and_marked(name: str, shown: str, odd: str) -> None:
    registry = Registry()
    registry.image(registry.layer((name, b"x")))
    row = line(page_of(FILES, registry), shown)
    assert odd in row.words


def test_a_name_that_climbs_is_shown_where_it_ends_and_marked() -> None:
    registry = Registry()
    registry.image(registry.layer(("../../etc/passwd", b"x")))
    assert "climbs by .." in line(page_of(f"{FILES}/etc", registry), "passwd").words


def test_a_name_of_many_kilobytes_is_cut() -> None:
    assert len(shortened("x" * 65536)) == 301


def test_times_that_no_calendar_has_are_a_dash() -> None:
    registry = Registry()
    registry.image(registry.layer(info("early", mtime=0)))
    assert "1970-01-01" in line(page_of(FILES, registry), "early").words
    assert "—" in html(when(1e20))
    assert "—" in html(when(None))


def test_a_folder_that_no_layer_names_has_no_number() -> None:
    assert "—" in html(swatch(None))
    assert "12" in html(swatch(12))


@pytest.mark.parametrize(
    ("sort", "head", "way"),
    [("name", "Name", "ascending"), ("size", "Size", "descending"), ("-size", "Size", "ascending")],
)
def test_the_head_that_sorts_says_which_way(sort: str, head: str, way: str) -> None:
    node = page_of(f"{FILES}/data?sort={sort}")
    assert next(one for one in node.all("th") if one.words == head)["aria-sort"] == way
