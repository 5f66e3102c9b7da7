import time

import pytest

from app.oci.go_printed import exec_form, healthcheck, volumes


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ('["harbour" "serve" "--port" "8080"]', '["harbour", "serve", "--port", "8080"]'),
        ('["sh"]', '["sh"]'),
        ("[]", "[]"),
        ('["a b" "c\\"d"]', '["a b", "c\\"d"]'),
        ('["a", "b"]', '["a", "b"]'),
        ("make all", "make all"),
        ('["\\x03"]', '["\\x03"]'),
    ],
)
def test_a_printed_list_gets_its_commas(printed: str, wanted: str) -> None:
    assert exec_form(printed) == wanted


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("[/var/lib/a]", "/var/lib/a"),
        ("[/a /b]", "/a /b"),
        ("map[/a:{} /b:{}]", "/a /b"),
        ('["/a"]', '["/a"]'),
        ("/a", "/a"),
        ("[]", "[]"),
    ],
)
def test_printed_volumes_are_paths(printed: str, wanted: str) -> None:
    assert volumes(printed) == wanted


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        (
            """&{["CMD-SHELL" "harbour check || exit 1"] "30s" "3s" "5s" "0s" '\\x03'}""",
            "--interval=30s --timeout=3s --start-period=5s --retries=3 CMD harbour check || exit 1",
        ),
        (
            """&{["CMD" "true" "x"] "1m30s" "0s" "0s" '\\x00'}""",
            '--interval=1m30s CMD ["true", "x"]',
        ),
        ("""&{["CMD-SHELL" "a"] "0s" "0s" "0s" "0s" '\\n'}""", "--retries=10 CMD a"),
        ("""&{["NONE"] "0s" "0s" "0s" "0s" '\\x00'}""", "NONE"),
        ("CMD curl -f http://localhost/", "CMD curl -f http://localhost/"),
        ("&{[] }", "&{[] }"),
    ],
)
def test_a_printed_check_is_what_a_dockerfile_says(printed: str, wanted: str) -> None:
    assert healthcheck(printed) == wanted


@pytest.mark.parametrize("part", ['["', '"a" ', '\\"', "&{[", '["a" ', "[/a "])
def test_long_lines_take_linear_time(part: str) -> None:
    start = time.perf_counter()
    text = part * (100_000 // len(part))
    for read in (exec_form, volumes, healthcheck):
        read(text)
        read("&{[" + text)
    assert time.perf_counter() - start < 1
