import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.layers.file_diff import MOST_BYTES, DiffLine, diff_files
from app.oci.digest import digest_of


def test_equal_contents_are_the_same() -> None:
    assert diff_files(b"a\n", b"a\n").kind == "same"


def test_lines_that_went_and_came_are_shown_with_those_around_them() -> None:
    old = b"".join(b"line %d\n" % number for number in range(1, 31))
    new = old.replace(b"line 15\n", b"other\nand more\n")
    found = diff_files(old, new)
    assert (found.kind, found.added, found.removed, len(found.hunks)) == ("lines", 2, 1, 1)
    assert found.hunks[0] == (
        DiffLine("same", 12, 12, "line 12"),
        DiffLine("same", 13, 13, "line 13"),
        DiffLine("same", 14, 14, "line 14"),
        DiffLine("gone", 15, None, "line 15"),
        DiffLine("new", None, 15, "other"),
        DiffLine("new", None, 16, "and more"),
        DiffLine("same", 16, 17, "line 16"),
        DiffLine("same", 17, 18, "line 17"),
        DiffLine("same", 18, 19, "line 18"),
    )


def test_changes_far_apart_are_hunks_of_their_own() -> None:
    old = b"".join(b"line %d\n" % number for number in range(100))
    new = old.replace(b"line 5\n", b"x\n").replace(b"line 95\n", b"y\n")
    assert len(diff_files(old, new).hunks) == 2


def test_binary_contents_show_sizes_and_digests_alone() -> None:
    found = diff_files(b"\0\x01", b"text")
    assert (found.kind, found.sizes, found.hunks) == ("binary", (2, 4), ())
    assert found.digests == (digest_of(b"\0\x01"), digest_of(b"text"))


def test_a_file_that_was_empty_is_new_in_every_line() -> None:
    assert (diff_files(b"", b"a\nb\n").added, diff_files(b"a", b"").removed) == (2, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"a\n" * MOST_BYTES, b"b\n"),
        (b"".join(b"a%d\n" % number for number in range(9000)), b"".join(b"b%d\n" % number for number in range(9000))),
    ],
)
def test_texts_too_long_to_compare_are_said_to_be(old: bytes, new: bytes) -> None:
    assert diff_files(old, new).kind == "too-long"


def test_the_worst_that_is_compared_takes_a_bounded_time() -> None:
    begun = time.perf_counter()
    old = b"".join(b"%d\n" % (number % 100) for number in range(2000))
    new = b"".join(b"%d\n" % (number % 101) for number in range(2000))
    assert diff_files(old, new).kind in ("lines", "too-long")
    assert time.perf_counter() - begun < 2


lines = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=30).map(lambda each: "\n".join(each).encode())


@settings(max_examples=80, deadline=None)
@given(lines, lines)
def test_what_is_shown_leads_from_one_text_to_the_other(old: bytes, new: bytes) -> None:
    found = diff_files(old, new)
    before = old.decode().split("\n")
    after = new.decode().split("\n")
    for hunk in found.hunks:
        for line in hunk:
            if line.old is not None:
                assert before[line.old - 1] == line.text
            if line.new is not None:
                assert after[line.new - 1] == line.text
    counts = [len(each if each[-1] else each[:-1]) for each in (before, after)]
    assert found.added - found.removed == (counts[1] - counts[0] if found.kind == "lines" else 0)
