from pathlib import Path

import pytest

from tools.stamps import Stamp, digest_of, files_below


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "app" / "oci").mkdir(parents=True)
    (tmp_path / "app" / "oci" / "digest.py").write_text("one")
    (tmp_path / "app" / "main.py").write_text("two")
    return tmp_path / "app"


def test_the_same_tree_at_another_place_has_the_same_digest(tree: Path, tmp_path: Path) -> None:
    before = digest_of([tree])
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert digest_of([tree.rename(elsewhere / "app")]) == before


def test_a_touched_file_changes_nothing(tree: Path) -> None:
    before = digest_of([tree])
    (tree / "main.py").write_text("two")
    assert digest_of([tree]) == before


def test_a_changed_byte_changes_the_digest(tree: Path) -> None:
    before = digest_of([tree])
    (tree / "main.py").write_text("twp")
    assert digest_of([tree]) != before


def test_a_renamed_file_changes_the_digest(tree: Path) -> None:
    before = digest_of([tree])
    (tree / "main.py").rename(tree / "mein.py")
    assert digest_of([tree]) != before


def test_bytes_that_move_from_one_file_to_the_next_change_the_digest(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("xy")
    second.write_text("z")
    before = digest_of([first, second])
    first.write_text("x")
    second.write_text("yz")
    assert digest_of([first, second]) != before


def test_a_word_more_changes_the_digest(tree: Path) -> None:
    assert digest_of([tree], "tomllib") != digest_of([tree])


def test_a_file_that_appears_changes_the_digest(tmp_path: Path) -> None:
    before = digest_of([tmp_path / "later"])
    (tmp_path / "later").touch()
    assert digest_of([tmp_path / "later"]) != before


def test_what_python_caches_is_not_looked_at(tree: Path) -> None:
    before = digest_of([tree])
    (tree / "__pycache__").mkdir()
    (tree / "__pycache__" / "main.cpython-311.pyc").write_bytes(b"x")
    assert digest_of([tree]) == before
    assert [file.name for file in files_below(tree)] == ["main.py", "digest.py"]


def test_a_stamp_holds_for_what_it_was_written_for(tmp_path: Path) -> None:
    stamp = Stamp("vendor", tmp_path / "stamps")
    stamp.write("abc")
    assert stamp.holds("abc")
    assert not stamp.holds("abd")


def test_a_stamp_never_written_does_not_hold(tmp_path: Path) -> None:
    assert not Stamp("vendor", tmp_path / "stamps").holds("abc")


def test_a_stamp_does_not_hold_when_the_result_was_deleted(tmp_path: Path) -> None:
    stamp = Stamp("vendor", tmp_path / "stamps")
    stamp.write("abc")
    assert not stamp.holds("abc", tmp_path / "gone.zip")


def test_a_cleared_stamp_does_not_hold(tmp_path: Path) -> None:
    stamp = Stamp("vendor", tmp_path / "stamps")
    stamp.write("abc")
    stamp.clear()
    assert not stamp.holds("abc")
