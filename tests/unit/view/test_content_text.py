from app.layers.file_diff import diff_files
from app.view.content_text import diff_view, lines_of, text_view
from app.view.markup import render
from tests.unit.view.reading import read


def test_lines_end_with_line_feeds_of_both_kinds() -> None:
    assert lines_of("a\r\nb\n\nc") == ["a", "b", "", "c"]


def test_lines_have_their_numbers() -> None:
    node = read(render(text_view(["a", "b", "c"], "x.txt", "x", 1)))
    assert [(line["data-n"], line.text) for line in node.all("span.line")] == [("2", "b\n"), ("3", "c\n")]


def test_code_has_colours_by_classes_alone() -> None:
    node = read(render(text_view(["import os  # why", "x = 'text'"], "a.py", "a.py")))
    assert node.one("span.tok-keyword").words == "import"
    assert node.one("span.tok-comment").words == "# why"
    assert node.one("span.tok-string").words == "'text'"
    assert all("style" not in one.attributes for one in node)


def test_a_line_of_megabytes_is_cut() -> None:
    node = read(render(text_view(["x" * 100_000], "x", "x")))
    assert len(node.one("span.line").text) < 4100


def test_what_is_invisible_is_spelled_out_in_code_too() -> None:
    node = read(render(text_view(["access = 'user\u202e # admin'"], "a.py", "a.py")))
    assert "\\u202e" in node.text


def test_hunks_are_parted() -> None:
    old = "".join(f"{number}\n" for number in range(40))
    new = old.replace("3\n", "three\n", 1).replace("35\n", "x\n")
    node = read(render(diff_view(diff_files(old.encode(), new.encode()).hunks, "difference")))
    assert [line.text for line in node.all("span.gone")] == ["- 3\n", "- 35\n"]
    assert len(node.all("span.skipped")) == 1
