import pytest

from app.layers.entry import EntryKind, decode_name, oddities, type_letters


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("usr/bin/env", ()),
        ("./usr/bin/", ()),
        ("./", ()),
        ("", ()),
        ("/etc/passwd", ("absolute",)),
        ("../etc/passwd", ("climbs", "not-canonical")),
        ("a/../../b", ("climbs", "not-canonical")),
        ("a/./b//c", ("not-canonical",)),
        ("a/../b", ("not-canonical",)),
        ("nul\0", ("control",)),
        ("line\nbreak", ("control",)),
        ("escape\x1b[31m", ("control",)),
        ("invoice\u202egnp.exe", ("reversed",)),
        ("zero\u200bwidth", ("invisible",)),
        ("latin1-\udce6", ("not-utf8",)),
        ("n" * 4097, ("long",)),
        ("é" * 2049, ("long",)),
        ("n" * 4096, ()),
    ],
)
def test_what_a_path_hides_is_named(path: str, expected: tuple[str, ...]) -> None:
    assert oddities(path) == expected


def test_bytes_that_are_not_utf8_can_be_had_back() -> None:
    assert decode_name(b"a\xff").encode("utf-8", "surrogateescape") == b"a\xff"


@pytest.mark.parametrize(
    ("kind", "mode", "letters"),
    [
        ("file", 0o644, "-rw-r--r--"),
        ("folder", 0o1777, "drwxrwxrwt"),
        ("folder", 0o1770, "drwxrwx--T"),
        ("file", 0o4755, "-rwsr-xr-x"),
        ("file", 0o4644, "-rwSr--r--"),
        ("file", 0o2755, "-rwxr-sr-x"),
        ("symlink", 0o777, "lrwxrwxrwx"),
        ("char", 0o666, "crw-rw-rw-"),
        ("block", 0, "b---------"),
        ("fifo", 0o600, "prw-------"),
    ],
)
def test_modes_are_written_as_ls_does(kind: EntryKind, mode: int, letters: str) -> None:
    assert type_letters(kind, mode) == letters
