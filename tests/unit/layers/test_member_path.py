import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layers.member_path import DEEPEST_FOLDER, clean_path, split_path


@pytest.mark.parametrize(
    ("path", "clean"),
    [
        (b"usr/bin/env", b"usr/bin/env"),
        (b"./usr/bin/", b"usr/bin"),
        (b"/etc", b"etc"),
        (b"../../etc//passwd", b"etc/passwd"),
        (b"a/./b/../c", b"a/c"),
        (b"a/../..", b""),
        (b".", b""),
        (b"./", b""),
        (b"/", b""),
        (b"", b""),
        (b".hidden", b".hidden"),
        (b"...", b"..."),
        (b"a/..b", b"a/..b"),
        (b".//a", b"a"),
    ],
)
def test_a_path_is_what_it_is_below_the_root(path: bytes, clean: bytes) -> None:
    assert clean_path(path) == clean


@given(st.lists(st.sampled_from([b"a", b"bb", b"..", b".", b"", b".c"]), max_size=8))
def test_a_clean_path_is_the_normal_form_under_the_root(parts: list[bytes]) -> None:
    path = b"/".join(parts)
    assert b"/" + clean_path(path) == b"/" + posixpath.normpath(b"/" + path).lstrip(b"/")
    assert clean_path(clean_path(path)) == clean_path(path)


def test_a_path_parts_at_its_last_slash() -> None:
    assert split_path(b"a/b/c") == (b"a/b", b"c")
    assert split_path(b"c") == (b"", b"c")


def test_a_folder_too_deep_for_any_system_is_cut() -> None:
    path = b"/".join([b"d"] * 30000)
    folder, name = split_path(path)
    assert len(folder) <= DEEPEST_FOLDER
    assert folder + b"/" + name == path
