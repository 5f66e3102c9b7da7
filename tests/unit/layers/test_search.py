import time

import pytest

from app.layers.search import LONGEST_PATTERN, Pattern, search_layer, search_tree
from app.layers.tree import Place
from tests.unit.layers.layer_kit import entries_of, overlay


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("passwd", "etc/passwd", True),
        ("passw", "etc/passwd", False),
        ("*.txt", "a/b.txt", True),
        ("*.txt", "a/b.txt.gz", False),
        ("b*t", "bt", True),
        ("b*t*", "bat", True),
        ("*a*b*c", "xxaxbxbxc", True),
        ("*ab*ab", "abab", True),
        ("*ab*ab", "aba", False),
        ("?at", "cat", True),
        ("?at", "at", False),
        ("[a-c]at", "bat", True),
        ("[!a-c]at", "bat", False),
        ("[]]", "]", True),
        ("[", "[", True),
        ("[z-a]", "z", False),
        ("[^]", "^", True),
        ("a.c", "abc", False),
        ("NAME", "name", False),
        ("etc/*", "etc/passwd", True),
        ("etc/*", "etc/a/b", False),
        ("etc/*", "usr/etc/passwd", False),
        ("/passwd", "etc/passwd", False),
        ("/etc/passwd", "etc/passwd", True),
        ("**/passwd", "passwd", True),
        ("**/passwd", "a/b/passwd", True),
        ("usr/**", "usr/a/b", True),
        ("usr/**", "usr", True),
        ("usr/**/x", "usr/x", True),
        ("usr/**/b/*", "usr/a/b/b/x", True),
        ("usr/**/b/*", "usr/a/c/x", False),
        ("**", "anything/at/all", True),
        ("**/a/**", "x/a/y", True),
        ("line*", "line\nbreak", True),
    ],
)
def test_a_pattern_fits_as_it_does_in_a_shell(pattern: str, path: str, fits: bool) -> None:
    assert Pattern(pattern).matches(path) is fits


@pytest.mark.parametrize(
    ("pattern", "path"),
    [("*a" * 400, "a" * 3000 + "b"), ("**/a/" * 190 + "x", "a/" * 3000 + "b"), ("[" * 900, "[" * 5000)],
)
def test_no_pattern_takes_long(pattern: str, path: str) -> None:
    begun = time.perf_counter()
    assert Pattern(pattern).matches(path) is False
    assert time.perf_counter() - begun < 1


def test_a_pattern_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 1000"):
        Pattern("a" * (LONGEST_PATTERN + 1))


def test_a_layer_is_searched_whiteouts_and_hidden_ones_too() -> None:
    entries = entries_of(("a/x.txt", b""), ("a", None), ("a/.wh.x", b""))
    assert [each for each in search_layer(entries, Pattern("*x*")) if each] == [Place(0, 0), Place(0, 2)]


def test_a_tree_is_searched_for_what_is_seen() -> None:
    over = overlay([("d", None), ("d/a.txt", b""), ("b.txt", b"")], [(".wh.b.txt", b"")])
    assert [each for each in search_tree(over.tree, Pattern("*.txt")) if each] == [Place(0, 1)]
    assert [each for each in search_tree(over.tree, Pattern("d/**")) if each] == [Place(0, 0), Place(0, 1)]
