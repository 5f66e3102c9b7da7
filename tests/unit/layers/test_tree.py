import tarfile

from app.layers.entries import Entries
from app.layers.entry import FILE, Owner
from app.layers.tree import LayerTree, Place, Row, layer_tree, pack, unpack
from tests.unit.layers.layer_kit import entries_of, link

SOME = entries_of(
    ("usr", None),
    ("usr/bin/a", b"12"),
    ("usr/bin/b", b"123"),
    ("usr/z", b"1"),
    ("etc/x", b"12345"),
    link("bin", "usr/bin"),
)


def test_a_folder_lists_folders_first_with_their_sums() -> None:
    assert layer_tree(SOME).rows("") == (
        Row("etc", True, None, 5, 1),
        Row("usr", True, Place(0, 0), 6, 3),
        Row("bin", False, Place(0, 5), 0, 1),
    )


def test_a_folder_can_be_listed_by_size() -> None:
    assert [row.name for row in layer_tree(SOME).rows("usr", "size")] == ["bin", "z"]


def test_what_is_no_folder_lists_nothing() -> None:
    tree = layer_tree(SOME)
    assert (tree.rows("usr/z"), tree.rows("nowhere")) == ((), ())


def test_members_are_found_by_their_paths() -> None:
    tree = layer_tree(SOME)
    assert [tree.find(path) for path in ("usr/bin/b", "usr", "etc", "x")] == [Place(0, 2), Place(0, 0), None, None]
    assert (tree.is_folder("usr/bin"), tree.is_folder("bin")) == (True, False)


def test_sums_are_over_all_below() -> None:
    tree = layer_tree(SOME)
    assert (tree.total(), tree.total("usr"), tree.total("x")) == ((11, 5), (6, 3), (0, 0))


def test_a_member_that_comes_twice_counts_once_as_it_was_last() -> None:
    tree = layer_tree(entries_of(("a", b"12345"), ("./a", b"1")))
    assert tree.rows("") == (Row("a", False, Place(0, 1), 1, 1),)
    assert tree.total() == (1, 1)


def test_what_is_read_later_joins_the_tree() -> None:
    entries = Entries()
    owner = entries.owner_id(Owner(0, 0, 0, b"", b""))
    entries.append(b"a/b", FILE, owner, 1)
    tree = LayerTree(entries)
    for _ in tree.extend():
        pass
    entries.append(b"a/c/d", FILE, owner, 2)
    for _ in tree.extend():
        pass
    assert tree.total("a") == (3, 2)
    assert sorted(path for path, _ in tree.files()) == ["a/b", "a/c/d"]


def test_work_on_a_large_layer_yields_now_and_then() -> None:
    entries = Entries()
    owner = entries.owner_id(Owner(0, 0, 0, b"", b""))
    for number in range(2000):
        entries.append(b"f%d" % number, FILE, owner)
    assert sum(1 for _ in LayerTree(entries).extend()) == 4


def test_a_path_far_too_deep_is_kept_without_recursion() -> None:
    tree = layer_tree(entries_of(("d/" * 20000 + "file", b"1")))
    assert tree.total() == (1, 1)


def test_places_pack_into_numbers() -> None:
    assert unpack(pack(70, 2**24 + 5)) == Place(70, 2**24 + 5)


def test_a_hard_link_has_no_bytes_of_its_own() -> None:
    assert layer_tree(entries_of(("a", b"123"), link("b", "a", tarfile.LNKTYPE))).total() == (3, 2)
