"""Layers over one another; the expectations are image-spec layer.md's, and what runtimes do where it is silent."""

import tarfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.layers.overlay import Overlay
from app.layers.tree import Place
from tests.unit.layers.layer_kit import info, link, overlay


def seen(over: Overlay) -> list[str]:
    return sorted(path for path, _ in over.tree.files())


def hidden(over: Overlay) -> list[tuple[str, str, str]]:
    return [(over.entry(each.place).path, over.entry(each.by).path, each.how) for each in over.hidden()]


def test_a_file_is_seen_as_the_highest_layer_has_it() -> None:
    over = overlay([("a", b"old"), ("b", b"")], [("a", b"newer")])
    assert seen(over) == ["a", "b"]
    assert over.tree.find("a") == Place(1, 0)
    assert hidden(over) == [("a", "a", "replaced")]
    assert (over.effect(Place(0, 0)), over.effect(Place(1, 0))) == ("added", "changed")
    assert over.tree.total() == (5, 2)


def test_a_whiteout_hides_what_it_names_and_all_below() -> None:
    over = overlay([("d/a", b""), ("d/e/b", b""), ("f", b"")], [(".wh.d", b""), (".wh.f", b"")])
    assert seen(over) == []
    assert [each[1:] for each in hidden(over)] == [(".wh.d", "whiteout"), (".wh.d", "whiteout"), (".wh.f", "whiteout")]
    assert over.effect(Place(1, 0)) == "removed"


def test_a_whiteout_of_nothing_does_nothing() -> None:
    over = overlay([("a", b"")], [(".wh.b", b""), ("no/.wh.a", b"")])
    assert (seen(over), over.effect(Place(1, 0))) == (["a"], "nothing")


@pytest.mark.parametrize(
    "above", [[("d/.wh..wh..opq", b""), ("d/new", b"")], [("d/new", b""), ("d/.wh..wh..opq", b"")]]
)
def test_an_opaque_folder_hides_all_of_lower_layers_and_nothing_of_its_own(
    above: list[tuple[str, bytes | None]],
) -> None:
    over = overlay([("d/old", b""), ("d/e/old", b""), ("x", b"")], above)
    assert seen(over) == ["d/new", "x"]
    assert {how for _, _, how in hidden(over)} == {"opaque"}


@pytest.mark.parametrize("above", [[(".wh.a", b""), ("a", b"new")], [("a", b"new"), (".wh.a", b"")]])
def test_a_whiteout_never_hides_what_its_own_layer_brings(above: list[tuple[str, bytes | None]]) -> None:
    over = overlay([("a", b"old")], above)
    assert over.tree.total() == (3, 1)


@pytest.mark.parametrize("name", [".wh..wh.plnk", ".wh..", ".wh...", ".wh."])
def test_whiteouts_that_name_nothing_hide_nothing(name: str) -> None:
    over = overlay([("d/a", b"")], [(f"d/{name}", b"")])
    assert seen(over) == ["d/a"]


def test_a_file_takes_the_place_of_a_folder_and_all_in_it() -> None:
    over = overlay([("a", None), ("a/b", b""), ("a/c/d", b"")], [("a", b"file")])
    assert seen(over) == ["a"]
    assert len(hidden(over)) == 3


def test_a_folder_takes_the_place_of_a_file() -> None:
    over = overlay([("a", b"file")], [("a", None), ("a/b", b"")])
    assert seen(over) == ["a/b"]
    assert hidden(over) == [("a", "a/", "replaced")]


def test_a_file_below_what_was_a_file_makes_it_a_folder() -> None:
    over = overlay([("a", b"file")], [("a/b", b"")])
    assert (seen(over), hidden(over)) == (["a/b"], [("a", "a/b", "replaced")])


def test_a_folder_that_gave_way_to_a_file_and_came_back_is_a_new_one() -> None:
    over = overlay([("a/x", b""), ("a", b"file"), ("a/y", b"")])
    assert seen(over) == ["a/y"]
    assert [path for path, _, _ in hidden(over)] == ["a/x", "a"]


def test_a_folder_named_again_is_no_change_unless_its_mode_or_owner_is_another() -> None:
    other = info("b", tarfile.DIRTYPE, mode=0o700)
    over = overlay([("a", None), ("b", None), ("a/x", b"")], [("a", None), other])
    assert [over.effect(Place(1, member)) for member in (0, 1)] == ["same", "changed"]
    assert seen(over) == ["a/x"]


def test_a_path_through_a_link_of_a_lower_layer_goes_where_the_link_leads() -> None:
    over = overlay([("usr/bin/a", b""), link("bin", "usr/bin")], [("bin/b", b""), ("bin/.wh.a", b"")])
    assert seen(over) == ["bin", "usr/bin/b"]


def test_a_path_through_a_link_to_nowhere_takes_its_place() -> None:
    over = overlay([link("bin", "nowhere")], [("bin/b", b"")])
    assert seen(over) == ["bin/b"]


def test_names_that_climb_stay_inside() -> None:
    assert seen(overlay([("../../etc/passwd", b"")], [("/etc/group", b"")])) == ["etc/group", "etc/passwd"]


def test_a_name_twice_in_one_layer_is_as_it_was_last() -> None:
    over = overlay([("a", b"1"), ("a", b"22")])
    assert (over.tree.total(), hidden(over)) == ((2, 1), [("a", "a", "replaced")])


def test_what_hides_a_member_can_be_asked() -> None:
    over = overlay([("a", b""), ("b", b"")], [(".wh.a", b"")])
    found = over.hidden_by(Place(0, 0))
    assert found is not None
    assert (found.by, over.hidden_by(Place(0, 1))) == (Place(1, 0), None)


def test_all_copies_of_a_path_are_found_whiteouts_too() -> None:
    over = overlay([("d/a", b"1")], [("x", b"")], [("d/.wh.a", b"")], [("d/a", b"2")])
    assert over.copies("d/a") == (Place(0, 0), Place(2, 0), Place(3, 0))


def test_a_hard_link_has_its_contents_where_its_target_is() -> None:
    hard = link("b", "a", tarfile.LNKTYPE)
    over = overlay([("a", b"1")], [hard, link("c", "none", tarfile.LNKTYPE), link("d", "d", tarfile.LNKTYPE)])
    assert over.contents(Place(1, 0)) == Place(0, 0)
    assert (over.contents(Place(1, 1)), over.contents(Place(1, 2))) == (None, None)


def test_a_path_is_resolved_over_all_layers() -> None:
    over = overlay([link("a", "b")], [("b", b"")])
    assert over.resolve("a").place == Place(1, 0)


steps = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", "a/b", "a/c", "b/c", "c/d/e", ".wh.a", "a/.wh.b", "a/.wh..wh..opq", "b/.wh.c"]),
            st.sampled_from([b"1", b"22", None]),
        ),
        max_size=5,
    ),
    max_size=4,
)


@settings(max_examples=80, deadline=None)
@given(steps)
def test_every_member_but_whiteouts_is_seen_or_hidden_once(layers: list[list[tuple[str, bytes | None]]]) -> None:
    sound = [[(name, b"" if ".wh." in name else data) for name, data in layer] for layer in layers]
    over = overlay(*sound)
    files = [packed for _, packed in over.tree.files()]
    gone = [over.entry(each.place).kind for each in over.hidden()]
    plain = sum(
        over.entry(Place(number, member)).kind == "file" and member not in entries.whiteouts
        for number, entries in enumerate(over.layers)
        for member in range(len(entries))
    )
    assert len(files) + gone.count("file") == plain
    assert over.tree.total()[0] == sum(map(over.tree.size, files))
