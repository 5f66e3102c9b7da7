import pytest

from app.client.errors import Unreachable
from app.oci import media_type as types
from app.oci.config import History
from app.oci.manifest import Manifest
from app.view.layers import colour, history_line, layerbar, layers
from app.view.markup import group, render
from tests.unit.view.reading import Node, read
from tests.unit.view.states import (
    CONFIG,
    MANIFEST,
    REPOSITORY,
    URL,
    at,
    digest,
    failed,
    fetched,
    image_json,
    image_page,
)


def document(count: int = 2) -> Manifest:
    found = fetched(image_json(layers=count), types.OCI_MANIFEST).document
    assert isinstance(found, Manifest)
    return found


def section(count: int = 2, **fields: object) -> Node:
    page = image_page(**fields)
    return read(render(layers(at(MANIFEST, page), page, document(count))))


def rows(node: Node) -> list[list[str]]:
    return [[cell.words for cell in row.children if isinstance(cell, Node)] for row in node.one("tbody").all("tr")]


def line(created_by: str | None, comment: str | None = None) -> str:
    return read(render(group(history_line(History(None, created_by, None, comment, False))))).words


def test_each_layer_has_its_size_its_share_and_the_line_that_made_it() -> None:
    first, second, third = rows(section())
    assert first[:4] == ["1", "ADD rootfs.tar.xz /", "3.0 MB", "75.0%"]
    assert second == ["·", 'CMD ["sh"]', "no layer", "", "", ""]
    assert third[:4] == ["2", "RUN make install", "1.0 MB", "25.0%"]


def test_a_layer_leads_to_its_files_with_its_type_and_size() -> None:
    link = section().one("tbody").all("a")[0]
    assert link["href"].startswith(f"{REPOSITORY}/-/layer/{digest('amd64 0')}?type=application%2F")
    assert link["href"].endswith("&size=3000000")


def test_a_layer_leads_to_what_it_did_and_all_of_them_to_the_files() -> None:
    node = section()
    assert [link["href"] for link in node.one("tbody").all("a") if link.words == "Files"] == [
        f"{MANIFEST}/-/files?layer=1",
        f"{MANIFEST}/-/files?layer=2",
    ]
    assert node.all("a", href=f"{MANIFEST}/-/files")[0].words == "All files"


def test_layers_are_shown_before_the_config_is_read() -> None:
    node = section(config=None)
    assert [row[2] for row in rows(node)] == ["3.0 MB", "1.0 MB"]
    assert rows(node)[0][1] == "not read yet"
    assert node.one("h2").words == "Layers"


def test_without_the_config_nothing_is_known_of_the_lines() -> None:
    node = section(config=None, config_failure=failed(Unreachable("GET", URL, "network")))
    assert rows(node)[0][1] == "not known without the config"


def test_the_heading_counts_layers_and_steps_without_one() -> None:
    assert "2 layers, 4.0 MB · 1 step without a layer" in section().text
    assert "1 layer, 3.0 MB" in section(1).text


def test_a_history_that_does_not_fit_says_so() -> None:
    assert "is a guess" in section(3).text
    assert "is a guess" not in section(2).text
    assert "is a guess" not in section(3, config=CONFIG._replace(history=())).text


def test_an_image_without_layers_says_so() -> None:
    assert section(0).one("div.notice").one("h3").words == "No layers"


def test_the_bar_is_filled_and_its_smallest_piece_can_be_seen() -> None:
    bar = layerbar(document(3).layers)
    assert bar is not None
    pieces = read(render(bar)).all("rect")
    widths = [float(piece["width"]) for piece in pieces]
    assert sum(widths) == pytest.approx(1000, abs=0.5)
    assert min(widths) > 5
    assert pieces[0].one("title").words == "Layer 1: 3.0 MB"


def test_layers_of_no_size_have_no_bar() -> None:
    assert layerbar([layer._replace(size=0) for layer in document().layers]) is None


def test_a_thousand_layers_still_fit_the_bar() -> None:
    bar = layerbar(document().layers * 500)
    assert bar is not None
    assert sum(float(piece["width"]) for piece in read(render(bar)).all("rect")) == pytest.approx(1000, abs=60)


def test_colours_come_round_after_eight() -> None:
    assert [colour(number) for number in (1, 8, 9)] == ["c1", "c8", "c1"]


def test_a_layer_that_is_not_gzip_says_what_it_is() -> None:
    given = image_json()
    given["layers"] = [{"mediaType": types.OCI_LAYER_ZSTD, "digest": str(digest("z")), "size": 5}]
    found = fetched(given, types.OCI_MANIFEST).document
    assert isinstance(found, Manifest)
    page = image_page()
    assert read(render(layers(at(MANIFEST, page), page, found))).one("span.badge").words == "zstd"


def test_a_line_without_an_instruction_falls_back_to_its_comment() -> None:
    assert line(None, "imported from -") == "imported from -"
    assert line("  ") == "no instruction recorded"


def test_a_line_that_is_no_instruction_is_shown_as_it_is() -> None:
    assert line("nix build <b>") == "nix build <b>"


def test_an_endless_line_is_cut() -> None:
    assert len(line("RUN " + "x" * 100_000)) < 3000
