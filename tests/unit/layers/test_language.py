import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layers.language import Language, Token, language, tokens


@pytest.mark.parametrize(
    ("path", "head", "expected"),
    [
        ("a/b.py", "", "python"),
        ("Dockerfile", "", "dockerfile"),
        ("x.JSON", "", "json"),
        ("etc/nginx.conf", "", "ini"),
        ("bin/run", "#!/bin/sh -e\n", "shell"),
        ("bin/run", "#!/usr/bin/env python3\n", "python"),
        ("bin/run", "#!/usr/bin/env -S node --x\n", "javascript"),
        ("bin/run", "#!/usr/bin/python3.11\n", "python"),
        ("bin/run", "#!/opt/strange\n", None),
        ("README", "", None),
        ("a.unknown", "", None),
    ],
)
def test_a_language_is_known_by_name_or_first_line(path: str, head: str, expected: Language | None) -> None:
    assert language(path, head) == expected


def test_a_line_is_parted_into_words_of_kinds() -> None:
    assert list(tokens('if x == "a#b": return 12  # why', "python")) == [
        Token("keyword", "if"),
        Token("plain", " x == "),
        Token("string", '"a#b"'),
        Token("plain", ": "),
        Token("keyword", "return"),
        Token("plain", " "),
        Token("number", "12"),
        Token("plain", "  "),
        Token("comment", "# why"),
    ]


@pytest.mark.parametrize(
    ("line", "of", "comment"),
    [
        ("a // b", "go", "// b"),
        ("a /* b */ c", "c", "/* b */"),
        ("-- why", "sql", "-- why"),
        ("echo a#b", "shell", None),
        ("; why", "ini", "; why"),
        ("<a><!-- b --></a>", "xml", "<!-- b -->"),
    ],
)
def test_comments_are_those_of_the_language(line: str, of: Language, comment: str | None) -> None:
    assert next((token.text for token in tokens(line, of) if token.kind == "comment"), None) == comment


@given(st.text(max_size=200), st.sampled_from(["python", "c", "shell", "xml", "ini", "sql", "json", "php"]))
def test_the_pieces_are_the_line(line: str, of: Language) -> None:
    assert "".join(token.text for token in tokens(line, of)) == line


@pytest.mark.parametrize(
    "line", ['"' * 2000, "/*" * 1000, "#" * 2000, "a" * 2000, "<!--" * 500, "\\" * 2000, " " * 2000, "'\\" * 999]
)
def test_no_line_takes_long(line: str) -> None:
    begun = time.perf_counter()
    for of in ("c", "xml", "ini", "python", "php"):
        list(tokens(line, of))
    assert time.perf_counter() - begun < 0.5


def test_a_line_too_long_is_left_as_it_is() -> None:
    assert list(tokens("if " * 5000, "python")) == [Token("plain", "if " * 5000)]
