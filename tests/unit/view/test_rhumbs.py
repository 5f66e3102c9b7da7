from app.view.markup import render
from app.view.rhumbs import rhumbs
from tests.unit.view.reading import read


def test_the_motif_joins_sixteen_points() -> None:
    paths = read(render(rhumbs())).all("path")
    assert [path["d"].count("M") for path in paths] == [8, 16, 16, 16]
    assert paths[0]["d"].startswith("M550 50L550 1050M741 88L359 1012")


def test_the_motif_is_hidden_from_readers() -> None:
    assert read(render(rhumbs())).one("svg.rhumbs")["aria-hidden"] == "true"
