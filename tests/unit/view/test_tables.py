from app.view.markup import render
from app.view.tables import body, cell, column, island, row, row_head, table
from tests.unit.view.reading import Node, read

TABLE = read(
    render(
        table(
            "Fruit",
            (column("Name", sort="ascending"), column("Size", "num")),
            body(row(row_head("lead", "apple"), cell("num", "1", label="size"), kind="tr.is-current")),
        )
    )
)


def test_every_part_says_its_role_where_css_takes_it_away() -> None:
    roles = [(node.tag, node["role"]) for node in TABLE.one("table") if "role" in node.attributes]
    assert roles == [
        ("thead", "rowgroup"),
        ("tr", "row"),
        ("th", "columnheader"),
        ("th", "columnheader"),
        ("tbody", "rowgroup"),
        ("tr", "row"),
        ("th", "rowheader"),
        ("td", "cell"),
    ]


def test_the_box_that_scrolls_can_be_reached_and_has_a_name() -> None:
    box = TABLE.one("div.tablebox")
    assert (box["tabindex"], box["role"], box["aria-label"]) == ("0", "region", "Fruit")


def test_a_column_says_how_it_is_sorted() -> None:
    assert [node.attributes.get("aria-sort") for node in TABLE.all("th", role="columnheader")] == ["ascending", None]


def test_a_cell_has_its_label_for_phones() -> None:
    assert TABLE.one("td.num")["data-label"] == "size"
    assert TABLE.all("tr.is-current")


def test_an_island_is_an_empty_region_of_a_chunk() -> None:
    node: Node = read(render(island("tbody", 3, {"role": "rowgroup"}))).one("tbody")
    assert (node["id"], node["data-chunk"], node["role"]) == ("rows-3", "rows:3", "rowgroup")
    assert "data-region" in node.attributes
    assert node.children == []
