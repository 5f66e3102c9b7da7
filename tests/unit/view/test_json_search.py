import time

import pytest

from app.view.json_search import Search, quoted
from app.view.markup import render
from tests.unit.view.reading import read


@pytest.mark.parametrize(
    ("search", "text", "spans"),
    [
        ("tide", "high tide, low Tide", [(5, 9), (15, 19)]),
        ("a*c", "xabcabc", [(1, 4), (4, 7)]),
        ("*tide*", "tide", [(0, 4)]),
        ("none", "tide", []),
        ("*", "tide", []),
        ("", "tide", []),
        ("aa", "aaa", [(0, 2)]),
        ("\u0131", "\u0130\u0131", [(1, 2)]),
    ],
)
def test_hits_are_found_whatever_the_case(search: str, text: str, spans: list[tuple[int, int]]) -> None:
    assert list(Search(search).spans(text)) == spans


def test_a_hit_is_marked_and_nothing_is_lost() -> None:
    node = read(render(quoted('a "tide" <b>', Search("tide"))))
    assert node.one("mark").text == "tide"
    assert node.text == '"a \\"tide\\" <b>"'


def test_what_is_invisible_is_spelled_out_in_a_hit_too() -> None:
    assert "\u202e" not in read(render(quoted("a\u202eb", Search("a*b")))).text


def test_a_search_of_many_stars_takes_no_time() -> None:
    start = time.perf_counter()
    Search("a*" * 100).count("a" * 100_000)
    assert time.perf_counter() - start < 1
