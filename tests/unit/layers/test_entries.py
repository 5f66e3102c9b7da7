import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layers.entries import Entries
from app.layers.entry import CHAR, FILE, FOLDER, SYMLINK, Extra, Owner, decode_name
from app.layers.member_path import clean_path

ROOT = Owner(0o644, 0, 0, b"root", b"root")


def filled(*paths: bytes) -> Entries:
    entries = Entries()
    owner = entries.owner_id(ROOT)
    for path in paths:
        entries.append(path, FILE, owner)
    return entries


@given(st.lists(st.lists(st.sampled_from([b"a", b"b\xff", b"..", b".", b"", b".wh.c"]), max_size=6), max_size=12))
def test_a_path_comes_back_as_it_was_and_clean(parts: list[list[bytes]]) -> None:
    paths = [b"/".join(each) for each in parts]
    entries = filled(*paths)
    assert [entry.path for entry in entries] == list(map(decode_name, paths))
    assert [entries.clean(index) for index in range(len(entries))] == list(map(clean_path, paths))


def test_a_member_comes_back_as_it_was() -> None:
    entries = Entries()
    owner = entries.owner_id(Owner(0o640, 1, 2, b"u", b"g"))
    entries.append(b"dev/x", CHAR, owner, 0, 1.5, 512, extra=Extra(device=(1, 3), xattrs={"a": b"b"}))
    entries.append(b"l", SYMLINK, owner, target=b"to/there")
    entry = entries[0]
    assert (entry.path, entry.kind, entry.mode, entry.uid, entry.gid) == ("dev/x", "char", 0o640, 1, 2)
    assert (entry.user, entry.group, entry.mtime, entry.offset) == ("u", "g", 1.5, 512)
    assert (entry.device, dict(entry.xattrs), entry.target) == ((1, 3), {"a": b"b"}, "")
    assert (entries[1].target, entries.target(1), entries.name(1)) == ("to/there", "to/there", "l")


@pytest.mark.parametrize("index", [-1, 1])
def test_what_is_not_there_is_an_index_error(index: int) -> None:
    with pytest.raises(IndexError):
        filled(b"a")[index]


def test_folders_are_numbered_after_their_parents() -> None:
    entries = filled(b"a/b/c/file", b"a/x")
    numbers = [entries.folder(0), entries.folder(1)]
    assert [entries.folder_path(number) for number in numbers] == ["a/b/c", "a"]
    assert entries.folder_path(entries.parent(numbers[0])) == "a/b"
    assert all(entries.parent(number) < number for number in range(1, entries.folder_count))


def test_the_last_member_of_a_path_is_found() -> None:
    entries = filled(b"a/b", b"./a/b", b"a/bc", b"b")
    assert [entries.find(path) for path in ("a/b", "a/bc", "b", "a", "x/b", "")] == [1, 2, 3, -1, -1, -1]


def test_whiteouts_are_known() -> None:
    assert filled(b"a/.wh.b", b"a/b", b".wh..wh..opq", b".whb").whiteouts == [0, 2]


def test_paths_of_nothing_but_slashes_cost_what_they_take() -> None:
    entries = filled(b"/".join([b"d"] * 2000))
    assert entries.text > 2000 * 100


def test_the_root_is_a_member_like_others() -> None:
    entries = Entries()
    entries.append(b"./", FOLDER, entries.owner_id(ROOT))
    assert (entries[0].path, entries.path(0), entries.name(0), entries.folder(0)) == ("./", "", "", 0)


def test_a_member_costs_less_than_a_hundred_bytes() -> None:
    entries = Entries()
    owner = entries.owner_id(ROOT)
    tracemalloc.start()
    for number in range(20_000):
        entries.append(b"usr/share/doc/package%d/file%d.txt" % (number // 50, number), FILE, owner, number, 1.0, number)
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert used / 20_000 < 100
