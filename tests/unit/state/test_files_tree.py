import asyncio

import pytest

from app.layers.tree import LayerTree
from app.state.files_model import Order
from app.state.files_tree import Item, Picture
from tests.unit.fake_transport import FakeClock
from tests.unit.layers.layer_kit import entries_of, info
from tests.unit.state.fake_files import ABOVE, BELOW


def picture(*layers: object, numbers: tuple[int, ...] = (1, 2)) -> Picture:
    entries = [entries_of(*members) for members in (layers or (BELOW, ABOVE))]  # type: ignore[misc]
    trees = [LayerTree(each) for each in entries]
    for tree in trees:
        list(tree.extend())
    made = Picture(entries, numbers[: len(entries)], trees, FakeClock())
    asyncio.run(made.draw(whole=True))
    return made


def folder(made: Picture, path: str = "") -> list[Item]:
    return asyncio.run(made.folder(path, None, deleted=True))


def paths(made: Picture, order: Order, path: str = "data") -> list[str]:
    return [item.path for item in asyncio.run(made.sorted(folder(made, path), order))]


@pytest.mark.parametrize(
    ("order", "first"),
    [("name", "data/gone.txt"), ("-name", "data/way"), ("size", "data/replaced.txt"), ("-layer", "data/replaced.txt")],
)
def test_lines_come_in_the_order_asked_for(order: Order, first: str) -> None:
    assert paths(picture(), order)[0] == first


def test_by_time_the_latest_comes_first() -> None:
    made = picture([info("old", mtime=100), info("new", mtime=200)])
    assert paths(made, "modified", "") == ["new", "old"]


def test_a_line_has_what_its_header_says() -> None:
    member = info("tool", mode=0o4755, uid=70000, gid=5, uname="", gname="staff", mtime=1000.0)
    made = picture([member])
    (line,) = made.lines(folder(made, ""))
    assert (line.letters, line.owner, line.mtime, line.layer) == ("-rwsr-xr-x", "70000:staff", 1000.0, 1)


def test_a_folder_that_no_archive_names_has_no_layer() -> None:
    made = picture([("a/b/c", b"c")])
    (line,) = made.lines(folder(made, "a"))
    assert (line.name, line.folder, line.layer, line.files) == ("b", True, None, 1)


def test_a_deleted_folder_can_be_looked_into() -> None:
    made = picture([("d/sub/file", b"x")], [("d/.wh.sub", b"")])
    assert [item.mark for item in folder(made, "d")] == []
    assert made.is_folder("d/sub", None)
    assert [(item.path, item.mark) for item in folder(made, "d/sub")] == [("d/sub/file", "deleted")]


def test_a_search_looks_into_all_layers_and_passes_whiteouts_over() -> None:
    items, complete = asyncio.run(picture().found("gone", None))
    assert complete
    assert [(item.path, item.mark, item.other) for item in items] == [("data/gone.txt", "deleted", 2)]
    items, _ = asyncio.run(picture().found("*.txt", 2))
    assert [item.path for item in items] == ["data/replaced.txt"]


def test_a_pattern_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="pattern"):
        asyncio.run(picture().found("x" * 2000, None))


def test_the_biggest_are_those_seen_or_those_of_one_layer() -> None:
    made = picture()
    assert [item.path for item in made.biggest(2, None)] == ["data/replaced.txt", "data/kept.txt"]
    assert made.biggest(1, 1)[0].path in ("data/gone.txt", "data/kept.txt")


def test_details_tell_of_copies_and_of_what_hides_one() -> None:
    made = picture()
    place = made.place("data/replaced.txt", 1)
    assert place is not None
    details = made.details("data/replaced.txt", place, 1)
    assert details.hidden == ("replaced", 2)
    assert [(one.layer, one.current) for one in details.copies] == [(1, True), (2, False)]
    gone = made.details("data/gone.txt", made.place("data/gone.txt", 1), 1)  # type: ignore[arg-type]
    assert [(one.layer, one.whiteout) for one in gone.copies] == [(1, False), (2, True)]
