import tarfile

from app.state.compare_files import MOST, Counted, Differences, FileChange, place_of
from tests.unit.layers.layer_kit import info, link, overlay


def compared(left: list, right: list, *, shared: bool = False) -> Differences:  # type: ignore[type-arg]
    before, after = overlay(left), overlay(right)
    found = Differences(before, ("a",), after, ("a" if shared else "b",))
    for _ in found.work():
        pass
    return found


def file(name: str, data: bytes = b"x", **fields: object) -> tuple[tarfile.TarInfo, bytes]:
    made = info(name, tarfile.REGTYPE, **fields)
    made.size = len(data)
    return made, data


def test_files_are_added_removed_changed_and_the_same() -> None:
    found = compared(
        [file("same"), file("gone", b"123"), file("changed", b"1")],
        [file("same"), file("new", b"12"), file("changed", b"22")],
    )
    assert found.changes == [
        FileChange("changed", "changed", 1, 2, ("size",)),
        FileChange("gone", "removed", 3, None),
        FileChange("new", "added", None, 2),
    ]
    assert found.counted == Counted(1, 1, 1, 0, 1)


def test_contents_tell_of_files_that_are_alike_otherwise() -> None:
    found = compared([file("a", b"1"), file("b", b"1")], [file("a", b"2"), file("b", b"1")])
    assert list(found.alike) == ["a", "b"]
    found.tell("a", 1, same=False)
    found.tell("b", 1, same=True)
    assert found.changes == [FileChange("a", "changed", 1, 1, ("content",))]
    assert found.counted == Counted(changed=1, same=1)


def test_an_empty_file_and_a_link_need_no_reading() -> None:
    found = compared([file("a", b""), link("l", "a")], [file("a", b""), link("l", "a")])
    assert found.counted == Counted(same=2)


def test_each_header_that_differs_is_named() -> None:
    found = compared(
        [file("a", mode=0o644, uid=0, mtime=1), link("l", "a")],
        [file("a", mode=0o755, uid=7, mtime=2), link("l", "b")],
    )
    assert [one.differs for one in found.changes] == [("mode", "owner", "time"), ("target",)]


def test_another_kind_of_thing_is_a_change() -> None:
    assert "kind" in compared([file("a")], [link("a", "b")]).changes[0].differs


def test_a_layer_that_both_have_is_not_looked_into() -> None:
    found = compared([file("a", mtime=1)], [file("a", mtime=1)], shared=True)
    assert found.counted == Counted(same=1)


def test_what_is_hidden_by_a_whiteout_is_not_there() -> None:
    before, after = overlay([file("etc/a")]), overlay([file("etc/a")], [file("etc/.wh.a", b"")])
    found = Differences(before, ("a",), after, ("a", "b"))
    for _ in found.work():
        pass
    assert found.changes == [FileChange("etc/a", "removed", 1, None)]


def test_very_many_are_counted_and_not_kept() -> None:
    assert MOST > 1000
    found = compared([], [file(f"f{number:05}") for number in range(1200)])
    assert found.counted.added == 1200
    assert len(found.changes) == 1200


def test_the_place_of_a_file_is_that_of_its_contents() -> None:
    tree = overlay([file("a")])
    assert place_of(tree, "a") is not None
    assert place_of(tree, "nothing") is None
